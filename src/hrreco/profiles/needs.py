"""Which skills of their roles employees lack: all employees at once."""

from __future__ import annotations

import polars as pl

from hrreco.data.learning_data import LearningData
from hrreco.profiles.history import meaning_frame
from hrreco.profiles.skills import TRUST
from hrreco.skills import SkillFramework


def needs_of_all(data: LearningData, events: pl.DataFrame) -> pl.DataFrame:
    """Return `employee_id`, `skill`, `weight` of every need that is missing or too low.

    The same as `profiles.skills` says of one employee; a property test holds the two equal.
    """
    needs = _needs(data)
    needed = data.employees.select("employee_id", "role").join(needs, on="role")
    known = _known_skills(data, events, needs)
    met = (
        pl.col("known_level").is_null()
        | pl.col("level").is_null()
        | (pl.col("known_level") >= pl.col("level"))
    )
    return (
        needed.join(known, on=["employee_id", "skill"], how="left")
        .filter(pl.col("trust").is_null() | ~met)
        .select("employee_id", "skill", "weight")
    )


def _needs(data: LearningData) -> pl.DataFrame:
    framework = SkillFramework.of(data.role_skills)
    return pl.DataFrame(
        [
            (role, need.skill, need.level, need.weight)
            for role, needs in framework.needs.items()
            for need in needs
        ],
        schema={"role": pl.String, "skill": pl.String, "level": pl.Int32, "weight": pl.Float64},
        orient="row",
    )


def _known_skills(data: LearningData, events: pl.DataFrame, needs: pl.DataFrame) -> pl.DataFrame:
    """Return `employee_id`, `skill`, `trust`, `known_level`: the most trusted row of each.

    Of the skills of courses, those that the employee's role does not need are left out.
    """
    recorded = data.employee_skills.select(
        "employee_id",
        "skill",
        pl.col("source")
        .replace_strict(TRUST, default=TRUST["declared"], return_dtype=pl.Int8)
        .alias("trust"),
        pl.col("level").alias("known_level"),
    )
    both = pl.concat([recorded, _from_courses(data, events, needs)])
    return both.sort("trust", "known_level", descending=True, nulls_last=True).unique(
        ["employee_id", "skill"], keep="first", maintain_order=True
    )


def _from_courses(data: LearningData, events: pl.DataFrame, needs: pl.DataFrame) -> pl.DataFrame:
    taught = (
        data.courses.filter(~pl.col("sensitive"))
        .select("course_id", pl.col("skills").alias("taught"))
        .explode("taught")
        .drop_nulls("taught")
        .unnest("taught")
        .join(needs.select("role", "skill"), on="skill")
    )
    declares = pl.col("declares_skills").any()
    return (
        events.select("employee_id", "course_id", "kind")
        .filter(pl.col("course_id").is_in(taught["course_id"].unique().implode()))
        .join(data.employees.select("employee_id", "role"), on="employee_id")
        .join(taught, on=["role", "course_id"], how="semi")
        .join(meaning_frame(data.settings.events), on="kind")
        .group_by("employee_id", "role", "course_id")
        .agg(
            (pl.col("status") == "taken").any().alias("taken"),
            pl.when(declares)
            .then(TRUST["declared"])
            .otherwise(TRUST["inferred"])
            .cast(pl.Int8)
            .alias("trust"),
        )
        .filter("taken")
        .join(taught, on=["role", "course_id"])
        .select("employee_id", "skill", "trust", pl.col("level").alias("known_level"))
    )
