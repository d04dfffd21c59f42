"""One bad row of every kind, each wrong in one thing only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from hrreco.data.synthetic._config import CompanyConfig
from hrreco.data.synthetic._files import as_text
from hrreco.data.synthetic._truth import DirtyRow

Tables = dict[str, pl.DataFrame]

_RETIRED = {"active": "false", "mandatory_for": ""}
_EMPLOYEE_FAULTS = (
    ("role", "", "missing_value"),
    ("started_on", "31.31.2024", "bad_date"),
    ("started_on", "2211-01-01", "out_of_bounds"),
    ("hours_per_month", "a few", "bad_number"),
    ("hours_per_month", "-4", "out_of_range"),
    ("manager_id", "E999999", "unknown_manager"),
)
_COURSE_FAULTS = (
    ("title", "", "missing_value"),
    ("hours", "half a day", "bad_number"),
    ("valid_for_days", "-365", "out_of_range"),
    ("active", "perhaps", "bad_boolean"),
    ("mandatory_for", "everyone", "bad_list"),
    ("prerequisites", "C99999", "unknown_prerequisite"),
    ("equivalent_to", "C99999", "unknown_equivalent"),
)
_SKILL_FAULTS = (
    ("employee_id", "E999999", "unknown_employee"),
    ("level", "expert", "bad_number"),
    ("source", "guessed", "unknown_value"),
    ("skill", "", "missing_value"),
)
_ROLE_SKILL_FAULTS = (
    ("level", "-1", "out_of_range"),
    ("skill", "", "missing_value"),
    ("importance", "nice", "unknown_value"),
)
_SESSION_FAULTS = (
    ("course_id", "C99999", "unknown_course"),
    ("starts_at", "next Monday", "bad_date"),
    ("ends_at", "1999-12-31T08:00:00Z", "ends_before_start"),
)


_KEPT = ("unknown_manager", "unknown_prerequisite", "unknown_equivalent", "prerequisite_cycle")
"""Rules that only note something: the row stays."""


@dataclass(frozen=True, slots=True)
class DirtyLine:
    """The cells of one bad row, and what is wrong with it."""

    cells: list[str]
    column: str | None
    rule: str
    value: str


def dirty_lines(tables: Tables, config: CompanyConfig) -> dict[str, list[DirtyLine]]:
    """Return the bad rows of each table."""
    # Who stays has no events, and may owe mandatory training for days only.
    hired = {"started_on": f"{config.as_of - timedelta(days=7)}", "left_on": ""}
    made = {
        "employees": [*_with_new_ids(tables, "employees", _EMPLOYEE_FAULTS, hired)],
        "courses": [*_with_new_ids(tables, "courses", _COURSE_FAULTS, _RETIRED), *_cycle(tables)],
        "events": [*_event_lines(tables, config)],
        "employee_skills": [*_lines(tables, "employee_skills", _SKILL_FAULTS)],
        "role_skills": [*_lines(tables, "role_skills", _ROLE_SKILL_FAULTS)],
        "sessions": [*_lines(tables, "sessions", _SESSION_FAULTS)],
    }
    for name in ("employees", "courses"):
        first = _first(tables, name)
        made[name].append(_faulty(first, None, "duplicate", next(iter(first.values()))))
    return made


def marked(tables: Tables, lines: dict[str, list[DirtyLine]]) -> tuple[DirtyRow, ...]:
    """Return where each bad row stands in its written file."""
    return tuple(
        DirtyRow(
            file=f"{name}.csv",
            row=len(tables[name]) + 2 + at,
            column=line.column,
            rule=line.rule,
            value=line.value,
            removed=line.rule not in _KEPT,
        )
        for name, of_table in lines.items()
        for at, line in enumerate(of_table)
    )


def _faulty(row: dict[str, str], column: str | None, rule: str, value: str) -> DirtyLine:
    changed = row if column is None else row | {column: value}
    return DirtyLine(list(changed.values()), column, rule, value)


def _first(tables: Tables, name: str) -> dict[str, str]:
    """Return the first row of a table as the cells of its file."""
    row = as_text(tables[name].head(1)).cast(pl.String).fill_null("").row(0, named=True)
    return {column: str(cell) for column, cell in row.items()}


def _lines(
    tables: Tables, name: str, faults: tuple[tuple[str, str, str], ...]
) -> Iterator[DirtyLine]:
    row = _first(tables, name)
    for at, (column, value, rule) in enumerate(faults):
        own = {"session_id": f"S-DIRTY-{at}"} if name == "sessions" else {}
        yield _faulty(row | own, column, rule, value)


def _with_new_ids(
    tables: Tables, name: str, faults: tuple[tuple[str, str, str], ...], common: dict[str, str]
) -> Iterator[DirtyLine]:
    """Yield one line for each fault, and one without its id; `common` cells are of all of them."""
    row = _first(tables, name) | common
    key = next(iter(row))
    for at, (column, value, rule) in enumerate(faults):
        yield _faulty(row | {key: f"{key[0].upper()}-DIRTY-{at}"}, column, rule, value)
    yield _faulty(row, key, "missing_value", "")


def _cycle(tables: Tables) -> Iterator[DirtyLine]:
    """Yield two courses that each ask for the other first, so that nobody can take them."""
    row = _first(tables, "courses") | _RETIRED
    for here, there in (("C-CYCLE-1", "C-CYCLE-2"), ("C-CYCLE-2", "C-CYCLE-1")):
        own = {"course_id": here, "title": f"Retired course {here[-1]}"}
        yield _faulty(row | own, "prerequisites", "prerequisite_cycle", there)


def _event_lines(tables: Tables, config: CompanyConfig) -> Iterator[DirtyLine]:
    present = tables["employees"].filter(pl.col("left_on").is_null()).sort("started_on")
    someone = present.row(0, named=True)
    row = _first(tables, "events") | {
        "employee_id": someone["employee_id"],
        "kind": "completed",
        "occurred_at": f"{config.as_of - timedelta(days=1)}T09:00:00Z",
    }
    before: date = someone["started_on"] - timedelta(days=30)
    faults = (
        ("occurred_at", "yesterday", "bad_date"),
        ("occurred_at", "2211-01-01T09:00:00Z", "out_of_bounds"),
        ("occurred_at", "1970-01-01T00:00:00Z", "out_of_bounds"),
        ("occurred_at", f"{config.as_of + timedelta(days=30)}T09:00:00Z", "future"),
        ("occurred_at", f"{before}T09:00:00Z", "before_hiring"),
        ("occurred_at", "", "missing_value"),
        ("kind", "compleeted", "unknown_kind"),
        ("course_id", "C99999", "unknown_course"),
        ("employee_id", "E999999", "unknown_employee"),
        ("employee_id", "", "missing_value"),
        ("rating", "-3", "out_of_range"),
        ("rating", "NaN", "bad_number"),
        ("progress", "140", "out_of_range"),
    )
    for at, (column, value, rule) in enumerate(faults):
        yield _faulty(row | {"event_id": f"V-DIRTY-{at}"}, column, rule, value)
    too_many = row | {"event_id": "V-DIRTY-LONG", "": "one field too many"}
    yield _faulty(too_many, None, "too_many_fields", "one field too many")
    repeated = _first(tables, "events")
    yield _faulty(repeated, None, "duplicate", repeated["event_id"])
