"""The synthetic company as a whole, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.random import SeedSequence, default_rng

from hrreco.data.synthetic._attributes import attributes
from hrreco.data.synthetic._config import CompanyConfig
from hrreco.data.synthetic._curriculum import Curriculum, curriculum
from hrreco.data.synthetic._dirty import dirty_lines, marked
from hrreco.data.synthetic._domain import INTERESTS, domain
from hrreco.data.synthetic._electives import electives
from hrreco.data.synthetic._events import events
from hrreco.data.synthetic._files import write_csv
from hrreco.data.synthetic._knowledge import knowledge, needs
from hrreco.data.synthetic._mandatory import duties
from hrreco.data.synthetic._sessions import sessions
from hrreco.data.synthetic._tastes import tastes
from hrreco.data.synthetic._truth import Truth
from hrreco.data.synthetic._workforce import Workforce, workforce


@dataclass(frozen=True)
class Company:
    """A company: the six tables of the data contract, clean, and what was planted in them.

    Attributes
    ----------
    tables
        By name, in the order of the contract. Times are in UTC.
    truth
        The right answers.
    attributes
        Columns `employee_id`, `gender` and `age_band`, which decide nothing; None unless the
        config asks for them.
    """

    config: CompanyConfig
    tables: dict[str, pl.DataFrame]
    truth: Truth
    attributes: pl.DataFrame | None = None

    def write(self, folder: Path) -> None:
        """Write one CSV file for each table, in the contract's form.

        With ``config.dirty``, the rows that `truth.dirty` lists stand at the ends of the files.
        """
        folder.mkdir(parents=True, exist_ok=True)
        extra = dirty_lines(self.tables, self.config) if self.config.dirty else {}
        for name, table in self.tables.items():
            write_csv(table, folder / f"{name}.csv", [line.cells for line in extra.get(name, ())])
        if self.attributes is not None:
            write_csv(self.attributes, folder / "fairness_attributes.csv", [])


def company(config: CompanyConfig) -> Company:
    """Make the company that `config` describes. The same config gives the same company.

    Examples
    --------
    >>> from hrreco.data.synthetic import small_company
    >>> made = company(small_company())
    >>> len(made.tables["employees"])
    150
    """
    seeds = SeedSequence(config.seed).spawn(9)
    rngs = [default_rng(seed) for seed in seeds[:8]]
    words = domain(config)
    courses = curriculum(config, words, rngs[0])
    staff = workforce(config, words, rngs[1])
    needed = needs(words, rngs[2])
    known = knowledge(staff, needed, rngs[3])
    taken = electives(config, staff, courses, known, tastes(courses, needed), seeds[4])
    done = duties(config, staff, courses, rngs[5])
    tables = {
        "employees": staff.table,
        "courses": courses.table,
        "events": events(staff, courses, taken, done, known, rngs[6]),
        "employee_skills": known.table(staff, words),
        "role_skills": needed.table(words),
        "sessions": sessions(config, courses.table, rngs[7]),
    }
    dirty = marked(tables, dirty_lines(tables, config)) if config.dirty else ()
    truth = Truth(
        course_groups=_course_groups(courses),
        employee_groups=_employee_groups(staff),
        next_steps=_next_steps(courses),
        prior_knowledge=known.prior_table(staff, words),
        dirty=dirty,
    )
    known_of = attributes(staff, default_rng(seeds[8])) if config.attributes else None
    return Company(config, tables, truth, known_of)


def _course_groups(courses: Curriculum) -> pl.DataFrame:
    at = np.flatnonzero(courses.group >= 0)
    groups = np.array(INTERESTS)[courses.group[at]]
    return pl.DataFrame({"course_id": courses.table["course_id"].gather(at), "group": groups})


def _employee_groups(staff: Workforce) -> pl.DataFrame:
    names = np.array(INTERESTS)
    return pl.DataFrame(
        {
            "employee_id": staff.table["employee_id"],
            "group": names[staff.group],
            "second_group": names[staff.second_group],
        }
    )


def _next_steps(courses: Curriculum) -> pl.DataFrame:
    at = np.flatnonzero(courses.next_step >= 0)
    ids = courses.table["course_id"]
    return pl.DataFrame(
        {
            "course_id": ids.gather(at),
            "next_course_id": ids.gather(courses.next_step[at]),
            "probability": courses.next_probability[at],
        }
    )
