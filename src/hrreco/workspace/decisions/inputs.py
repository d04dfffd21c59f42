"""What an answer keeps of an employee: the rows without the id, and what people decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from hrreco.data import EmployeeRecord
from hrreco.data.records import EventRow, SkillRow
from hrreco.privacy import Decision, OversightList, Rulings
from hrreco.privacy.oversight import Action

_PLAIN = ("role", "department", "language", "location", "grade", "hours_per_month")
_DAYS = ("started_on", "left_on")
_TEXTS = ("preferred_formats", "preferred_times")
_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


def inputs_of(record: EmployeeRecord) -> dict[str, Any]:
    """Return the rows as JSON holds them, days and moments aside; the same keys for everybody."""
    return {
        **{name: getattr(record, name) for name in (*_PLAIN, *_DAYS, *_TEXTS)},
        "events": [tuple(event) for event in record.events],  # JSON of which is quick to make
        "skills": [[row.skill, row.level, row.source] for row in record.skills],
    }


def record_of(inputs: Mapping[str, Any], employee_id: str) -> EmployeeRecord:
    """Return the rows that were kept in JSON, under an id."""
    values: dict[str, Any] = {name: inputs[name] for name in _PLAIN}
    for name in _DAYS:
        values[name] = date.fromisoformat(inputs[name]) if inputs[name] else None
    for name in _TEXTS:
        values[name] = tuple(inputs[name])
    return EmployeeRecord(
        employee_id,
        **values,
        events=tuple(
            EventRow(course_id, kind, datetime.fromisoformat(at), rating)
            for course_id, kind, at, rating in inputs["events"]
        ),
        skills=tuple(SkillRow(*row) for row in inputs["skills"]),
    )


def rulings_to_json(rulings: Rulings) -> dict[str, Any]:
    """Return what people decided as plain JSON values; the same keys for everybody."""
    return {
        "paused": rulings.paused,
        "suppressed": sorted(rulings.suppressed),
        "overridden": sorted(rulings.overridden),
        "instead": list(rulings.instead),
    }


def oversight_of(kept: Mapping[str, Any]) -> OversightList:
    """Return decisions that come to the same; by whom and why was not kept with the answer."""
    said: list[tuple[Action, str | None, str | None]] = [
        *((("pause", None, None),) if kept["paused"] else ()),
        *(("suppress", course_id, None) for course_id in kept["suppressed"]),
        *(("override", course_id, None) for course_id in kept["overridden"]),
        *(("override", None, instead) for instead in kept["instead"]),
    ]
    return OversightList(
        Decision(number, action, "", "", _UNKNOWN, course_id=course_id, instead=instead)
        for number, (action, course_id, instead) in enumerate(said, start=1)
    )
