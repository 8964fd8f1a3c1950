"""The count models against nltk's, in one run: the same text, order and machine. `text_speed.py` shows more of it."""

import time
from math import log2

from nltk.lm import WittenBellInterpolated
from nltk.util import everygrams

from lessons_lib.text import corpora
from lessons_lib.text.counts import Counts

ORDER = 5


def seconds(work):
    """The processor time of the quickest of two runs, which other programs disturb least."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def nltk_model(text):
    """Train nltk's interpolated Witten-Bell model, the quicker of its two with back-off, on single characters."""
    model = WittenBellInterpolated(ORDER + 1)
    model.fit([everygrams(text, max_len=ORDER + 1)], vocabulary_text=map(chr, range(256)))
    return model


def nltk_surprisals(model, text):
    return [-log2(model.score(text[i], tuple(text[max(0, i - ORDER) : i]))) for i in range(len(text))]


def our_surprisals(model, data):
    model, bits = model.fresh(), []
    for byte in data:
        bits.append(-log2(model.probability(byte)))
        model.update(byte)
    return bits


def our_code(model, data):
    """What the coder asks for: all 256 probabilities of each byte."""
    model = model.fresh()
    for byte in data:
        model.predict()
        model.update(byte)


def nltk_code(model, text):
    return [[model.score(chr(b), tuple(text[max(0, i - ORDER) : i])) for b in range(256)] for i in range(len(text))]


def ratios(size):
    """How many times as long nltk takes: to train, for one byte's probability, and for those of all 256."""
    data = corpora.manual()[:size]
    text, held_out = list(data.decode("latin-1")), corpora.manual()[size : size + 2000]
    ours, theirs = Counts(ORDER, data, adaptive=False), nltk_model(text)
    told = list(held_out.decode("latin-1"))
    return {
        "training": seconds(lambda: nltk_model(text)) / seconds(lambda: Counts(ORDER, data, adaptive=False)),
        "one byte's probability": seconds(lambda: nltk_surprisals(theirs, told))
        / seconds(lambda: our_surprisals(ours, held_out)),
        "all 256, for the coder": seconds(lambda: nltk_code(theirs, told[:20]))
        * 100
        / seconds(lambda: our_code(ours, held_out)),
    }


def test_the_count_models_are_five_times_as_quick_as_nltk():
    found = ratios(20_000)
    assert min(found.values()) >= 5, found
