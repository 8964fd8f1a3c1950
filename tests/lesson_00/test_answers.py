"""The numbers in the folded answers of the notebook."""

from every import folded_answers

from lessons_lib.drawing.wording import number
from lessons_lib.lesson_00 import SurprisalExplorer

SAID = folded_answers("00_start_here")


def bits(p):
    explorer = SurprisalExplorer()
    explorer.move(p=p)
    return number(explorer.result.bits)


def test_a_fair_coin_and_its_halves():
    assert [float(bits(p)) for p in (1, 1 / 2, 1 / 4, 1 / 8)] == [0, 1, 2, 3]
    for said in ("1. 1 bit.", "at p = ¼ it is 2 bits, at p = ⅛ 3 bits", "Not at all: 0 bits."):
        assert said in SAID


def test_what_the_smallest_p_costs():
    least = SurprisalExplorer().controls["p"].min
    assert f"The slider stops at p = {least:g}, which costs {bits(least)} bits." in SAID
