"""What the surprise explorer says of itself."""

import numpy as np

from lessons_lib.drawing.wording import counted, fixed, number, percent
from lessons_lib.explorers.page import visible


def sentence(state, result) -> str:
    """Return what the whole text costs, what it costs beside, the cursor's character, and what was left out."""
    parts = (_whole(state, result), _beside(state, result), _at_cursor(result), state.note)
    return " ".join(filter(None, parts))


def _whole(state, r) -> str:
    if not r.characters:
        return f"An empty text costs 0 bits under {state.model}, as under any model: its probability is 1."
    size = counted(r.characters, "character")
    size += "" if r.bytes == r.characters else f" ({r.bytes:,} bytes)"
    total, nats = _amount(r.cost.total), _amount(r.cost.total * np.log(2))
    said = f"Under {state.model}, {size} cost{'s' * (r.characters == 1)} {total} bits ({nats} nats): "
    said += f"{r.cost.total / r.characters:.3f} bits a character"
    if r.words:
        dearest = int(r.cost.by_word.argmax())
        word = _word(state.text[slice(*r.words[dearest])])
        mean, most = r.cost.total / len(r.words), r.cost.by_word[dearest]
        said += f", {mean:.2f} a word; the dearest word is “{word}”, {_amount(most)} bits"
    return said + "."


def _beside(state, r) -> str:
    if r.other is None or not r.characters:
        return ""
    saved = r.other.total - r.cost.total
    verdict = f"{_amount(abs(saved))} bits {'more' if saved > 0 else 'less'}" if saved else "as much"
    each = fixed(r.other.total / r.characters, 3)
    return f"Under {state.other}, it costs {each} bits a character, {verdict} in all."


def _at_cursor(r) -> str:
    label, p, _ = r.expected[0]
    if not r.character:
        return f"What comes next? Most expected: {label} ({percent(p)})."
    bits = r.cost.bits[r.at - 1]
    chance = percent(2.0**-bits)
    return (
        f"Character {r.at}, “{_word(r.character)}”, costs {number(bits)} bits, p = {chance}; most expected "
        f"there: {label} ({percent(p)})."
    )


def _amount(bits: float) -> str:
    """Return an amount of bits or nats that may be large."""
    return number(bits) if bits < 100 else f"{bits:,.1f}"


def _word(word: str, most: int = 24) -> str:
    """Return a word for a sentence: not too long, its blanks visible."""
    word = word.strip() or word
    return "".join(visible(c) for c in word[:most]) + ("…" if len(word) > most else "")
