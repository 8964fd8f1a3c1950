// Runs in the page: looks at a picture before every repaint, and notes when it changes and when it is not there.
(selector) => {
  const small = document.createElement("canvas");
  [small.width, small.height] = [440, 190];
  const context = small.getContext("2d", { willReadFrequently: true });
  const watch = { changes: [], blanks: 0, last: null, inputs: [] };
  const hash = () => {
    const pictures = [...document.querySelectorAll(selector)].filter((picture) => picture.getClientRects().length);
    const picture = pictures[0];
    if (!picture || picture.naturalWidth === 0) return null;
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
  const look = () => {
    if (window.watch !== watch) return;
    const now = hash();
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
