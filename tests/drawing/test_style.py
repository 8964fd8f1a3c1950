"""Numbers as they are written, and colours that can be told from paper."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from lessons_lib.drawing import style, wording

SUPER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def read(text):
    mantissa, _, power = text.partition(" × 10")
    return float(mantissa) * 10.0 ** int(power.translate(SUPER) or 0)


@given(st.floats(1e-300, 1e300))
def test_a_written_number_is_the_number(value):
    assert read(wording.number(value)) == pytest.approx(value, rel=0.0051)


@given(st.floats(-100_000, -1))
def test_numbers_beyond_floating_point(log10):
    text = wording.number_from_log10(log10)
    mantissa, _, power = text.partition(" × 10")
    assert math.log10(float(mantissa)) + int(power.translate(SUPER) or 0) == pytest.approx(log10, abs=0.0022)


@pytest.mark.parametrize(("value", "text"), [(9.996, "10.0"), (999.6, "1.00 × 10³"), (0.99999, "1.00"), (0.5, "0.500")])
def test_rounding_up_to_the_next_power(value, text):
    assert wording.number(value) == text


# Colours as anybody sees them, in both themes

COLOURS = {"DATA": style.DATA, "MODEL": style.MODEL, "OPTIMUM": style.OPTIMUM, "INK": style.INK}
# Machado, Oliveira and Fernandes (2009), for the complete lack of one kind of cone, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
# CSS's hue-rotate(180deg), from the specification of filter effects: https://www.w3.org/TR/filter-effects-1/
HUE_TURNED = 2 * np.array([0.213, 0.715, 0.072]) - np.eye(3)


def light(colour):
    return np.array(to_rgb(colour))


def dark(colour):
    """What live.css makes of a colour in a dark theme: invert(1) hue-rotate(180deg)."""
    return np.clip(HUE_TURNED @ (1 - light(colour)), 0, 1)


def linear(rgb):
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """The contrast ratio of WCAG 2."""
    darker, lighter = sorted(float([0.2126, 0.7152, 0.0722] @ linear(rgb)) for rgb in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(linear_rgb):
    """CIELAB of a colour given as linear sRGB, white point D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = (np.cbrt(v) if v > 216 / 24389 else 841 / 108 * v + 4 / 29 for v in to_xyz @ linear_rgb / to_xyz.sum(1))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


THEMES = pytest.mark.parametrize("theme", [light, dark])


@THEMES
@pytest.mark.parametrize("colour", [*COLOURS.values(), style.MUTED])
def test_colours_stand_out_from_the_paper(theme, colour):
    assert contrast(theme(colour), theme(style.PAPER)) >= 4.5


@THEMES
@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(COLOURS, 2)])
def test_colours_can_be_told_apart_by_everybody(theme, vision, one, other):
    """A difference of 2.3 in CIELAB is just noticeable; 20 is seen at a glance."""
    seen = [lab(np.clip(np.dot(VISION[vision], linear(theme(COLOURS[name]))), 0, 1)) for name in (one, other)]
    assert np.linalg.norm(seen[0] - seen[1]) >= 20
