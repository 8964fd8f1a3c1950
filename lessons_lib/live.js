// One canvas that shows the newest frame, one caption, and the pointer's way back to the kernel.

const inside = ([x, y], [left, bottom, right, top]) => left <= x && x <= right && bottom <= y && y <= top;

export default {
  render({ model, el }) {
    const [width, height] = model.get("size");
    el.classList.add("lessons-live");
    el.innerHTML = `<figure><canvas role="img"></canvas><figcaption></figcaption></figure>
      <div class="lessons-spoken" aria-live="polite"></div>`;
    const canvas = el.querySelector("canvas");
    const caption = el.querySelector("figcaption");
    const spoken = el.querySelector(".lessons-spoken");
    el.hidden = true;
    canvas.style.maxWidth = `${width}px`;
    canvas.style.aspectRatio = `${width} / ${height}`;
    caption.style.maxWidth = `${width}px`;

    // Frames come faster than they can be decoded: while one is, only the newest of the others is kept.
    let painting = false;
    let stale = false;
    const paint = async () => {
      if (painting) {
        stale = true;
        return;
      }
      painting = true;
      try {
        do {
          stale = false;
          const bitmap = await createImageBitmap(new Blob([model.get("frame")]));
          if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
            canvas.width = bitmap.width;
            canvas.height = bitmap.height;
          }
          canvas.getContext("2d").drawImage(bitmap, 0, 0);
          bitmap.close();
        } while (stale);
        // From here on the canvas is the picture, and no longer the one that stands in for it (see explorers/core.py).
        el.hidden = false;
        el.closest(".lessons-explorer")?.classList.add("lessons-alive");
      } finally {
        painting = false;
      }
    };

    let quiet;
    const say = () => {
      const text = model.get("caption");
      caption.textContent = text;
      canvas.setAttribute("aria-label", text);
      clearTimeout(quiet);
      quiet = setTimeout(() => (spoken.textContent = text), 800);
    };
    model.on("change:frame", paint);
    model.on("change:caption", say);
    paint();
    say();

    // ipywidgets merges messages while the kernel is busy, so that each carries the whole drag so far.
    let drag = null;
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      return [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
    };
    const draggable = (point) => model.get("draggable").some((region) => inside(point, region));
    const send = (event, done) => {
      model.set("pointer", [...drag, ...at(event), done ? 1 : 0]);
      model.save_changes();
    };
    canvas.onpointerdown = (event) => {
      if (event.button !== 0 || !draggable(at(event))) return;
      canvas.setPointerCapture(event.pointerId);
      drag = [Date.now(), ...at(event)];
      send(event, false);
    };
    canvas.onpointermove = (event) => {
      if (drag) send(event, false);
      canvas.style.cursor = drag ? "grabbing" : draggable(at(event)) ? "grab" : "default";
    };
    canvas.onpointerup = canvas.onpointercancel = (event) => {
      if (!drag) return;
      send(event, true);
      drag = null;
    };

    let query;
    const tellRatio = () => {
      query?.removeEventListener("change", tellRatio);
      query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      query.addEventListener("change", tellRatio);
      model.set("ratio", devicePixelRatio);
      model.save_changes();
    };
    tellRatio();

    return () => {
      query.removeEventListener("change", tellRatio);
      clearTimeout(quiet);
      model.off("change:frame", paint);
      model.off("change:caption", say);
    };
  },
};
