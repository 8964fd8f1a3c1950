"""The network over bytes: against torch, against itself, and against the counts."""

import builtins
import subprocess
import sys

import numpy as np
import pytest
import torch

from lessons_lib.environment import ROOT
from lessons_lib.errors import InputError
from lessons_lib.text import codec, models, network
from lessons_lib.text.corpora import manual, story

TEXT = story()


def trained(text=TEXT, epochs=2, seed=0):
    trainer = network.Trainer(text, epochs, seed)
    losses = [trainer.learn(step) for step in trainer.steps]
    return trainer, losses


def test_it_learns_and_begins_by_knowing_nothing():
    trainer, losses = trained(epochs=6)
    assert losses[0] == pytest.approx(8, abs=0.2)
    assert losses[-1] < 4
    assert models.surprisals(trainer.model(), TEXT[:2000]).mean() < 4


def test_the_same_seed_gives_the_same_network_on_any_number_of_threads():
    one = trained()[0].model()
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        two = trained()[0].model()
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
    assert one.fingerprint() == two.fingerprint()
    assert one.fingerprint() != trained(seed=1)[0].model().fingerprint()


def test_predictions_against_torch():
    trainer, _ = trained()
    model = trainer.model()
    rows = torch.from_numpy(network.rows_of(TEXT[:300], trainer._known))
    with torch.no_grad():
        hidden = torch.relu(torch.nn.functional.embedding_bag(rows, trainer._table, mode="sum", padding_idx=0))
        expected = torch.log_softmax(hidden @ trainer._weights + trainer._bias, dim=1).numpy()
    model = model.fresh()
    for place, byte in enumerate(TEXT[:300]):
        p = model.predict()
        assert p.sum() == pytest.approx(1, abs=1e-9)
        assert p.min() > 0
        np.testing.assert_allclose(p, np.exp(expected[place]), rtol=1e-3, atol=1e-6)
        model.update(byte)


def test_contexts_by_hand():
    history = network.History()
    assert history.contexts() == [(b"", b""), (b"", b"", b"")]
    for byte in b"to be, o":
        history.add(byte)
    six = [b"o", b" o", b", o", b"e, o", b"be, o", b" be, o"]
    assert history.contexts() == [*six, (b"o", b"o"), (b"be", b"o", b"o")]
    known = network.vocabulary(b"abab")
    assert set(known) == {b"a", b"b", b"ab", (b"a", b"a")} - {c for c in known if b"abab".count(b"ab") < 2} or known
    rows = network.rows_of(b"abab", known)
    assert rows.shape == (4, network.CONTEXTS)
    assert rows.max() == len(known)


def test_its_file_comes_back():
    model = trained()[0].model()
    for data in (b"", b"a", bytes(range(256)), "naïve 😀".encode() * 5):
        blob = codec.compress(data, model)
        assert codec.decompress(blob, model) == data
        assert len(blob) <= models.surprisals(model, data).sum() / 8 * 1.001 + 16


def test_stopped_early_it_keeps_what_it_learned():
    trainer = network.Trainer(TEXT, epochs=20)
    for step in trainer.steps[:60]:
        trainer.learn(step)
    assert models.surprisals(trainer.model(), TEXT[:1000]).mean() < 6


def test_on_unseen_text_it_beats_the_counts_of_every_order():
    """On a part of the manual; the notebook does so with all of it."""
    book = manual()[:220_000]
    cut = len(book) * 9 // 10
    trainer, _ = trained(book[:cut], epochs=3)
    ours = models.surprisals(trainer.model(), book[cut:]).mean()
    tables = [models.Counts(order, book[:cut], adaptive=False) for order in (3, 4, 5)]
    assert ours < min(models.surprisals(table, book[cut:]).mean() for table in tables)


def test_what_it_cannot_train_on_and_a_machine_without_torch(monkeypatch):
    with pytest.raises(InputError, match="at least 1,024 bytes"):
        network.Trainer(b"too short")
    original = builtins.__import__

    def no_torch(name, *more, **others):
        if name == "torch":
            raise ImportError(name)
        return original(name, *more, **others)

    monkeypatch.setattr(builtins, "__import__", no_torch)
    with pytest.raises(InputError, match="torch, which is not installed"):
        network.Trainer(TEXT)


def test_importing_it_loads_no_torch():
    code = "import lessons_lib.text.network, sys; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
