"""The count models against nltk's, in one run: the same text, order and machine. `text_speed.py` shows more of it."""

from text_speed import ratios


def test_the_count_models_are_five_times_as_quick_as_nltk():
    found = ratios(20_000)
    assert min(found.values()) >= 5, found
