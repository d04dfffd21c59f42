"""No report of groups lets anybody work out what it does not say."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hrreco.data import LearningData
from hrreco.privacy.groups import GroupTable
from hrreco.reports import GroupReport
from hrreco.reports.groups import DIMENSIONS, Dimension
from tests.reports.attacker import Attacker, Names
from tests.reports.companies import AS_OF, Company, companies, company

FEWEST = 5
BOTH: tuple[Dimension, ...] = ("department", "role")

dimensions = st.sampled_from([*combinations(DIMENSIONS, 1), *combinations(DIMENSIONS, 2)])


def true_counts(data: LearningData, by: tuple[Dimension, ...]) -> dict[Names, int]:
    """Return the people of each group, and of each total."""
    people = data.employees.rename({"manager_id": "manager"})
    found: Counter[Names] = Counter()
    for person in people.select(by).iter_rows(named=True):
        for size in range(len(by) + 1):
            found.update(frozenset(some) for some in combinations(person.items(), size))
    return found


def told(data: LearningData, by: tuple[Dimension, ...]) -> set[Names]:
    """Return the groups and totals that a report tells of."""
    return {frozenset(one.group.items()) for one in GroupReport.of(data, by, as_of=AS_OF).groups}


def known(
    data: LearningData, by: tuple[Dimension, ...], *reports: tuple[Dimension, ...]
) -> list[Names]:
    """Return the groups and totals of too few people of which some reports tell too much."""
    named = set().union(*(told(data, one) for one in reports or (by,)))
    documents = [GroupReport.of(data, one, as_of=AS_OF).to_json() for one in reports or (by,)]
    counts = true_counts(data, by)
    groups = {names for names in counts if len(names) == len(by)}
    attacker = Attacker.reading(documents, groups)
    found = []
    for names in (names for names, count in counts.items() if count < FEWEST):
        assert names not in named
        fewest, most = attacker.people(names)
        assert fewest <= counts[names] <= most
        one_in_each = sum(names <= group for group in groups)
        if fewest > one_in_each or most < FEWEST:
            found.append(names)
    return found


@settings(max_examples=200)
@given(companies(), dimensions)
def test_no_group_of_too_few_people_is_bounded(made: Company, by: tuple[Dimension, ...]) -> None:
    assert not known(made.data, by)


@pytest.mark.torture
@settings(max_examples=2_000)
@given(companies(), dimensions)
def test_nor_in_any_of_thousands(made: Company, by: tuple[Dimension, ...]) -> None:
    assert not known(made.data, by)


@settings(max_examples=25)
@given(companies())
def test_nor_by_all_reports_of_one_day_that_hide_the_same_totals(made: Company) -> None:
    data, alone = made.data, [*combinations(BOTH, 1)]
    assume(told(data, BOTH) >= {names for one in alone for names in told(data, one)})
    assert not known(data, BOTH, *alone, BOTH)


def test_a_total_that_is_hidden_in_a_report_of_its_own_is_hidden_in_all() -> None:
    """By roles alone the 3 hide beside the 6, by both they would rather hide beside the 7."""
    data = company(np.array([[0, 3, 7, 30], [6, 0, 0, 30]]), seed=0)
    hidden = [frozenset([("role", role)]) for role in ("R0", "R1")]
    assert told(data, ("role",)).isdisjoint(hidden)
    assert told(data, BOTH).isdisjoint(hidden)


def test_whoever_knows_how_many_there_are_cannot_tell_that_all_of_a_group_opted_out() -> None:
    """HR has the list of employees, and so the people of each group, opted out or not."""
    alone = 0
    for seed in range(20):
        random = np.random.default_rng(seed)
        data = company(random.choice([0, 1, 2, 3, 5, 6, 12, 19], (3, 3)), seed)
        people = data.employees["employee_id"].to_list()
        out = random.choice(people, len(people) // 5, replace=False)
        document = GroupReport.of(data, BOTH, out.tolist(), as_of=AS_OF).to_json()
        counts = true_counts(data, BOTH)
        groups = {names for names in counts if len(names) == len(BOTH)}
        attacker = Attacker.reading([document], groups, headcounts=counts)
        for names in groups:
            assert attacker.people(names)[1] > 0
            alone += counts[names] == 1
    assert alone


def test_with_only_the_small_groups_left_out_some_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def small_ones(table: GroupTable, value: Any, lowest: Any, more: Any, *_: Any) -> Any:
        return more > 0

    monkeypatch.setattr(GroupTable, "_hidden", small_ones)
    found = 0
    for seed in range(20):
        counts = np.random.default_rng(seed).choice([0, 3, 5, 10, 19], (3, 3))
        found += bool(known(company(counts, seed), BOTH))
    assert found > 5
