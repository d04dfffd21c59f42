"""What can be taken in the same month as what it builds on, and in which session."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from hrreco.paths import LearningPath

from .checker import Checker
from .companies import ME, ZONE, advisor_of, company, teaching

NEEDED = {"skills": teaching(("sql", None))}


def at(day: int, hour: float = 9, month: int = 1) -> datetime:
    return datetime(2026, month, day, tzinfo=ZONE) + timedelta(hours=hour)


def held(course: str, day: int, hour: float = 9, month: int = 1, hours: float = 2) -> Any:
    """Return a session; by default from nine to eleven on a day of January 2026."""
    starts_at = at(day, hour, month)
    return course, starts_at, starts_at + timedelta(hours=hours), None


def path_of(
    courses: dict[str, dict[str, Any]], *sessions: Any, months: int = 1, **told: Any
) -> LearningPath:
    """Return the path from Thursday, 1 January 2026, that is to close all that is taught."""
    hours = told.pop("hours", 20)
    taught = {row["skill"] for course in courses.values() for row in course.get("skills", ())}
    data = company(courses, sessions=sessions, needs=[(s, None) for s in sorted(taught)], **told)
    first = date(2026, 1, 1)
    path = advisor_of(data).path(ME, as_of=first, months=months, hours_per_month=hours)
    assert Checker(data).problems(path) == []
    assert path.optimality_gap == 0
    return path


def days(path: LearningPath) -> dict[str, tuple[int, int]]:
    """Return the first and the last day of each course."""
    return {step.course_id: (step.starts_on.day, step.ends_on.day) for step in path.steps}


@pytest.mark.parametrize(
    ("hours", "day", "possible"),
    [
        (3.0, 20, True),
        (3.0, 2, True),  # all of the first is left for it
        (7.5, 2, True),
        (7.6, 2, False),
        (15.0, 3, True),  # a Saturday
        (15.1, 3, False),
    ],
)
def test_a_session_follows_what_is_learned_before_its_day_in_the_same_month(
    hours: float, day: int, possible: bool
) -> None:
    courses = {"P": {"hours": hours}, "T": NEEDED | {"prerequisites": ["P"]}}
    path = path_of(courses, held("T", day), hours=40)
    assert ("T" in days(path)) is possible
    if possible:
        assert days(path)["P"][1] < day
        assert path.closed == ("sql",)
    else:
        assert {one.code for one in path.left_out} == {"prerequisite_late"}


def test_a_session_follows_a_session_of_the_same_month() -> None:
    courses = {"P": {}, "T": NEEDED | {"prerequisites": ["P"]}}
    assert days(path_of(courses, held("P", 3), held("T", 20))) == {"P": (3, 3), "T": (20, 20)}
    assert days(path_of(courses, held("P", 20), held("T", 20, 11)))["T"] == (20, 20)
    assert "T" not in days(path_of(courses, held("P", 20), held("T", 20, 10)))
    assert "T" not in days(path_of(courses, held("P", 20), held("T", 3)))


def test_a_session_follows_mandatory_training_of_the_same_month() -> None:
    courses = {"P": {"mandatory_for": ["*"]}, "T": NEEDED | {"prerequisites": ["P"]}}
    assert days(path_of(courses, held("T", 2))) == {"P": (1, 1), "T": (2, 2)}
    assert days(path_of(courses, held("P", 5), held("T", 5, 11)))["T"] == (5, 5)
    assert "T" not in days(path_of(courses, held("P", 5), held("T", 5, 10)))
    courses["A"] = {"mandatory_for": ["*"], "hours": 7.0}  # so that the other is on the second
    assert days(path_of(courses, held("T", 5)))["P"] == (2, 2)
    assert "T" not in days(path_of(courses, held("T", 2)))


def test_what_is_taken_at_any_time_follows_a_session_in_the_month_after() -> None:
    courses = {"P": {}, "T": NEEDED | {"prerequisites": ["P"]}}
    (p, t) = path_of(courses, held("P", 5), months=2).steps
    assert (p.starts_on, t.starts_on) == (date(2026, 1, 5), date(2026, 2, 2))


def test_all_that_several_sessions_wait_for_is_learned_in_time_or_one_waits() -> None:
    # Until the sixth there are three days: 22.5 hours.
    courses = {
        "A": {"hours": 7.0},
        "B": {"hours": 7.0, "prerequisites": ["A"]},
        "C": {"hours": 8.5},
        "S": {"prerequisites": ["B"]},
        "T": NEEDED | {"prerequisites": ["C", "S"]},
    }
    path = path_of(courses, held("S", 6), held("T", 6, 13), held("S", 5, 8, 2), hours=60)
    found = days(path)
    assert set(found) == {"A", "B", "C", "S", "T"}
    assert max(found[one][1] for one in "ABC") < 6
    courses["C"]["hours"] = 9.0
    sessions = (held("S", 6), held("T", 6, 13), held("T", 20, 13))
    assert days(path_of(courses, *sessions, hours=60))["T"] == (20, 20)


def test_a_course_that_no_session_waits_for_gives_way_to_one_that_a_session_does() -> None:
    courses = {
        "P": {"hours": 7.5},
        "Q": {"hours": 7.5, "skills": teaching(("law", None))},
        "T": NEEDED | {"prerequisites": ["P"]},
    }
    assert days(path_of(courses, held("T", 2), hours=30))["P"] == (1, 1)


def test_of_the_sessions_of_a_month_the_one_is_attended_that_lets_most_be_taken() -> None:
    courses = {
        "A": {"skills": teaching(("sql", None))},
        "B": {"prerequisites": ["A"], "skills": teaching(("law", None))},
    }
    sessions = (held("A", 20, 18), held("A", 5), held("B", 8))
    path = path_of(courses, *sessions, preferred_times=["evening"])
    assert days(path) == {"A": (5, 5), "B": (8, 8)}  # though the evening would be liked better
    path = path_of({"A": NEEDED}, *sessions[:2], preferred_times=["evening"])
    assert days(path) == {"A": (20, 20)}


def test_two_courses_whose_first_sessions_clash_are_both_taken_in_others() -> None:
    courses = {"A": NEEDED, "B": {"skills": teaching(("law", None))}}
    sessions = (held("A", 5), held("A", 6), held("B", 5), held("B", 6), held("B", 6))
    found = days(path_of(courses, *sessions))
    assert sorted(found.values()) == [(5, 5), (6, 6)]


def test_a_session_that_takes_no_time_hides_no_other_that_two_share() -> None:
    courses = {one: {"skills": teaching((one, None))} for one in "ABZ"}
    sessions = (held("A", 5, hours=3), held("Z", 5, hours=0), held("B", 5, 10))
    assert len(path_of(courses, *sessions).closed) == 2  # the checker says of which


def test_a_session_may_be_in_the_evening_of_a_day_of_mandatory_sessions() -> None:
    courses = {"M": {"mandatory_for": ["*"]}, "T": NEEDED}
    assert "T" in days(path_of(courses, held("M", 5, 8, hours=8), held("T", 5, 17)))


def test_a_session_that_ends_after_the_last_month_closes_nothing() -> None:
    over = held("A", 30, hours=60)
    path = path_of({"A": NEEDED}, over)
    assert (path.steps, path.gap_after) == ((), ("sql",))
    assert {one.code for one in path.left_out} == {"no_session"}
    assert path_of({"A": NEEDED}, over, months=2).closed == ("sql",)
    path = path_of({"A": NEEDED | {"mandatory_for": ["*"]}}, over)
    assert ([step.course_id for step in path.steps], path.gap_after) == (["A"], ("sql",))
    path = path_of({"A": NEEDED | {"mandatory_for": ["*"]}, "B": NEEDED}, over)
    closing = {step.course_id: step.closes for step in path.steps}
    assert closing == {"A": (), "B": ("sql",)}


def test_days_of_mandatory_training_are_left_free_of_all_else_while_others_will_do() -> None:
    courses: dict[str, dict[str, Any]] = {"A": NEEDED, "M": {"mandatory_for": ["*"]}}
    assert days(path_of(courses)) == {"M": (1, 1), "A": (2, 2)}


@pytest.mark.parametrize("mandatory", [False, True])
def test_no_day_holds_more_than_a_working_day_of_courses_without_dates(mandatory: bool) -> None:
    courses: dict[str, dict[str, Any]] = {
        f"C{i:02}": {"hours": 5.0, "skills": teaching((f"s{i}", None))} for i in range(32)
    }
    if mandatory:
        courses["M"] = {"hours": 5.0, "mandatory_for": ["*"]}
    path = path_of(courses, hours=165)  # the checker counts each day
    assert path.hours == (165 if mandatory else 160)
