"""Many models, one prediction: a mixture whose weights are Bayes' rule.

Each expert says how probable the next byte is; the mixture is their average, weighted by how probable it is that this
expert is the one to trust. When the byte has come, each weight is multiplied by the probability that its expert gave to
it, and all are divided by their sum: prior times likelihood over evidence. Before the next byte the best expert may
change, with probability SWITCH, to any of them: so every weight moves a little towards the others, and none dies. (This
is Bayes' rule to the letter, for an unknown expert that switches; the fixed share of Herbster and Warmuth, 1998.)

Each situation (the last byte, and how long a match there is) keeps weights of its own: who is to be trusted after a
space need not be after a comma.
"""

from math import fsum
from typing import Self

from lessons_lib.text.counts import Context, Table, blend
from lessons_lib.text.match import CLASSES, Match
from lessons_lib.text.model import FLOOR, SYMBOLS, WHOLE, Array, Model

SWITCH = 1 / 200
"""How probable it is that from one byte to the next another expert becomes the best."""


class Mixture(Model):
    """The adaptive mixture of the count models of order 0 to `order` and a longest-match expert.

    `weights` are those with which it makes its present prediction: order 0 first, the match expert last.
    """

    def __init__(self, order: int = 8, training: bytes = b"", name: str = "mixture") -> None:
        self.order, self.name = order, name
        self._trained = (Table(order), Match(), {})
        self._begin()
        for byte in training:
            self.update(byte)
        if training:
            self._trained = (self._table, self._match, self._next_weights)
            self._begin()

    def _begin(self) -> None:
        table, match, next_weights = self._trained
        self._table, self._match = table.copy(), match.copy()
        self._next_weights = {situation: weights[:] for situation, weights in next_weights.items()}
        self._last = b""
        self._look()

    def fresh(self) -> Self:
        """Return one with the same training that has read nothing since."""
        twin = type(self).__new__(type(self))
        twin.order, twin.name, twin._trained = self.order, self.name, self._trained
        twin._begin()
        return twin

    def _look(self) -> None:
        """Find what the next prediction is made of."""
        self._contexts: list[Context] = self._table.seen(self._last)
        last = self._last[-1] if self._last else 0
        self._situation = last * CLASSES + self._match.length_class
        experts = self.order + 2
        self.weights: list[float] = self._next_weights.get(self._situation) or [1 / experts] * experts

    def predict(self) -> Array:
        """Return the weighted average of what the experts say."""
        *orders, match = self.weights
        seen, expected, trust = len(self._contexts), self._match.byte, self._match.trust
        shares = [0.0, *orders[:seen]]
        shares[-1] += fsum(orders[seen:]) + match * (1 - trust)
        mixed = blend(self._contexts, shares)
        if expected is not None:
            mixed[expected] += match * trust * WHOLE
        return mixed

    def probability(self, byte: int) -> float:
        """Return the one byte's probability without the others'."""
        return fsum(w * p for w, p in zip(self.weights, self.opinions(byte), strict=True)) * WHOLE + FLOOR

    def opinions(self, byte: int) -> list[float]:
        """Return the probability that each expert gives the byte: order 0 to the highest, then the match expert."""
        probability, given = 1 / SYMBOLS, []
        for context in self._contexts:
            given.append(probability := context.probability(byte, probability))
        given += [probability] * (self.order + 1 - len(given))
        trust = self._match.trust
        given.append(trust * (byte == self._match.byte) + (1 - trust) * probability)
        return given

    def update(self, byte: int) -> None:
        """Let the byte judge the experts, then let them learn from it."""
        joint = [weight * p for weight, p in zip(self.weights, self.opinions(byte), strict=True)]
        kept, share = (1 - SWITCH) / fsum(joint), SWITCH / len(joint)
        self._next_weights[self._situation] = [kept * weight + share for weight in joint]
        self._table.add(self._last, byte)
        self._match.update(byte)
        self._last = (self._last + bytes((byte,)))[-self.order :] if self.order else b""
        self._look()
