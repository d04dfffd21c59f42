"""No report of groups lets anybody work out what it does not say."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrreco.data import LearningData
from hrreco.privacy import OptOutList
from hrreco.privacy.groups import GroupTable
from hrreco.reports import GroupReport
from hrreco.reports.groups import DIMENSIONS, Dimension
from tests.reports.attacker import Attacker, Names
from tests.reports.companies import AS_OF, Company, companies, company

FEWEST = 5

dimensions = st.sampled_from([*combinations(DIMENSIONS, 1), *combinations(DIMENSIONS, 2)])


def true_counts(data: LearningData, by: tuple[Dimension, ...]) -> dict[Names, int]:
    """Return the people of each group, and of each total."""
    people = data.employees.rename({"manager_id": "manager"})
    found: dict[Names, int] = {}
    for size in range(len(by) + 1):
        for some in combinations(by, size):
            for row in people.select(some or pl.lit(0).alias("all")).iter_rows(named=True):
                names = frozenset((k, v) for k, v in row.items() if k != "all")
                found[names] = found.get(names, 0) + 1
    if () not in by:
        found[frozenset()] = len(people)
    return found


def broken(data: LearningData, by: tuple[Dimension, ...]) -> list[Names]:
    """Return the groups and totals of too few people of which an attacker knows too much."""
    document = GroupReport.of(data, OptOutList(), by, as_of=AS_OF).to_json()
    counts = true_counts(data, by)
    attacker = Attacker.reading(document, {names for names in counts if len(names) == len(by)})
    few = [names for names, count in counts.items() if count < FEWEST]
    told = {frozenset(one["group"].items()) for one in document["groups"]}
    assert told.isdisjoint(few)
    known = []
    for names in few:
        fewest, most = attacker.people(names)
        assert fewest <= counts[names] <= most
        one_in_each = sum(names <= other for other in counts if len(other) == len(by))
        if fewest > one_in_each or most < FEWEST:
            known.append(names)
    return known


@settings(max_examples=200)
@given(companies(), dimensions)
def test_no_group_of_too_few_people_is_bounded(made: Company, by: tuple[Dimension, ...]) -> None:
    assert not broken(made.data, by)


def test_with_only_the_small_groups_left_out_some_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def small_ones(table: GroupTable, value: Any, lowest: Any, more: Any, *_: Any) -> Any:
        return more > 0

    monkeypatch.setattr(GroupTable, "_hidden", small_ones)
    found = 0
    for seed in range(20):
        counts = np.random.default_rng(seed).choice([0, 3, 5, 10, 19], (3, 3))
        found += bool(broken(company(counts, seed), ("department", "role")))
    assert found > 5
