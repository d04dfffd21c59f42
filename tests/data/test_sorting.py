"""Numbers are sorted with the places they stood at."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hrreco.data.sorting import begins_run, in_order


@given(st.lists(st.integers(0, 2**40), max_size=40))
def test_as_a_stable_argument_sort(values: list[int]) -> None:
    given_values = np.array(values, dtype=np.int64)
    ordered, place = in_order(given_values)
    assert place.tolist() == np.argsort(given_values, kind="stable").tolist()
    assert ordered.tolist() == sorted(values)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=20))
def test_a_run_begins_where_a_column_changes(rows: list[tuple[int, int]]) -> None:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    expected = [place == 0 or row != rows[place - 1] for place, row in enumerate(rows)]
    assert begins_run(*columns).tolist() == expected
