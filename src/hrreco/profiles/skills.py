"""Which skills an employee has, and which the role still needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hrreco.data.catalogue import Catalogue
from hrreco.data.records import EventRow, SkillRow
from hrreco.profiles.profile import HistoryEntry, KnownSkill, SkillSource
from hrreco.settings import EventMeaning
from hrreco.skills import RoleNeed

TRUST: Mapping[SkillSource, int] = {"inferred": 0, "declared": 1, "assessed": 2}
"""Of several rows about one skill, that of the highest trust counts."""


def known_skills(
    rows: Iterable[SkillRow],
    history: Mapping[str, HistoryEntry],
    events: Iterable[EventRow],
    meanings: Mapping[str, EventMeaning],
    catalogue: Catalogue,
) -> dict[str, KnownSkill]:
    """Return the skills of one employee: recorded ones, and those of courses taken.

    Of several levels for one skill, an assessed one counts before a declared one, that before
    an inferred one, and the higher before the lower.
    """
    declared = {e.course_id for e in events if meanings[e.kind].declares_skills}
    known: dict[str, KnownSkill] = {}
    for row in rows:
        _learn(known, row.skill, KnownSkill(row.level, _source(row.source)))
    taught_by = catalogue.taught_by
    for course_id, entry in history.items():
        if entry.taken_at is not None:
            source: SkillSource = "declared" if course_id in declared else "inferred"
            for taught in taught_by.get(course_id, ()):
                _learn(known, taught.skill, KnownSkill(taught.level, source))
    return known


def unmet(needs: Iterable[RoleNeed], known: Mapping[str, KnownSkill]) -> list[RoleNeed]:
    """Return the needs of a role that are missing among the known skills, or too low."""
    return [
        need
        for need in needs
        if need.skill not in known or not need.met_by(known[need.skill].level)
    ]


def _source(text: str) -> SkillSource:
    return "assessed" if text == "assessed" else "inferred" if text == "inferred" else "declared"


def _learn(known: dict[str, KnownSkill], skill: str, found: KnownSkill) -> None:
    before = known.setdefault(skill, found)
    if before != found and _rank(found) > _rank(before):
        known[skill] = found


def _rank(skill: KnownSkill) -> tuple[int, int]:
    return TRUST[skill.source], -1 if skill.level is None else skill.level
