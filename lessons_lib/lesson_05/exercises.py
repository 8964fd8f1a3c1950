"""What lesson 5 asks."""

from math import inf, log, pi, sqrt

import numpy as np

from lessons_lib.exercise.core import Exercise, keyed, mistakes
from lessons_lib.exercise.mistakes import bits_for_nats, log10_for_nats, nats_for_bits, sign_forgotten
from lessons_lib.maths.gaussians.fits import forward_kl, gaussian, moment_match, reverse_cross_entropy, reverse_kl
from lessons_lib.maths.gaussians.mixtures import GaussianMixture
from lessons_lib.maths.two_bits import forward_bits_kl, reverse_bits_kl

_fit = keyed("mean", "sigma")
_UNEQUAL = GaussianMixture((0.3, 0.7), (-3.0, 1.0), (0.5, 1.5))
_MEAN, _SIGMA = moment_match(_UNEQUAL)
_WITHIN = 0.3 * 0.5**2 + 0.7 * 1.5**2
_SWAPPED = moment_match(GaussianMixture((0.7, 0.3), (-3.0, 1.0), (0.5, 1.5)))
_HALVES = moment_match(GaussianMixture((0.5, 0.5), (-3.0, 1.0), (0.5, 1.5)))

moments = Exercise(
    name="05_moments",
    question=(
        "p = 0.3 · N(−3, 0.5²) + 0.7 · N(1, 1.5²). Which Gaussian makes the **forward** KL(p‖q) least? A dictionary "
        'with the keys `"mean"` and `"sigma"` (its standard deviation).'
    ),
    answer=_fit(_MEAN, _SIGMA),
    mistakes=mistakes(
        ("The mean is right; this is the variance σ², and σ is asked for.", _fit(_MEAN, _SIGMA**2)),
        (
            "The mean is right; this is the root of the mean variance. That the humps lie apart widens q too.",
            _fit(_MEAN, sqrt(_WITHIN)),
        ),
        (
            "The mean is right; this is how far the humps' means scatter; their own variances come on top.",
            _fit(_MEAN, sqrt(_SIGMA**2 - _WITHIN)),
        ),
        (
            "The mean is right; variances average, not their roots; and the variance of the means is missing.",
            _fit(_MEAN, 0.3 * 0.5 + 0.7 * 1.5),
        ),
        (
            "The mean is right; the weights are squared here. Each variance counts with its weight.",
            _fit(_MEAN, sqrt(0.09 * 0.25 + 0.49 * 2.25)),
        ),
        ("This is the heavier hump: what the reverse KL may choose. The forward KL has to cover both.", _fit(1, 1.5)),
        ("This is the lighter hump; the forward KL has to cover both.", _fit(-3, 0.5)),
        ("Here the weights are swapped.", _fit(*_SWAPPED)),
        ("Here the humps count alike; their weights are 0.3 and 0.7.", _fit(*_HALVES)),
        ("These are the plain means of the two; weigh them, and let σ grow as the humps lie apart.", _fit(-1, 1)),
    ),
    hints=(
        "The forward KL wants of a Gaussian only that it has the mean and the variance of p.",
        "The variance of a mixture: the mean of the variances, plus the variance of the means.",
    ),
    solution_text=(
        rf"The mean is $0.3 \cdot (-3) + 0.7 \cdot 1 = {_MEAN:.1f}$. The variance is $0.3 \cdot 0.25 + 0.7 \cdot 2.25 "
        rf"= {_WITHIN:.2f}$ within the humps and $0.3 \cdot 0.7 \cdot 4^2 = {_SIGMA**2 - _WITHIN:.2f}$ between them; "
        rf"$\sigma = \sqrt{{{_SIGMA**2:.2f}}} = {_SIGMA:.3f}$."
    ),
    code='{"mean": 0.3 * -3 + 0.7 * 1, "sigma": np.sqrt(0.3 * 0.25 + 0.7 * 2.25 + 0.3 * 0.7 * 4**2)}',
)

_FAR = GaussianMixture((0.2, 0.8), (0.0, 20.0), (1.0, 1.0))
_ON_HEAVY = reverse_kl(_FAR, 20.0, 1.0)

one_hump = Exercise(
    name="05_one_hump",
    question=(
        "Two Gaussian humps of the same σ lie 20 σ apart; their weights are 0.2 and 0.8. q is exactly "
        "the heavier hump. How large is the **reverse** KL(q‖p), in nats?"
    ),
    answer=_ON_HEAVY,
    mistakes=mistakes(
        ("This is the lighter hump's: q lies on the heavier one.", reverse_kl(_FAR, 0.0, 1.0)),
        sign_forgotten(_ON_HEAVY),
        bits_for_nats(_ON_HEAVY),
        log10_for_nats(_ON_HEAVY),
        ("0 would mean q = p; but p has only 0.8 of its mass there, so that q is too high everywhere.", 0.0),
        ("This weighs the logarithm with 0.8; q has all of its mass on the hump.", 0.8 * _ON_HEAVY),
        ("This is the mass that q leaves out; ask what p gives where q is.", 0.2),
        ("This is for two equal humps, as in the lesson; here q's hump has the weight 0.8.", log(2)),
        ("This is the entropy of the weights.", -0.2 * log(0.2) - 0.8 * log(0.8)),
        (
            "This is KL(p‖q), with p and q swapped: there the missing hump costs some 0.2 · 200 nats.",
            forward_kl(_FAR, 20.0, 1.0),
        ),
        ("This is 1/0.8, how much higher q is than p; the logarithm of it is missing.", 1 / 0.8),
        ("It is infinite in neither direction: Gaussians are nowhere 0.", inf),
    ),
    hints=(
        "Where q has its mass, p is 0.8 · q: the other hump is too far away to add anything.",
        "So log(q/p) is the same number all over the hump.",
    ),
    solution_text=rf"There $p = 0.8\,q$, so that $\mathrm{{KL}}(q\|p) = E_q[\ln(q/p)] = -\ln 0.8 = {_ON_HEAVY:.4f}$.",
    code="-np.log(0.8)",
)

_LN = log(0.5 / 0.4)
_ways = keyed("KL(p‖q)", "KL(q‖p)")

support = Exercise(
    name="05_support",
    question=(
        "Three outcomes: p = (0.5, 0.5, 0) and q = (0.4, 0.4, 0.2). How large are the two divergences, in **bits**? A "
        'dictionary with the keys `"KL(p‖q)"` and `"KL(q‖p)"`; an infinite one is `np.inf`.'
    ),
    answer=_ways(_LN / log(2), inf),
    mistakes=mistakes(
        ("Here p and q are swapped.", _ways(inf, _LN / log(2))),
        ("The reverse one is right; the forward one is in nats.", _ways(nats_for_bits(_LN / log(2))[1], inf)),
        (
            "q gives 0.2 to an outcome that p rules out: 0.2 · log(0.2/0) is infinite, not 0.",
            _ways(_LN / log(2), 0.8 * log(0.4 / 0.5) / log(2)),
        ),
        (
            "The forward one is finite: where p is 0 its term is 0 · log 0 = 0, whatever q says.",
            _ways(inf, inf),
        ),
        ("The sign of the forward one is the wrong way round; no KL is below 0.", _ways(-_LN / log(2), inf)),
        ("The forward one is weighted with q; KL(p‖q) is a mean over p.", _ways(0.8 * _LN / log(2), inf)),
        ("0 · log 0 counts as 0, but the other two terms of the forward one do not vanish.", _ways(0, inf)),
        ("Only one of two equal terms is in the forward one.", _ways(0.5 * _LN / log(2), inf)),
        (
            "The forward one is in nats; and in the reverse one 0.2 · log(0.2/0) is infinite, not 0.",
            _ways(_LN, 0.8 * log(0.4 / 0.5)),
        ),
    ),
    hints=(
        "KL(p‖q) is a mean over p: an outcome that p rules out does not enter.",
        "KL(q‖p) is a mean over q: what does an outcome cost that q allows, and p rules out?",
    ),
    solution_text=(
        rf"$\mathrm{{KL}}(p\|q) = \log_2(0.5/0.4) = {_LN / log(2):.4f}$ bits. In $\mathrm{{KL}}(q\|p)$ the term "
        r"$0.2 \log(0.2/0)$ is infinite, and with it the whole."
    ),
    code='{"KL(p‖q)": np.log2(0.5 / 0.4), "KL(q‖p)": np.inf}',
)

_C = 0.85
_FORWARD, _REVERSE = float(forward_bits_kl(_C, 0.5, 0.5)), float(reverse_bits_kl(_C, 0.5, 0.5))
_pair = keyed("forward", "reverse")

two_bits = Exercise(
    name="05_two_bits",
    question=(
        "Two bits agree with probability 0.85, and each is 1 half of the time: p(00) = p(11) = 0.425 and p(01) = p(10) "
        "= 0.075. q is two fair coins. How large are KL(p‖q) and KL(q‖p), in nats? A dictionary with the keys "
        '`"forward"` and `"reverse"`.'
    ),
    answer=_pair(_FORWARD, _REVERSE),
    mistakes=mistakes(
        ("Here p and q are swapped.", _pair(_REVERSE, _FORWARD)),
        ("This is in bits; the question asks for nats.", _pair(_FORWARD / log(2), _REVERSE / log(2))),
        ("The signs are the wrong way round.", _pair(-_FORWARD, -_REVERSE)),
        ("The reverse one is right; this is the entropy of p, not KL(p‖q).", _pair(2 * log(2) - _FORWARD, _REVERSE)),
        ("The forward one is right; this is the cross-entropy H(q, p).", _pair(_FORWARD, _REVERSE + 2 * log(2))),
        ("Each term stands twice in the sum: there are four outcomes.", _pair(_FORWARD / 2, _REVERSE / 2)),
        ("These are means over the four outcomes; p and q have done the averaging.", _pair(_FORWARD / 4, _REVERSE / 4)),
        ("The forward one stands in both places; they differ.", _pair(_FORWARD, _FORWARD)),
        ("The reverse one stands in both places; they differ.", _pair(_REVERSE, _REVERSE)),
        ("The reverse one is right; the forward one should be a mean over p.", _pair(0.0, _REVERSE)),
    ),
    hints=(
        "Four outcomes, of two kinds: agreeing, and not. q gives each 1/4.",
        "Forward: 0.85 ln(0.425/0.25) + 0.15 ln(0.075/0.25). Reverse: the same logarithms turned over, ½ each.",
    ),
    solution_text=(
        rf"Forward $0.85 \ln 1.7 + 0.15 \ln 0.3 = {_FORWARD:.4f}$ (what one bit says about the other), reverse "
        rf"$-\frac12 \ln 1.7 - \frac12 \ln 0.3 = {_REVERSE:.4f}$."
    ),
    code=('{"forward": 0.85 * np.log(1.7) + 0.15 * np.log(0.3), "reverse": -0.5 * np.log(1.7) - 0.5 * np.log(0.3)}'),
)


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
