"""The numbers in the folded answers of the notebook."""

import numpy as np
from every import folded_answers

from lessons_lib.drawing.wording import number
from lessons_lib.lesson_02 import UlpExplorer, UnderflowExplorer
from lessons_lib.maths.floats import COMPARISONS, FORMATS, errors, underflow

SAID = folded_answers("02_the_log_trick")


def test_where_products_end():
    assert f"to −{abs(UnderflowExplorer(n=538).result.log_sum):.3f} nats" in SAID
    zeros = (underflow(0.25, 1000, FORMATS[name]).zero for name in ("float32", "float16"))
    assert "With factor {} in float32, and with factor {} in float16.".format(*zeros) in SAID
    assert f"At {number(underflow(0.9, 10_000).frozen_value)}, five times" in SAID
    assert underflow(0.9, 10_000).frozen_value == 5 * FORMATS["float64"].smallest_subnormal


def test_where_a_sum_of_logs_stops():
    result = UnderflowExplorer(p=0.25, format="float16", window="10,000 factors", n=10_000).result
    assert f"it stops at −{abs(result.log_sum):.0f}, and should be −{abs(result.exact_log):,.0f}." in SAID


def test_where_naive_logs_fail():
    lost = UlpExplorer(exponent=-12).result
    assert f"{lost.digits_lost:.0f} of {lost.bits} binary digits." in SAID
    assert np.log(1 + 1e-17) == 0 == np.log(1 + 0.99e-16)
    with np.errstate(all="ignore"):
        x = -np.arange(80, 100, 0.1, np.float32)
        last = x[np.isfinite(np.log(1 / (1 + np.exp(-x))))].min()
    assert f"beyond −{abs(last):.1f} in float32" in SAID
    naive, _ = errors(COMPARISONS["log1mexp"], np.linspace(0.02, 3, 300))
    assert "Between about 0.02 and 3 it is at most a few ulps off." in SAID
    assert naive.max() < 10
