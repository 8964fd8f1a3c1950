"""The numbers in the folded answers of lesson 6, and what its text says of the contest, computed anew."""

import re
from itertools import product
from math import log2

import nbformat
import numpy as np
import pytest

from lessons_lib.lesson_06 import CodeTreeExplorer, SurpriseExplorer, WordsExplorer, sentences
from lessons_lib.lesson_06.sentences import END, WORDS
from lessons_lib.lesson_06.surprise_explorer import opening_text
from lessons_lib.start.environment import ROOT
from lessons_lib.text import models, report, shelf
from lessons_lib.text.corpora import story
from lessons_lib.text.guessing import bounds, interval

CELLS = nbformat.read(ROOT / "notebooks" / "06_bits_per_word.ipynb", as_version=4).cells
TELEGRAM = "ALL WELL HERE. THE GOAT IS A THIEF. COME WHEN YOU CAN."


def fold_below(question):
    """The answers below a question, as one line."""
    (source,) = [cell.source for cell in CELLS if question in cell.source and cell.cell_type == "markdown"]
    (fold,) = re.findall(r"<details><summary>Answers, to compare</summary>\n\n(.*)\n\n</details>", source, re.DOTALL)
    questions = source.partition("<details>")[0]
    assert len(re.findall(r"^\d+\. ", fold, re.MULTILINE)) == len(re.findall(r"^\d+\. ", questions, re.MULTILINE))
    return " ".join(fold.split())


def text_with(words):
    """The one cell of text that has these words, as one line."""
    (source,) = [cell.source for cell in CELLS if words in cell.source and cell.cell_type == "markdown"]
    return " ".join(source.split())


def printed_by(code):
    """What the cell with this code has printed."""
    (cell,) = [cell for cell in CELLS if code in cell.source and cell.cell_type == "code"]
    return "".join(output.get("text", "") for output in cell.outputs)


def test_shannon_s_words_leave_a_quarter_free_and_what_could_take_it():
    r = WordsExplorer(code="Shannon's code for p").result
    fold = fold_below("Choose *Shannon's code*")
    assert f"own {float(r.kraft):.0%}".replace("%", " %") in fold
    assert "A's word could lose a bit: its piece would grow by the quarter that is free" in fold
    assert r.kraft + r.intervals[0, 1] - r.intervals[0, 0] == 1
    widths = dict(zip(r.names, np.diff(r.intervals).ravel(), strict=True))
    assert "C, D and E, all three together" in fold
    assert r.kraft + widths["C"] + widths["D"] + widths["E"] == 1


def test_the_excess_of_a_very_probable_symbol_and_of_triples():
    tree, excess = CodeTreeExplorer(), {}
    for value in (90.0, 99.0):
        tree.move(chosen="A", value=value)
        excess[value] = tree.result.excess
    coin = CodeTreeExplorer(count=2, weights=(90.0, 10.0, *(1.0,) * 6), block="in triples (2 symbols)").result
    fold = fold_below("keep the code for this p")
    assert f"At 90 % −log₂ p is {-log2(0.9):.2f}" in fold
    assert f"the excess is {excess[90]:.3f} bit, and at 99 % it is {excess[99]:.3f}" in fold
    assert f"and {coin.average:.3f} in triples; the entropy is {coin.entropy:.3f}" in fold


def cost(*words):
    return -log2(sentences.probability(words))


def test_what_sentences_cost():
    fold = fold_below("Finish the sentence with ■")
    open_one = ("the", "dog", "sees", "the", "cat")
    without, whole = cost(*open_one), cost(*open_one, END)
    assert f"{whole - without:.0f} bits: after “cat” the end has probability ⅛" in fold
    assert f"costs {without:.2f} bits without it and {whole:.2f} with it" in fold
    costs = {words: cost(*words, END) for n in range(1, 5) for words in product(WORDS, repeat=n)}
    cheapest = min(costs, key=costs.get)
    assert f"“{' '.join(cheapest)} ■”, {costs[cheapest]:.2f} bits" in fold
    dearest = max(bits for words, bits in costs.items() if len(words) == len(cheapest))
    assert f"three words can also cost {dearest:.0f} bits" in fold
    assert f"costs {cost('the'):.2f} bit at the start and {cost('the', 'the') - cost('the'):.0f} bits after" in fold


def test_no_longer_sentence_is_cheaper_than_the_cheapest():
    """Eight words or more cost at least as much as eight times the cheapest step of the table, and the cheapest end."""
    least = -log2(max(p for row in sentences.table().values() for word, p in row.items() if word != END))
    last = -log2(max(row[END] for row in sentences.table().values()))
    assert 8 * least + last > cost("the", "cat", "sleeps", END)
    for n in (4, 5, 6, 7):
        assert _cheapest(n) > cost("the", "cat", "sleeps", END)


def _cheapest(n):
    """The least that a sentence of n words costs, word by word."""
    table = sentences.table()
    best = {word: -log2(table[sentences.START][word]) for word in WORDS}
    for _ in range(n - 1):
        best = {word: min(best[last] - log2(table[last][word]) for last in WORDS) for word in WORDS}
    return min(bits - log2(table[word][END]) for word, bits in best.items())


def test_where_bits_are_in_the_opening_text():
    """The manual differs between versions of Python, so these are held within a tenth."""
    fold = fold_below("Where in a word are the high bars")
    explorer = SurpriseExplorer(other=shelf.TRAINED[0])
    bits, lead = explorer.result.cost.bits, explorer.result.cost.bits - explorer.result.other.bits
    words = [match.span() for match in re.finditer("[A-Za-z]{4,}", opening_text())]
    first, last = re.search(r"the first letter costs ([\d.]+) bits on average, the last (\d\.\d)", fold).groups()
    assert float(first) == pytest.approx(np.mean([bits[start] for start, _ in words]), rel=0.1)
    assert float(last) == pytest.approx(np.mean([bits[end - 1] for _, end in words]), rel=0.1)
    lost, of = re.search(r"loses on (\d+) of the (\d+) characters", fold).groups()
    assert int(of) == len(bits)
    assert int(lost) == pytest.approx(np.sum(lead > 0), rel=0.1)
    most = re.search(r"the space costs ([\d.]+) bits more", fold)[1]
    assert float(most) == pytest.approx(lead.max(), rel=0.1)
    at = int(lead.argmax())
    assert opening_text()[at - 3 : at + 1] == "sea "
    only = opening_text().index("only") + 3
    assert lead[only] < -4


def test_the_telegram_three_times():
    bits = models.surprisals(models.Mixture(), f"{TELEGRAM} {TELEGRAM} {TELEGRAM}".encode())
    n = len(TELEGRAM) + 1
    told = [bits[k * n : k * n + n - 1].sum() for k in range(3)]
    assert "{:.1f} bits, then {:.1f}, then {:.1f}.".format(*told) in fold_below("Where in a word are the high bars")


def test_the_bounds_of_twenty_letters():
    counts = (16, 2, 1, 1, *(0,) * 23)
    low, high = bounds(counts)
    least, most = interval(counts)
    fold = fold_below("Guess twenty letters or more")
    assert f"the bounds are {low:.2f} and {high:.2f} bits" in fold
    assert f"from {least:.2f} to {most:.2f}" in fold


class NoMatch:
    """In place of the expert for long repeats: it never has anything to say."""

    byte, trust, length_class = None, 0.0, 0

    def copy(self):
        return self

    def update(self, byte):
        pass


def test_what_the_telegrams_cost_without_the_expert_for_repeats():
    mixture = models.Mixture()
    mixture._trained = (mixture._trained[0], NoMatch(), {})
    bits = models.surprisals(mixture, story())
    places = [match.start() for match in re.finditer(re.escape(TELEGRAM), story().decode())]
    second, third, fourth = (bits[at : at + len(TELEGRAM)].sum() for at in places[1:])
    text = text_with("The extra expert only helps the fourth time")
    assert f"cost {second:.1f}, {third:.1f} and {fourth:.1f} bits" in text
    assert f"the whole story {bits.sum() / 8:,.0f} bytes" in text
    with_it = re.findall(r"time (\d): +([\d.]+) bits", printed_by("adaptive = models.Mixture()"))
    with_it = {int(time): float(bits) for time, bits in with_it}
    assert with_it[2] > second
    assert with_it[3] > third
    assert with_it[4] < fourth


def test_the_order_of_the_contest_is_that_of_the_summary():
    rows = re.findall(r"^(\S.{25}) +([\d,]+) ", printed_by("columns = ("), re.MULTILINE)
    stored = {name.strip(): int(size.replace(",", "")) for name, size in rows}
    made = {f"order {k}": report.model_row("", models.Counts(k), story()).file_size for k in (0, 1, 2, 3, 5)}
    made |= {row.name: row.file_size for row in report.compressor_rows(story()) if row.name in stored}
    assert made.items() <= stored.items()
    named = ("mixture", "order 5", "order 3", "bz2 -9", "order 2", "xz -9e", "gzip -9", "network, trained")
    assert sorted(named, key=stored.get) == list(named)
    assert stored["network, trained"] < min(stored["order 0"], stored["order 1"])
    assert stored["order 5, trained"] > stored["order 5, trained, learning"] > stored["order 5"]
    text = text_with("**Who is the best guesser?** Of the programs")
    assert "the tables of order 5 and 3" in text
    assert "bz2, order 2, xz and gzip, and only then your network" in text


def test_the_network_beats_the_frozen_tables_and_not_one_that_goes_on():
    printed = printed_by("order 8, which goes on learning")
    network = float(re.search(r"your network: ([\d.]+)", printed)[1])
    learning = float(re.search(r"goes on learning: ([\d.]+)", printed)[1])
    held_out = re.findall(r"order \d: ([\d.]+) bits a byte on what it has not seen", printed_by("tables, held_out"))
    assert learning < network < min(map(float, held_out))
