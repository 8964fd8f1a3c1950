// A field for one file. Only its beginning is sent: a large file as a whole would never get through to the kernel.
export default {
  render({ model, el }) {
    el.classList.add("lessons-upload");
    el.innerHTML = `<label><span></span> <input type="file"></label>`;
    el.querySelector("span").textContent = model.get("description");
    const input = el.querySelector("input");
    input.onclick = () => {
      input.value = ""; // so that the same file can be sent again; until then its name stands beside the button
    };
    input.onchange = async () => {
      const [file] = input.files;
      if (!file) return;
      const beginning = await file
        .slice(0, model.get("limit"))
        .arrayBuffer()
        .catch(() => new ArrayBuffer(0));
      const sent = { name: file.name, size: file.size, content: new DataView(beginning), sent: model.get("sent") + 1 };
      for (const [name, value] of Object.entries(sent)) model.set(name, value);
      model.save_changes();
    };
  },
};
