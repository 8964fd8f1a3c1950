"""The same figure, moved in other ways than the course's: for `latency.py`."""

import anywidget
import ipywidgets as widgets
import matplotlib.pyplot as plt
import traitlets
from ipympl.backend_nbagg import Canvas, FigureManager
from IPython.display import display
from matplotlib.figure import Figure

from lessons_lib.drawing.live import DPI
from lessons_lib.drawing.style import style


def slider_like(control):
    kind = widgets.FloatSlider if isinstance(control, widgets.FloatSlider) else widgets.IntSlider
    return kind(min=control.min, max=control.max, step=control.step, value=control.value)


def result_of(explorer, name, value):
    return explorer.compute(explorer.settle(explorer.change({name: value})))


def figure_of(explorer, make=plt.figure):
    with style():
        width, height = explorer.size
        figure = make(figsize=(width / DPI, height / DPI), dpi=DPI, layout="constrained")
        return figure, explorer.View(figure, explorer.result)


def afresh(explorer, name):
    """As other courses do it: interact builds a new figure at each step."""

    def show(value):
        explorer.result = result_of(explorer, name, value)
        figure_of(explorer)
        plt.show()

    widgets.interact(show, value=slider_like(explorer.controls[name]))


def with_ipympl(explorer, name):
    """One figure, kept, which ipympl draws anew when the browser is ready for it."""
    figure, view = figure_of(explorer, Figure)
    canvas = Canvas(figure)
    FigureManager(canvas, 0)
    canvas.header_visible = False
    slider = slider_like(explorer.controls[name])

    def follow(change):
        view.show(result_of(explorer, name, change["new"]))
        canvas.draw_idle()

    slider.observe(follow, "value")
    display(slider, canvas)


class DrawnThere(anywidget.AnyWidget):
    """A rectangle drawn in the browser: as wide as its own slider says, or the kernel's."""

    _esm = """
export default { render({ model, el }) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [880, 380];
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: 1, step: 0.005, value: 0.5 });
  slider.style.width = "300px";
  slider.hidden = !model.get("alone");
  slider.dataset.lmSuppressShortcuts = true;
  el.append(slider, canvas);
  const draw = (value) => {
    const context = canvas.getContext("2d");
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, 880, 380);
    context.fillStyle = "#c44e00";
    context.fillRect(0, 0, 880 * value, 380);
  };
  slider.oninput = () => draw(slider.valueAsNumber);
  model.on("change:value", () => draw(model.get("value")));
  draw(0.5);
} };
"""
    value = traitlets.Float(0.5).tag(sync=True)
    alone = traitlets.Bool(False).tag(sync=True)


def numbers_only():
    """The kernel answers each step with a number, which the browser draws."""
    picture = DrawnThere()
    slider = widgets.FloatSlider(min=0, max=1, step=0.005, value=0.5)
    slider.observe(lambda change: picture.set_trait("value", change["new"]), "value")
    display(slider, picture)
