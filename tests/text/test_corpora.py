import pytest

from lessons_lib.maths.errors import InputError
from lessons_lib.text import corpora

TEXT = "Grüße, naïve café – “hi”\r\nOne letter more.\n"


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        (TEXT, ""),
        (TEXT.encode(), ""),
        (memoryview(TEXT.encode("utf-8-sig")), ""),
        (bytearray(TEXT.encode("utf-16")), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("cp1252"), "Windows-1252"),
    ],
)
def test_a_text_is_read_whatever_its_encoding(data, noted):
    reading = corpora.read_text(data)
    assert reading.text == TEXT
    assert noted in reading.note
    assert bool(reading.note) == bool(noted)


def test_what_windows_does_not_know_is_read_as_latin_1_and_nothing_is_lost():
    data = bytes(range(32, 256)) * 3
    assert corpora.read_text(data).text.encode("latin-1") == data


@pytest.mark.parametrize("data", ["", b"", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_text_is_answered(data):
    with pytest.raises(InputError, match="empty"):
        corpora.read_text(data)


@pytest.mark.parametrize(
    ("data", "reply"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 9, "binary"),
        (bytes(999), "binary"),
        (bytes(1000), "binary"),
        (b"\x01\x02\x03\x04" * 20, "binary"),
        (b"\xff\xfe" + b"a\0" * 9 + b"\x00\xd8", "UTF-16-LE, but from byte 20"),
        (None, "not NoneType"),
        (["a"], "not list"),
    ],
)
def test_what_is_no_text_is_refused(data, reply):
    with pytest.raises(InputError, match=reply):
        corpora.read_text(data)


def test_of_a_long_text_the_beginning_is_used_and_said_so_and_no_character_is_cut():
    reading = corpora.read_text("ü" * 25_000_000)
    assert reading.note == "the text has 50,000,000 bytes; the first 1,000,000 are used"
    assert reading.text == "ü" * 500_000
    assert corpora.read_text("aü", limit=2).text == "a"


def test_lone_surrogates_are_told():
    assert corpora.read_text("a\ud83d?").data == b"a??"
    assert "surrogates" in corpora.read_text("a\ud83d?").note
    assert corpora.read_text("a\ufffd?").note == ""


def test_the_manual_is_python_s_own_and_long():
    manual = corpora.manual().decode("utf-8")
    assert len(manual) > 300_000
    assert 'The "if" statement' in manual
    assert corpora.manual() == corpora.manual()


def test_the_story_is_plain_ascii_of_fixed_length():
    story = corpora.story().decode("ascii")
    assert len(story) == 12_299
    assert story.count("ALL WELL HERE. THE GOAT IS A THIEF. COME WHEN YOU CAN.") == 4
