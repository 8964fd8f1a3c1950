"""What lesson 5 asks about two Gaussians."""

from math import log, pi

import numpy as np

from lessons_lib.exercise.core import Exercise, mistakes
from lessons_lib.exercise.mistakes import bits_for_nats, sign_forgotten
from lessons_lib.maths.gaussians.fits import gaussian, reverse_cross_entropy


def _kl(m_q, s_q, m_p, s_p):
    return np.log(s_p / s_q) + (s_q**2 + (m_q - m_p) ** 2) / (2 * s_p**2) - 0.5


my_reverse_kl = Exercise(
    name="05_my_reverse_kl",
    question=(
        "Write a function `my_reverse_kl(mean, sigma, p_mean, p_sigma)` that returns KL(q‖p), in nats, of "
        "q = N(mean, sigma²) and **p = N(p_mean, p_sigma²)**, both Gaussians. (The formula is a mean over q: you need "
        "E_q[(x − p_mean)²] = sigma² + (mean − p_mean)².)"
    ),
    answer=_kl,
    inputs=(
        (0.0, 1.0, 0.0, 1.0),
        (1.0, 1.0, 0.0, 1.0),
        (0.0, 0.5, 0.0, 2.0),
        (-1.0, 3.0, 2.0, 0.7),
        (2.0, 0.1, -2.0, 4.0),
    ),
    names=("mean", "sigma", "p_mean", "p_sigma"),
    mistakes=mistakes(
        ("This is KL(p‖q): p and q are swapped.", lambda a, b, c, d: _kl(c, d, a, b)),
        (
            "The normalising constants are missing: log(p_sigma/sigma).",
            lambda a, b, c, d: _kl(a, b, c, d) - np.log(d / b),
        ),
        ("The sign of the whole is the wrong way round: this is −KL.", lambda a, b, c, d: -_kl(a, b, c, d)),
        ("The sign of the logarithm is the wrong way round.", lambda a, b, c, d: _kl(a, b, c, d) - 2 * np.log(d / b)),
        (
            "The entropy of q is forgotten: this is the cross-entropy H(q, p).",
            lambda a, b, c, d: _kl(a, b, c, d) + np.log(b) + 0.5 * log(2 * pi) + 0.5,
        ),
        (
            "E_q[(x − p_mean)²] is not only the squared distance of the means: q's own variance belongs to it.",
            lambda a, b, c, d: _kl(a, b, c, d) - b**2 / (2 * d**2),
        ),
        ("The −1/2, from q's own log-density, is missing.", lambda a, b, c, d: _kl(a, b, c, d) + 0.5),
        (
            "Here σ stands where σ² belongs.",
            lambda a, b, c, d: np.log(d / b) + (b + (a - c) ** 2) / (2 * d) - 0.5,
        ),
        ("The ½ before the squares is missing.", lambda a, b, c, d: np.log(d / b) + (b**2 + (a - c) ** 2) / d**2 - 0.5),
        ("This is in bits; the question asks for nats.", lambda a, b, c, d: _kl(a, b, c, d) / log(2)),
        (
            "The logarithm is in bits here, and the rest in nats.",
            lambda a, b, c, d: _kl(a, b, c, d) + np.log(d / b) * (1 / log(2) - 1),
        ),
        (
            "This is the KL to N(0, 1), as in a VAE; here p has a mean and a σ of its own.",
            lambda a, b, c, d: _kl(a, b, 0.0, 1.0),
        ),
        (
            "This is the squared distance of the means alone; take the mean over q of ln q − ln p.",
            lambda a, b, c, d: (a - c) ** 2,
        ),
        ("Squared here are the sum of the means, not their difference.", lambda a, b, c, d: _kl(a, b, -c, d)),
    ),
    hints=(
        "log q − log p = log(p_sigma/sigma) − (x − mean)²/(2 sigma²) + (x − p_mean)²/(2 p_sigma²).",
        "Now take the mean over q: the second term becomes 1/2.",
    ),
    solution_text=(
        r"$\ln\frac{s}{\sigma} + \frac{\sigma^2 + (\mu - m)^2}{2 s^2} - \frac12$, for $q = N(\mu, \sigma^2)$ and "
        r"$p = N(m, s^2)$."
    ),
    code=(
        "def my_reverse_kl(mean, sigma, p_mean, p_sigma):\n"
        "    squares = sigma**2 + (mean - p_mean) ** 2\n"
        "    return np.log(p_sigma / sigma) + squares / (2 * p_sigma**2) - 1 / 2"
    ),
)

_WIDTHS = np.array([2.0, 1.0, 0.1])
_NORMAL = gaussian(0.0, 1.0)
_CROSS = np.array([reverse_cross_entropy(_NORMAL, 0.0, sigma) for sigma in _WIDTHS])
_ENTROPIES = np.array([gaussian(0.0, sigma).entropy() for sigma in _WIDTHS])

collapse = Exercise(
    name="05_collapse",
    question=(
        "◇ p = N(0, 1), and q = N(0, σ²). What is the **reverse cross-entropy** H(q, p) = −E_q[ln p], in nats, for σ = "
        "2, 1 and 0.1? An array of three numbers. (Which of the three would win, if the entropy of q were forgotten?)"
    ),
    answer=_CROSS,
    mistakes=mistakes(
        ("This is KL(q‖p): here the entropy of q has been subtracted already.", _CROSS - _ENTROPIES),
        ("This is the entropy of q; p does not enter it.", _ENTROPIES),
        ("The normalising constant ½ ln 2π of p is missing.", _CROSS - 0.5 * log(2 * pi)),
        ("Here σ stands where σ² belongs.", _CROSS - _WIDTHS**2 / 2 + _WIDTHS / 2),
        ("The ½ before σ² is missing.", _CROSS + _WIDTHS**2 / 2),
        sign_forgotten(_CROSS),
        bits_for_nats(_CROSS),
        (
            "This is H(p, q), the mean over p: p and q are swapped.",
            np.log(_WIDTHS) + 0.5 * log(2 * pi) + 1 / (2 * _WIDTHS**2),
        ),
        ("This is p's own −ln p at its peak, the same for all: x varies under q.", np.full(3, 0.5 * log(2 * pi))),
    ),
    hints=("−ln p(x) = ½ ln 2π + x²/2.", "Under q the mean of x² is σ²."),
    solution_text=(
        rf"$\tfrac12 \ln 2\pi + \sigma^2/2$: {_CROSS[0]:.3f}, {_CROSS[1]:.3f}, {_CROSS[2]:.3f}. The narrower, the "
        "better: only the entropy of q keeps it from becoming a needle."
    ),
    code="0.5 * np.log(2 * np.pi) + np.array([2, 1, 0.1]) ** 2 / 2",
)
