"""What is due, by when, and in which order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from hrreco.profiles.profile import EmployeeProfile
from hrreco.recommend.mandatory import Duties, Duty, Rule
from hrreco.recommend.taken import Taken
from hrreco.settings import Settings

from .build import NOW, catalogue_of, entry, profile_of

TODAY = NOW.today
EVERYONE = {"mandatory_for": ["*"]}


def due(
    courses: dict[str, dict[str, Any]], profile: EmployeeProfile, **eligibility: int
) -> list[Duty]:
    catalogue = catalogue_of(courses)
    settings = Settings.model_validate({"eligibility": eligibility})
    taken = Taken.of(profile, catalogue, ZoneInfo("Europe/Helsinki"))
    return Duties(catalogue, settings).due(profile, taken)


@pytest.mark.parametrize(
    ("rules", "most_specific"),
    [
        (["*"], "everyone"),
        (["role:Nurse"], "role"),
        (["department:Care"], "department"),
        (["role:Clerk", "department:Care"], "department"),
        (["*", "department:Care"], "department"),
        (["*", "department:Care", "role:Nurse"], "role"),
        (["*", "department:Roads", "role:Clerk"], "everyone"),
        (["role:Clerk"], None),
        ([], None),
    ],
)
def test_rules_say_for_whom(rules: list[str], most_specific: Rule | None) -> None:
    found = due({"A": {"mandatory_for": rules}}, profile_of(department="Care"))
    assert [duty.rule for duty in found] == ([most_specific] if most_specific else [])


def test_who_is_in_no_department_is_not_in_one_called_none() -> None:
    (duty,) = due({"A": {"mandatory_for": ["*", "department:None"]}}, profile_of(department=None))
    assert duty.rule == "everyone"


@pytest.mark.parametrize(
    ("started_on", "within", "due_on"),
    [
        (date(2026, 3, 1), 30, date(2026, 3, 31)),
        (date(2026, 3, 1), 0, date(2026, 3, 1)),
        (None, 30, None),
        (date(2026, 3, 1), None, None),
        (date(2026, 3, 1), 2**31 - 1, date.max),
    ],
)
def test_first_time(started_on: date | None, within: int | None, due_on: date | None) -> None:
    course = EVERYONE | {"due_within_days": within}
    assert due({"A": course}, profile_of(started_on=started_on)) == [
        Duty(0, due_on, False, "everyone")
    ]


def test_what_is_taken_for_good_is_not_due() -> None:
    assert due({"A": EVERYONE}, profile_of(entry("A", taken=5000))) == []


@pytest.mark.parametrize(("days_ago", "listed"), [(304, False), (305, True), (500, True)])
def test_renewal_is_listed_before_expiry(days_ago: int, listed: bool) -> None:
    course = EVERYONE | {"valid_for_days": 365, "due_within_days": 1}
    profile = profile_of(entry("A", taken=days_ago), started_on=date(2000, 1, 1))
    expiry = TODAY + timedelta(days=365 - days_ago)
    assert due({"A": course}, profile) == ([Duty(0, expiry, True, "everyone")] if listed else [])


def test_days_before_renewal_are_a_setting() -> None:
    course = EVERYONE | {"valid_for_days": 365}
    profile = profile_of(entry("A", taken=360))
    assert due({"A": course}, profile, renew_before_days=4) == []
    assert len(due({"A": course}, profile, renew_before_days=5)) == 1


def test_the_latest_of_the_course_and_its_equivalents_counts() -> None:
    courses = {
        "A": EVERYONE | {"valid_for_days": 100, "equivalent_to": ["B", "C"]},
        "B": {},
        "C": {},
    }
    taken = [entry("A", taken=200), entry("B", taken=50), entry("C", taken=80)]
    (renewal,) = due(courses, profile_of(*taken))
    assert renewal == Duty(0, TODAY + timedelta(days=50), True, "everyone")
    assert due(courses, profile_of(taken[1]), renew_before_days=49) == []


def test_only_being_inactive_or_having_left_removes() -> None:
    hard = EVERYONE | {"sensitive": True, "language": "sv", "prerequisites": ["P"]}
    courses = {"A": hard, "I": EVERYONE | {"active": False}, "P": {}}
    history = entry("A", in_progress=1, dismissed=1, wrong_level=1)
    assert due(courses, profile_of(history, language="fi")) == [Duty(0, None, False, "everyone")]
    assert due(courses, profile_of(history, left_on=TODAY)) == []


def test_overdue_first_then_by_date_then_by_id() -> None:
    days = {"A": None, "B": 40, "C": 10, "D": 40, "E": 35}
    courses = {c: EVERYONE | {"due_within_days": d} for c, d in days.items()}
    found = due(courses, profile_of(started_on=TODAY - timedelta(days=20)))
    assert ["ABCDE"[duty.position] for duty in found] == ["C", "E", "B", "D", "A"]
    assert found[0].due_on == TODAY - timedelta(days=10)
