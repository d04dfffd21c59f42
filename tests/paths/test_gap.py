"""What is lacking for a role, and which courses lead there."""

from __future__ import annotations

from typing import Any

import pytest

from hrreco.errors import DataError, SettingsError, UnknownIdError
from hrreco.paths import Gap

from .companies import AS_OF, ME, advisor_of, company, on, teaching


def gap_of(courses: dict[str, dict[str, Any]], **told: Any) -> Gap:
    return advisor_of(company(courses, **told)).gap(ME, as_of=AS_OF)


def test_what_is_missing_or_too_low_is_in_it_and_what_is_known_well_enough_is_not() -> None:
    needs = [("law", 2), ("sql", 3), ("wounds", None), ("writing", 1)]
    gap = gap_of({"A": {}}, needs=needs, skills=[("law", 2), ("sql", 2), ("writing", None)])
    assert [(s.skill, s.level, s.known_level) for s in gap.skills] == [
        ("sql", 3, 2),
        ("wounds", None, None),
    ]
    assert gap.untaught == ("sql", "wounds")


def test_courses_that_lead_to_the_level_are_named_those_that_may_be_taken() -> None:
    courses = {
        "low": {"skills": teaching(("sql", 2))},
        "high": {"skills": teaching(("sql", 3))},
        "unknown": {"skills": teaching(("sql", None))},
        "swedish": {"skills": teaching(("sql", 3)), "language": "sv"},
        "later": {"skills": teaching(("sql", 3)), "prerequisites": ["low"]},
        "secret": {"skills": teaching(("sql", 3)), "sensitive": True},
        "gone": {"skills": teaching(("sql", 3)), "active": False},
        "begun": {"skills": teaching(("sql", 3))},
        "must": {"skills": teaching(("sql", 3)), "mandatory_for": ["*"]},
    }
    (missing,) = gap_of(
        courses,
        needs=[("sql", 3)],
        language="fi",
        events=[{"course_id": "begun", "kind": "started", "occurred_at": on(-1)}],
    ).skills
    assert missing.taught
    assert set(missing.courses) == {"high", "unknown", "later", "must"}


def test_a_role_that_nothing_is_known_of_is_named() -> None:
    advisor = advisor_of(company({"A": {}}, needs=[("sql", 3)]))
    with pytest.raises(UnknownIdError, match=r"'Nurze'.*did you mean 'Nurse'"):
        advisor.path(ME, target_role="Nurze", as_of=AS_OF)
    without = advisor_of(company({"A": {}}))
    with pytest.raises(DataError, match="no skills are known of the role 'Nurse'"):
        without.gap(ME, "Nurse", as_of=AS_OF)
    assert without.gap(ME, as_of=AS_OF).skills == ()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"hours_per_month": 0}, "path is given 0 hours"),
        ({"hours_per_month": -1.5}, "-1.5 hours"),
        ({"hours_per_month": float("nan")}, "nan hours"),
        ({"hours_per_month": 745}, "745 hours"),
        ({"months": 0}, "months is 0"),
        ({"months": 61}, "months is 61"),
        ({"months": 1.5}, "months is 1.5"),
    ],
)
def test_hours_and_months_out_of_range_are_named(asked: dict[str, Any], message: str) -> None:
    advisor = advisor_of(company({"A": {}}))
    with pytest.raises(SettingsError, match=message):
        advisor.path(ME, as_of=AS_OF, **asked)


def test_hours_are_those_asked_for_else_the_persons_own_else_the_companys() -> None:
    own = advisor_of(company({"A": {}}, hours_per_month=2.5))
    assert own.path(ME, as_of=AS_OF).hours_per_month == 2.5
    assert own.path(ME, as_of=AS_OF, hours_per_month=7).hours_per_month == 7
    assert advisor_of(company({"A": {}})).path(ME, as_of=AS_OF).hours_per_month == 4
    none = advisor_of(company({"A": {}}, hours_per_month=0.0))
    with pytest.raises(SettingsError, match=r"E1 has 0\.0 hours a month"):
        none.path(ME, as_of=AS_OF)
