"""A small network over bytes: embeddings of what came last are added up, and a softmax says what comes next.

The last byte, the last two, up to the last six; the word so far, and that with the word before it; and the byte that
followed where the last eight bytes came before in this text, with how long the match is: each of these nine *contexts*,
if it came at least twice in the training text, has a row of `WIDTH` numbers in one table, its embedding. The rows are
added, what is below 0 is cut off (ReLU), and one linear layer gives the 256 logits. The loss is the surprisal of the
byte that came.

torch trains it; predicting needs only numpy. Without torch, whatever trains says so.
"""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import RLock
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from lessons_lib.maths.errors import InputError
from lessons_lib.text import corpora
from lessons_lib.text.match import Match
from lessons_lib.text.model import FLOOR, SYMBOLS, WHOLE, Array, Model

ORDER = 6
CONTEXTS = ORDER + 3
LEAST = 2
"""A context must come so often to have a row of its own."""
WIDTH = 96
DROPPED = 0.3
"""So many of the numbers between the layers are left out at each step of training, lest single ones be relied on."""
BATCH, RATE = 1024, 5e-3
_KEPT = 4096
"""So many predictions are kept for contexts that come again."""
_one_at_a_time = RLock()
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


class History:
    """What a network sees of the text so far: its last six bytes, its last words, and where the like came before."""

    def __init__(self) -> None:
        self.last, self.word, self.before = b"", b"", b""
        self._match = Match()

    def add(self, byte: int) -> None:
        """Read the next byte."""
        self.last = (self.last + bytes((byte,)))[-ORDER:]
        self._match.update(byte)
        if byte in _LETTERS:
            self.word += bytes((byte,))
        elif self.word:
            self.word, self.before = b"", self.word

    def contexts(self) -> list[Hashable]:
        """Return the contexts: nine, or fewer at the beginning and where there is no match."""
        last, here = self.last, (self.word, self.last[-1:])
        found = [*(last[start:] for start in range(len(last) - 1, -1, -1)), here, (self.before, *here)]
        return [*found, self._copied()] if self._match.byte is not None else found

    def _copied(self) -> tuple[int | None, int]:
        """Return the byte that would come if the text went on as where it was like this before, and how long it was."""
        return self._match.byte, self._match.length_class

    def key(self) -> Hashable:
        """Return all that it holds."""
        return self.last, self.word, self.before, self._copied()


def contexts_of(text: bytes) -> Iterator[list[Hashable]]:
    """Yield the contexts before each byte of a text."""
    history = History()
    for byte in text:
        yield history.contexts()
        history.add(byte)


def contexts_and_rows(text: bytes) -> tuple[dict[Hashable, int], NDArray[np.int64]]:
    """Return the contexts that come at least twice in a text, each with its row of the table, from 1; and for every
    byte the rows of the contexts before it, 0 for those without one: shape (len(text), 9).
    """
    numbers: dict[Hashable, int] = {}
    found = np.zeros((len(text), CONTEXTS), dtype=np.int64)
    for place, contexts in enumerate(contexts_of(text)):
        found[place, : len(contexts)] = [numbers.setdefault(context, len(numbers) + 1) for context in contexts]
    often = np.bincount(found.ravel(), minlength=len(numbers) + 1) >= LEAST
    often[0] = False
    row = np.cumsum(often) * often
    return {context: row.item(number) for context, number in numbers.items() if often[number]}, row[found]


class Network(Model):
    """A trained network: which context has which row of the table, the table, and the linear layer."""

    name = "network"

    def __init__(self, known: dict[Hashable, int], table: NDArray, weights: NDArray, bias: NDArray):
        self._parts = known, table, weights, bias
        self._history, self._kept = History(), {}

    def predict(self) -> Array:
        """Return the softmax of the logits, in float64, with a little for every byte."""
        key = self._history.key()
        if key not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = self._predicted()
        return self._kept[key]

    def _predicted(self) -> Array:
        known, table, weights, bias = self._parts
        rows = [known.get(context, 0) for context in self._history.contexts()]
        logits = (np.maximum(table[rows].sum(axis=0), 0) @ weights + bias).astype(np.float64)
        p = np.exp(logits - logits.max())
        p *= WHOLE / p.sum()
        p += FLOOR
        p.flags.writeable = False
        return p

    def update(self, byte: int) -> None:
        """Read the byte."""
        self._history.add(byte)

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

    Each byte is learned from `epochs` times, in an order drawn with the seed, at a learning rate that falls to 0. It
    runs on one thread, for then the same seed gives the same network, whatever else the machine does.
    """

    def __init__(self, text: bytes, epochs: int = 3, seed: int = 0):
        if len(text) < BATCH:
            raise InputError(f"the text to train on must have at least {BATCH:,} bytes, not {len(text):,}")
        self._torch = torch = _torch()
        self._known, rows = contexts_and_rows(text)
        self._rows = torch.from_numpy(rows)
        self._bytes = torch.from_numpy(np.frombuffer(text, dtype=np.uint8).astype(np.int64))
        self._chance = torch.Generator("cpu").manual_seed(seed)
        kind = {"generator": self._chance, "dtype": torch.float32, "device": "cpu"}
        table = 0.05 * torch.randn(len(self._known) + 1, WIDTH, **kind)
        table[0] = 0  # what has no row says nothing
        self._table = table.requires_grad_()
        self._weights = (torch.randn(WIDTH, SYMBOLS, **kind) * WIDTH**-0.5).requires_grad_()
        self._bias = torch.zeros(SYMBOLS, dtype=torch.float32, device="cpu").requires_grad_()
        self._optimisers = [
            torch.optim.SparseAdam([self._table], lr=RATE),
            torch.optim.Adam([self._weights, self._bias], lr=RATE),
        ]
        self.steps = _schedule(len(text), epochs, seed)

    def learn(self, step: Step) -> float:
        """Take one step downhill and return the mean surprisal of its bytes before it, in bits."""
        torch = self._torch
        with _one_thread(torch), torch.enable_grad(), torch.device("cpu"):
            logits = self._logits(self._rows[step.places])
            loss = torch.nn.functional.cross_entropy(logits, self._bytes[step.places])
            for optimiser in self._optimisers:
                optimiser.param_groups[0]["lr"] = step.rate
                optimiser.zero_grad()
            loss.backward()
            for optimiser in self._optimisers:
                optimiser.step()
        return loss.item() / float(np.log(2))

    def _logits(self, rows: Any) -> Any:
        torch = self._torch
        added = torch.nn.functional.embedding_bag(rows, self._table, mode="sum", sparse=True, padding_idx=0)
        kept = torch.rand(added.shape, generator=self._chance, dtype=torch.float32) >= DROPPED
        return (torch.relu(added) * kept / (1 - DROPPED)) @ self._weights + self._bias

    def model(self) -> Network:
        """Return the network as it is now."""
        parts = (self._table, self._weights, self._bias)
        return Network(self._known, *(part.detach().numpy().copy() for part in parts))


def _schedule(length: int, epochs: int, seed: int) -> list[Step]:
    generator = np.random.default_rng(seed)
    places = np.concatenate([generator.permutation(length) for _ in range(epochs)])
    batches = [places[begin : begin + BATCH] for begin in range(0, len(places) - BATCH + 1, BATCH)]
    return [Step(batch, RATE * (1 - number / len(batches))) for number, batch in enumerate(batches)]


@contextmanager
def _one_thread(torch: Any) -> Iterator[None]:
    with _one_at_a_time:  # or a second one would take 1 for what is to be set again
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
    trainer = Trainer(corpora.manual()[:100_000], epochs=2)
    for step in trainer.steps:
        trainer.learn(step)
    return trainer.model()
