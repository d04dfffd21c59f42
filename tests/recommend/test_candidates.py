"""Whoever may be among the highest of a row is found, whatever the scores are like."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.models import Near
from hrreco.models._explained import no_baseline
from hrreco.models._near import Stripes
from hrreco.recommend import candidates as module
from hrreco.recommend.candidates import Candidates, candidates


def found_in(scores, off, most, width=10_000, slack=None) -> Candidates:
    """Return the candidates of scores in stripes; -inf is what is closed."""
    closed = np.isneginf(scores)
    of_all = np.where(closed, np.float32(9), scores)
    slack = np.zeros(len(scores), dtype=np.float32) if slack is None else slack

    def close(some, stripe, scores):
        scores[closed[some, stripe]] = -np.inf

    near = Near(
        lambda some, stripe: of_all[some, stripe].copy(),
        lambda stripe: of_all[:, stripe.start :].max(axis=1) + slack,
        off,
        lambda who, courses: of_all[who, courses],
        no_baseline,
    )
    stripes = Stripes.of(np.arange(scores.shape[1]), width)
    return candidates(near, stripes.slices, close, most)


@st.composite
def some_scores(draw):
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    shape = draw(st.integers(0, 4)), draw(st.integers(1, 140))
    levels = draw(st.sampled_from([2, 5, 10_000]))
    scores = random.integers(-levels, levels, shape).astype(np.float32)
    scores[random.random(shape) < draw(st.sampled_from([0.0, 0.5, 0.95, 1.0]))] = -np.inf
    if draw(st.booleans()):
        scores = -np.sort(-scores, axis=1)
    off = random.choice([0.0, 1.0], len(scores)).astype(np.float32)
    exact = scores + off[:, None] * random.uniform(-1, 1, shape)
    slack = random.choice([0.0, 1.0, np.inf], len(scores)).astype(np.float32)
    return scores, off, exact, slack


@given(
    some_scores(), st.integers(0, 9), st.sampled_from([1, 3, 20, 1_000]), st.sampled_from([0, 2])
)
def test_nobody_among_the_highest_is_missed(drawn, most, width, groups):
    scores, off, exact, slack = drawn
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_GROUPS", groups)
        found = found_in(scores, off, most, width, slack)
    pairs = set(zip(found.who.tolist(), found.column.tolist(), strict=True))
    assert len(pairs) == len(found.who)
    assert np.isfinite(found.score).all()
    assert found.score.tolist() == scores[found.who, found.column].tolist()
    assert not found.tied[found.who].any()
    for row in np.flatnonzero(~found.tied).tolist():
        best = np.argsort(-exact[row], kind="stable")[:most]
        assert {(row, c) for c in best.tolist() if np.isfinite(exact[row, c])} <= pairs


@pytest.mark.parametrize("width", [5_000, 512])
def test_few_others_are_among_them(width):
    scores = np.random.default_rng(1).random((50, 5_000), dtype=np.float32)
    found = found_in(scores, np.zeros(50, dtype=np.float32), 10, width)
    assert not found.tied.any()
    assert len(found.who) < 50 * 15


def test_where_many_are_tied_none_is_named():
    scores = np.zeros((2, 400), dtype=np.float32)
    scores[1, :10] = np.arange(1, 11)
    for width in (400, 50, 9):
        found = found_in(scores, np.zeros(2, dtype=np.float32), 10, width)
        assert found.tied.tolist() == [True, False]
        assert sorted(found.column.tolist()) == list(range(10))


def test_no_stripe_is_looked_at_for_whoever_can_find_nothing_in_it():
    scores = np.repeat(np.arange(100, 0, -1, dtype=np.float32)[None], 3, axis=0)
    scores[1, 30:40] = -np.inf
    scores[2, :70] = -np.inf
    asked = []

    def seen(some, stripe):
        asked.append((np.arange(3)[some].tolist(), stripe.start))
        return scores[some, stripe].copy()

    near = Near(
        seen,
        lambda stripe: scores[:, stripe.start :].max(axis=1),
        np.zeros(3, dtype=np.float32),
        lambda who, courses: scores[who, courses],
        no_baseline,
    )
    stripes = Stripes.of(np.arange(100), 10).slices
    found = candidates(near, stripes, lambda *_: None, 10)
    assert asked[0] == ([0, 1, 2], 0)
    assert all(who == [2] for who, first in asked if 10 <= first <= 70)
    assert asked[-1][1] == 70
    assert sorted(found.column[found.who == 2].tolist()) == list(range(70, 80))
