"""Which roles and skills a company has, by its own names."""

from __future__ import annotations

import polars as pl

from hrreco.data import LearningData
from hrreco.settings import AsOf, Moment


def held_roles(data: LearningData, as_of: AsOf = None) -> dict[str, tuple[str, ...]]:
    """Return the roles of employees who have not left, each with the occupations they bear."""
    today = Moment.of(as_of, data.settings.timezone).today
    here = pl.col("left_on").is_null() | (pl.col("left_on") > today)
    roles = (
        data.employees.filter(here)
        .group_by("role")
        .agg(pl.col("occupation_uri").drop_nulls().unique().sort())
        .sort("role")
    )
    return {role: tuple(uris) for role, uris in roles.iter_rows()}


def skill_names(data: LearningData) -> list[str]:
    """Return the skills that courses teach, employees have or roles need, sensitive ones apart."""
    taught = data.courses.filter(~pl.col("sensitive"))["skills"].drop_nulls()
    named = [
        taught.explode(empty_as_null=False).struct.field("skill"),
        data.employee_skills["skill"],
        data.role_skills["skill"],
    ]
    return sorted({name for names in named for name in names})
