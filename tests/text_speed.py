"""How quick the text models are: against nltk, and from 50 KB to 5 MB. A minute or two; prints its tables.

python3 -m lessons_lib test -s tests/text_speed.py
"""

import sysconfig
import time
from math import log2
from pathlib import Path

import pytest
from nltk.lm import WittenBellInterpolated
from nltk.util import everygrams

from lessons_lib.text import corpora
from lessons_lib.text.counts import Counts
from lessons_lib.text.mixture import Mixture

ORDER = 5
SIZES = (50_000, 500_000, 5_000_000)


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


def program_text(size):
    """That many bytes of Python's own library: text that is on every machine and does not repeat itself."""
    text = b""
    for path in sorted(Path(sysconfig.get_path("stdlib")).rglob("*.py")):
        if "site-packages" not in path.parts:
            text += path.read_bytes()
        if len(text) >= size:
            return text[:size]
    pytest.skip(f"Python's library has only {len(text)} bytes here")


def read(model, data):
    for byte in data:
        model.predict()
        model.update(byte)


def test_against_nltk():
    for size in (20_000, 100_000):
        for what, ratio in ratios(size).items():
            print(f"\nnltk takes {ratio:.0f} times as long for {what} ({size:,} bytes, order 5)", end="")


@pytest.mark.parametrize(
    ("what", "work"),
    [
        ("train order 5", lambda data: Counts(5, data, adaptive=False)),
        ("read, order 5, adaptive", lambda data: read(Counts(5), data)),
        ("read, mixture", lambda data: read(Mixture(), data)),
    ],
)
def test_cost_grows_linearly(what, work):
    each = []
    for size in SIZES:
        data = program_text(size)
        start = time.process_time()
        work(data)
        each.append((time.process_time() - start) / size * 1e6)
        print(f"\n{what}: {size:>9,} bytes, {each[-1]:5.1f} µs a byte", end="", flush=True)
    assert each[-1] < 2.5 * each[0]
