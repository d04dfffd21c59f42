"""Roles within reach of an employee, by the hours that they are away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hrreco.paths.build import skill_gap
from hrreco.paths.gap import Gap, lacking
from hrreco.paths.planner import Asker
from hrreco.paths.quickest import quickest
from hrreco.settings import Language
from hrreco.skills import SkillFramework


@dataclass(frozen=True, slots=True)
class CareerCourse:
    """A course between an employee and a role."""

    course_id: str
    title: str
    hours: float

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {"course_id": self.course_id, "title": self.title, "hours": self.hours}


@dataclass(frozen=True, slots=True)
class Career:
    """One role, and what is between the employee and it.

    Attributes
    ----------
    hours
        How long the courses take; 0 for who is ready.
    courses
        The quickest way to the essential skills that are lacking; one stands after what it
        builds on.
    gap
        All that is lacking, optional skills too.
    """

    role: str
    hours: float
    courses: tuple[CareerCourse, ...]
    gap: Gap

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "role": self.role,
            "hours": self.hours,
            "skills": [missing.to_json() for missing in self.gap.skills],
            "courses": [course.to_json() for course in self.courses],
        }


@dataclass(frozen=True)
class Careers:
    """What roles an employee could come to hold; for nobody's eyes but theirs.

    Attributes
    ----------
    within_reach
        Roles whose essential skills courses lead to, the nearest first.
    out_of_reach
        The others, each with the essential skills that no course leads the employee to.
    decision_id
        By which the log of answers names it; None where none is kept.
    """

    employee_id: str
    role: str
    lang: Language
    within_reach: tuple[Career, ...]
    out_of_reach: dict[str, tuple[str, ...]]
    decision_id: str | None = field(default=None, compare=False)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "employee_id": self.employee_id,
            "role": self.role,
            "within_reach": [career.to_json() for career in self.within_reach],
            "out_of_reach": {role: list(skills) for role, skills in self.out_of_reach.items()},
            "decision_id": self.decision_id,
        }


def careers_of(asker: Asker, framework: SkillFramework, *, seed: int) -> Careers:
    """Find the roles within reach, and the quickest way to each."""
    near: list[Career] = []
    far: dict[str, tuple[str, ...]] = {}
    for role in sorted(framework.needs.keys() - {asker.profile.role}):
        found = _career(asker, framework, role, seed)
        if isinstance(found, Career):
            near.append(found)
        else:
            far[role] = found
    near.sort(key=lambda career: (career.hours, career.role))
    return Careers(
        asker.profile.employee_id, asker.profile.role, asker.texts.language, tuple(near), far
    )


def _career(
    asker: Asker, framework: SkillFramework, role: str, seed: int
) -> Career | tuple[str, ...]:
    """Return the way to a role, or the essential skills that no course leads to."""
    needs = lacking(framework.of_role(role), asker.profile.skills)
    essential = [need for need in needs if need.importance == "essential"]
    found = quickest(asker, essential, [duty.position for duty in asker.due], seed=seed)
    if beyond := tuple(need.skill for need in essential if need.skill not in found.ways):
        return beyond
    offers = asker.offers
    courses = tuple(
        CareerCourse(
            offers.catalogue.course_ids[position],
            offers.catalogue.titles[position],
            offers.hours(position),
        )
        for position in found.courses
    )
    return Career(
        role,
        hours=sum((course.hours for course in courses), 0.0),
        courses=courses,
        gap=skill_gap(asker, framework, role),
    )
