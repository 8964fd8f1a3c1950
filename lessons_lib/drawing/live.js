// One canvas that shows the newest frame, one caption, and the pointer's way back to the kernel.

// Runs as runs.py encodes them: width, height, then (length, value) pairs.
const size = ({ buffer, byteOffset }) => new Uint32Array(buffer.slice(byteOffset, byteOffset + 8));
const apply = ({ buffer, byteOffset, byteLength }, pixels) => {
  const runs = new Uint32Array(buffer.slice(byteOffset + 8, byteOffset + byteLength));
  for (let run = 0, i = 0; run < runs.length; run += 2) {
    const end = i + runs[run];
    const value = runs[run + 1];
    if (value) while (i < end) pixels[i++] ^= value;
    i = end;
  }
};

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
    canvas.style.maxWidth = `${width}px`;
    canvas.style.aspectRatio = `${width} / ${height}`;
    caption.style.maxWidth = `${width}px`;

    let background, image, pixels;
    const prepare = () => {
      const [width, height] = size(model.get("background"));
      if (canvas.width !== width || canvas.height !== height || !image) {
        [canvas.width, canvas.height] = [width, height];
        image = new ImageData(width, height);
        pixels = new Uint32Array(image.data.buffer);
        background = new Uint32Array(pixels.length);
      }
      background.fill(0);
      apply(model.get("background"), background);
      paint();
    };
    const paint = () => {
      const [width] = size(model.get("frame"));
      if (width !== canvas.width) return; // its background comes with it, and is next
      pixels.set(background);
      apply(model.get("frame"), pixels);
      for (let i = width; i < pixels.length; i++) pixels[i] ^= pixels[i - width]; // values are pixels XOR those above
      canvas.getContext("2d", { alpha: false }).putImageData(image, 0, 0);
    };

    // Written ten times a second at most, for laying out text costs as much as a frame; read aloud when it rests.
    let written, quiet;
    const write = () => {
      written = null;
      caption.textContent = model.get("caption");
      canvas.setAttribute("aria-label", model.get("caption"));
    };
    const say = () => {
      written ??= setTimeout(write, 100);
      clearTimeout(quiet);
      quiet = setTimeout(() => (spoken.textContent = model.get("caption")), 800);
    };
    model.on("change:background", prepare);
    model.on("change:frame", paint);
    model.on("change:caption", say);
    prepare();
    write();
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
      model.set("calm", matchMedia("(prefers-reduced-motion: reduce)").matches);
      model.save_changes();
    };
    tellRatio();

    return () => {
      query.removeEventListener("change", tellRatio);
      clearTimeout(written);
      clearTimeout(quiet);
      model.off("change:background", prepare);
      model.off("change:frame", paint);
      model.off("change:caption", say);
    };
  },
};
