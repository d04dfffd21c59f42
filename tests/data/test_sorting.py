"""Numbers are sorted with the places they stood at."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hrreco.data.sorting import in_order


@given(st.lists(st.integers(0, 2**40), max_size=40))
def test_as_a_stable_argument_sort(values: list[int]) -> None:
    given_values = np.array(values, dtype=np.int64)
    ordered, place = in_order(given_values)
    assert place.tolist() == np.argsort(given_values, kind="stable").tolist()
    assert ordered.tolist() == sorted(values)
