"""The first 90 days: what is known is left out, and what is mandatory never."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from hrreco import Advisor, LearningData
from hrreco.data.synthetic import Company
from hrreco.paths import Onboarding
from hrreco.training import RULES_RECIPE, TrainedModel, refit
from tests.conftest import AS_OF

HIRED = date(2026, 3, 2)
COURSES = pl.DataFrame(
    [
        ("FIRE", "Fire safety", 1.0, "", "", "*", 30, None, "", ""),
        ("HAND", "Hand hygiene", 1.0, "hygiene:1", "", "", None, None, "", ""),
        ("INFO", "Information security", 0.5, "", "", "role:Nurse", 14, 365, "", ""),
        ("NOTE", "Records", 4.0, "records:1", "", "", None, None, "", ""),
        ("NOTE-FI", "Kirjaaminen", 4.0, "records:1", "", "", None, None, "NOTE", "fi"),
        ("WOUND1", "Wounds", 2.0, "wounds:1", "", "", None, None, "", ""),
        ("WOUND2", "Difficult wounds", 3.0, "wounds:2", "WOUND1", "", None, None, "", ""),
    ],
    schema=[
        *("course_id", "title", "hours", "skills", "prerequisites", "mandatory_for"),
        *("due_within_days", "valid_for_days", "equivalent_to", "language"),
    ],
    orient="row",
)
NEEDS = pl.DataFrame(
    {
        "role": ["Nurse"] * 4,
        "skill": ["wounds", "hygiene", "records", "poetry"],
        "level": [2, 1, 1, 1],
        "importance": ["essential", "essential", "essential", "optional"],
    }
)


def nurse(
    events: dict[str, str] | None = None, skills: list[tuple[str, int, str]] | None = None
) -> Advisor:
    """Return the advisor of a nurse, "N", who started on `HIRED`, and of others who learned."""
    others = [f"O{i}" for i in range(8)]
    rows = [
        *(("N", course, kind, HIRED) for course, kind in (events or {}).items()),
        *((other, course, "completed", HIRED) for other in others for course in ("HAND", "NOTE")),
    ]
    data = LearningData.from_frames(
        employees=pl.DataFrame(
            {
                "employee_id": ["N", *others],
                "role": "Nurse",
                "started_on": [HIRED, *([date(2020, 1, 1)] * len(others))],
                "hours_per_month": 2.0,
            }
        ),
        courses=COURSES,
        events=pl.DataFrame(
            rows, schema=["employee_id", "course_id", "kind", "occurred_at"], orient="row"
        ),
        employee_skills=pl.DataFrame(
            [("N", *skill) for skill in skills or []],
            schema=["employee_id", "skill", "level", "source"],
            orient="row",
        )
        if skills
        else None,
        role_skills=NEEDS,
        as_of=HIRED,
    )
    return Advisor(refit(RULES_RECIPE, data, as_of=HIRED), data)


def steps(plan: Onboarding) -> set[str]:
    return {step.course_id for step in plan.steps}


PROGRAMME = {"FIRE", "INFO", "HAND", "NOTE", "WOUND1", "WOUND2"}


@pytest.mark.parametrize(
    ("events", "skills", "saved"),
    [
        ({}, [], {}),
        ({"WOUND1": "waived"}, [], {"WOUND1": "waived"}),
        ({"FIRE": "waived"}, [], {"FIRE": "waived"}),
        ({"HAND": "already_known"}, [], {"HAND": "waived"}),
        ({"NOTE-FI": "completed"}, [], {"NOTE": "equivalent"}),
        ({}, [("wounds", 2, "assessed")], {"WOUND1": "assessed", "WOUND2": "assessed"}),
        ({}, [("wounds", 1, "assessed")], {"WOUND1": "assessed"}),
        ({}, [("wounds", 2, "declared")], {}),
        ({"WOUND2": "waived"}, [], {"WOUND1": "assessed", "WOUND2": "waived"}),
    ],
)
def test_what_is_known_is_left_out_and_its_hours_are_saved(
    events: dict[str, str], skills: list[tuple[str, int, str]], saved: dict[str, str]
) -> None:
    plan = nurse(events, skills).onboarding("N", as_of=HIRED)
    hours = dict(COURSES.select("course_id", "hours").iter_rows())
    assert {course.course_id: course.code for course in plan.saved} == saved
    assert plan.hours_saved == sum(hours[course] for course in saved)
    assert plan.programme_hours == sum(hours[course] for course in PROGRAMME)
    assert PROGRAMME - steps(plan) == set(saved)
    assert plan.left_out == ()


def test_what_was_completed_is_done_and_not_saved() -> None:
    plan = nurse({"FIRE": "completed", "HAND": "completed"}).onboarding("N", as_of=HIRED)
    assert plan.done == ("FIRE", "HAND")
    assert plan.saved == ()
    assert steps(plan) == PROGRAMME - {"FIRE", "HAND"}


def test_mandatory_training_comes_first_and_is_bound_by_no_budget() -> None:
    plan = nurse().onboarding("N", as_of=HIRED)
    assert [step.course_id for step in plan.steps[:2]] == ["INFO", "FIRE"]
    assert [step.kind for step in plan.steps[:2]] == ["mandatory", "mandatory"]
    assert [stage.ends_on - HIRED for stage in plan.stages] == [
        timedelta(days=days - 1) for days in (30, 60, 90)
    ]


def test_the_core_says_so_and_what_it_builds_on_comes_before() -> None:
    plan = nurse().onboarding("N", as_of=HIRED)
    (first,) = (step for step in plan.steps if step.course_id == "WOUND1")
    (second,) = (step for step in plan.steps if step.course_id == "WOUND2")
    assert first.ends_on <= second.starts_on
    assert [reason.code for reason in first.reasons][:2] == ["prerequisite", "core"]
    assert second.closes == ("wounds",)


def test_a_mandatory_course_without_a_session_is_told_of_all_the_same() -> None:
    advisor = nurse()
    sessions = pl.DataFrame(
        {"session_id": ["S"], "course_id": ["FIRE"], "starts_at": ["2025-01-10T09:00:00"]}
    )
    data = advisor._data.in_memory()
    again = LearningData.from_frames(
        employees=data.employees,
        courses=data.courses,
        events=data.events,
        role_skills=data.role_skills,
        sessions=sessions,
        as_of=HIRED,
    )
    plan = Advisor(refit(RULES_RECIPE, again, as_of=HIRED), again).onboarding("N", as_of=HIRED)
    (fire,) = (step for step in plan.steps if step.course_id == "FIRE")
    assert fire.starts_on == HIRED + timedelta(days=30)
    assert [reason.code for reason in fire.reasons] == ["required", "no_session"]


def test_whoever_has_been_here_for_long_begins_today() -> None:
    plan = nurse().onboarding("O1", as_of=HIRED)
    assert plan.first_day == HIRED


@pytest.fixture(scope="module")
def model(learning_data: LearningData) -> TrainedModel:
    return refit(RULES_RECIPE, learning_data, as_of=AS_OF)


def new_hires(made: Company) -> pl.DataFrame:
    lately = AS_OF - timedelta(days=90)
    return made.tables["employees"].filter(pl.col("started_on") > lately)


def test_no_mandatory_course_of_a_new_hire_is_ever_dropped(
    made: Company, learning_data: LearningData, model: TrainedModel
) -> None:
    advisor = Advisor(model, learning_data)
    courses = learning_data.courses.filter("active")
    for hire in new_hires(made).iter_rows(named=True):
        rules = {"*", f"role:{hire['role']}", f"department:{hire['department']}"}
        mandatory = {
            course["course_id"]
            for course in courses.iter_rows(named=True)
            if rules.intersection(course["mandatory_for"] or ())
        }
        plan = advisor.onboarding(hire["employee_id"], as_of=AS_OF)
        there = steps(plan) | set(plan.done) | {course.course_id for course in plan.saved}
        assert mandatory <= there


def test_hours_saved_match_what_was_planted(
    made: Company, learning_data: LearningData, model: TrainedModel
) -> None:
    """What new hires knew is planted; what is waived or assessed of it saves its hours."""
    advisor = Advisor(model, learning_data)
    hours = dict(learning_data.courses.select("course_id", "hours").iter_rows())
    saving = 0
    for hire in new_hires(made).iter_rows(named=True):
        plan = advisor.onboarding(hire["employee_id"], as_of=AS_OF)
        expected = planted(made, hire, programme_of(plan))
        assert {course.course_id for course in plan.saved} == expected, hire["employee_id"]
        assert plan.hours_saved == pytest.approx(sum(hours[course] for course in expected))
        saving += bool(expected)
    assert saving >= 5


def programme_of(plan: Onboarding) -> set[str]:
    core = {"required", "overdue", "core"}
    own = {s.course_id for s in plan.steps if core.intersection(r.code for r in s.reasons)}
    left_out = {omission.course_id for omission in plan.left_out if omission.course_id}
    return own | left_out | set(plan.done) | {course.course_id for course in plan.saved}


def planted(made: Company, hire: dict[str, object], programme: set[str]) -> set[str]:
    """Return the courses of a programme that the truth says a new hire knows."""
    who = pl.col("employee_id") == hire["employee_id"]
    events = made.tables["events"].filter(who)
    skills = made.tables["employee_skills"].filter(who, source="assessed")
    assessed = dict(skills.select("skill", "level").iter_rows())
    prior = set(made.truth.prior_knowledge.filter(who)["skill"])
    assert assessed.keys() <= prior
    known_by = {
        kind: set(events.filter(kind=kind)["course_id"]) for kind in ("waived", "already_known")
    }
    completed = set(events.filter(pl.col("kind").is_in(["completed", "passed"]))["course_id"])
    waived = (known_by["waived"] | known_by["already_known"]) - completed
    rows = {row["course_id"]: row for row in made.tables["courses"].iter_rows(named=True)}
    same = {(a, b) for a, row in rows.items() for b in row["equivalent_to"]}
    same |= {(b, a) for a, b in same}
    by_equivalent = {a for a, b in same if b in completed | waived}
    taken = completed | waived | by_equivalent
    needs = made.tables["role_skills"].filter(role=hire["role"], importance="essential")

    def teaches(course: str, skill: str, level: int) -> bool:
        return any(t["skill"] == skill and t["level"] >= level for t in rows[course]["skills"])

    unmet = [
        (need["skill"], need["level"])
        for need in needs.iter_rows(named=True)
        if assessed.get(need["skill"], 0) < need["level"]
        and not any(teaches(c, need["skill"], need["level"]) for c in taken if rows[c]["active"])
    ]
    needed = {c for c in programme if any(teaches(c, *need) for need in unmet)}
    while more := {
        course
        for waiting in needed
        for before in rows[waiting]["prerequisites"]
        for course in programme - needed
        if course == before or (course, before) in same
    }:
        needed |= more

    def is_assessed(course: str) -> bool:
        taught = rows[course]["skills"]
        return bool(taught) and all(assessed.get(t["skill"], 0) >= t["level"] for t in taught)

    return {
        course
        for course in programme - completed
        if course in taken
        or (not rows[course]["mandatory_for"] and (is_assessed(course) or course not in needed))
    }


def test_a_mandatory_course_that_nothing_leads_to_says_what_is_in_the_way() -> None:
    data = nurse()._data.in_memory()
    courses = data.courses.with_columns(
        active=pl.col("course_id") != "HAND",
        prerequisites=pl.when(pl.col("course_id") == "FIRE")
        .then(pl.lit(["HAND"]))
        .otherwise("prerequisites"),
    )
    blocked = replace(data, courses=courses, events=data.events.clear())
    model = refit(RULES_RECIPE, data, as_of=HIRED)
    plan = Advisor(model, blocked).onboarding("N", as_of=HIRED)
    (fire,) = (step for step in plan.steps if step.course_id == "FIRE")
    assert [reason.code for reason in fire.reasons] == ["required", "prerequisite_missing"]
    assert "Hand hygiene" in fire.reasons[1].text


def test_a_programme_with_many_ways_is_looked_at_once() -> None:
    # Two courses a level, and each builds on both of the level before: 2 to the 24th ways.
    pairs = [(f"{level:02}{side}", level) for level in range(24) for side in "AB"]
    ladder = pl.DataFrame(
        [(one, one, 0.1, "sql:1" if one == "23A" else "", _below(level)) for one, level in pairs],
        schema=["course_id", "title", "hours", "skills", "prerequisites"],
        orient="row",
    )
    data = LearningData.from_frames(
        employees=pl.DataFrame({"employee_id": ["N"], "role": ["Nurse"], "started_on": [HIRED]}),
        courses=ladder,
        events=pl.DataFrame(
            {"employee_id": "N", "course_id": "00A", "kind": "rated", "occurred_at": [HIRED]}
        ),
        role_skills=pl.DataFrame({"role": ["Nurse"], "skill": ["sql"], "level": [1]}),
        as_of=HIRED,
    )
    plan = Advisor(refit(RULES_RECIPE, data, as_of=HIRED), data).onboarding("N", as_of=HIRED)
    assert len(plan.steps) == 47


def _below(level: int) -> str:
    return f"{level - 1:02}A|{level - 1:02}B" if level else ""
