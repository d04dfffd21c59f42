"""Scores told stripe by stripe are those told at once."""

from __future__ import annotations

import numpy as np
import pytest

from hrreco.models._explained import Explained, no_baseline
from hrreco.models._near import Near, Stripes


@pytest.mark.parametrize(
    ("courses", "width", "widths"), [(7, 3, [3, 3, 1]), (3, 5, [3]), (0, 0, [])]
)
def test_stripes_hold_every_course_once(courses, width, widths):
    order = np.arange(courses)[::-1]
    stripes = Stripes.of(order, width)
    assert [len(order[stripe]) for stripe in stripes.slices] == widths
    assert [c for stripe in stripes.slices for c in order[stripe]] == order.tolist()


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1]])
def test_what_is_told_in_another_order_is_the_same(order):
    scores = np.arange(6, dtype=np.float32).reshape(2, 3)
    explained = Explained(scores, None, no_baseline)
    near = Near.told(explained, Stripes.of(np.array(order), 2))
    assert near.scores(slice(None), slice(0, 2)).tolist() == scores[:, order[:2]].tolist()
    assert near.scores(np.array([1]), slice(2, 3)).tolist() == [[scores[1, order[2]]]]
    assert near.exact(np.array([1]), np.array([2])).tolist() == [5.0]
    assert not near.off.any()
    assert np.isinf(near.most(slice(2, 3))).all()
