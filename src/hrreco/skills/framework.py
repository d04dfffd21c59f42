"""Which skills each role needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

Importance = Literal["essential", "optional"]

WEIGHTS: Mapping[Importance, float] = {"essential": 1.0, "optional": 0.5}
"""How much a missing skill weighs: an essential one twice an optional one."""


@dataclass(frozen=True, slots=True)
class RoleNeed:
    """One skill that a role needs. A `level` of None means that any level will do."""

    skill: str
    level: int | None
    importance: Importance

    @property
    def weight(self) -> float:
        """Return how much the skill weighs when it is missing, 0 to 1."""
        return WEIGHTS[self.importance]

    def met_by(self, level: int | None) -> bool:
        """Return whether a known skill of this level is enough; unknown levels are."""
        return self.level is None or level is None or level >= self.level


@dataclass(frozen=True)
class SkillFramework:
    """The skills that roles need, by role."""

    needs: Mapping[str, tuple[RoleNeed, ...]]

    @classmethod
    def of(cls, role_skills: pl.DataFrame) -> SkillFramework:
        """Read the framework from the `role_skills` table."""
        needs: dict[str, list[RoleNeed]] = {}
        for row in role_skills.sort("role", "skill").iter_rows(named=True):
            importance: Importance = "optional" if row["importance"] == "optional" else "essential"
            need = RoleNeed(row["skill"], row["level"], importance)
            needs.setdefault(row["role"], []).append(need)
        return cls({role: tuple(rows) for role, rows in needs.items()})

    def of_role(self, role: str) -> tuple[RoleNeed, ...]:
        """Return what a role needs; nothing where the framework does not know the role."""
        return self.needs.get(role, ())
