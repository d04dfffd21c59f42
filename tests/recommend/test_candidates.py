"""Whoever may be among the highest of a row is found, whatever the scores are like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.recommend import candidates as module
from hrreco.recommend.candidates import candidates


@st.composite
def some_scores(draw):
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = draw(st.integers(0, 4)), draw(st.integers(1, 140))
    levels = draw(st.sampled_from([2, 5, 10_000]))
    scores = random.integers(-levels, levels, shape).astype(np.float32)
    scores[random.random(shape) < draw(st.sampled_from([0.0, 0.5, 0.95, 1.0]))] = -np.inf
    off = random.choice([0.0, 1.0], len(scores)).astype(np.float32)
    exact = scores + off[:, None] * random.uniform(-1, 1, shape)
    return scores, off, exact, draw(st.integers(0, 9))


@given(some_scores())
def test_nobody_among_the_highest_is_missed(drawn):
    scores, off, exact, most = drawn
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_GROUP", 4)
        found = candidates(scores, off, most)
    assert np.all(np.diff(found.who) >= 0)
    pairs = set(zip(found.who.tolist(), found.column.tolist(), strict=True))
    assert len(pairs) == len(found.who)
    assert np.isfinite(scores[found.who, found.column]).all()
    for row in np.flatnonzero(~found.tied).tolist():
        best = np.argsort(-exact[row], kind="stable")[:most]
        assert {(row, c) for c in best.tolist() if np.isfinite(exact[row, c])} <= pairs


def test_few_others_are_among_them():
    scores = np.random.default_rng(1).random((50, 5_000), dtype=np.float32)
    found = candidates(scores, np.zeros(50, dtype=np.float32), 10)
    assert not found.tied.any()
    assert len(found.who) < 50 * 15


def test_where_many_are_tied_none_is_named():
    scores = np.zeros((2, 400), dtype=np.float32)
    scores[1, :10] = np.arange(1, 11)
    found = candidates(scores, np.zeros(2, dtype=np.float32), 10)
    assert found.tied.tolist() == [True, False]
    assert found.column.tolist() == list(range(10))
