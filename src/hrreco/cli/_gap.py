"""Gaps to roles as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hrreco.paths import Career, Careers, Gap, MissingSkill
from hrreco.recommend import Texts, texts_in

_FEW = 5
"""Courses named for one skill; the rest are counted."""


def gap_view(gap: Gap, texts: Texts) -> RenderableType:
    """Return what is lacking for a role, and what closes it."""
    title = texts.say("gap.title", employee=gap.employee_id, role=gap.target_role)
    table = Table.grid(padding=(0, 2, 0, 0))
    for missing in gap.skills:
        importance = texts.say(f"gap.{missing.importance}")
        table.add_row(
            importance, missing.skill, _levels(missing, texts), Text(_closing(missing, texts))
        )
    shown = table if gap.skills else Text(texts.say("gap.nothing"))
    return Group(Text(title, style="bold"), Padding(shown, (0, 0, 0, 2)))


def careers_view(careers: Careers) -> RenderableType:
    """Return the roles within reach, the nearest first, and what is between."""
    texts = texts_in(careers.lang)
    title = texts.say("careers.title", employee=careers.employee_id, role=careers.role)
    parts: list[RenderableType] = [Text(title, style="bold")]
    for career in careers.within_reach:
        parts += _career(career, texts)
    if not careers.within_reach:
        parts.append(Text(texts.say("careers.none")))
    for role, skills in careers.out_of_reach.items():
        named = ", ".join(skills)
        parts.append(Text(texts.say("careers.out_of_reach", role=role, skills=named), "dim"))
    return Group(*parts)


def _career(career: Career, texts: Texts) -> Iterator[RenderableType]:
    essential = [one.skill for one in career.gap.skills if one.importance == "essential"]
    hours = texts.say("careers.hours", hours=texts.number(career.hours))
    away = hours if career.courses else texts.say("careers.ready")
    yield Text.assemble((career.role, "bold"), f"  {away}")
    table = Table.grid(padding=(0, 2, 0, 0))
    if essential:
        table.add_row(texts.say("careers.skills"), Text(", ".join(essential)))
    if career.courses:
        titles = [f"{course.title} ({texts.number(course.hours)} h)" for course in career.courses]
        table.add_row(texts.say("careers.courses"), Text(", ".join(titles)))
    yield Padding(table, (0, 0, 0, 4))


def _levels(missing: MissingSkill, texts: Texts) -> str:
    if missing.level is None:
        return ""
    if missing.known_level is None:
        return texts.say("gap.level_missing", level=missing.level)
    return texts.say("gap.level", level=missing.level, known=missing.known_level)


def _closing(missing: MissingSkill, texts: Texts) -> str:
    if not missing.taught:
        return texts.say("gap.untaught")
    if not missing.courses:
        return texts.say("gap.not_open")
    more = len(missing.courses) - _FEW
    named = ", ".join(missing.courses[:_FEW])
    return texts.say("gap.more", courses=named, more=more) if more > 0 else named
