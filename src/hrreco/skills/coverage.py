"""Which skills that roles need no course teaches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from hrreco.data import Catalogue
from hrreco.skills.framework import Importance, RoleNeed, SkillFramework


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A skill that no course teaches, or none as high as roles need it.

    Attributes
    ----------
    taught_level
        The highest level that a course teaches; None where none teaches the skill at all.
    roles
        The needs that no course meets, by role.
    """

    skill: str
    taught_level: int | None
    roles: Mapping[str, RoleNeed]

    @property
    def importance(self) -> Importance:
        """Return ``essential`` where it is that for any of the roles."""
        essential = any(need.importance == "essential" for need in self.roles.values())
        return "essential" if essential else "optional"

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        roles = [
            {"role": role, "level": need.level, "importance": need.importance}
            for role, need in self.roles.items()
        ]
        return {
            "skill": self.skill,
            "importance": self.importance,
            "taught_level": self.taught_level,
            "roles": roles,
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a catalogue serves what roles need.

    Attributes
    ----------
    needed
        How many different skills the roles need.
    uncovered
        Those that no course meets, essential ones first.
    without_needs
        Roles of which it is not known what they need.
    """

    needed: int
    uncovered: tuple[Uncovered, ...]
    without_needs: tuple[str, ...]

    @classmethod
    def of(
        cls, framework: SkillFramework, roles: Collection[str], catalogue: Catalogue
    ) -> Coverage:
        """Look up what `roles` need among the active courses; sensitive ones are not counted."""
        taught = _highest_levels(catalogue)
        needed: set[str] = set()
        unmet: dict[str, dict[str, RoleNeed]] = {}
        for role in sorted(roles):
            for need in framework.of_role(role):
                needed.add(need.skill)
                if need.skill not in taught or not need.met_by(taught[need.skill]):
                    unmet.setdefault(need.skill, {})[role] = need
        found = [Uncovered(skill, taught.get(skill), needs) for skill, needs in unmet.items()]
        return cls(
            needed=len(needed),
            uncovered=tuple(sorted(found, key=lambda one: (one.importance, one.skill.casefold()))),
            without_needs=tuple(sorted(role for role in roles if not framework.of_role(role))),
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "needed": self.needed,
            "uncovered": [one.to_json() for one in self.uncovered],
            "without_needs": list(self.without_needs),
        }


def _highest_levels(catalogue: Catalogue) -> dict[str, int | None]:
    """Return the highest level taught of each skill; None where one that is taught is unknown."""
    levels: dict[str, int | None] = {}
    open_to_all = catalogue.active & ~catalogue.sensitive
    for at in open_to_all.nonzero()[0].tolist():
        for row in catalogue.skills[at]:
            known = levels.get(row.skill, row.level)
            if known is None or row.level is None:
                levels[row.skill] = None
            else:
                levels[row.skill] = max(known, row.level)
    return levels
