"""Mandatory training: what comes first, what is renewed, and what is done already."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hrreco.paths import LearningPath, Step

from .companies import AS_OF, ME, advisor_of, company, on

EVERYONE = {"mandatory_for": ["*"]}
START = date(2026, 4, 1)


def path_of(
    courses: dict[str, dict[str, Any]], *, hours: float = 20, months: int = 3, **told: Any
) -> LearningPath:
    advisor = advisor_of(company(courses, **told))
    return advisor.path(ME, as_of=AS_OF, start=START, months=months, hours_per_month=hours)


def placed(path: LearningPath) -> list[tuple[str, date]]:
    return [(step.course_id, step.starts_on) for step in path.steps]


def codes(step: Step) -> list[str]:
    return [reason.code for reason in step.reasons]


def test_what_is_overdue_has_the_room_before_what_is_due_and_that_before_what_has_no_date() -> (
    None
):
    courses = {
        "A": EVERYONE | {"hours": 4.0},
        "B": EVERYONE | {"hours": 4.0, "due_within_days": 120},
        "C": EVERYONE | {"hours": 4.0, "due_within_days": 10},
    }
    path = path_of(courses, hours=4, started_on=AS_OF - timedelta(60))
    assert placed(path) == [
        ("C", date(2026, 4, 1)),
        ("B", date(2026, 5, 1)),
        ("A", date(2026, 6, 1)),
    ]
    assert [codes(step) for step in path.steps] == [["overdue"], ["required"], ["required"]]


def test_a_renewal_waits_for_its_notice_and_is_renewed_again() -> None:
    path = path_of({"A": EVERYONE | {"valid_for_days": 40}}, taken={"A": 15})
    # Due 25 days after the last of March, and no sooner than 20 days before, on a working day.
    assert [(step.due_on, step.starts_on) for step in path.steps] == [
        (date(2026, 4, 25), date(2026, 4, 6)),
        (date(2026, 5, 16), date(2026, 4, 27)),
        (date(2026, 6, 6), date(2026, 5, 18)),
        (date(2026, 6, 27), date(2026, 6, 8)),
    ]  # and the next is due after the last of June
    assert all(codes(step) == ["required"] for step in path.steps)


def test_what_could_not_be_in_time_is_late_and_says_so() -> None:
    course = EVERYONE | {"due_within_days": 10}
    path = path_of({"A": course}, started_on=AS_OF, sessions=[("A", on(30), None, None)])
    assert placed(path) == [("A", date(2026, 4, 30))]
    assert codes(path.steps[0]) == ["required", "late"]


def test_a_course_at_any_time_waits_for_the_session_of_what_it_builds_on() -> None:
    courses = {"A": EVERYONE | {"prerequisites": ["P"]}, "P": {}}
    path = path_of(courses, sessions=[("P", on(8), on(9), None)])
    assert placed(path) == [("P", date(2026, 4, 8)), ("A", date(2026, 4, 10))]


def test_a_prerequisite_that_is_mandatory_itself_is_placed_once_with_its_own_reason() -> None:
    courses = {
        "A": EVERYONE | {"prerequisites": ["P"], "due_within_days": 10},
        "P": EVERYONE | {"due_within_days": 20},
    }
    path = path_of(courses, started_on=AS_OF)
    assert sorted(step.course_id for step in path.steps) == ["A", "P"]
    assert all(codes(step) == ["required"] for step in path.steps)
    assert {step.course_id: step.due_on for step in path.steps}["P"] == AS_OF + timedelta(20)


def test_a_prerequisite_is_named_after_what_it_leads_to_unless_that_is_sensitive() -> None:
    courses = {"A": EVERYONE | {"prerequisites": ["P"]}, "P": {}}
    (reason,) = next(s for s in path_of(courses).steps if s.course_id == "P").reasons
    assert (reason.code, reason.subject) == ("prerequisite", "A")
    assert "Title A" in reason.text
    courses["A"]["sensitive"] = True
    (reason,) = next(s for s in path_of(courses).steps if s.course_id == "P").reasons
    assert (reason.code, reason.subject) == ("prerequisite", None)
    assert "Title A" not in reason.text


def test_of_two_that_count_as_each_other_one_is_enough() -> None:
    courses = {"A": EVERYONE, "B": EVERYONE | {"equivalent_to": ["A"]}}
    path = path_of(courses)
    assert [step.course_id for step in path.steps] == ["A"]
    assert path.left_out == ()


def test_of_a_prerequisite_and_its_equivalents_one_that_can_be_taken_is() -> None:
    courses = {
        "A": EVERYONE | {"prerequisites": ["P"]},
        "P": {"hours": 50.0, "equivalent_to": ["Q", "R"]},
        "Q": {"active": False},
        "R": {},
    }
    assert sorted(step.course_id for step in path_of(courses).steps) == ["A", "R"]


def test_courses_that_need_each_other_are_left_out_and_end_no_search() -> None:
    courses = {
        "A": EVERYONE | {"prerequisites": ["B"]},
        "B": {"prerequisites": ["C"]},
        "C": {"prerequisites": ["A"]},
        "D": EVERYONE | {"prerequisites": ["D"]},
    }
    path = path_of(courses)
    assert path.steps == ()
    assert {o.course_id: o.code for o in path.left_out} == dict.fromkeys(
        "AD", "prerequisite_missing"
    )


def test_the_last_day_of_validity_of_a_course_that_counts_for_no_day_is_no_endless_round() -> None:
    path = path_of({"A": EVERYONE | {"valid_for_days": 0}}, taken={"A": 3})
    assert placed(path) == [("A", START)]
    assert codes(path.steps[0]) == ["overdue"]


def test_mandatory_training_that_does_not_fit_leaves_no_room_taken() -> None:
    courses = {
        "A": EVERYONE | {"prerequisites": ["P"], "hours": 5.0, "due_within_days": 0},
        "B": EVERYONE | {"hours": 4.0},
        "P": {"hours": 3.0},
    }
    path = path_of(courses, hours=4, months=1, started_on=AS_OF)
    assert placed(path) == [("B", START)]
    assert [(o.course_id, o.code) for o in path.left_out] == [("A", "over_budget")]
