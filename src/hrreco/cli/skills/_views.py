"""Matching, applying and coverage as a person sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from hrreco.cli._lines import WholeTable, whole_line
from hrreco.skills import Coverage, RoleNeed
from hrreco.workspace.skills import Applied, Matched

_WAYS = {
    "id": "by id",
    "label": "by label",
    "alternative_label": "by alternative label",
    "text": "by text",
    "hand": "by hand",
    "to_confirm": "to confirm",
    "none": "none",
}

_LOOK = (
    "Look through it, above all at alternative labels: ESCO's may be those of a narrower job. "
    "Write yes or no in the last column; what is empty there is not used."
)


def matched_view(done: Matched) -> RenderableType:
    """Return how many names are settled in which way, and what a person has to do."""
    table = WholeTable(title="Matched to ESCO", title_justify="left")
    counts = done.mapping.counts()
    shown = [way for way in _WAYS if way not in {"text", "hand"} or _any(counts.values(), way)]
    for column in ("", *(_WAYS[way] for way in shown)):
        table.add_column(column, justify="right" if column else "left")
    for kind, ways in counts.items():
        table.add_row(f"{kind}s", *(f"{ways[way]:,}" for way in shown))
    return Group(
        table,
        *_notes(done.findings),
        whole_line(f"Written: {done.file}"),
        Text(_LOOK),
    )


def applied_view(done: Applied) -> RenderableType:
    """Return what roles need by ESCO now, and which are left as they are."""
    table = WholeTable(title="What roles need by ESCO", title_justify="left")
    for column in ("role", "occupation", "essential", "optional"):
        table.add_column(column, justify="right" if column.endswith("al") else "left")
    for role, by in done.roles.items():
        table.add_row(role, by.occupation, f"{by.essential:,}", f"{by.optional:,}")
    parts: list[RenderableType] = [table if done.roles else "No role needs anything by ESCO."]
    if done.own:
        parts.append(Text(f"Left with the needs of their own: {', '.join(done.own)}"))
    if done.to_confirm:
        parts.append(Text(f"Left, as nobody has confirmed them: {', '.join(done.to_confirm)}"))
    same = (
        f"{' and '.join(names)} are one skill of ESCO, {label}; roles need the first. Give them "
        "one name in the exports"
        for label, names in done.synonyms.items()
    )
    n = done.counts
    changes = f"{n.new:,} new, {n.changed:,} changed, {n.unchanged:,} as before, {n.marked:,} gone"
    goes_on = "Next: hrreco skills coverage, and hrreco train"
    return Group(*parts, *_notes([*same, *done.findings]), f"Needs: {changes}", goes_on)


def coverage_view(found: Coverage) -> RenderableType:
    """Return the skills that no course teaches, with the roles that need them."""
    parts: list[RenderableType] = []
    if found.uncovered:
        table = WholeTable(title="Needed, and not taught", title_justify="left")
        for column in ("skill", "importance", "taught to level", "needed by"):
            table.add_column(column)
        for one in found.uncovered:
            taught = "" if one.taught_level is None else str(one.taught_level)
            roles = ", ".join(_role(role, need) for role, need in one.roles.items())
            table.add_row(one.skill, one.importance, taught, roles)
        parts.append(table)
    parts.append(
        f"{len(found.uncovered):,} of {found.needed:,} needed skills: no course teaches them, or "
        "none as high as needed."
    )
    if found.without_needs:
        roles = ", ".join(found.without_needs)
        parts.append(Text(f"Not known what they need: {roles}. See hrreco skills match."))
    return Group(*parts)


def _role(role: str, need: RoleNeed) -> str:
    return role if need.level is None else f"{role} (level {need.level})"


def _any(counts: Iterable[dict[str, int]], way: str) -> bool:
    return any(ways[way] for ways in counts)


def _notes(lines: Iterable[str]) -> Iterator[Text]:
    return (Text(f"Note: {line}") for line in lines)
