"""No product is above what the lengths of vectors allow, however they are rounded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.models import _by_length as module
from hrreco.models._by_length import ByLength
from hrreco.models._products import dense_times


@st.composite
def some_vectors(draw):
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    learners, courses, factors = (draw(st.integers(*most)) for most in ((0, 5), (1, 40), (1, 70)))
    size = 10.0 ** draw(st.integers(-6, 6))
    vectors, factors = (
        size * random.standard_normal((n, factors)).astype(np.float32) for n in (learners, courses)
    )
    alike = draw(st.sampled_from([0.0, 0.5, 1.0]))
    factors[random.random(courses) < alike] = factors[0]
    if draw(st.booleans()) and learners:
        vectors[0] = factors[0]  # no product is nearer to what lengths allow
    factors *= random.choice([0.0, 1e-3, 1.0], courses)[:, None].astype(np.float32)
    return vectors, factors


@given(some_vectors())
def test_what_is_told_of_stripes_holds_of_every_score(drawn):
    vectors, factors = drawn
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "_STRIPE", 7)
        by_length = ByLength(factors)
    near, order = by_length.near(vectors), by_length.stripes.courses
    exact = dense_times(vectors, np.ascontiguousarray(factors.T))
    for stripe in by_length.stripes.slices:
        scores = near.scores(slice(None), stripe)
        assert np.all(np.abs(scores - exact[:, order[stripe]]) <= near.off[:, None])
        rest = slice(stripe.start, None)
        bound = near.most(stripe)[:, None]
        assert np.all(near.scores(slice(None), rest) <= bound)
        assert np.all(exact[:, order[rest]] <= bound)
    who, course = np.indices(exact.shape).reshape(2, -1)
    assert near.exact(who, course).tobytes() == exact.tobytes()


def test_the_longest_stand_first_and_equal_ones_as_they_were():
    by_length = ByLength(np.array([[1, 0], [0, 3], [0, 1], [2, 2]], dtype=np.float32))
    assert by_length.stripes.courses.tolist() == [1, 3, 0, 2]
