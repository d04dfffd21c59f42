"""Nothing about too few people can be worked out, by whoever knows exactly all that is shown."""

from __future__ import annotations

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

from hrreco.privacy.groups import ALL, GroupTable

FEWEST = 5

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

sizes = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 20])


@st.composite
def tables(draw: st.DrawFn) -> GroupTable:
    """People in up to six groups, or in up to 4 x 4."""
    rows, columns = draw(
        st.sampled_from([(6, 1), *((r, c) for r in (1, 2, 3, 4) for c in (2, 4))])
    )
    counts = draw(st.lists(sizes, min_size=rows * columns, max_size=rows * columns).filter(any))
    return table_of(np.array(counts).reshape(rows, columns))


def table_of(counts: Whole) -> GroupTable:
    """Return a table of so many people in each group."""
    columns = counts.shape[1]
    group = np.repeat(np.arange(counts.size), counts.reshape(-1))
    dimensions = (group // columns, group % columns)[: 1 if columns == 1 else 2]
    return GroupTable(*(np.unique(one, return_inverse=True)[1] for one in dimensions))


def sums(table: GroupTable) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return which figures are groups and no totals, and each figure as a sum over those."""
    groups = np.flatnonzero((table.places != ALL).all(axis=1))
    theirs = (table.places[:, None] == ALL) | (table.places[:, None] == table.places[groups])
    return groups, theirs.all(axis=2).astype(float)


def bounds(
    table: GroupTable, value: Whole, hidden: Mask, at: int, least: int = 1
) -> tuple[float, float]:
    """Return the lowest and the highest that an attacker finds possible of a figure.

    They know every figure that is shown, and of which groups there is anything to be told; each of
    those has the least at least.
    """
    groups, total = sums(table)
    possible = [(least, None) if value[group] else (0, 0) for group in groups]
    shown = {"A_eq": total[~hidden], "b_eq": value[~hidden]} if not hidden.all() else {}
    low, high = (linprog(sign * total[at], bounds=possible, **shown) for sign in (1, -1))
    assert low.status == 0
    assert high.status in (0, 3), "3 stands for: as high as you like"
    return low.fun, np.inf if high.status == 3 else -high.fun


def worked_out(table: GroupTable, hidden: Mask) -> list[list[int]]:
    """Return all sets of hidden groups whose sum follows from what is shown."""
    groups, total = sums(table)
    unknown = np.flatnonzero(hidden[groups])[:12]
    known = total[~hidden][:, np.flatnonzero(hidden[groups])]
    sets = chain.from_iterable(combinations(range(len(unknown)), n + 1) for n in range(12))
    found = []
    for chosen in sets:
        wanted = np.isin(np.arange(known.shape[1]), chosen).astype(float)
        ways = np.vstack([known, wanted])
        if np.linalg.matrix_rank(ways) == np.linalg.matrix_rank(known):
            found.append(groups[unknown[list(chosen)]].tolist())
    return found


def everybody(table: GroupTable) -> Mask:
    return np.ones(table.people[-1], dtype=bool)


@settings(max_examples=200)
@given(tables())
def test_no_count_of_too_few_can_be_worked_out(table: GroupTable) -> None:
    hidden = table.hidden_counts(everybody(table), FEWEST, table.of_totals())
    few = np.flatnonzero(table.people < FEWEST)
    assert hidden[few].all()
    for at in few:
        low, high = bounds(table, table.people, hidden, at)
        assert low == pytest.approx(sums(table)[1][at].sum()), "one in each group"
        assert high >= FEWEST - 1e-6


@settings(max_examples=50)
@given(tables())
def test_whatever_can_be_added_up_is_about_enough_people(table: GroupTable) -> None:
    hidden = table.hidden_counts(everybody(table), FEWEST, table.of_totals())
    for groups in worked_out(table, hidden):
        assert table.people[groups].sum() >= FEWEST


@settings(max_examples=200)
@given(tables(), st.data())
def test_no_sum_that_one_person_dominates_can_be_worked_out(
    table: GroupTable, data: st.DataObject
) -> None:
    n, amounts = int(table.people[-1]), st.sampled_from([0, 0, 1, 2, 10, 100])
    values = np.array(data.draw(st.lists(amounts, min_size=n, max_size=n)), dtype=np.int64)
    too_few = table.hidden_counts(everybody(table), FEWEST, table.of_totals())
    hidden = table.hidden_sums(values, 1, too_few)
    assert hidden[too_few].all()
    total, most = table.total(values), table.largest(values)
    for at in np.flatnonzero((2 * most > total) & (most > 1)):
        assert hidden[at]
        low, high = bounds(table, total, hidden, at, least=0)
        assert low <= 1e-6
        assert high >= 2 * most[at] - 1e-6


@pytest.mark.parametrize("counts", [[[9], [7], [3]], [[20, 3, 8], [9, 9, 9], [6, 20, 30]]])
def test_with_only_the_small_groups_hidden_they_are_worked_out(counts: list[list[int]]) -> None:
    """The attackers have teeth."""
    table = table_of(np.array(counts))
    few = table.people < FEWEST
    (at,) = np.flatnonzero(few)
    assert bounds(table, table.people, few, at) == pytest.approx((3, 3))
    assert [at] in worked_out(table, few)
    assert (
        bounds(
            table,
            table.people,
            table.hidden_counts(everybody(table), FEWEST, table.of_totals()),
            at,
        )[1]
        >= 5
    )


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([9, 8, 7], []),
        ([9, 8, 3], [3, 8]),
        ([9, 4, 3], [3, 4]),  # together 7: the one may be 6 while the other is 1
        ([9, 2, 2], [2, 2, 9]),  # together they would be 4
        ([2, 2, 2, 50], [2, 2, 2, 50]),
        ([2, 2, 2, 2, 50], [2, 2, 2, 2]),
        ([3], [3]),
        ([4, 20], [4, 20]),
    ],
)
def test_of_one_dimension_as_little_is_hidden_as_will_do(
    counts: list[int], hidden: list[int]
) -> None:
    table = table_of(np.array(counts)[:, None])
    found = table.hidden_counts(everybody(table), FEWEST, table.of_totals())
    assert sorted(table.people[:-1][found[:-1]].tolist()) == hidden
    assert found[-1] == (sum(counts) < FEWEST)


def test_of_two_dimensions_a_rectangle_is_hidden() -> None:
    table = table_of(np.array([[20, 3, 8], [9, 9, 9], [6, 20, 30]]))
    hidden = table.hidden_counts(everybody(table), FEWEST, table.of_totals())
    places = {tuple(place) for place in table.places[hidden].tolist()}
    assert places == {(0, 1), (0, 2), (1, 1), (1, 2)}


def test_where_nothing_else_will_do_totals_are_hidden() -> None:
    table = table_of(np.array([[20, 3], [20, 0]]))
    hidden = table.hidden_counts(everybody(table), FEWEST, table.of_totals())
    assert {tuple(place) for place in table.places[hidden].tolist()} > {(0, 1), (ALL, 1)}


def test_amounts_that_the_rounding_covers_hide_nothing() -> None:
    table = table_of(np.array([[6], [6]]))
    values = np.array([9] + [0] * 11)
    nobody = np.zeros(3, dtype=bool)
    assert table.hidden_sums(values, 9, nobody).tolist() == [False] * 3
    assert table.hidden_sums(values, 8, nobody).tolist() == [True, False, True]
