"""The guessing game: typing, clicking, and the model's own guesses."""

from itertools import count

import pytest
import sweep

from lessons_lib.lesson_06 import GuessExplorer
from lessons_lib.lesson_06.guess_explorer import LETTERS, OPENS, SHOWN, passage, passages
from lessons_lib.maths.errors import InputError
from lessons_lib.text.guessing import ALPHABET


def slowly():
    """Return a game whose learner pauses after each letter."""
    game = GuessExplorer()
    game.clock = count().__next__
    return game


def test_letters_are_guessed_one_after_the_other():
    game = slowly()
    context, letters = passage(game.state.passage)
    assert (len(context), len(letters)) == (SHOWN, LETTERS)
    wrong = [letter for letter in "qxz" if letter != letters[0]][:2]
    sweep.set_control(game, "guesses", wrong[0])
    assert game.result.reply == f"No, not {wrong[0]}."
    sweep.set_control(game, "guesses", wrong[0] * 2)
    assert "tried already" in game.result.reply
    sweep.set_control(game, "guesses", wrong[0] * 2 + wrong[1])
    sweep.set_control(game, "guesses", wrong[0] * 2 + wrong[1] + letters[:2].upper())
    assert game.result.you.ranks == (3, 1), "the repeated guess does not count, capitals do"
    assert game.result.done == letters[:2]
    sweep.set_control(game, "guesses", game.state.guesses + "é")
    assert "not one of the 27" in game.describe()
    sweep.set_control(game, "guesses", wrong[0])
    assert game.result.done == "", "taken away again"
    sweep.set_control(game, "guesses", "")
    assert "Which letter comes after" in game.describe()


def test_a_word_typed_in_one_go_ends_at_its_first_wrong_letter():
    game, letters = slowly(), passage(OPENS)[1]
    wrong = next(letter for letter in "qxz" if letter != letters[2])
    sweep.set_control(game, "guesses", letters[:2] + wrong + "and more")
    assert (game.state.guesses, game.controls["guesses"].value) == (letters[:2] + wrong,) * 2
    assert "typed at once after it, “and␣more”, is not counted" in game.describe()
    sweep.set_control(game, "guesses", game.state.guesses + letters[2])
    assert (game.result.done, game.state.rest) == (letters[:3], "")


def test_letters_that_come_one_by_one_without_a_pause_are_a_word_too():
    game, letters = GuessExplorer(), passage(OPENS)[1]
    wrong, now = next(letter for letter in "qxz" if letter != letters[0]), [0.0]
    game.clock = lambda: now[0]
    for pause, counted in ((0, wrong), (0.1, wrong), (0.1, wrong), (1, wrong + letters[0]), (0.1, wrong + letters[:2])):
        now[0] += pause
        new = game.result.done or not game.state.guesses or pause == 1
        sweep.set_control(game, "guesses", game.state.guesses + (counted[-1] if new else "e"))
        assert game.state.guesses == counted


def test_the_guesses_in_a_passage_are_kept_for_the_way_back():
    game, letters = slowly(), passage(OPENS)[1]
    sweep.set_control(game, "guesses", letters[:3])
    sweep.set_control(game, "passage", OPENS + 1)
    assert game.state.guesses == ""
    assert f"Your guesses in passage {OPENS} are kept." in game.describe()
    sweep.set_control(game, "passage", OPENS)
    assert game.result.done == letters[:3]


def test_a_whole_passage_and_beyond():
    game = GuessExplorer()
    sweep.set_control(game, "guesses", passage(OPENS)[1] + "more")
    assert game.result.finished
    assert game.controls["hint"].disabled
    assert "The passage is done." in game.describe()
    sweep.set_control(game, "passage", passages())
    assert game.state.guesses == ""
    assert not game.controls["hint"].disabled


def test_the_model_s_own_guesses_lead_to_its_own_ranks():
    game = GuessExplorer(model="order 5")
    while len(game.result.done) < 6:
        game.controls["hint"].click()
    assert game.result.you.ranks == game.result.model.ranks
    assert game.result.you.bounds == game.result.model.bounds


def test_a_click_on_a_letter_is_one_guess():
    game = GuessExplorer()
    to_figure, keys = game.figure.fig.transFigure.inverted(), game.figure.view.keys
    for number, letter in enumerate("ae "):
        at = to_figure.transform(keys.transData.transform((ALPHABET.index(letter) * 21.5 + 10, 18)))
        sweep.drag(game, *at, at[0] + 0.3, at[1], gesture=number)
    assert game.state.guesses == "ae "


def test_a_mean_beyond_the_axis_is_drawn_at_its_edge():
    game = GuessExplorer()
    game.move(guesses="l")
    own, edge = game.figure.view.lines[-1].get_xdata()[0], game.figure.view.bits_axes.get_xlim()[1]
    assert game.result.model_bits > edge == own
    assert "outside" in game.describe()  # an interval from a single letter is not worth its digits


@pytest.mark.parametrize("wrong", [{"guesses": 3}, {"guesses": None}, {"passage": 0}, {"model": "order 9"}])
def test_what_is_no_state(wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        GuessExplorer(**wrong)
