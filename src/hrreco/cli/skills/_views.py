"""Matching, applying and coverage as a person sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hrreco.cli._lines import FittedTable, WholeTable, whole_line
from hrreco.settings import Texts
from hrreco.skills import Coverage, RoleNeed, Uncovered
from hrreco.skills.mapping import Kind
from hrreco.workspace.skills import Applied, Matched

_WHERE_ANY = frozenset({"text", "hand"})
"""Ways that are told only where a name is settled so."""


def matched_view(done: Matched, words: Texts) -> RenderableType:
    """Return how many names are settled in which way, and what a person has to do."""
    table = WholeTable(title=words.say("match.title"), title_justify="left")
    table.add_column("")
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
        table.add_column(words.say(f"match.{kind}s"), justify="right")
    counts = done.mapping.counts()
    for way in counts["role"]:
        numbers = [counts[kind][way] for kind in kinds]
        if any(numbers) or way not in _WHERE_ANY:
            table.add_row(words.say(f"match.{way}"), *map(words.number, numbers))
    return Group(
        table,
        *_notes(done.findings, words),
        whole_line(words.say("match.written", file=done.file)),
        Text(words.say("match.look")),
    )


def applied_view(done: Applied, words: Texts) -> RenderableType:
    """Return what roles need by ESCO now, and which are left as they are."""
    parts: list[RenderableType] = [Text(words.say("apply.nothing"))]
    if done.roles:
        parts = [_needs(done, words)]
    for key, roles in (("apply.own", done.own), ("apply.to_confirm", done.to_confirm)):
        if roles:
            parts.append(Text(words.say(key, roles=", ".join(roles))))
    same = (
        words.say("apply.synonyms", names=words.listed(names), label=label)
        for label, names in done.synonyms.items()
    )
    n = done.counts
    changes = words.say(
        "apply.changes",
        new=words.number(n.new),
        changed=words.number(n.changed),
        unchanged=words.number(n.unchanged),
        gone=words.number(n.marked),
    )
    goes_on = words.say("next", command=words.listed(["hrreco skills coverage", "hrreco train"]))
    return Group(*parts, *_notes([*same, *done.findings], words), Text(changes), Text(goes_on))


def coverage_view(found: Coverage, words: Texts) -> RenderableType:
    """Return the skills that no course teaches, with the roles that need them."""
    parts: list[RenderableType] = [_uncovered(found, words)] if found.uncovered else []
    needed = words.number(found.needed)
    parts.append(Text(words.say("coverage.summary", len(found.uncovered), needed=needed)))
    if found.without_needs:
        roles = ", ".join(found.without_needs)
        parts.append(Text(words.say("coverage.unknown", roles=roles)))
    return Group(*parts)


def _needs(done: Applied, words: Texts) -> Table:
    table = FittedTable(title=words.say("apply.title"), title_justify="left")
    for column in ("role", "occupation"):
        table.add_column(words.say(f"apply.{column}"), overflow="fold")
    for column in ("essential", "optional"):
        table.add_number(words.say(f"apply.{column}"))
    for role, by in done.roles.items():
        table.add_row(role, by.occupation, words.number(by.essential), words.number(by.optional))
    return table


def _uncovered(found: Coverage, words: Texts) -> Table:
    """Return a table as wide as the terminal: names of skills, and many roles, wrap in it."""
    table = Table(title=words.say("coverage.title"), title_justify="left", show_lines=True)
    table.add_column(words.say("coverage.skill"), ratio=2)
    table.add_column(words.say("coverage.roles"), ratio=3)
    for one in found.uncovered:
        table.add_row(_skill(one, words), ", ".join(_roles(one, words)))
    return table


def _skill(one: Uncovered, words: Texts) -> Text:
    told = [words.say(f"gap.{one.importance}")]
    if one.taught_level is not None:
        told.append(words.say("coverage.taught", level=one.taught_level))
    return Text.assemble((one.skill, "bold"), f"\n{', '.join(told)}")


def _roles(one: Uncovered, words: Texts) -> Iterator[str]:
    for role, need in one.roles.items():
        yield _role(role, need, words)


def _role(role: str, need: RoleNeed, words: Texts) -> str:
    return role if need.level is None else words.say("coverage.level", role=role, level=need.level)


def _notes(lines: Iterable[str], words: Texts) -> Iterator[Text]:
    return (Text(words.say("note", text=line)) for line in lines)
