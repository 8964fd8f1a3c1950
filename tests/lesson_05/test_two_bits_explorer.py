"""The explorer of two bits, at values known from elsewhere."""

import pytest

from lessons_lib.lesson_05 import TwoBitsExplorer


def test_two_bits_at_the_reference_values():
    """claims.md, 3.5."""
    bits = TwoBitsExplorer(agreement=0.9, a=0.5, b=0.5)
    assert (bits.result.forward, bits.result.reverse) == pytest.approx((0.368064207, 0.510825624))
    assert bits.result.least == pytest.approx(0.497796623)
    bits.move(a=0.3, b=0.2)
    bits.controls["best"].click()
    assert (bits.state.a, bits.state.b) == pytest.approx((0.25, 0.25))
    assert bits.result.reverse == pytest.approx(0.497796623)
