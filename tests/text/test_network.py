"""The network over bytes: against torch, against itself, and against the counts."""

import builtins

import numpy as np
import pytest

from lessons_lib.maths.errors import InputError
from lessons_lib.text import codec, models, network
from lessons_lib.text.corpora import manual, story

torch = pytest.importorskip("torch", reason="torch is not installed")
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
    rows = trainer._rows[:300]
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
    history = network.History()
    for byte in b"so to be, or not to be, ":
        history.add(byte)
    assert history.contexts()[-1] == (ord("o"), 1), "the eight bytes before came once already, and an o followed"


def test_only_what_came_twice_has_a_row():
    known, rows = network.contexts_and_rows(b"abab")
    assert set(known) == {b"a"}, "b comes twice too, but nothing comes after the second"
    assert rows.shape == (4, network.CONTEXTS)
    assert rows[1, 0] == rows[3, 0] == known[b"a"]
    assert rows[2, 1] == known.get(b"ab", 0) == 0


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
    """Both trained on the manual's first 100,000 bytes; the notebook does so with nine tenths of it."""
    unseen = manual()[-40_000:]
    ours = models.surprisals(network.quickly_trained(), unseen).mean()
    tables = [models.Counts(order, manual()[:100_000], adaptive=False) for order in range(7)]
    assert ours < min(models.surprisals(table, unseen).mean() for table in tables) - 0.1


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
