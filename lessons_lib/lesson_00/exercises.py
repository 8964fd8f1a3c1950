"""What the opening notebook asks."""

from math import log, log2, log10

from lessons_lib.exercise.core import Exercise, mistakes
from lessons_lib.exercise.mistakes import log10_for_bits, nats_for_bits, sign_forgotten

surprisal = Exercise(
    name="00_surprisal",
    question=(
        "A model gave the probability 0.02 to the word that then came. What is the surprisal of that word, "
        "**in bits**? A number, or an expression that computes it."
    ),
    answer=-log2(0.02),
    mistakes=mistakes(
        nats_for_bits(-log2(0.02)),
        log10_for_bits(-log2(0.02)),
        sign_forgotten(-log2(0.02)),
        ("This is the natural logarithm of p: nats, and the sign is the wrong way round.", log(0.02)),
        ("This is the logarithm of p to base 10: not bits, and the sign is the wrong way round.", log10(0.02)),
        ("This is the probability itself; its surprisal is asked for.", 0.02),
        (
            "This is p · (−log₂ p), its share of an entropy; the surprisal itself has no p in front.",
            -0.02 * log2(0.02),
        ),
        ("Five halvings lead to 1/32, and 0.02 is less; the answer is not a whole number.", 5.0),
        ("Six halvings lead to 1/64, and 0.02 is more; the answer is not a whole number.", 6.0),
        ("This is 1/p. Its logarithm to base 2 is asked for.", 1 / 0.02),
        ("This is the surprisal of every other word; use the probability of the word that came.", -log2(0.98)),
        ("This is 1 − p; the surprisal is a logarithm of p.", 1 - 0.02),
        ("This takes 0.02 for 0.2: look where the decimal point is.", -log2(0.2)),
        ("This takes 0.02 for 0.002: look where the decimal point is.", -log2(0.002)),
        ("This is the power of ten, rounded; bits count halvings, and here not a whole number of them.", 2.0),
        ("This is 2 to the power of p; a logarithm undoes a power.", 2**0.02),
        ("This is 2 to the power of −p; a logarithm undoes a power.", 2**-0.02),
        ("This is the entropy of a coin with this p, a mean over what may come; here the word did come.", 0.1414405),
        ("This is −p ln p, a share of an entropy in nats; the surprisal has no p in front.", -0.02 * log(0.02)),
        ("Your answer multiplies the nats by ln 2; to make them bits, divide by it.", -log(0.02) * log(2)),
        ("This is p(1 − p), a variance; the surprisal is a logarithm.", 0.02 * 0.98),
        ("This is log₂ of 2, as in 2 %; the probability is 0.02.", 1.0),
        ("This is −log₂ of 2, as in 2 %; the probability is 0.02.", -1.0),
    ),
    hints=(
        "Surprisal is the negative logarithm of the probability of *what happened*.",
        "For bits the logarithm has base 2: `np.log2`.",
    ),
    solution_text=r"The surprisal is $-\log_2 p$ with $p = 0.02$: between 5 bits ($p = 1/32$) and 6 bits ($p = 1/64$).",
    code="-np.log2(0.02)",
)
