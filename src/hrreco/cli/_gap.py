"""Gaps to roles as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hrreco.cli.texts import words_in
from hrreco.paths import Career, Careers, Gap, MissingSkill
from hrreco.settings import Texts

_FEW = 5
"""Courses named for one skill; the rest are counted."""


def gap_view(gap: Gap, words: Texts) -> RenderableType:
    """Return what is lacking for a role, and what closes it."""
    title = words.say("gap.title", employee=gap.employee_id, role=gap.target_role)
    table = Table.grid(padding=(0, 2, 0, 0))
    for missing in gap.skills:
        importance = words.say(f"gap.{missing.importance}")
        table.add_row(
            importance, missing.skill, levels(missing, words), Text(_closing(missing, words))
        )
    shown = table if gap.skills else Text(words.say("gap.nothing"))
    return Group(Text(title, style="bold"), Padding(shown, (0, 0, 0, 2)))


def careers_view(careers: Careers) -> RenderableType:
    """Return the roles within reach, the nearest first, and what is between."""
    words = words_in(careers.lang)
    title = words.say("careers.title", employee=careers.employee_id, role=careers.role)
    parts: list[RenderableType] = [Text(title, style="bold")]
    for career in careers.within_reach:
        parts += _career(career, words)
    if not careers.within_reach:
        parts.append(Text(words.say("careers.none")))
    for role, skills in careers.out_of_reach.items():
        named = ", ".join(skills)
        parts.append(Text(words.say("careers.out_of_reach", role=role, skills=named), "dim"))
    return Group(*parts)


def _career(career: Career, words: Texts) -> Iterator[RenderableType]:
    essential = [one.skill for one in career.gap.skills if one.importance == "essential"]
    hours = words.say("hours", career.hours)
    away = hours if career.courses else words.say("careers.ready")
    yield Text.assemble((career.role, "bold"), f"  {away}")
    table = Table.grid(padding=(0, 2, 0, 0))
    if essential:
        table.add_row(words.say("careers.skills"), Text(", ".join(essential)))
    if career.courses:
        titles = [f"{c.title} ({words.say('hours_short', c.hours)})" for c in career.courses]
        table.add_row(words.say("careers.courses"), Text(", ".join(titles)))
    yield Padding(table, (0, 0, 0, 4))


def levels(missing: MissingSkill, words: Texts) -> str:
    """Return the level that is needed, and the one that is known; empty where any will do."""
    if missing.level is None:
        return ""
    if missing.known_level is None:
        return words.say("gap.level_missing", level=missing.level)
    return words.say("gap.level", level=missing.level, known=missing.known_level)


def _closing(missing: MissingSkill, words: Texts) -> str:
    if not missing.taught:
        return words.say("gap.untaught")
    if not missing.courses:
        return words.say("gap.not_open")
    more = len(missing.courses) - _FEW
    named = ", ".join(missing.courses[:_FEW])
    return words.say("gap.more", more, courses=named) if more > 0 else named
