from dataclasses import replace
from datetime import UTC, datetime

import polars as pl

from hrreco.data import LearningData
from hrreco.profiles import KnownSkill, build_profile, build_vocabulary
from hrreco.profiles.skills import unmet
from hrreco.settings import Moment
from hrreco.skills import RoleNeed

NOW = Moment(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC).date())


def company(kind: str, recorded: list[tuple[str, int | None, str]]) -> LearningData:
    return LearningData.from_frames(
        pl.DataFrame({"employee_id": ["E1"], "role": ["Clerk"]}),
        pl.DataFrame({"course_id": ["C1"], "title": ["Excel"], "skills": ["excel:2"]}),
        pl.DataFrame(
            {
                "employee_id": ["E1"],
                "course_id": ["C1"],
                "kind": [kind],
                "occurred_at": ["2025-05-05"],
            }
        ),
        employee_skills=pl.DataFrame(
            [("E1", *row) for row in recorded],
            schema={
                "employee_id": pl.String,
                "skill": pl.String,
                "level": pl.Int32,
                "source": pl.String,
            },
            orient="row",
        ),
    )


def excel(kind: str, *recorded: tuple[str, int | None, str]) -> KnownSkill | None:
    data = company(kind, list(recorded))
    profile = build_profile(data.employee("E1"), data.catalogue, data.settings, NOW)
    return profile.skills.get("excel")


def test_a_course_that_was_taken_infers_its_skills() -> None:
    assert excel("completed") == KnownSkill(2, "inferred")


def test_a_course_already_known_declares_its_skills() -> None:
    assert excel("already_known") == KnownSkill(2, "declared")


def test_a_course_that_was_only_started_infers_nothing() -> None:
    assert excel("started") is None


def test_an_assessment_counts_before_what_was_declared_or_inferred() -> None:
    assert excel("completed", ("excel", 1, "assessed")) == KnownSkill(1, "assessed")
    assert excel("completed", ("excel", None, "declared")) == KnownSkill(None, "declared")


def test_what_is_missing_or_too_low_is_unmet() -> None:
    needs = [RoleNeed(skill, 2, "essential") for skill in ("excel", "sql", "word")]
    known = {"excel": KnownSkill(1, "declared"), "sql": KnownSkill(2, "declared")}
    assert [need.skill for need in unmet(needs, known)] == ["excel", "word"]


def test_a_sensitive_course_infers_nothing() -> None:
    data = company("completed", [])
    sensitive = replace(data, courses=data.courses.with_columns(sensitive=pl.lit(True)))
    record = sensitive.employee("E1")
    profile = build_profile(record, sensitive.catalogue, sensitive.settings, NOW)
    assert profile.skills == {}
    assert build_vocabulary(sensitive, NOW).skills == ()
