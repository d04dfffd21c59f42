"""Sessions: when they are, and which of them can be attended."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from hrreco.paths import LearningPath
from hrreco.paths.sessions import Session, sessions_of
from hrreco.settings import AsOf

from .companies import AS_OF, ME, ZONE, advisor_of, company, on, teaching

MANDATORY = {"mandatory_for": ["*"]}


def path_of(
    courses: dict[str, dict[str, Any]], *sessions: Any, as_of: AsOf = AS_OF, **told: Any
) -> LearningPath:
    data = company(courses, sessions=sessions, **told)
    return advisor_of(data).path(ME, as_of=as_of, months=3, hours_per_month=20)


def attended(path: LearningPath) -> dict[str, str | None]:
    """Return the session of each course."""
    return {step.course_id: step.session and step.session.session_id for step in path.steps}


def test_days_and_times_of_day_are_those_of_the_company() -> None:
    late = datetime(2026, 4, 1, 21, 30, tzinfo=UTC)  # half past midnight in Helsinki
    data = company({"A": {}}, sessions=[("A", late, None, None)])
    ((held,),) = sessions_of(data.sessions, data.catalogue.position, (60,), ZONE.key).values()
    assert (held.starts_on, held.ends_on) == (date(2026, 4, 2), date(2026, 4, 2))
    assert held.time_of_day == "morning"
    assert held.to_json()["starts_at"] == "2026-04-02T00:30:00+03:00"


@pytest.mark.parametrize(
    ("hour", "time_of_day"),
    [(0, "morning"), (11.9, "morning"), (12, "afternoon"), (16.9, "afternoon"), (17, "evening")],
)
def test_noon_and_five_divide_the_day(hour: float, time_of_day: str) -> None:
    starts_at = on(1, hour).astimezone(ZONE)
    assert Session("S", starts_at, starts_at).time_of_day == time_of_day


def test_those_that_touch_do_not_overlap() -> None:
    def held(first: float, last: float) -> Session:
        return Session("S", on(1, first), on(1, last))

    assert not held(9, 10).overlaps(held(10, 11))
    assert held(9, 10.5).overlaps(held(10, 11))
    assert held(9, 12).overlaps(held(10, 11))


def test_one_without_an_end_takes_as_long_as_its_course_and_no_two_are_attended_at_once() -> None:
    courses = {"A": MANDATORY | {"hours": 3.0}, "B": MANDATORY | {"hours": None}}
    path = path_of(
        courses,
        ("A", on(6, 9), None, None),
        ("B", on(6, 11), None, None),
        ("B", on(6, 12), None, None),
    )
    assert attended(path) == {"A": "S0", "B": "S2"}
    path = path_of(
        {"A": MANDATORY | {"hours": None}, "B": MANDATORY | {"hours": None}},
        ("A", on(6, 9), None, None),
        ("B", on(6, 9), None, None),
    )
    assert attended(path) == {"A": "S0"}
    assert [(one.course_id, one.code) for one in path.left_out] == [("B", "clash")]


def test_a_course_is_not_attended_on_the_morning_before_its_prerequisite() -> None:
    path = path_of(
        {"A": MANDATORY | {"prerequisites": ["B"]}, "B": {}},
        ("B", on(6, 14), None, None),
        ("A", on(6, 9), None, None),
        ("A", on(6, 14.5), None, None),
        ("A", on(6, 15), None, None),
    )
    assert attended(path) == {"B": "S0", "A": "S3"}


@pytest.mark.parametrize("course", [MANDATORY, {}])
def test_nobody_is_sent_to_a_session_that_has_begun(course: dict[str, Any]) -> None:
    sessions = [("A", on(0, 9), None, None), ("A", on(0, 16), None, None)]
    courses = {"A": course | {"skills": [{"skill": "sql", "level": None}]}}
    needs = [("sql", None)]
    assert attended(path_of(courses, *sessions, as_of=on(0, 8), needs=needs)) == {"A": "S0"}
    assert attended(path_of(courses, *sessions, as_of=on(0, 10), needs=needs)) == {"A": "S1"}
    path = path_of(courses, *sessions, as_of=on(0, 17), needs=needs)
    assert not path.steps
    assert {one.code for one in path.left_out} == {"no_session"}


def test_a_preferred_time_of_day_decides_between_sessions_of_a_month_and_no_more() -> None:
    sessions = [("A", on(6, 9), None, None), ("A", on(7, 18), None, None)]
    courses = {"A": {"skills": [{"skill": "sql", "level": None}]}}
    for times, session in ((None, "S0"), (["evening"], "S1"), (["afternoon"], "S0")):
        path = path_of(courses, *sessions, needs=[("sql", None)], preferred_times=times)
        assert attended(path) == {"A": session}


def test_a_session_at_the_time_of_mandatory_training_gives_way_to_another() -> None:
    path = path_of(
        {"A": MANDATORY, "B": {"skills": [{"skill": "sql", "level": None}]}},
        ("A", on(6, 9), None, None),
        ("B", on(6, 9), None, None),
        ("B", on(6, 13), None, None),
        needs=[("sql", None)],
    )
    assert attended(path) == {"A": "S0", "B": "S2"}


def test_a_renewal_is_attended_in_time_where_it_can_be() -> None:
    course = MANDATORY | {"valid_for_days": 100}
    early, late = ("A", on(20), None, None), ("A", on(40), None, None)
    for sessions, wanted in (((early, late), {"A": "S0"}), ((late,), {"A": "S0"})):
        path = path_of({"A": course}, *sessions, taken={"A": 75})
        assert attended(path) == wanted
        codes = [reason.code for reason in path.steps[0].reasons]
        assert codes == ["required"] if len(sessions) == 2 else ["required", "late"]


@pytest.mark.parametrize(
    ("days", "chosen", "late"),
    [
        ((20, 45, 110), 45, False),  # it may be renewed from day 40 on, and expires on day 100
        ((10, 20, 110), 20, False),  # rather early than late
        ((110,), 110, True),
    ],
)
def test_a_certificate_is_renewed_early_rather_than_late(
    days: tuple[int, ...], chosen: int, late: bool
) -> None:
    course = {"M": MANDATORY | {"valid_for_days": 365}}
    held = [("M", on(day), None, 5) for day in days]
    data = company(course, sessions=held, taken={"M": 265})
    (step,) = advisor_of(data).path(ME, as_of=AS_OF, months=6, hours_per_month=20).steps
    assert step.starts_on == on(chosen).astimezone(ZONE).date()
    assert ("late" in [reason.code for reason in step.reasons]) is late


def test_a_session_that_only_something_else_stands_in_the_way_of_says_so() -> None:
    wanted = {"A": MANDATORY, "B": {"skills": teaching(("sql", 1))}}
    both = (("A", on(3, 9), on(3, 11), 5), ("B", on(3, 10), on(3, 12), 5))
    path = path_of(wanted, *both, needs=[("sql", 1)])
    assert {omission.code for omission in path.left_out} == {"clash"}


def test_a_session_before_its_prerequisite_can_end_says_so() -> None:
    courses = {"P": {}, "B": {"skills": teaching(("sql", 1)), "prerequisites": ["P"]}}
    held = (("P", on(20, 9), on(20, 10), 5), ("B", on(3, 9), on(3, 10), 5))
    path = path_of(courses, *held, needs=[("sql", 1)])
    assert {omission.code for omission in path.left_out} == {"prerequisite_late"}


def test_nothing_else_is_planned_on_the_days_of_a_long_session() -> None:
    courses = {"A": MANDATORY | {"hours": 7.5}, "B": MANDATORY | {"hours": 7.5}}
    path = path_of(courses, ("A", on(2, 9), on(8, 16), 5))
    (a,) = (step for step in path.steps if step.course_id == "A")
    (b,) = (step for step in path.steps if step.course_id == "B")
    assert b.ends_on < a.starts_on or b.starts_on > a.ends_on


def test_steps_of_a_day_stand_in_the_order_in_which_they_are_taken() -> None:
    courses = {"A": MANDATORY | {"prerequisites": ["P"]}, "P": {}}
    path = path_of(courses)
    assert [step.course_id for step in path.steps][:2] == ["P", "A"]
    assert path.steps[0].starts_on == path.steps[1].starts_on


def test_a_session_on_a_day_that_is_full_of_mandatory_training_clashes() -> None:
    courses = {
        "M": MANDATORY | {"hours": 7.5},
        "B": {"skills": teaching(("sql", 1))},
    }
    data = company(courses, sessions=[("B", on(1, 9), on(1, 11), 5)], needs=[("sql", 1)])
    path = advisor_of(data).path(ME, as_of=AS_OF, start=on(1).astimezone(ZONE), hours_per_month=20)
    assert path.steps[0].starts_on == on(1).astimezone(ZONE).date()
    assert {omission.code for omission in path.left_out} == {"clash"}
