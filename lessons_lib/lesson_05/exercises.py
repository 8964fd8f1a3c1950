"""What lesson 5 asks."""

from math import exp, inf, log, pi, sqrt

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
        "p = 0.3 · N(−3, 0.5²) + 0.7 · N(1, 1.5²). Which Gaussian has the smallest **forward** KL(p‖q)? A dictionary "
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
            "The mean is right; the weights are squared in your answer. Each variance counts with its weight.",
            _fit(_MEAN, sqrt(0.09 * 0.25 + 0.49 * 2.25)),
        ),
        ("This is the heavier hump: what the reverse KL may choose. The forward KL has to cover both.", _fit(1, 1.5)),
        ("This is the lighter hump; the forward KL has to cover both.", _fit(-3, 0.5)),
        ("In your answer the weights are swapped.", _fit(*_SWAPPED)),
        ("In your answer the humps count alike; their weights are 0.3 and 0.7.", _fit(*_HALVES)),
        ("These are the plain means of the two; weigh them, and let σ grow as the humps lie apart.", _fit(-1, 1)),
        (
            "The mean is right; the root of 1.2 is taken, of σ averaged: variances average, and the means scatter too.",
            _fit(_MEAN, sqrt(1.2)),
        ),
        (
            "The mean is right; this is the variance within the humps: their distance is missing, and the root.",
            _fit(_MEAN, _WITHIN),
        ),
        (
            "The mean is right; this is the variance of the means: the root is missing, and the humps' own.",
            _fit(_MEAN, _SIGMA**2 - _WITHIN),
        ),
        (
            "The mean is right; this is E x², without the square of the mean, and without the root.",
            _fit(_MEAN, _SIGMA**2 + _MEAN**2),
        ),
        (
            "The mean is right; the two roots are added. Add variances, then take the root.",
            _fit(_MEAN, sqrt(_WITHIN) + sqrt(_SIGMA**2 - _WITHIN)),
        ),
        (
            "The mean is right; a σ and a root are added. Add variances, then take the root.",
            _fit(_MEAN, 1.2 + sqrt(_SIGMA**2 - _WITHIN)),
        ),
        ("The mean is right; this is the mean of the two σ; the distance of the humps is missing.", _fit(_MEAN, 1.0)),
        ("The mean is right; this is the wider hump's σ; the mixture is wider still.", _fit(_MEAN, 1.5)),
        (
            "The mean is right; the variances are averaged without their weights, and the distance is missing.",
            _fit(_MEAN, sqrt(1.25)),
        ),
        ("The mean is right; σ is used where σ² belongs in the humps' own part.", _fit(_MEAN, sqrt(1.2 + 3.36))),
        ("The mean is right; the two σ are added.", _fit(_MEAN, 2.0)),
        (
            "The mean is right; the distance of the humps is not squared, and their own variances are missing.",
            _fit(_MEAN, sqrt(0.84)),
        ),
        ("The mean is right; the distance of the humps is not squared.", _fit(_MEAN, sqrt(1.65 + 0.84))),
        (
            "The mean is right; between the humps 4 is added, half the distance squared, without the weights.",
            _fit(_MEAN, sqrt(_WITHIN + 4)),
        ),
        (
            "The mean is right; the distance squared is added without the weights 0.3 · 0.7.",
            _fit(_MEAN, sqrt(_WITHIN + 16)),
        ),
        (
            "The mean is right; only the square of the whole mean is subtracted from the variances.",
            _fit(_MEAN, sqrt(_WITHIN - _MEAN**2)),
        ),
        ("The mean is right; σ is above 0: take the positive root.", _fit(_MEAN, -_SIGMA)),
        ("The mean is right; no Gaussian has the width 0.", _fit(_MEAN, 0.0)),
        ("σ is right; this is the middle of the two means, without their weights.", _fit(-1, _SIGMA)),
        ("σ is right; the weights of the two means are swapped.", _fit(-1.8, _SIGMA)),
        ("σ is right; one of the means is negative: a sign got lost.", _fit(1.6, _SIGMA)),
        ("σ is right; the means are added without their weights.", _fit(-2, _SIGMA)),
        ("σ is right; this is the mean of the heavier hump.", _fit(1, _SIGMA)),
        ("σ is right; this is the mean of the lighter hump.", _fit(-3, _SIGMA)),
        ("σ is right; the mean is 0 only where the humps balance; weigh them.", _fit(0, _SIGMA)),
        ("Means and σ are both added, without weights.", _fit(-2, 2)),
        (
            "The mean is right; this is √E x²: the square of the mean is still to be subtracted.",
            _fit(_MEAN, sqrt(_SIGMA**2 + _MEAN**2)),
        ),
        ("The mean is right; this is squared once too often.", _fit(_MEAN, _SIGMA**4)),
        (
            "The mean is right; the variances are added without weights, and the distance of the humps is missing.",
            _fit(_MEAN, 2.5),
        ),
        (
            "σ is right; the mean is weighted with 1/σ² as well; the weights are 0.3 and 0.7.",
            _fit((0.3 * -3 / 0.25 + 0.7 / 2.25) / (0.3 / 0.25 + 0.7 / 2.25), _SIGMA),
        ),
        (
            "σ is right; the mean is weighted with 1/σ²; the weights are 0.3 and 0.7.",
            _fit((-3 / 0.25 + 1 / 2.25) / (1 / 0.25 + 1 / 2.25), _SIGMA),
        ),
        (
            "The mean is right; the square of the mean is added; subtract it from E x².",
            _fit(_MEAN, sqrt(_SIGMA**2 + 2 * _MEAN**2)),
        ),
        (
            "The mean is right; this is the root of the variances' sum; weigh them, and add the humps' distance.",
            _fit(_MEAN, sqrt(2.5)),
        ),
        (
            "The mean is right; the precisions 1/σ² are averaged; average the variances, and add the humps' distance.",
            _fit(_MEAN, 1 / sqrt(0.3 / 0.25 + 0.7 / 2.25)),
        ),
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
        ("0 would mean q = p; but p has only 0.8 of its mass there, so that q is too high all over that hump.", 0.0),
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
        (
            "0.2 weighs the logarithm, and it is that of 0.2; q lies on the heavier hump, where p is 0.8 · q.",
            0.2 * log(0.2),
        ),
        ("This is what is left of p, 0.8; its −ln is asked for.", 0.8),
        (
            "This is the squared distance over 2; where q has its mass the other hump is too far away to matter.",
            200.0,
        ),
        ("This is the forward KL, or near it: 0.2 times 20²/2. There the missing hump costs so much.", 0.2 * 200),
        ("This is 0.8 times 20²/2; the other hump costs nothing where q has no mass.", 0.8 * 200),
        ("This is the distance; where q has its mass the other hump is too far away to matter.", 20.0),
        ("This is the distance squared; where q has its mass the other hump is too far away to matter.", 400.0),
        ("These are the weights' squares: in the KL the logarithm of 0.8 is taken once.", 0.64),
        ("This is the odds of the humps; the KL asks how much higher q is than p.", 0.25),
        ("This is the logarithm of the weights' quotient; p is compared with q, not hump with hump.", log(4)),
        (
            "This is minus a share of the entropy of the weights, 0.2 ln 0.2 + 0.8 ln 0.8.",
            0.2 * log(0.2) + 0.8 * log(0.8),
        ),
        ("The sign is the wrong way round, and 0.2 weighs the logarithm.", 0.2 * log(0.8)),
        ("This is 20 σ times the weight; where q has its mass the other hump is too far away to matter.", 4.0),
        ("0.8 weighs the logarithm, and it is in bits; q has all of its mass on the hump.", 0.8 * _ON_HEAVY / log(2)),
        ("This is e to the power of −0.8; the −ln of it is needed.", exp(-0.8)),
        (
            "This is the entropy of a Gaussian with σ = 1; in the KL it cancels against the same hump of p.",
            0.5 * log(2 * pi) + 0.5,
        ),
        ("This is −ln(1 − 0.8²); the KL asks for the −ln of p's weight there.", -log(0.36)),
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
        ("In your answer p and q are swapped.", _ways(inf, _LN / log(2))),
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
        (
            "The forward one is right; the reverse one is not the same number: KL is not symmetric.",
            _ways(_LN / log(2), _LN / log(2)),
        ),
        (
            "The forward one is right; the reverse one leaves out the third outcome, which q allows and p rules out.",
            _ways(_LN / log(2), 0.8 * _LN / log(2)),
        ),
        (
            "The forward one is right; the reverse one weighs the surprisal, 0.2 log 0.2, without p's 0.",
            _ways(_LN / log(2), 0.2 * log(0.2) / log(2)),
        ),
        ("The forward one is right; the reverse one is +∞: no KL is below 0.", _ways(_LN / log(2), -inf)),
        (
            "The forward one is right; the reverse one lacks the weights, and the third outcome.",
            _ways(_LN / log(2), -_LN / log(2)),
        ),
        (
            "The forward one is right; the reverse one adds differences, not logarithms of quotients.",
            _ways(_LN / log(2), 0.2),
        ),
        ("The forward one is right; the reverse one has an infinite term, and is not 0.", _ways(_LN / log(2), 0.0)),
        ("The forward one is right; 1 is no limit for a KL.", _ways(_LN / log(2), 1.0)),
        (
            "The forward one is right; the reverse one is finite and in nats: 0.2 · log(0.2/0) is infinite.",
            _ways(_LN / log(2), 0.8 * log(0.8)),
        ),
        (
            "The reverse one is right; the forward one is the mean of the differences, without a logarithm.",
            _ways(0.1, inf),
        ),
        ("The reverse one is right; the forward one is the quotient, without a logarithm.", _ways(1.25, inf)),
        (
            "The reverse one is right; the forward one subtracts the 0.2 of an outcome that p rules out.",
            _ways(_LN / log(2) - 0.2, inf),
        ),
        ("The reverse one is right; the forward one is the entropy of p: q has no say in it.", _ways(1.0, inf)),
        (
            "The reverse one is right; the forward one is the cross-entropy: H(p) is still to be subtracted.",
            _ways(-log(0.4) / log(2), inf),
        ),
        (
            "The reverse one is right; the forward one is weighted with q, and has q/p in the logarithm.",
            _ways(-0.8 * _LN / log(2), inf),
        ),
        ("The reverse one is right; an outcome that p rules out adds 0 to the forward one, not −∞.", _ways(-inf, inf)),
        (
            "The reverse one is right; the forward one is divided by the number of outcomes.",
            _ways(_LN / log(2) / 3, inf),
        ),
        (
            "The forward one is infinite in your answer, the reverse one finite: it is the other way round, and not 0.",
            _ways(inf, 0.0),
        ),
        ("Both are 0 in your answer, which would mean p = q.", _ways(0.0, 0.0)),
        *(
            (
                f"In place of 0 you have {tiny:g}, so that the reverse one looks finite; 0.2 · log(0.2/0) is not.",
                _ways(_LN / log(2), (0.2 * log(0.2 / tiny) + 0.8 * log(0.8)) / log(2)),
            )
            for tiny in (1e-16, 1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-6)
        ),
        (
            "The forward one is right; the reverse one is the entropy of q: p has no say in it.",
            _ways(_LN / log(2), -(0.8 * log(0.4) + 0.2 * log(0.2)) / log(2)),
        ),
        (
            "The reverse one is right; the forward one is the mass that q gives away, without a logarithm.",
            _ways(0.2, inf),
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
        ("In your answer p and q are swapped.", _pair(_REVERSE, _FORWARD)),
        ("This is in bits; the question asks for nats.", _pair(_FORWARD / log(2), _REVERSE / log(2))),
        ("The signs are the wrong way round.", _pair(-_FORWARD, -_REVERSE)),
        ("The reverse one is right; this is the entropy of p, not KL(p‖q).", _pair(2 * log(2) - _FORWARD, _REVERSE)),
        ("The forward one is right; this is the cross-entropy H(q, p).", _pair(_FORWARD, _REVERSE + 2 * log(2))),
        ("Each term is twice in the sum: there are four outcomes.", _pair(_FORWARD / 2, _REVERSE / 2)),
        ("These are means over the four outcomes; p and q have done the averaging.", _pair(_FORWARD / 4, _REVERSE / 4)),
        ("The forward one is in both places; they differ.", _pair(_FORWARD, _FORWARD)),
        ("The reverse one is in both places; they differ.", _pair(_REVERSE, _REVERSE)),
        ("The reverse one is right; the forward one should be a mean over p.", _pair(0.0, _REVERSE)),
        ("Both are 0 in your answer, which would mean p = q: the two bits depend on each other.", _pair(0.0, 0.0)),
        (
            "The forward one cannot be 0, and the reverse one not infinite: q is nowhere 0, nor p.",
            _pair(0.0, float("inf")),
        ),
        ("The reverse one is right; the forward one is ln 4, the entropy of the fair coins.", _pair(log(4), _REVERSE)),
        ("These are the two entropies, of p and of q.", _pair(2 * log(2) - _FORWARD, log(4))),
        (
            "The entropies are still to be subtracted: ln 4 is in both of them.",
            _pair(_FORWARD + log(4), _REVERSE + log(4)),
        ),
        (
            "These are the cross-entropies H(p, q) and H(q, p); the entropies are still to be subtracted.",
            _pair(log(4), _REVERSE + log(4)),
        ),
        (
            "The reverse one is right; the forward one has only the outcomes that agree.",
            _pair(0.85 * log(1.7), _REVERSE),
        ),
        ("Only the outcomes that agree are in it; the two others count too.", _pair(0.85 * log(1.7), -0.5 * log(1.7))),
        ("The forward one is right; this is the entropy of the fair coins, ln 4.", _pair(_FORWARD, log(4))),
        (
            "The reverse one is right; the forward one is minus the entropy of one toss with 0.85.",
            _pair(0.85 * log(0.85) + 0.15 * log(0.15), _REVERSE),
        ),
        (
            "The reverse one is right; the forward one is the entropy of agreeing; q is missing.",
            _pair(-0.85 * log(0.85) - 0.15 * log(0.15), _REVERSE),
        ),
        (
            "The reverse one is right; the forward one compares 0.85 with ¼; agreeing is two of four outcomes.",
            _pair(_FORWARD + log(2), _REVERSE),
        ),
        (
            "The reverse one is right; the forward one has its second logarithm with the wrong sign.",
            _pair(0.85 * log(1.7) - 0.15 * log(0.3), _REVERSE),
        ),
        (
            "The forward one is right; the reverse one is the forward one turned over: its weights are q's.",
            _pair(_FORWARD, -_FORWARD),
        ),
        (
            "The forward one is right; the sign of one of the reverse one's logarithms is turned over.",
            _pair(_FORWARD, 0.5 * log(1.7) - 0.5 * log(0.3)),
        ),
        (
            "The weights are missing in both: each logarithm counts with its probability.",
            _pair(-4 * _REVERSE, 4 * _REVERSE),
        ),
        ("The reverse one is right; the forward one has equal weights: they are p's.", _pair(-_REVERSE, _REVERSE)),
        (
            "The forward one is right; each pair of outcomes has the weight ½ in the reverse one, not 1.",
            _pair(_FORWARD, 2 * _REVERSE),
        ),
        ("Only the outcomes that differ are in it; the two others count too.", _pair(0.15 * log(0.3), -0.5 * log(0.3))),
        (
            "q gives ¼ to each of the four outcomes, not ½.",
            _pair(0.85 * log(0.85) + 0.15 * log(0.15), -2 * log(0.85) / 2 - log(0.15)),
        ),
        ("The forward one is right; infinite it would be if p were 0 somewhere, and it is not.", _pair(_FORWARD, inf)),
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
            "In your answer σ is used where σ² belongs.",
            lambda a, b, c, d: np.log(d / b) + (b + (a - c) ** 2) / (2 * d) - 0.5,
        ),
        ("The ½ before the squares is missing.", lambda a, b, c, d: np.log(d / b) + (b**2 + (a - c) ** 2) / d**2 - 0.5),
        ("This is in bits; the question asks for nats.", lambda a, b, c, d: _kl(a, b, c, d) / log(2)),
        (
            "The logarithm is in bits in your answer, and the rest in nats.",
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
        ("Squared are the sum of the means, not their difference.", lambda a, b, c, d: _kl(a, b, -c, d)),
        (
            "sigma and p_sigma are taken for variances; they are to be squared, and the logarithm has no ½.",
            lambda a, b, c, d: 0.5 * np.log(d / b) + (b + (a - c) ** 2) / (2 * d) - 0.5,
        ),
        ("The distance of the means is left out.", lambda a, b, c, d: _kl(0.0, b, 0.0, d)),
        (
            "The logarithm is halved: ½ ln of the variances' quotient is ln of the sigmas'.",
            lambda a, b, c, d: _kl(a, b, c, d) - 0.5 * np.log(d / b),
        ),
        (
            "The logarithm is doubled: it is of the sigmas' quotient, not of the variances'.",
            lambda a, b, c, d: _kl(a, b, c, d) + np.log(d / b),
        ),
        (
            "Brackets are missing: both squares are to be divided by 2 p_sigma².",
            lambda a, b, c, d: np.log(d / b) + b**2 + (a - c) ** 2 / (2 * d**2) - 0.5,
        ),
        (
            "Brackets are missing: / 2 * p_sigma**2 multiplies by p_sigma².",
            lambda a, b, c, d: np.log(d / b) + (b**2 + (a - c) ** 2) / 2 * d**2 - 0.5,
        ),
        (
            "This is the square of a sum; sigma² and the squared distance are added.",
            lambda a, b, c, d: np.log(d / b) + (b + a - c) ** 2 / (2 * d**2) - 0.5,
        ),
        (
            "The squares are divided by q's variance; p's belongs there.",
            lambda a, b, c, d: np.log(d / b) + (b**2 + (a - c) ** 2) / (2 * b**2) - 0.5,
        ),
        (
            "The distance of the means is not squared.",
            lambda a, b, c, d: np.log(d / b) + (b**2 + abs(a - c)) / (2 * d**2) - 0.5,
        ),
        (
            "The difference of the means is not squared.",
            lambda a, b, c, d: np.log(d / b) + (b**2 + a - c) / (2 * d**2) - 0.5,
        ),
        ("p_sigma is not squared.", lambda a, b, c, d: np.log(d / b) + (b**2 + (a - c) ** 2) / (2 * d) - 0.5),
        ("sigma is not squared.", lambda a, b, c, d: np.log(d / b) + (b + (a - c) ** 2) / (2 * d**2) - 0.5),
        ("The ½ is added; it is to be subtracted.", lambda a, b, c, d: _kl(a, b, c, d) + 1),
        (
            "The squared distance is subtracted from sigma²; it is to be added.",
            lambda a, b, c, d: np.log(d / b) + (b**2 - (a - c) ** 2) / (2 * d**2) - 0.5,
        ),
        (
            "This is the squares' part alone; the logarithm and the −½ are missing.",
            lambda a, b, c, d: (b**2 + (a - c) ** 2) / (2 * d**2),
        ),
        ("This is ln of the sigmas' quotient alone; the squares are missing.", lambda a, b, c, d: np.log(d / b)),
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
        ("In your answer σ is used where σ² belongs.", _CROSS - _WIDTHS**2 / 2 + _WIDTHS / 2),
        ("The ½ before σ² is missing.", _CROSS + _WIDTHS**2 / 2),
        sign_forgotten(_CROSS),
        bits_for_nats(_CROSS),
        (
            "This is H(p, q), the mean over p: p and q are swapped.",
            np.log(_WIDTHS) + 0.5 * log(2 * pi) + 1 / (2 * _WIDTHS**2),
        ),
        ("This is p's own −ln p at its peak, the same for all: x varies under q.", np.full(3, 0.5 * log(2 * pi))),
        ("The root is forgotten: p's constant is ½ ln 2π.", _CROSS + 0.5 * log(2 * pi)),
        ("This is the entropy of p, the same for all: x varies under q.", np.full(3, 0.5 * log(2 * pi) + 0.5)),
        (
            "1/σ² is used where σ² belongs: x varies under q, and p has the variance 1.",
            0.5 * log(2 * pi) + 1 / (2 * _WIDTHS**2),
        ),
        ("The sign of one term is the wrong way round: −ln p(x) = ½ ln 2π + x²/2.", 0.5 * log(2 * pi) - _WIDTHS**2 / 2),
        ("The constant has the wrong sign.", _WIDTHS**2 / 2 - 0.5 * log(2 * pi)),
        ("ln σ is added: that belongs to q's own density, and p's is asked for.", _CROSS + np.log(_WIDTHS)),
        ("ln σ is subtracted: that is of q's entropy, which does not enter H(q, p).", _CROSS - np.log(_WIDTHS)),
        ("The logarithm of the constant is missing: √(2π) is not ½ ln 2π.", sqrt(2 * pi) + _WIDTHS**2 / 2),
        ("The constant is in bits, the rest in nats.", 0.5 * log(2 * pi) / log(2) + _WIDTHS**2 / 2),
        ("The constant is π/2; it is ½ ln 2π.", pi / 2 + _WIDTHS**2 / 2),
        ("The constant lacks a 2: ½ ln 2π.", 0.5 * log(pi) + _WIDTHS**2 / 2),
        ("σ⁴ is used where σ² belongs.", 0.5 * log(2 * pi) + _WIDTHS**4 / 2),
        ("This is σ² alone, the mean of x²; −ln p is asked for.", _WIDTHS**2),
        ("These are densities, e to minus what is asked for.", np.exp(-_CROSS)),
        ("The peak's height, 1/√(2π), is used where its −ln belongs.", 1 / sqrt(2 * pi) + _WIDTHS**2 / 2),
        ("½ is added: that is q's own share of an entropy.", _CROSS + 0.5),
        log10_for_nats(_CROSS),
        (
            "This is KL(p‖q): here p and q are swapped, and an entropy is subtracted.",
            np.log(_WIDTHS) + 1 / (2 * _WIDTHS**2) - 0.5,
        ),
    ),
    hints=("−ln p(x) = ½ ln 2π + x²/2.", "Under q the mean of x² is σ²."),
    solution_text=(
        rf"$\tfrac12 \ln 2\pi + \sigma^2/2$: {_CROSS[0]:.3f}, {_CROSS[1]:.3f}, {_CROSS[2]:.3f}. The narrower, the "
        "better: only the entropy of q keeps it from becoming a needle."
    ),
    code="0.5 * np.log(2 * np.pi) + np.array([2, 1, 0.1]) ** 2 / 2",
)
