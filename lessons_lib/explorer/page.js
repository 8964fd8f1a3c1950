// What an explorer or a guess needs of the page around it: keys, names that are read aloud, a place in view, and a
// word when its kernel is gone.

const BOXES = ":is(.lessons-explorer, .lessons-prediction)";
const NAMES = { play: "play", stop: "back to the start", retweet: "repeat" };
const GONE =
  "The kernel behind this has stopped or begun anew, so nothing here can answer. " +
  "Run this cell again (Shift+Enter) to bring it back.";

const nameControls = () => {
  for (const handle of document.querySelectorAll(`${BOXES} .noUi-handle`)) {
    const slider = handle.closest(".widget-slider");
    handle.ariaLabel ??= slider.querySelector(".widget-label").textContent || "your guess";
    const read = slider.querySelector(".widget-readout")?.textContent; // the value itself has all digits of the float
    if (read && handle.ariaValueText !== read) handle.ariaValueText = read;
  }
  // ipywidgets lets one type over this number, too, and then neither goes there nor puts back what it has wiped out.
  for (const readout of document.querySelectorAll(".lessons-scale .widget-readout[contenteditable=true]")) {
    readout.contentEditable = "false";
  }
  for (const [icon, name] of Object.entries(NAMES)) {
    for (const button of document.querySelectorAll(`${BOXES} button:not([aria-label]):has(> .fa-${icon})`)) {
      button.ariaLabel = name;
    }
  }
};

// noUiSlider's own Home and End go to the ends that the slider was made with. A tap on the end is what a user can do.
const goToTheEnd = (event) => {
  const slider = event.target.closest(`${BOXES} .noUi-target`);
  if (!slider || !["Home", "End"].includes(event.key) || slider.hasAttribute("disabled")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const base = slider.querySelector(".noUi-base");
  const { left, right, top } = base.getBoundingClientRect();
  const at = { bubbles: true, buttons: 1, clientX: event.key === "End" ? right : left, clientY: top };
  slider.classList.remove("noUi-state-tap"); // while the handle glides from one tap, noUiSlider heeds no other
  base.dispatchEvent(new MouseEvent("mousedown", at));
  document.dispatchEvent(new MouseEvent("mouseup", at));
};

// Once a page, for all explorers and guesses.
if (!document.body.dataset.lessons) {
  document.body.dataset.lessons = "mended";
  document.addEventListener("focusin", ({ target }) => {
    // Front ends take keys for their shortcuts unless the focused element itself asks them not to.
    if (target.closest(BOXES)) target.dataset.lmSuppressShortcuts = true;
  });
  document.addEventListener("keydown", goToTheEnd, true);
  const what = { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-valuetext", "contenteditable"] };
  const asks = ({ type, addedNodes }) =>
    type === "attributes" || [...addedNodes].some((node) => node.nodeType === Node.ELEMENT_NODE);
  new MutationObserver((records) => records.some(asks) && nameControls()).observe(document.body, what);
}

// Front ends go on to the next cell before this one has its output. Then it is that cell which is active.
const bringIntoView = (box) => {
  const cell = box.closest(".jp-Cell");
  if (!cell?.nextElementSibling?.matches(".jp-mod-active")) return;
  const scroller = box.closest(".jp-WindowedPanel-outer") ?? box.closest(".jp-Notebook");
  const [{ top, bottom }, room] = [box.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (top < room.top || bottom > room.bottom) scroller.scrollTop += top - room.top - 4;
};

const whenItStands = (el, then) => {
  const look = () => (el.isConnected && el.closest(BOXES)?.offsetHeight ? then(el.closest(BOXES)) : again());
  let left = 300;
  const again = () => left-- && requestAnimationFrame(look);
  look();
};

export default {
  render({ model, el }) {
    el.classList.add("lessons-gone");
    el.setAttribute("role", "status");
    whenItStands(el, (box) => requestAnimationFrame(() => bringIntoView(box)));
    const watch = setInterval(() => {
      const { kernel } = model.widget_manager;
      const gone = kernel === null || kernel?.status === "dead" || el.closest(".jupyter-widgets-disconnected");
      if (gone) el.textContent = GONE;
    }, 1000);
    return () => clearInterval(watch);
  },
};
