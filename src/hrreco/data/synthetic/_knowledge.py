"""What roles need, what new hires already knew, and what employees declared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.random import Generator
from numpy.typing import NDArray

from hrreco.data.synthetic._domain import INTERESTS, Domain
from hrreco.data.synthetic._workforce import Workforce

_GENERAL_NEEDS = 2
_DECLARING_SHARE = 0.35
ESSENTIAL, OPTIONAL = 1.0, 0.5


@dataclass(frozen=True)
class Needs:
    """What roles need.

    Attributes
    ----------
    weight
        float64 [roles x skills]: `ESSENTIAL`, `OPTIONAL` or 0.
    level
        int [roles x skills]: the level needed, 1 to 3; 0 where none is.
    """

    weight: NDArray[np.float64]
    level: NDArray[np.int64]

    def table(self, domain: Domain) -> pl.DataFrame:
        """Return the `role_skills` table of the data contract."""
        role, skill = np.nonzero(self.weight)
        essential = self.weight[role, skill] == ESSENTIAL
        return pl.DataFrame(
            {
                "role": np.array([r.name for r in domain.roles])[role],
                "skill": np.array([s.name for s in domain.skills])[skill],
                "level": pl.Series(self.level[role, skill], dtype=pl.Int32),
                "importance": np.where(essential, "essential", "optional"),
            }
        )


@dataclass(frozen=True)
class Knowledge:
    """Skills that people have: parallel arrays, one entry per employee and skill.

    Attributes
    ----------
    employee, skill
        Positions in the workforce and in the domain's skills; each pair once.
    level
        1 to 3.
    prior
        Whether a new hire had it before coming.
    source
        ``declared``, ``assessed``, or an empty text where no table says so.
    """

    employee: NDArray[np.int64]
    skill: NDArray[np.int64]
    level: NDArray[np.int64]
    prior: NDArray[np.bool_]
    source: NDArray[np.str_]

    def table(self, staff: Workforce, domain: Domain) -> pl.DataFrame:
        """Return the `employee_skills` table of the data contract."""
        rows = self._named(staff, domain, pl.Series("source", self.source))
        return rows.filter(pl.col("source") != "")

    def prior_table(self, staff: Workforce, domain: Domain) -> pl.DataFrame:
        """Return what new hires knew, and whether a table says so."""
        declared = pl.Series("declared", self.source != "")
        return self._named(staff, domain, declared).filter(pl.Series(self.prior))

    def _named(self, staff: Workforce, domain: Domain, last: pl.Series) -> pl.DataFrame:
        return pl.DataFrame(
            {
                "employee_id": staff.table["employee_id"].gather(self.employee),
                "skill": np.array([s.name for s in domain.skills])[self.skill],
                "level": pl.Series(self.level, dtype=pl.Int32),
                last.name: last,
            }
        )


def needs(domain: Domain, rng: Generator) -> Needs:
    """Give each role the skills of its own fields, and two general ones."""
    weight = np.zeros((len(domain.roles), len(domain.skills)))
    general = [i for i, skill in enumerate(domain.skills) if skill.field in INTERESTS]
    for at, role in enumerate(domain.roles):
        for i, skill in enumerate(domain.skills):
            if skill.field in role.fields:
                weight[at, i] = ESSENTIAL if skill.field == role.fields[0] else OPTIONAL
        weight[at, rng.choice(general, _GENERAL_NEEDS, replace=False)] = OPTIONAL
    level = rng.integers(1, 3, weight.shape) + (weight == ESSENTIAL)
    return Needs(weight, np.where(weight > 0, level, 0))


def knowledge(staff: Workforce, needed: Needs, rng: Generator) -> Knowledge:
    """Give new hires one to three skills of their role, and let some others declare theirs."""
    asked = np.where(staff.is_new, 3, 2)
    asked[~staff.is_new & (rng.random(len(staff)) > _DECLARING_SHARE)] = 0
    employee = np.repeat(np.arange(len(staff)), asked)
    of_role = [np.flatnonzero(row) for row in needed.weight]
    counts = np.array([len(skills) for skills in of_role])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    role = staff.role[employee]
    pick = starts[role] + (rng.random(len(employee)) * counts[role]).astype(np.int64)
    skill = np.concatenate(of_role)[pick]
    kept = np.unique(employee * needed.weight.shape[1] + skill, return_index=True)[1]
    employee, skill = employee[kept], skill[kept]
    at_most = needed.level[staff.role[employee], skill]
    source = rng.choice(("declared", "assessed"), len(kept), p=(0.8, 0.2))
    prior = staff.is_new[employee]
    source[prior & (rng.random(len(kept)) < 0.4)] = ""
    level = np.maximum(1, at_most - rng.integers(0, 2, len(kept)))
    return Knowledge(employee, skill, level, prior, source)
