"""Which features learners have, and the vocabulary of a fit. Rare values are pooled."""

from __future__ import annotations

import numpy as np
import polars as pl

from hrreco.data.catalogue import Catalogue
from hrreco.data.learning_data import LearningData
from hrreco.profiles.history import Evidence
from hrreco.profiles.interest import evidence_until
from hrreco.profiles.profile import EmployeeProfile
from hrreco.profiles.vocabulary import EVERYONE, OTHER, Feature, Vocabulary
from hrreco.settings import Moment
from hrreco.skills import SkillFramework

ATTRIBUTES = ("role", "department", "location", "grade", "language")
"""The columns of the employees table that are features. `manager_id` is never one."""

SKILL = "skill"


def build_vocabulary(
    data: LearningData, as_of: Moment, evidence: Evidence | None = None
) -> Vocabulary:
    """Return the courses, features and skills that a fit on `data` knows.

    A feature value held by fewer than `Settings.min_people` people is pooled into `OTHER`, and
    `OTHER` itself exists only when at least that many people are in it. Only people with evidence
    of interest count, since a fit learns from nobody else.

    Parameters
    ----------
    evidence
        That of `data` until `as_of`, where the caller has it already.
    """
    catalogue = data.catalogue
    evidence = evidence or evidence_until(data, as_of)
    attributes = data.employees.select("employee_id", *ATTRIBUTES)
    learned_from = attributes[np.flatnonzero(np.bincount(evidence.employee))]
    held = features_of_all(learned_from, data.employee_skills)
    return Vocabulary(
        courses=tuple(
            course_id
            for course_id, sensitive in zip(catalogue.course_ids, catalogue.sensitive, strict=True)
            if not sensitive
        ),
        features=(Feature(EVERYONE, ""), *_pooled(held, data.settings.min_people)),
        skills=tuple(sorted(_skills(catalogue, SkillFramework.of(data.role_skills)))),
    )


def features_of_all(employees: pl.DataFrame, employee_skills: pl.DataFrame) -> pl.DataFrame:
    """Return every feature of every employee: `employee_id`, `kind`, `value`, no repeats."""
    attributes = employees.select("employee_id", *ATTRIBUTES).unpivot(
        index="employee_id", variable_name="kind", value_name="value"
    )
    skills = (
        stated_skills(employee_skills)
        .select("employee_id", pl.lit(SKILL).alias("kind"), pl.col("skill").alias("value"))
        .join(employees.select("employee_id"), on="employee_id", how="semi")
        .unique(maintain_order=True)
    )
    return pl.concat([attributes, skills]).drop_nulls("value")


def stated_skills(employee_skills: pl.DataFrame) -> pl.DataFrame:
    """Return the skills that are features.

    Those recorded as inferred are none: they follow from courses, and models see those.
    """
    return employee_skills.filter(pl.col("source").ne_missing("inferred"))


def features_of_one(profile: EmployeeProfile, vocabulary: Vocabulary) -> list[int]:
    """Return the positions of one employee's features, ascending."""
    pairs = [(kind, getattr(profile, kind)) for kind in ATTRIBUTES]
    pairs += [(SKILL, skill) for skill in profile.recorded_skills]
    found = {vocabulary.feature(kind, value) for kind, value in pairs}
    return sorted({0} | {position for position in found if position is not None})


def _pooled(held: pl.DataFrame, min_people: int) -> list[Feature]:
    counts = held.group_by("kind", "value").agg(pl.len().alias("people")).sort("kind", "value")
    common = counts.filter(pl.col("people") >= min_people)
    rare = counts.filter(pl.col("people") < min_people)
    pool = (
        held.join(rare, on=["kind", "value"], how="semi")
        .group_by("kind")
        .agg(pl.col("employee_id").n_unique().alias("people"))
        .filter(pl.col("people") >= min_people)
        .sort("kind")
    )
    features = [Feature(kind, value) for kind, value, _ in common.iter_rows()]
    return features + [Feature(kind, OTHER) for kind in pool["kind"] if _free(kind, features)]


def _free(kind: str, features: list[Feature]) -> bool:
    """Return whether no common value of the kind is called like the pool already."""
    return Feature(kind, OTHER) not in features


def _skills(catalogue: Catalogue, framework: SkillFramework) -> set[str]:
    needed = {need.skill for needs in framework.needs.values() for need in needs}
    return needed | {
        skill.skill
        for taught, sensitive in zip(catalogue.skills, catalogue.sensitive, strict=True)
        for skill in taught
        if not sensitive
    }
