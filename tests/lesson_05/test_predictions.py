"""What lesson 5's guesses are told to be true."""

import pytest
from scipy import special

from lessons_lib import lesson_05
from lessons_lib.maths.two_bits import best_product_models


def test_truths_of_the_guesses():
    assert lesson_05.width.truth == pytest.approx(6.74**0.5, abs=0.005)
    assert lesson_05.birth.truth == pytest.approx(4.824459436, abs=0.005)
    assert lesson_05.bits.truth == "they are two fair coins"
    a, b, kind = best_product_models(0.8)[0]
    assert (a, b, kind) == (0.5, 0.5, "minimum")
    assert f"{special.expit(2):.6f}" in lesson_05.bits.because
    assert "1.379" in lesson_05.start.because
