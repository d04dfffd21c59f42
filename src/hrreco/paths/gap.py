"""What an employee still needs for a role, and which courses lead there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from hrreco.errors import DataError, UnknownIdError, checked_id, close_match
from hrreco.paths.offers import Offers
from hrreco.profiles import KnownSkill, unmet
from hrreco.recommend import Codes, LeftOut
from hrreco.skills import RoleNeed, SkillFramework

OPEN = frozenset(
    {
        LeftOut.ELIGIBLE,
        LeftOut.PREREQUISITE_MISSING,
        LeftOut.NOT_IN_MODEL,
        LeftOut.NO_EVIDENCE,
    }
)
"""The codes of courses that somebody may come to choose, be it after another one."""


@dataclass(frozen=True, slots=True)
class MissingSkill:
    """One skill that is missing, or known at too low a level.

    Attributes
    ----------
    level
        The level that the role needs; None where any will do.
    known_level
        The level that is known; None where the skill is missing.
    importance
        ``essential`` or ``optional``.
    taught
        Whether a course of the catalogue leads to the level.
    courses
        Those of them that the employee may take, by id.
    """

    skill: str
    level: int | None
    known_level: int | None
    importance: str
    taught: bool
    courses: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "skill": self.skill,
            "level": self.level,
            "known_level": self.known_level,
            "importance": self.importance,
            "taught": self.taught,
            "courses": list(self.courses),
        }


@dataclass(frozen=True)
class Gap:
    """What an employee lacks for a role: essential skills first, then by name.

    Attributes
    ----------
    needed
        How many skills are known to be needed for the role; where it is 0, nothing can be missing.
    decision_id
        By which the log of answers names it; None where none is kept.
    """

    employee_id: str
    target_role: str
    skills: tuple[MissingSkill, ...]
    needed: int
    decision_id: str | None = field(default=None, compare=False)

    @property
    def untaught(self) -> tuple[str, ...]:
        """Return the skills that no course in the catalogue leads to."""
        return tuple(missing.skill for missing in self.skills if not missing.taught)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "employee_id": self.employee_id,
            "target_role": self.target_role,
            "gap": [missing.to_json() for missing in self.skills],
            "untaught": list(self.untaught),
            "decision_id": self.decision_id,
        }


def needs_of(
    target_role: str | None, own_role: str, framework: SkillFramework
) -> tuple[str, tuple[RoleNeed, ...]]:
    """Return the role that is aimed at, and what it needs.

    Raises
    ------
    UnknownIdError
        When a role is named that nothing is known of; names the close match.
    """
    role = own_role if target_role is None else checked_id(target_role, "role")
    needs = framework.of_role(role)
    if target_role is not None and not needs:
        known = sorted(framework.needs)
        if role == own_role:
            raise DataError(f"no skills are known of the role {role!r}; {_WHERE}")
        hint = close_match(role, known) or f"; {_WHERE}"
        raise UnknownIdError(f"no skills are known of a role {role!r}{hint}")
    return role, needs


_WHERE = "name them in role_skills, or link the role to ESCO with: hrreco skills match"


def lacking(needs: tuple[RoleNeed, ...], known: Mapping[str, KnownSkill]) -> list[RoleNeed]:
    """Return what is missing or too low: essential needs first, then by name."""
    return sorted(unmet(needs, known), key=lambda need: (-need.weight, need.skill))


def gap_of(
    employee_id: str,
    role: str,
    needs: tuple[RoleNeed, ...],
    known: Mapping[str, KnownSkill],
    offers: Offers,
    codes: Codes,
) -> Gap:
    """Return the gap with the courses that close it."""
    may = np.isin(codes, [*OPEN, LeftOut.BEYOND_K])
    ids = offers.catalogue.course_ids
    skills = []
    for need in lacking(needs, known):
        closing = offers.closing(need)
        have = known.get(need.skill)
        skills.append(
            MissingSkill(
                skill=need.skill,
                level=need.level,
                known_level=None if have is None else have.level,
                importance=need.importance,
                taught=bool(closing),
                courses=tuple(ids[position] for position in closing if may[position]),
            )
        )
    return Gap(employee_id, role, tuple(skills), len(needs))
