"""What is closed is closed in every stripe, for whoever is asked about."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hrreco.recommend.closed import ClosedToSome, Pairs

NO = np.float32(-np.inf)


@st.composite
def some_closed(draw):
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    people, columns = draw(st.integers(0, 6)), draw(st.integers(1, 12))
    language = random.integers(0, 3, people)
    at_first = random.choice(np.array([0, NO], dtype=np.float32), (3, columns))
    pairs = [random.random((people, columns)) < 0.3 for _ in range(3)]
    some = np.flatnonzero(random.random(people) < draw(st.sampled_from([0.5, 1.0])))
    first, end = sorted(random.integers(0, columns + 1, 2).tolist())
    return language, at_first, pairs, some, slice(first, end)


def pairs_of(where):
    """Return them with a course that is no column, as employees may have taken."""
    who, column = np.nonzero(where)
    nowhere = np.arange(min(len(where), 1))
    return Pairs(np.append(who, nowhere), np.append(column, nowhere - 1))


@given(some_closed())
def test_a_stripe_of_some_is_that_of_all(drawn):
    language, at_first, (opened, *closed), some, stripe = drawn
    expected = np.where(opened, 1, 1 + at_first[language])
    expected[closed[0] | closed[1]] = NO
    pairs = [pairs_of(where) for where in (opened, *closed)]
    scores = np.ones((len(some), stripe.stop - stripe.start), dtype=np.float32)
    ClosedToSome(language, at_first, pairs[0], tuple(pairs[1:])).close(some, stripe, scores)
    assert scores.tolist() == expected[some, stripe].tolist()
