"""Gaps to roles as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hrreco.paths import Career, Careers, Gap, MissingSkill

_FEW = 5
"""Courses named for one skill; the rest are counted."""


def gap_view(gap: Gap) -> RenderableType:
    """Return what is lacking for a role, and what closes it."""
    title = f"What {gap.employee_id} lacks for {gap.target_role}"
    if not gap.skills:
        return Text(f"{title}: nothing that is known of.")
    table = Table.grid(padding=(0, 2, 0, 0))
    for missing in gap.skills:
        table.add_row(missing.importance, missing.skill, _levels(missing), _closing(missing))
    return Group(Text(title, style="bold"), Padding(table, (0, 0, 0, 2)))


def careers_view(careers: Careers) -> RenderableType:
    """Return the roles within reach, the nearest first, and what is between."""
    parts: list[RenderableType] = [
        Text(f"Roles within reach of {careers.employee_id}, now {careers.role}", style="bold")
    ]
    for career in careers.within_reach:
        parts += _career(career)
    if not careers.within_reach:
        parts.append(
            Text("None: nothing is known of what other roles need, or nothing teaches it.")
        )
    for role, skills in careers.out_of_reach.items():
        parts.append(Text(f"Out of reach: {role}; no course leads to {', '.join(skills)}", "dim"))
    return Group(*parts)


def _career(career: Career) -> Iterator[RenderableType]:
    essential = [one.skill for one in career.gap.skills if one.importance == "essential"]
    away = f"{career.hours:g} hours" if career.courses else "ready"
    yield Text.assemble((career.role, "bold"), f"  {away}")
    table = Table.grid(padding=(0, 2, 0, 0))
    if essential:
        table.add_row("skills", Text(", ".join(essential)))
    if career.courses:
        titles = [f"{course.title} ({course.hours:g} h)" for course in career.courses]
        table.add_row("courses", Text(", ".join(titles)))
    yield Padding(table, (0, 0, 0, 4))


def _levels(missing: MissingSkill) -> str:
    if missing.level is None:
        return ""
    known = "none" if missing.known_level is None else str(missing.known_level)
    return f"level {missing.level}, has {known}"


def _closing(missing: MissingSkill) -> Text:
    if not missing.taught:
        return Text("no course in the catalogue leads there")
    if not missing.courses:
        return Text("courses lead there, but none is open to them")
    more = len(missing.courses) - _FEW
    named = ", ".join(missing.courses[:_FEW])
    return Text(f"{named} and {more} more" if more > 0 else named)
