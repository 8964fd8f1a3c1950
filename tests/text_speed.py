"""How quick the text models are: against nltk, and from 50 KB to 5 MB. A minute or two; prints its tables.

python3 -m lessons_lib test -s tests/text_speed.py
"""

import sysconfig
import time
from pathlib import Path

import pytest
from test_text_speed import ratios

from lessons_lib.text.counts import Counts
from lessons_lib.text.mixture import Mixture

SIZES = (50_000, 500_000, 5_000_000)


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
