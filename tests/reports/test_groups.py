"""What a report of groups says, and of whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrreco.data import LearningData
from hrreco.errors import SettingsError
from hrreco.privacy import PURPOSES, OptOutList
from hrreco.privacy.door import without
from hrreco.reports import GroupReport
from tests.reports.companies import AS_OF, Company, ago, companies, data_of


def people(count: int, first: int = 0, **about: Any) -> list[dict[str, Any]]:
    return [{"employee_id": f"P{first + n:03}"} | about for n in range(count)]


def each(count: int, course_id: str, days: float = 10, **about: Any) -> list[dict[str, Any]]:
    """Return an event of each of the first people."""
    event = {"course_id": course_id, "occurred_at": ago(days)} | about
    return [{"employee_id": f"P{n:03}"} | event for n in range(count)]


def total(
    employees: list[dict[str, Any]],
    events: list[dict[str, Any]],
    courses: list[dict[str, Any]] | None = None,
    **asked: Any,
) -> Any:
    """Return the figures over all."""
    data = data_of(employees, events) if courses is None else data_of(employees, events, courses)
    report = GroupReport.of(data, ["role"], as_of=AS_OF, **asked)
    return report.groups[-1]


def test_people_are_those_employed_on_the_last_day() -> None:
    employees = [
        *people(10),
        *people(9, 10, left_on=AS_OF),
        *people(9, 20, started_on=AS_OF + timedelta(days=1)),
        *people(10, 30, left_on=AS_OF + timedelta(days=1), started_on=AS_OF),
    ]
    assert total(employees, each(40, "E1")).people == 20


def test_electives_are_counted_once_and_rounded_down() -> None:
    events = [
        *each(12, "E1"),
        *each(12, "E1", days=9, kind="passed"),
        *each(9, "E2", kind="passed"),
        *each(12, "E3", kind="started"),
        *each(12, "M1"),
        *each(12, "S1"),
        *each(12, "E3", days=400),
    ]
    assert total(people(12), events).completions == 20  # 12 + 9


def test_hours_are_those_of_all_courses_but_sensitive_ones() -> None:
    events = [*each(12, "E2"), *each(12, "M1"), *each(12, "S1"), *each(12, "E1", kind="waived")]
    assert total(people(12), events).hours == 3.5
    assert total(people(12), each(7, "E2")).hours == 1.5, "1.46 is told in half hours"
    unknown = [{"course_id": "X", "hours": None}]
    assert total(people(12), each(12, "X"), unknown).hours == 1, "what settings say"


def test_the_period_is_of_whole_days_by_the_company_clock() -> None:
    early = [{"occurred_at": ago(3.4)}]  # 22:24 in UTC, which is after midnight in Helsinki
    events = [one | early[0] for one in each(12, "E1")]
    since = (AS_OF - timedelta(days=3)).isoformat()
    assert total(people(12), events, since=since).completions == 10
    later = (AS_OF - timedelta(days=2)).isoformat()
    assert total(people(12), events, since=later).completions == 0


def test_a_first_time_is_on_time_until_the_day_it_is_due() -> None:
    started = people(20, started_on=AS_OF - timedelta(days=40))  # due 30 days later
    assert total(started, each(20, "M1", days=10)).on_time == 1
    assert total(started, each(20, "M1", days=9)).on_time == 0
    assert total(started, each(10, "M1", days=10)).on_time == 0.5
    assert total(started, each(20, "M1", days=10, kind="waived")).on_time == 1


def test_what_is_not_due_in_the_period_does_not_count() -> None:
    assert total(people(20), []).on_time is None, "nobody knows when they started"
    due_today = people(20, started_on=AS_OF - timedelta(days=30))
    assert total(due_today, []).on_time is None
    assert total(people(20, started_on=AS_OF - timedelta(days=31)), []).on_time == 0
    before = people(20, started_on=AS_OF - timedelta(days=500))
    assert total(before, []).on_time is None


@pytest.mark.parametrize(
    ("days", "share"),
    [
        ((300,), 0),
        ((300, 200), 0.5),  # on the last day; the next time was not taken
        ((300, 199), 0),
        ((300, 210, 120, 30), 1),
        ((300, 210, 105, 30), 2 / 3),
    ],
)
def test_renewals_fall_due_from_one_time_to_the_next(days: tuple[int, ...], share: float) -> None:
    course = {"course_id": "M", "mandatory_for": ["role:Clerk"], "valid_for_days": 100}
    events = [event for one in days for event in each(30, "M", days=one)]
    found = total(people(30), events, [course], since=AS_OF - timedelta(days=250))
    assert found.on_time == pytest.approx(share, abs=1e-6)


def test_equivalents_count_and_inactive_or_sensitive_courses_do_not() -> None:
    started = people(10, started_on=AS_OF - timedelta(days=40))
    mandatory = {"mandatory_for": ["*"], "due_within_days": 30}
    courses = [
        {"course_id": "M", "equivalent_to": ["N"], **mandatory},
        {"course_id": "N"},
        {"course_id": "O", "active": False, **mandatory},
        {"course_id": "S", "sensitive": True, **mandatory},
    ]
    assert total(started, each(10, "N", days=10), courses).on_time == 1


def test_a_share_needs_enough_people_with_something_due() -> None:
    employees = [*people(4, started_on=AS_OF - timedelta(days=40)), *people(20, 4)]
    assert total(employees, each(4, "M1", days=10)).on_time is None
    employees = [*people(5, started_on=AS_OF - timedelta(days=40)), *people(20, 5)]
    assert total(employees, each(4, "M1", days=10)).on_time == 0.8


def test_a_share_of_too_few_is_not_given_away_by_those_of_others() -> None:
    due = AS_OF - timedelta(days=40)
    employees = [
        *people(20, department="Care", started_on=due),
        *people(6, 20, department="Food", started_on=due),
        *people(3, 26, department="IT", started_on=due),
        *people(10, 29, department="IT"),
    ]
    report = GroupReport.of(data_of(employees, []), ["department"], as_of=AS_OF)
    assert [(one.people, one.on_time) for one in report.groups] == [
        (20, 0),
        (5, None),
        (10, None),
        (30, 0),
    ]


def test_hours_that_one_person_dominates_are_not_told() -> None:
    found = total(people(10), each(1, "E3"))
    assert (found.people, found.completions, found.hours) == (10, 0, None)
    assert total(people(10), each(2, "E3")).hours == 12


def test_groups_then_totals_with_unknown_names_last() -> None:
    employees = [
        *people(10, department="Care", role="Nurse"),
        *people(20, 10, department=None, role="Nurse"),
    ]
    report = GroupReport.of(data_of(employees, []), ["department", "role"], as_of=AS_OF)
    assert [(one.group, one.people) for one in report.groups] == [
        ({"department": "Care", "role": "Nurse"}, 10),
        ({"department": None, "role": "Nurse"}, 20),
        ({"department": "Care"}, 10),
        ({"department": None}, 20),
        ({"role": "Nurse"}, 30),
        ({}, 30),
    ]
    assert report.frame().rows()[3:5] == [
        ("(none)", "(all)", 20, 0, None, 0.0),
        ("(all)", "Nurse", 30, 0, None, 0.0),
    ]


def test_a_unit_is_named_by_its_manager() -> None:
    data = data_of([*people(10, manager_id="P010"), *people(12, 10)], [])
    report = GroupReport.of(data, ["manager"], as_of=AS_OF)
    assert report.groups[0].group == {"manager": "P010"}
    assert report == GroupReport.of(data, ["manager"], ["P010"], as_of=AS_OF), (
        "a unit that lost its name would tell that its manager opted out"
    )


def test_a_company_of_nobody_has_no_figures() -> None:
    assert GroupReport.of(data_of([], []), ["role"], as_of=AS_OF).groups == ()


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (["departement"], "did you mean 'department'"),
        ([], "by one of"),
        (["role", "role"], "two that differ"),
        (["role", "department", "location"], "by two"),
    ],
)
def test_other_dimensions_are_refused(by: list[Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        GroupReport.of(data_of([], []), by, as_of=AS_OF)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(SettingsError, match="begins on 2026-04-01 and ends on 2026-03-31"):
        GroupReport.of(data_of([], []), ["role"], since="2026-04-01", as_of=AS_OF)


@settings(max_examples=50)
@given(companies(), st.integers(0, 5), st.sampled_from(PURPOSES))
def test_opting_out_of_these_reports_is_leaving_them_and_of_all_else_changes_nothing(
    made: Company, seventh: int, purpose: Any
) -> None:
    data = made.data
    out = data.employees["employee_id"].to_list()[seventh::7]
    opt_outs = OptOutList()
    for employee_id in out:
        opt_outs.opt_out(employee_id, [purpose])
    by = ("department", "role")
    report = GroupReport.of(data, by, opt_outs, as_of=AS_OF)
    left: LearningData = without(data, out) if purpose == "group_reports" else data
    assert report == GroupReport.of(left, by, as_of=AS_OF)
