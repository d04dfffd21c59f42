"""Plan a year of learning for many employees: how long it takes, and how near the best it is.

    python experiments/learning_paths.py [FOLDER] [--out section.json]

The company is made up, with a catalogue of 2,000 courses. Its roles need what the company itself
says, or what their ESCO occupations need, where FOLDER/esco holds ESCO's own download (CSV). Then
the best candidate of each role stands for what a person would have confirmed, and courses are
dealt the skills that no course teaches, so that there is something to choose from.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from hrreco import (
    Advisor,
    Esco,
    LearningData,
    Recipe,
    SkillMapping,
    match_skills,
    refit,
    synthetic_company,
)
from sections import Section, Table, run

AS_OF = "2026-03-31"
EMPLOYEES, COURSES, ASKED = 1_500, 2_000, 200
TEACHERS = 8
"""Courses that each skill of ESCO is dealt to."""

GOAL_SECONDS, GOAL_GAP = 0.5, 0.05
TEXT = (
    "A path of twelve months for each of {asked} employees, drawn from those who have not left: "
    "for their own role, with their own hours, among {courses:,} courses, of which 200 at most "
    "are looked at. The gap says by how much a better choice of these courses could be worth more "
    "at most. Courses are chosen first, with the room of all months taken together, which bounds "
    "what any plan can be worth, and then placed; only where that bound is not reached, all is "
    "looked at at once.",
    "Times are of one process on one core, and are not asserted anywhere.",
)


class Measured(NamedTuple):
    """What planning for everybody in one company came to.

    Attributes
    ----------
    seconds, gaps, steps, needs
        One number each for every employee asked.
    """

    company: str
    seconds: list[float]
    gaps: list[float]
    steps: list[int]
    needs: list[int]

    def row(self) -> tuple[str, ...]:
        """Return the line of the table."""
        return (
            self.company,
            f"{np.median(self.needs):g}",
            f"{np.median(self.steps):g}",
            _spread(self.seconds, "{:.3f}"),
            _spread(self.gaps, "{:.2%}"),
            "yes" if self._meets_goals() else "no",
        )

    def _meets_goals(self) -> bool:
        return bool(np.median(self.seconds) < GOAL_SECONDS and np.median(self.gaps) < GOAL_GAP)


def measure(company: str, data: LearningData, asked: int) -> Measured:
    """Plan for some employees, one after the other."""
    advisor = Advisor(refit(Recipe(name="ease"), data, as_of=AS_OF), data)
    present = data.employees.filter(pl.col("left_on").is_null())["employee_id"]
    chosen = present.sample(min(asked, len(present)), seed=1).to_list()
    advisor.path(chosen[0], as_of=AS_OF)  # loads what is loaded once
    measured = Measured(company, [], [], [], [])
    for employee_id in chosen:
        started = time.perf_counter()
        path = advisor.path(employee_id, as_of=AS_OF)
        measured.seconds.append(time.perf_counter() - started)
        measured.gaps.append(path.optimality_gap)
        measured.steps.append(len(path.steps))
        measured.needs.append(len(path.gap_before))
    return measured


def with_esco(data: LearningData, folder: Path) -> LearningData:
    """Let roles need what their occupations need, and courses teach it."""
    esco = Esco.read(folder)
    proposed = match_skills(data, esco, as_of=AS_OF)
    best = proposed.rows.with_columns(
        confirmed=pl.col("uri").is_not_null() & pl.struct("kind", "name").is_first_distinct()
    )
    needs = esco.role_skills(SkillMapping(best))
    return replace(data, role_skills=needs, courses=_taught(data.courses, needs["skill"]))


def _taught(courses: pl.DataFrame, needed: pl.Series) -> pl.DataFrame:
    taught = courses["skills"].list.eval(pl.element().struct.field("skill")).explode().unique()
    rng = np.random.default_rng(1)
    elective = pl.col("mandatory_for").list.len().fill_null(0) == 0
    free = courses.filter("active", ~pl.col("sensitive"), elective)
    rows = [
        {"course_id": course_id, "skill": skill, "level": None}
        for skill in sorted(set(needed) - set(taught))
        for course_id in rng.choice(free["course_id"].to_numpy(), TEACHERS, replace=False)
    ]
    schema = {"course_id": pl.String, "skill": pl.String, "level": pl.Int32}
    dealt = (
        pl.DataFrame(rows, schema=schema)
        .group_by("course_id")
        .agg(dealt=pl.struct("skill", "level"))
    )
    both = pl.concat_list(pl.col("skills").fill_null([]), pl.col("dealt").fill_null([]))
    return (
        courses.join(dealt, on="course_id", how="left", maintain_order="left")
        .with_columns(skills=both)
        .drop("dealt")
    )


def _spread(values: Sequence[float], form: str) -> str:
    middle, high, most = np.quantile(values, [0.5, 0.9, 1.0])
    return f"{form.format(middle)} ({form.format(high)}, {form.format(most)})"


def study(folder: Path | None, asked: int = ASKED, courses: int = COURSES) -> Section:
    """Measure paths for the company's own needs, and for those of ESCO."""
    data = synthetic_company(EMPLOYEES, courses=courses, seed=3)
    found = [measure("needs of its own", data, asked)]
    text = [part.format(asked=asked, courses=courses) for part in TEXT]
    if folder is not None and (folder / "esco").is_dir():
        found.append(measure("needs by ESCO", with_esco(data, folder / "esco"), asked))
    else:
        text.append("There was no folder esco with ESCO's download, so it is left out.")
    table = Table(
        "A path of twelve months",
        (
            *("company", "skills lacking (median)", "steps (median)"),
            *("seconds: median (90 %, most)", "gap to the best: median (90 %, most)"),
            f"median under {GOAL_SECONDS} s and {GOAL_GAP:.0%}",
        ),
        [measured.row() for measured in found],
    )
    metrics = {
        f"path.{measured.company.split()[-1].lower()}.{what}": float(np.median(values))
        for measured in found
        for what, values in (("seconds", measured.seconds), ("gap", measured.gaps))
    }
    command = f"python experiments/learning_paths.py{'' if folder is None else ' FOLDER'}"
    return Section("Learning paths", command, text, [table], metrics)


if __name__ == "__main__":
    run(study, __doc__ or "", needs_folder=False)
