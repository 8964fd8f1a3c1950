"""What holds for every explorer."""

import re

import ipywidgets as widgets
import nbformat
import numpy as np
import pytest
import sweep
from every import EXPLORERS, LESSON_OF
from odd import odd_settings

from lessons_lib.exercise.sketch_explorer import SketchExplorer
from lessons_lib.lesson_01 import ClassifierExplorer, CoinExplorer
from lessons_lib.lesson_03 import DrawExplorer, TrainingExplorer
from lessons_lib.maths.errors import InputError
from lessons_lib.start.environment import ROOT


@pytest.fixture(scope="module", params=EXPLORERS, ids=lambda cls: cls.__name__)
def explorer(request):
    """An explorer of each class, built once: every test of it goes on from where the last one has left it."""
    return request.param()


def test_every_control_over_its_whole_range(explorer):
    sweep.every_control(explorer)


def test_every_control_changes_picture_and_sentence(explorer):
    sweep.every_control_shows(explorer)


@pytest.mark.parametrize("seed", range(3))
def test_moved_equals_fresh(explorer, seed):
    sweep.random_moves(explorer, seed)
    sweep.assert_same_picture(explorer, sweep.fresh(explorer))


def test_odd_settings_change_nothing_and_are_left_as_they_are_and_reset_leads_back(explorer):
    with odd_settings():
        new = type(explorer)()
        sweep.random_moves(new, seed=4, moves=20)
        new.reset_button.click()
        new._repr_mimebundle_()
    sweep.random_moves(explorer, seed=3, moves=20)
    explorer.reset_button.click()
    sweep.healthy(explorer, "reset")
    assert explorer.state == new.state
    sweep.assert_same_picture(explorer, new)
    for name, control in explorer.controls.items():
        for trait in {"value", "min", "max", "step", "options", "disabled", "playing"} & {*control.keys}:
            assert getattr(control, trait) == getattr(new.controls[name], trait), f"{name}.{trait} is not as it was"


@pytest.mark.parametrize("explorer_class", LESSON_OF)
def test_its_lesson_lists_it_and_its_notebook_opens_it(explorer_class):
    name, lesson = explorer_class.__name__, LESSON_OF[explorer_class]
    package = f"lesson_{lesson.number:02}"
    assert explorer_class in lesson.explorers, (
        f"{name} is not among the explorers of {package}/__init__.py: no map counts its challenges"
    )
    notebook = ROOT / "notebooks" / lesson.notebook
    if not notebook.exists():
        pytest.skip(f"{lesson.notebook} is still to be written")
    cells = nbformat.read(notebook, as_version=4).cells
    opens = any(re.search(rf"\b{name}\(", cell.source) for cell in cells if cell.cell_type == "code")
    assert opens, f"no cell of {lesson.notebook} opens {name}: nobody sees it, or reaches its challenges"


def test_a_drag_changes_the_picture(explorer):
    for number, (left, bottom, right, top) in enumerate(explorer.figure.draggable):
        before = explorer.figure.pixels()
        x, y = (left + right) / 2, (bottom + top) / 2
        sweep.drag(explorer, x, y, x + (right - left) / (5 + number), y, gesture=number)
        assert (before != explorer.figure.pixels()).any()


def test_the_stored_output_holds_picture_and_sentence(explorer):
    bundle, metadata = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/plain"] == explorer.describe() == metadata["image/png"]["alt"]
    assert bundle["image/png"].startswith("iVBOR")


def test_every_draggable_thing_has_a_control(explorer):
    assert explorer.controls
    assert all(control.description for name, control in explorer.controls.items() if name != "play")


def test_what_cannot_be_a_state_is_named(explorer):
    with pytest.raises(InputError, match="nonsense"):
        type(explorer)(nonsense=1)
    before = explorer.state
    for name, control in explorer.controls.items():
        if hasattr(control, "min") and hasattr(explorer.state, name):
            for value in (control.max + 1, control.min - 1, float("nan"), "1", None):
                with pytest.raises(InputError, match=name):
                    explorer.move(**{name: value})
    assert explorer.state == before


def test_a_failing_callback_says_so_in_the_explorer(explorer, monkeypatch):
    before = explorer.state
    control = next(c for c in explorer.controls.values() if hasattr(c, "min"))

    def fail(state):
        raise ZeroDivisionError("a fault made on purpose")

    monkeypatch.setattr(explorer, "compute", fail)
    control.value = control.max
    assert "a fault made on purpose" in explorer.error
    assert "a fault made on purpose" in explorer._message.value
    assert explorer.state == before
    monkeypatch.undo()
    control.value = control.min
    control.value = control.max
    assert explorer.error == explorer._message.value == ""


def test_a_slider_s_own_rounding_is_no_move(explorer):
    """The browser rounds a slider's value to its step and reports that."""
    sweep.random_moves(explorer, seed=7, moves=10)
    before = explorer.state
    for control in explorer.controls.values():
        if hasattr(control, "readout_format") and isinstance(control.value, float):
            control.value = round(control.value / control.step) * control.step
    assert explorer.state == before


@pytest.mark.parametrize(
    ("explorer", "wrong"),
    [
        *[(CoinExplorer, {"flipped": f}) for f in ("abc", 3, None, ("1",), ((1, 2),), (1.5,), (0,), (500,))],
        *[(CoinExplorer, {"source": s}) for s in ("nowhere", None, 3)],
        *[(CoinExplorer, {"n": n}) for n in (True, "10", 10.5, 0, 201, 1j)],
        *[(ClassifierExplorer, {"best": b}) for b in (5, (5,), (1, 2, 3), (0, 0), ("a", "b"), (4.86, -3), ())],
        *[(ClassifierExplorer, {"start": b}) for b in ("ab", 5, (5,), (5, 1, 2), (float("nan"), 1))],
        *[
            (SketchExplorer, {"heights": h})
            for h in (("a",), "abc", None, 3, (0.5,) * 5, (2,) * 6, (float("nan"),) * 6)
        ],
        *[
            (DrawExplorer, {"bitmap": b})
            for b in ((), (0,) * 31, (2**32,) * 32, (-1,) * 32, (0.5,) * 32, "ab", 3, [[1]])
        ],
        *[(DrawExplorer, {"digit": d}) for d in (-1, 1798, 1.5, "1")],
        *[(DrawExplorer, {"pointer": p}) for p in ("rubs", 3, ())],
        *[(TrainingExplorer, {"learning_rate": r}) for r in (0, -1, 0.7, "1", float("nan"))],
        *[(TrainingExplorer, {"step": t}) for t in (-1, 301, 0.5)],
        *[(SketchExplorer, {"truth": t}) for t in (5, (), (0.5,), (1e9,) * 6)],
    ],
    indirect=["explorer"],
)
def test_an_impossible_state_is_named_and_the_explorer_stays_as_it_was(explorer, wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        type(explorer)(**wrong)
    before, pixels = explorer.state, explorer.figure.pixels()
    with pytest.raises(InputError, match=next(iter(wrong))):
        explorer.move(**wrong)
    assert explorer.state == before
    np.testing.assert_array_equal(explorer.figure.pixels(), pixels)
    sweep.healthy(explorer, wrong)


def test_numbers_of_any_type_will_do():
    assert CoinExplorer(n=np.int64(20), theta=np.float32(0.25), seed=3.0).state == CoinExplorer.State(
        n=20, theta=0.25, seed=3
    )
    assert ClassifierExplorer(best=np.array([5.0, 9.0]), step=np.int8(0)).state.best == (5.0, 9.0)


@pytest.mark.parametrize("explorer_class", [cls for cls in EXPLORERS if cls.challenges])
def test_challenges_are_open_at_first_and_reached_by_their_examples(explorer_class):
    explorer = explorer_class()
    start = explorer.state
    for challenge in explorer.challenges:
        assert not challenge.reached(explorer.state, explorer.result), challenge.name
        assert f"☐ {challenge.goal}" in explorer._goals.value
    for challenge in explorer.challenges:
        sweep.go_to(explorer, start)
        explorer.move(**challenge.example)
        assert challenge.reached(explorer.state, explorer.result), challenge.name
        assert f"☑ {challenge.goal}" in explorer._goals.value
    sweep.go_to(explorer, start)
    for shown in (explorer, explorer_class()):  # once reached it stays so, and is kept for the next time
        assert all(f"☑ {challenge.goal}" in shown._goals.value for challenge in explorer.challenges)


def test_names_of_challenges_are_told_apart():
    names = [challenge.name for cls in EXPLORERS for challenge in cls.challenges]
    assert len(set(names)) == len(names)


def test_no_slider_moves_of_itself_when_something_is_chosen(explorer):
    sliders = [c for c in explorer.controls.values() if isinstance(c, widgets.FloatSlider | widgets.IntSlider)]
    browsers = [sweep.BrowserSlider(control) for control in sliders]
    for name, control in explorer.controls.items():
        for value in sweep.positions(control) if isinstance(control, widgets.Dropdown) else []:
            sweep.set_control(explorer, name, value)
            before = explorer.state
            for browser in browsers:
                browser.report()
            assert explorer.state == before, f"after {name} = {value}"
    for browser in browsers:
        browser.close()


def test_a_moved_slider_is_answered_with_the_picture_and_not_with_its_own_value(explorer, monkeypatch):
    sweep.go_to(explorer, explorer.settle(explorer.opening()))
    sent = []
    monkeypatch.setattr(widgets.Widget, "_send", lambda self, msg, buffers=None: sent.append((self, msg["method"])))
    for control in explorer.controls.values():
        if isinstance(control, widgets.SelectionSlider):
            report = {"index": abs(control.index - 1)}
        elif isinstance(control, widgets.FloatSlider | widgets.IntSlider):
            further = control.value < (control.min + control.max) / 2
            report = {"value": control.value + (control.step if further else -control.step)}
        else:
            continue
        sent.clear()
        before = explorer.state
        control.set_state(report)
        assert [widget for widget, _ in sent].count(explorer.figure) == (explorer.state != before)
        assert (control, "echo_update") not in sent
