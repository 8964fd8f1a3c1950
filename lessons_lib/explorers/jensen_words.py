"""What the Jensen explorer shows, in sentences."""

from math import log

from lessons_lib.drawing.wording import fixed, number


def in_words(r) -> str:
    """Return what a function, its points and weights show."""
    points = ", ".join(f"{fixed(x, 2)} ({w:.3g})" for x, w in zip(r.x, r.weights, strict=True))
    at = f"point {r.chosen} has f(x) = {fixed(r.f[r.chosen - 1], 4)}"
    verdict = f"{number(r.gap)} above" if r.gap else "exactly at"
    return (
        f"f(x) = {r.shown} at x = {points}, with the weights in brackets; {at}. The mean of f, {fixed(r.mean_f, 4)}, "
        f"lies {verdict} f of the mean, f({fixed(r.mean, 4)}) = {fixed(r.f_mean, 4)}."
    )


def in_kl(r) -> str:
    """Return what p and q show: KL, and its two parts."""
    p, q = (", ".join(f"{share:.3g}" for share in shares) for shares in (r.weights, r.q))
    at = r.chosen - 1
    point = (
        f"{r.q[at]:.3g}/{r.weights[at]:.3g} = {number(r.x[at])}, −ln x = {fixed(r.f[at], 4)}"
        if r.weights[at]
        else "no weight, as its p is 0"
    )
    return (
        f"p = ({p}), q = ({q}). The mean of −ln(q/p) is KL(p‖q) = {fixed(r.mean_f, 4)} nats "
        f"({fixed(r.mean_f / log(2), 4)} bits). Outcome {r.chosen}: {point}. E x = {r.mean:.4g} is the q of all that "
        f"has p > 0, and −ln of it is {fixed(r.f_mean, 4)}; the gap adds {fixed(r.gap, 4)}."
    )
