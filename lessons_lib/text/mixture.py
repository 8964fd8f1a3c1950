"""Many models, one prediction: a mixture whose weights are Bayes' rule.

Each expert says how probable the next byte is; the mixture is their average, weighted. When the byte has come, each
weight is multiplied by the probability that its expert gave to it, and all are divided by their sum: prior times
likelihood over evidence. Evidence fades: raised to the power MEMORY at each step, what an expert said of a byte n steps
ago counts MEMORY**n as much, so that the weights follow a text that changes. And each situation (the last byte, and how
long a match there is) keeps weights of its own: who is to be trusted after a space need not be after a comma.
"""

from typing import Self

from lessons_lib.text.counts import Context, Table, blend
from lessons_lib.text.face import FLOOR, SYMBOLS, WHOLE, Array, Model
from lessons_lib.text.match import CLASSES, Match

MEMORY = 0.95


class Mixture(Model):
    """The adaptive mixture of the count models of order 0 to `order` and a longest-match expert.

    `weights` are those with which it makes its present prediction: order 0 first, the match expert last.
    """

    def __init__(self, order: int = 6, training: bytes = b"", name: str = "mixture") -> None:
        self.order, self.name = order, name
        self._trained = (Table(order), Match(), {})
        self._begin()
        for byte in training:
            self.update(byte)
        if training:
            self._trained = (self._table, self._match, self._posteriors)
            self._begin()

    def _begin(self) -> None:
        table, match, posteriors = self._trained
        self._table, self._match = table.copy(), match.copy()
        self._posteriors = {situation: weights[:] for situation, weights in posteriors.items()}
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
        self._byte, self._trust = self._match.byte, self._match.trust
        last = self._last[-1] if self._last else 0
        self._situation = last * CLASSES + self._match.length_class
        experts = self.order + 2
        self.weights: list[float] = self._posteriors.get(self._situation) or [1 / experts] * experts

    def predict(self) -> Array:
        """Return the weighted average of what the experts say."""
        *orders, match = self.weights
        seen, trust = len(self._contexts), self._trust
        shares = [0.0, *orders[:seen]]
        shares[-1] += sum(orders[seen:]) + match * (1 - trust)
        mixed = blend(self._contexts, shares)
        if self._byte is not None:
            mixed[self._byte] += match * trust * WHOLE
        return mixed

    def probability(self, byte: int) -> float:
        """Return the one byte's probability without the others'."""
        return sum(weight * p for weight, p in zip(self.weights, self.opinions(byte), strict=True)) * WHOLE + FLOOR

    def opinions(self, byte: int) -> list[float]:
        """Return the probability that each expert gives the byte: order 0 to the highest, then the match expert."""
        probability, given = 1 / SYMBOLS, []
        for context in self._contexts:
            probability = context.probability(byte, probability)
            given.append(probability)
        given += [probability] * (self.order + 1 - len(given))
        given.append(self._trust * (byte == self._byte) + (1 - self._trust) * probability)
        return given

    def update(self, byte: int) -> None:
        """Let the byte judge the experts, then let them learn from it."""
        joint = [(weight * p) ** MEMORY for weight, p in zip(self.weights, self.opinions(byte), strict=True)]
        evidence = sum(joint)
        self._posteriors[self._situation] = [weight / evidence for weight in joint]
        self._table.add(self._last, byte)
        self._match.update(byte)
        self._last = (self._last + bytes((byte,)))[-self.order :] if self.order else b""
        self._look()
