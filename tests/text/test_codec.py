import math
import re
import subprocess
import sys
import zlib
from array import array
from fractions import Fraction
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons_lib.maths.errors import InputError
from lessons_lib.text import codec, corpora, models, report
from lessons_lib.text.codec import CodecError, compress, decompress

MADE = {
    name: make()
    for name, make in models.ALL.items()
    if "manual" not in name and (name != "network" or find_spec("torch"))
}
MADE["order 5, trained on a part"] = models.Counts(5, corpora.manual()[:40_000], adaptive=False)
RANDOM = np.random.default_rng(6).bytes(2000)
TEXTS = {
    "nothing": b"",
    "a": b"a",
    "zero": b"\0",
    "ff": b"\xff",
    "two": b"hi",
    "every byte": bytes(range(256)),
    "random": RANDOM,
    "one letter": b"e" * 4000,
    "zeros": bytes(500),
    "text": "Grüße! The law of the few, the luck of the many: 7 % – and so on, and so on.\n".encode() * 12,
}


def assert_fits(data, model):
    blob = compress(data, model)
    assert len(blob) <= models.surprisals(model, data).sum() / 8 * 1.001 + 16
    assert decompress(blob, model.fresh()) == data


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", MADE)
def test_the_file_is_as_long_as_the_text_is_surprising_and_gives_it_back(name, text):
    assert_fits(TEXTS[text], MADE[name])


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_fit(data):
    assert_fits(data, MADE["order 2"])


def certain(context):
    p = np.full(256, 1e-7 / 255)
    p[ord("a")] = 1 - 1e-7
    return p


def test_a_model_that_is_almost_certain_fits_too():
    assert_fits(b"a" * 20_000, models.from_function(certain))
    assert_fits(b"a" * 100 + b"b" + b"a" * 100, models.from_function(certain))


def test_many_cheap_bytes_cost_no_more_than_their_sum():
    """A coder that loses a little at each step shows it where half a million bytes cost a hundredth of a bit each."""
    width = round(0.99 * 2**24)
    pile = codec._pile(array("I", [100_000]) * 500_000, array("I", [width]) * 500_000)
    assert len(pile) <= 500_000 * (24 - math.log2(width)) / 8 * 1.001 + 5


def test_a_text_of_one_letter_costs_next_to_nothing():
    blob = compress(b"a" * 30_000, MADE["order 2"])
    assert len(blob) < 22
    assert decompress(blob, MADE["order 2"]) == b"a" * 30_000


@pytest.fixture(scope="module")
def blob():
    return compress(TEXTS["text"], MADE["order 3"])


def test_every_damaged_byte_is_noticed(blob):
    for position in range(len(blob)):
        damaged = bytearray(blob)
        damaged[position] ^= 1 + position % 255
        with pytest.raises(CodecError):
            decompress(bytes(damaged), MADE["order 3"])


def test_every_cut_and_every_addition_is_noticed(blob):
    for end in range(len(blob)):
        with pytest.raises(CodecError):
            decompress(blob[:end], MADE["order 3"])
    with pytest.raises(CodecError, match="damaged, cut short"):
        decompress(blob + b"\0", MADE["order 3"])


@pytest.mark.parametrize("foreign", [b"PK\3\4" + RANDOM, RANDOM, b"text", b"\x1f\x8b\x08"])
def test_a_foreign_file_is_refused(foreign):
    with pytest.raises(CodecError, match=r"not a \.bits file"):
        decompress(foreign, MADE["order 3"])


def test_an_empty_file_is_refused():
    with pytest.raises(CodecError, match="the file is empty"):
        decompress(b"", MADE["order 3"])


@pytest.mark.parametrize("name", [name for name in MADE if name != "order 3"])
def test_another_model_is_refused(name, blob):
    with pytest.raises(CodecError, match="written with another model than"):
        decompress(blob, MADE[name])


def test_a_model_that_predicts_otherwise_the_second_time_is_noticed():
    class Fickle(models.Uniform):
        calls = 0

        def predict(self):
            Fickle.calls += 1
            p = np.full(256, 0.5 / 256)
            p[Fickle.calls // 600 % 256] += 0.5
            return p

        def fingerprint(self):
            return 1

        def fresh(self):
            return Fickle()

    blob = compress(RANDOM[:600], Fickle())
    with pytest.raises(CodecError, match="predicts otherwise"):
        decompress(blob, Fickle())


@pytest.mark.parametrize("wrong", ["text", None, 5])
def test_what_is_not_bytes_is_refused(wrong):
    with pytest.raises(InputError, match="must be bytes"):
        compress(wrong, MADE["uniform"])
    with pytest.raises(InputError, match="must be bytes"):
        decompress(wrong, MADE["uniform"])


class Always(models.Uniform):
    """Predicts the same, whatever it is."""

    def __init__(self, probabilities):
        self.predict = lambda: probabilities
        self.fresh = lambda: self


@pytest.mark.parametrize("p", [np.full(256, np.nan), np.full(256, 1.0), np.full(100, 0.01)])
def test_a_model_without_256_probabilities_is_refused(p):
    with pytest.raises(InputError, match="not 256 that sum to 1"):
        compress(b"a", Always(p))


def test_single_precision_is_coded_too():
    assert_fits(RANDOM, Always(np.full(256, 1 / 256, np.float32)))


def test_a_byte_without_probability_is_an_error_not_a_wrong_file():
    with pytest.raises(InputError, match="the probability 0"):
        compress(b"b", models.from_function(lambda context: np.eye(256)[97]))


def test_progress_is_told_from_nothing_to_all():
    told = []
    blob = compress(b"a" * 9000, MADE["order 0"], lambda *progress: told.append(progress))
    decompress(blob, MADE["order 0"], lambda *progress: told.append(progress))
    assert told == [(0, 9000), (4096, 9000), (8192, 9000), (9000, 9000)] * 2


def test_another_process_reads_the_file():
    code = (
        "import sys; from lessons_lib.text import codec, models;"
        "blob = sys.stdin.buffer.read();"
        "sys.stdout.buffer.write(codec.decompress(blob, models.ALL['mixture']()))"
    )
    text = corpora.story()
    done = subprocess.run(
        [sys.executable, "-c", code], input=compress(text, MADE["mixture"]), capture_output=True, check=True
    )
    assert done.stdout == text


@pytest.mark.parametrize(("name", "size", "checksum"), [("order 3", 3953, 3561656217), ("mixture", 3817, 1302728044)])
def test_the_story_s_file_is_the_same_on_every_machine(name, size, checksum):
    """Also on Python 3.13 with constriction 0.4: nothing but sums and products in a fixed order, and `fsum`."""
    blob = compress(corpora.story(), MADE[name])
    assert (len(blob), zlib.crc32(blob)) == (size, checksum)


@cache
def toy():
    """The toy coder as the notebook derives it: the functions that its cells define."""
    path = Path(__file__).parents[2] / "notebooks" / "06_bits_per_word.ipynb"
    names = {"Fraction": Fraction}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code" and re.search(r"def (narrow|encode|decode)\(", cell.source):
            exec(cell.source, names)
    return SimpleNamespace(**{name: names[name] for name in ("narrow", "encode", "decode")})


SHARES = st.lists(st.integers(1, 30), min_size=2, max_size=6).map(lambda n: [Fraction(k, sum(n)) for k in n])


@given(p=SHARES, choices=st.lists(st.integers(0, 99), max_size=12, min_size=1))
def test_the_notebook_s_toy_coder_takes_its_bits_and_gives_the_message_back(p, choices):
    message = [choice % len(p) for choice in choices]
    _, width = toy().narrow(message, p)
    bits = toy().encode(message, p)
    assert width == math.prod(p[symbol] for symbol in message)
    assert math.ceil(-math.log2(width) - 1e-9) <= len(bits) <= math.ceil(-math.log2(width) - 1e-9) + 1
    assert toy().decode(bits, len(message), p) == message
    assert toy().decode(bits + "1" * 9, len(message), p) == message  # whatever follows


def test_the_table_s_units_agree():
    text = "Grüße, grüße!\n".encode() * 20
    rows = report.table(text, {"uniform": MADE["uniform"], "order 1": MADE["order 1"]})
    assert [row.bits for row in rows] == sorted(row.bits for row in rows)
    uniform = next(row for row in rows if row.name == "uniform")
    assert (uniform.bytes_in_text, uniform.characters, uniform.words) == (len(text), len(text.decode()), 40)
    assert uniform.bits == 8 * len(text)
    assert uniform.bits_per_byte == 8
    assert uniform.bits_per_character == pytest.approx(8 * len(text) / len(text.decode()))
    assert uniform.bits_per_word == pytest.approx(8 * len(text) / 40)
    assert uniform.nats == pytest.approx(math.log(256) * len(text))
    assert uniform.nats_per_byte == pytest.approx(math.log(256))
    assert uniform.perplexity == 256
    assert uniform.file_size == len(compress(text, MADE["uniform"]))
    assert {"gzip -9", "bz2 -9", "xz -9e"} <= {row.name for row in rows}


def test_nothing_can_be_said_per_byte_of_an_empty_text():
    with pytest.raises(InputError, match="empty"):
        report.compressor_rows(b"")


def forged(length, pile, model):
    rest = bytes(3) + codec._fingerprint(model) + length + pile
    return codec.MARK + codec._check(rest, 2) + rest


@pytest.mark.parametrize(
    ("length", "pile"),
    [
        (codec._number(10**18), b"\1"),
        (codec._number(codec.MOST + 1), b"\1"),
        (b"\xff" * 400_000 + b"\1", b"\1"),
        (b"\x80" * 5 + b"\1", b"\1"),
        (b"\1", b"\0"),
        (b"\1", b"\1\0\0\0\0"),
        (b"\1", b"\7"),
        (b"", b""),
        (b"\xff", b""),
    ],
)
def test_a_forged_file_is_refused_at_once_and_in_one_way(length, pile):
    model, asked = MADE["uniform"].fresh(), []
    model.fresh = lambda: model
    predict = model.predict
    model.predict = lambda: (asked.append(1), predict())[1]
    with pytest.raises(CodecError):
        decompress(forged(length, pile, model), model)
    assert len(asked) < 200


def test_too_long_a_text_is_not_written():
    with pytest.raises(InputError, match="at most 10,000,000 bytes"):
        compress(bytes(codec.MOST + 1), MADE["uniform"])
