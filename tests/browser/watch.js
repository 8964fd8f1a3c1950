// Runs in the page: before every repaint, looks at a picture if anything was drawn since, and notes when it changes and
// when it is not there. (To read the pixels at every repaint would take a third of the page's own time.)
(selector) => {
  const small = document.createElement("canvas");
  [small.width, small.height] = [440, 190];
  const context = small.getContext("2d", { willReadFrequently: true });
  const watch = { changes: [], blanks: 0, last: null, inputs: [] };

  window.drawn ??= new WeakSet();
  if (!window.watch) {
    for (const name of ["putImageData", "drawImage", "fillRect"]) {
      const draw = CanvasRenderingContext2D.prototype[name];
      CanvasRenderingContext2D.prototype[name] = function (...how) {
        window.drawn.add(this.canvas);
        return draw.apply(this, how);
      };
    }
  }

  let seen, source;
  const isNew = (picture) => {
    const other = picture !== seen || picture.src !== source || window.drawn.delete(picture);
    [seen, source] = [picture, picture.src];
    return other;
  };
  const hash = (picture) => {
    context.fillStyle = "white";
    context.fillRect(0, 0, small.width, small.height);
    context.drawImage(picture, 0, 0, small.width, small.height);
    const data = new Uint32Array(context.getImageData(0, 0, small.width, small.height).data.buffer);
    let value = 0;
    let ink = false;
    for (const pixel of data) {
      value = (Math.imul(value, 31) + pixel) | 0;
      ink ||= pixel !== 0xffffffff;
    }
    return ink ? value : null;
  };
  let now = null;
  const look = () => {
    if (window.watch !== watch) return;
    const picture = [...document.querySelectorAll(selector)].find((shown) => shown.getClientRects().length);
    if (!picture || picture.naturalWidth === 0) now = seen = null;
    else if (isNew(picture)) now = hash(picture);
    if (now === null) watch.blanks += 1;
    else if (watch.last !== null && now !== watch.last) watch.changes.push(performance.now());
    if (now !== null) watch.last = now;
    requestAnimationFrame(look);
  };
  const note = () => watch.inputs.push(performance.now());
  for (const kind of ["keydown", "pointermove", "pointerup"]) addEventListener(kind, note, true);
  window.watch = watch;
  look();
}
