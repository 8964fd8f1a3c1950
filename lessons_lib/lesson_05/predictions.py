"""What lesson 5 has its learners guess."""

from lessons_lib.drawing.wording import number
from lessons_lib.exercise.prediction import Amount, Choice, Prediction
from lessons_lib.maths.gaussians.branches import birth as birth_of_a_minimum
from lessons_lib.maths.gaussians.fits import forward_kl, moment_match, reverse_kl
from lessons_lib.maths.gaussians.mixtures import GaussianMixture
from lessons_lib.maths.two_bits import SPLIT

_HUMPS = GaussianMixture((0.5, 0.5), (-2.5, 2.5), (0.7, 0.7))
_MEAN, _WIDTH = moment_match(_HUMPS)
_COINS = "they are two fair coins"
_COVER = "between the two, covering both"

width = Prediction(
    name="05_width",
    question=(
        "p has two equal humps, at −2.5 and 2.5, each with a standard deviation of 0.7. A Gaussian is fitted to "
        "very many draws from p by maximum likelihood. How large does its standard deviation become?"
    ),
    kind=Amount(0, 5, 0.05),
    truth=round(_WIDTH, 2),
    because=(
        f"That is the standard deviation of p itself; KL(p‖q) is {number(forward_kl(_HUMPS, _MEAN, _WIDTH))} nats."
    ),
    otherwise={
        (0.65, 0.75): "One hump is that wide. But half of the draws come from the other one.",
        (2.5, 2.5): "The humps' centres are that far from the middle. Their own width comes on top.",
        (0, 2.55): "So narrow a Gaussian gives draws far out next to no probability, and −log makes that expensive.",
        (2.65, 5): "A Gaussian wider than the draws scatter wastes probability where none of them are.",
    },
)

start = Prediction(
    name="05_start",
    question=(
        "The same p, but now gradient descent with small steps on KL(q‖p). q starts with mean 0.5 and standard "
        "deviation 1: nearer to the right hump. Where does it come to rest?"
    ),
    kind=Choice(("on the left hump", "on the right hump", _COVER, "nowhere: it becomes a needle")),
    truth=_COVER,
    because=(
        f"There is a minimum there, at σ = 2.21 with {number(reverse_kl(_HUMPS, 0, 2.210020296494), 4)} nats; the "
        "humps' are lower, but the way downhill from this start does not lead to them."
    ),
    otherwise={
        "on the left hump": "Nothing draws q past the nearer hump to the farther one.",
        "on the right hump": "Nearer is not the same as downhill: from here the slope leads to the middle.",
        "nowhere: it becomes a needle": "A needle would be very expensive: KL(q‖p) rewards q for being spread out.",
    },
)

birth = Prediction(
    name="05_birth",
    question=(
        "Two equal humps of standard deviation 1 are pulled apart; beyond 2, p has two peaks. How far apart must they "
        "be before KL(q‖p), over all Gaussians q, has more than one minimum, so that a fit can settle on one hump?"
    ),
    kind=Amount(0, 10, 0.1),
    truth=round(birth_of_a_minimum().separation, 2),
    because="Until then the one best Gaussian covers both peaks, in either direction.",
    otherwise={
        (1.9, 2.1): "There p gets its second peak. A Gaussian that covers both is then still the only minimum.",
        (0, 4.7): "Humps that overlap so much are better covered together: a fit that starts on one slides off.",
        (4.9, 10): "A hump becomes a place to rest sooner than that.",
    },
)

bits = Prediction(
    name="05_bits",
    question=(
        "Two bits, each 1 half of the time, agree in 80 of 100 cases. A model that has to take them for independent is "
        "fitted by the reverse KL, as well as it goes. What does it say of them?"
    ),
    kind=Choice((_COINS, "both are mostly 1 (or both mostly 0)", "the one is mostly 1, the other mostly 0")),
    truth=_COINS,
    because=f"They are best while the bits agree with a probability from {1 - SPLIT:.6f} to {SPLIT:.6f}.",
    otherwise={
        "both are mostly 1 (or both mostly 0)": "That wins once they agree more often than that. 80 in 100 is too few.",
        "the one is mostly 1, the other mostly 0": "That would suit bits that mostly differ. These mostly agree.",
    },
)
