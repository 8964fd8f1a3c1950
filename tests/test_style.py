"""Numbers as they are written, and colours that can be told from paper."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb

from lessons_lib import style

SUPER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def read(text):
    mantissa, _, power = text.partition(" × 10")
    return float(mantissa) * 10.0 ** int(power.translate(SUPER) or 0)


@given(st.floats(1e-300, 1e300))
def test_a_written_number_is_the_number(value):
    assert read(style.number(value)) == pytest.approx(value, rel=0.0051)


@given(st.floats(-100_000, -1))
def test_numbers_beyond_floating_point(log10):
    text = style.number_from_log10(log10)
    mantissa, _, power = text.partition(" × 10")
    assert math.log10(float(mantissa)) + int(power.translate(SUPER) or 0) == pytest.approx(log10, abs=0.0022)


@pytest.mark.parametrize(("value", "text"), [(9.996, "10.0"), (999.6, "1.00 × 10³"), (0.99999, "1.00"), (0.5, "0.500")])
def test_rounding_up_to_the_next_power(value, text):
    assert style.number(value) == text


def luminance(colour):
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


@pytest.mark.parametrize("colour", [style.DATA, style.MODEL, style.OPTIMUM, style.INK, style.MUTED])
def test_colours_stand_out_from_the_paper(colour):
    ratio = (luminance(style.PAPER) + 0.05) / (luminance(colour) + 0.05)
    assert ratio >= 4.5
