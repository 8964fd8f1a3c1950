"""What the Jensen explorer shows, in sentences."""

from __future__ import annotations

from math import inf, log
from typing import TYPE_CHECKING

from lessons_lib.style import fixed, number

if TYPE_CHECKING:
    from lessons_lib.explorers.jensen import JensenResult


def _signed(value: float, digits: int = 4) -> str:
    return "∞" if value == inf else fixed(value, digits)


def in_words(r: JensenResult) -> str:
    """Return what a function, its points and weights show."""
    points = ", ".join(f"{fixed(x, 2)} ({w:.3g})" for x, w in zip(r.x, r.weights, strict=True))
    at = f"point {r.chosen} has f(x) = {_signed(r.f[r.chosen - 1])}"
    verdict = f"{number(r.gap)} above" if r.gap else "exactly at"
    return (
        f"f(x) = {r.shown} at x = {points}, with the weights in brackets; {at}. The mean of f, {_signed(r.mean_f)}, "
        f"lies {verdict} f of the mean, f({fixed(r.mean, 4)}) = {_signed(r.f_mean)}."
    )


def in_kl(r: JensenResult) -> str:
    """Return what p and q show: KL, and its two parts."""
    p, q = (", ".join(f"{share:.3g}" for share in shares) for shares in (r.weights, r.q))
    at = r.chosen - 1
    point = (
        f"{r.q[at]:.3g}/{r.weights[at]:.3g} = {number(r.x[at])}, −ln x = {_signed(r.f[at])}"
        if r.weights[at]
        else "no weight, as its p is 0"
    )
    return (
        f"p = ({p}), q = ({q}). The mean of −ln(q/p) is KL(p‖q) = {_signed(r.mean_f)} nats "
        f"({_signed(r.mean_f / log(2))} bits). Outcome {r.chosen}: {point}. E x = {r.mean:.4g} is the q of all that "
        f"has p > 0, and −ln of it is {_signed(r.f_mean)}; the gap adds {_signed(r.gap)}."
    )
