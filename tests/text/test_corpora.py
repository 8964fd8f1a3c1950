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


SCRIPTS = {
    "Korean": "안녕하세요. 오늘은 비가 옵니다.\n항구에 앉아 있다.",
    "Russian": "Привет, как дела? Идёт дождь.\n",
    "Greek": "Γειά σου Κόσμε, βρέχει στο λιμάνι.",
    "Japanese": "港に座っている。雨が降る。\nこんにちは",
    "Chinese": "我们坐在港口。下雨了。\n",
    "Hindi": "हम बंदरगाह में बैठे हैं।\n",
    "emoji": "One rainy day 😀😀😀 in a harbour",
}


@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("script", SCRIPTS)
def test_utf_16_without_a_mark_in_other_scripts(script, order):
    text = SCRIPTS[script]
    assert corpora.read_text(text.encode(f"utf-16-{order}")).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_a_file_cut_within_a_character_loses_that_character_alone(text, encoding):
    data = (text * 3).encode(encoding)
    last = 1 if encoding in ("utf-16-le", "utf-16-be") else 4  # without a mark, by what the rest looks like
    ends = range(len(data) - last, len(data) + 1)
    for end in ends:
        got = corpora.read_text(data[:end], cut=True).text
        assert (text * 3).startswith(got)
        assert len(got) >= len(text * 3) - 4


@pytest.mark.parametrize("missing", ["nowhere/x.txt", "x.txt", "~/nowhere.md", "/nowhere/essay", "C:\\nowhere\\x.txt"])
def test_a_path_that_is_not_there_is_no_text(missing):
    with pytest.raises(InputError, match="there is no file"):
        corpora.read_text(missing)
    assert corpora.read_text(missing.encode()).text == missing


@pytest.mark.parametrize(
    "text", ["He went home.", "and/or", "Yes. No", "1/2", "e.g. this", "Either/or. That\nis it.txt"]
)
def test_a_text_is_no_path(text):
    assert corpora.read_text(text).text == text


def test_a_file_is_read_by_its_path(tmp_path):
    file = tmp_path / "my text.txt"
    file.write_bytes("Ein Café".encode("latin-1"))
    for path in (file, str(file)):
        assert corpora.read_text(path).text == "Ein Café"
    with pytest.raises(InputError, match="a folder or a device"):
        corpora.read_text(tmp_path)
    with pytest.raises(InputError, match="more than the 3"):
        corpora.read_file(file, 3)
