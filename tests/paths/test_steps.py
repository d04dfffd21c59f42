"""What a step says of itself, and how a path is told."""

from __future__ import annotations

import json
from datetime import date

from hrreco.paths import StepReason

from .companies import AS_OF, ME, advisor_of, company, on, teaching


def test_the_first_course_to_teach_a_skill_closes_it() -> None:
    courses = {
        "A": {"mandatory_for": ["*"], "skills": teaching(("sql", 1))},
        "B": {"mandatory_for": ["*"], "skills": teaching(("sql", 3))},
        "C": {"mandatory_for": ["*"], "skills": teaching(("sql", 3), ("law", None))},
    }
    data = company(courses, needs=[("sql", 2), ("law", None), ("wounds", None)])
    path = advisor_of(data).path(ME, as_of=AS_OF, hours_per_month=1)
    assert [(step.course_id, step.closes) for step in path.steps] == [
        ("A", ()),
        ("B", ("sql",)),
        ("C", ("law",)),
    ]
    assert path.closed == ("sql", "law")
    assert (path.gap_before, path.gap_after) == (("law", "sql", "wounds"), ("wounds",))
    assert path.hours == 3
    reason = StepReason("closes_skill", "Gives you sql, which your role needs", "sql")
    assert path.steps[1].reasons[1] == reason


def test_an_elective_says_what_it_is_needed_for_and_its_format_where_that_is_preferred() -> None:
    courses = {
        "A": {"format": "online"},
        "B": {"prerequisites": ["A"], "format": "classroom", "skills": teaching(("sql", None))},
    }
    data = company(courses, needs=[("sql", None)], preferred_formats=["online", "classroom"])
    path = advisor_of(data, seed=3).path(ME, as_of=AS_OF)
    said = {step.course_id: [reason.code for reason in step.reasons] for step in path.steps}
    assert list(said) == ["A", "B"]
    assert said["A"][0] == "prerequisite"
    assert said["B"][0] == "closes_skill"
    assert [("suits" in codes) for codes in said.values()] == [
        ("format" in codes) for codes in said.values()
    ]


def test_json_is_plain_with_dates_as_text() -> None:
    data = company(
        {"A": {"mandatory_for": ["*"]}},
        needs=[("sql", None)],
        sessions=[("A", on(2), on(2, 10), 3)],
    )
    told = json.loads(json.dumps(advisor_of(data).path(ME, as_of=AS_OF).to_json()))
    (step,) = told["steps"]
    assert (step["starts_on"], step["ends_on"], step["due_on"]) == ("2026-04-02",) * 2 + (None,)
    assert step["session"]["starts_at"] == "2026-04-02T09:00:00+03:00"
    assert told["left_out"][0].keys() == {"skill", "code", "reason"}
    assert told["gap"] == {"before": ["sql"], "after": ["sql"]}


def test_who_has_left_gets_no_steps() -> None:
    data = company(
        {"A": {"mandatory_for": ["*"], "skills": teaching(("sql", None))}},
        needs=[("sql", None)],
        left_on=date(2026, 1, 1),
    )
    path = advisor_of(data).path(ME, as_of=AS_OF)
    assert path.steps == ()
    assert {one.code for one in path.left_out} == {"left_company"}
