"""A small network over bytes: embeddings of the last bytes are added up, and a softmax says what comes next.

Each context, the last byte, the last two, up to the last six, has a row of `WIDTH` numbers in one table (which row, a
checksum of the context says; contexts that share one have to live with it). The rows of the six contexts are added, what
is below 0 is cut off (ReLU), and one linear layer gives the 256 logits. The loss is the surprisal of the byte that came.

torch trains it; predicting needs only numpy. Without torch, whatever trains says so.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from lessons_lib.errors import InputError
from lessons_lib.text import corpora
from lessons_lib.text.face import FLOOR, SYMBOLS, Array, Model

ORDERS = 6
LEAST = 2
WIDTH = 64
BATCH = 1024
RATE = 5e-3
DROP = 0.0
_KEPT = 4096
"""So many predictions are kept for contexts that come again."""


def endings(data: bytes, place: int) -> list[bytes]:
    """Return the contexts before a place: the last byte, the last two, up to the last six (fewer at the beginning)."""
    return [data[place - order : place] for order in range(1, min(ORDERS, place) + 1)]


def vocabulary(text: bytes) -> dict[bytes, int]:
    """Return the contexts that come at least twice in a text, each with its row of the table, from 1."""
    seen = Counter(chain.from_iterable(endings(text, place) for place in range(len(text))))
    return {context: row for row, context in enumerate((c for c, times in seen.items() if times >= LEAST), 1)}


def rows_before(text: bytes, known: dict[bytes, int]) -> NDArray[np.int64]:
    """Return the rows of the contexts before each byte, 0 for those without one: shape (len(text), 6)."""
    rows = np.zeros((len(text), ORDERS), dtype=np.int64)
    for place in range(len(text)):
        found = [known.get(context, 0) for context in endings(text, place)]
        rows[place, : len(found)] = found
    return rows


class Network(Model):
    """A trained network: its table of embeddings, its linear layer, and the last six bytes it has read."""

    name = "network"

    def __init__(self, known: dict[bytes, int], table: NDArray, weights: NDArray, bias: NDArray):
        self._parts = known, table, weights, bias
        self._last, self._known = b"", {}

    def predict(self) -> Array:
        """Return the softmax of the logits, in float64, with a little for every byte."""
        known = self._known.get(self._last)
        if known is None:
            rows, table, weights, bias = self._parts
            here = [rows.get(context, 0) for context in endings(self._last, len(self._last))]
            hidden = np.maximum(table[here].sum(axis=0), 0)
            logits = (hidden @ weights + bias).astype(np.float64)
            p = np.exp(logits - logits.max())
            known = p / p.sum() * (1 - SYMBOLS * FLOOR) + FLOOR
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[self._last] = known
        return known

    def update(self, byte: int) -> None:
        """Take the byte among the last six."""
        self._last = (self._last + bytes((byte,)))[-ORDERS:]

    def fresh(self) -> Self:
        """Return one with the same weights that has read nothing."""
        return type(self)(*self._parts)

    @property
    def parameters(self) -> int:
        """How many numbers were trained."""
        return sum(part.size for part in self._parts[1:])


@dataclass(frozen=True)
class Step:
    """One step of training: which bytes of the text it learns from, and the learning rate."""

    places: NDArray[np.int64]
    rate: float


class Trainer:
    """Trains a network on a text. `steps` holds what is to be done, `learn(step)` does it, `model()` is what came out.

    Each byte is learned from `epochs` times, in an order drawn with the seed, at a learning rate that falls to a tenth.
    It runs on one thread, for then the same seed gives the same network, whatever else the machine does.
    """

    def __init__(self, text: bytes, epochs: int = 1, seed: int = 0):
        if len(text) < BATCH:
            raise InputError(f"the text to train on must have at least {BATCH:,} bytes, not {len(text):,}")
        self._torch = torch = _torch()
        generator = torch.Generator().manual_seed(seed)
        self._known = vocabulary(text)
        self._contexts = torch.from_numpy(rows_before(text, self._known))
        self._bytes = torch.from_numpy(np.frombuffer(text, dtype=np.uint8).astype(np.int64))
        self._table = torch.nn.EmbeddingBag.from_pretrained(
            0.05 * torch.randn(len(self._known) + 1, WIDTH, generator=generator),
            freeze=False,
            mode="sum",
            sparse=True,
            padding_idx=0,
        )
        self._table.weight.data[0] = 0
        self._weights = (torch.randn(WIDTH, SYMBOLS, generator=generator) * WIDTH**-0.5).requires_grad_()
        self._bias = torch.zeros(SYMBOLS).requires_grad_()
        self._optimisers = [
            torch.optim.SparseAdam(self._table.parameters(), lr=RATE),
            torch.optim.Adam([self._weights, self._bias], lr=RATE),
        ]
        self.steps = _schedule(len(text), epochs, seed)

    def learn(self, step: Step) -> float:
        """Take one step downhill and return the mean surprisal of its bytes before it, in bits."""
        torch = self._torch
        with _one_thread(torch):
            hidden = torch.relu(self._table(self._contexts[step.places]))
            if DROP: hidden = torch.nn.functional.dropout(hidden, DROP)
            loss = torch.nn.functional.cross_entropy(hidden @ self._weights + self._bias, self._bytes[step.places])
            for optimiser in self._optimisers:
                optimiser.param_groups[0]["lr"] = step.rate
                optimiser.zero_grad()
            loss.backward()
            for optimiser in self._optimisers:
                optimiser.step()
        return loss.item() / np.log(2)

    def model(self) -> Network:
        """Return the network as it is now."""
        parts = (self._table.weight, self._weights, self._bias)
        return Network(self._known, *(part.detach().numpy().copy() for part in parts))


def _schedule(length: int, epochs: int, seed: int) -> list[Step]:
    generator = np.random.default_rng(seed)
    places = np.concatenate([generator.permutation(length) for _ in range(epochs)])
    batches = [places[begin : begin + BATCH] for begin in range(0, len(places) - BATCH + 1, BATCH)]
    return [Step(batch, RATE * (1 - 0.9 * number / len(batches))) for number, batch in enumerate(batches)]


@contextmanager
def _one_thread(torch: Any) -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _torch() -> Any:
    """Return torch, or say kindly that it is not there."""
    try:
        import torch
    except ImportError:
        raise InputError(
            "the network is trained by torch, which is not installed here (for some systems no build exists); "
            "all other models of the lesson work without it"
        ) from None
    return torch


@cache
def quickly_trained() -> Network:
    """Return a network trained for a few seconds on the first 100,000 bytes of the manual."""
    trainer = Trainer(corpora.manual()[:100_000])
    for step in trainer.steps:
        trainer.learn(step)
    return trainer.model()
