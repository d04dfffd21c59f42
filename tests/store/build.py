"""Small exports, written as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from hrreco.data.attributes import FairnessAttributes
from hrreco.data.learning_data import LearningData
from hrreco.privacy.audit import AuditLog
from hrreco.privacy.erasure import erase
from hrreco.privacy.stored_optouts import StoredOptOuts
from hrreco.settings import AsOf, Settings
from hrreco.store import IngestResult, Store
from hrreco.store.ingest import ingest_rows
from hrreco.store.tables import LEARNING, contract_columns

Rows = Iterable[Mapping[str, Any]]
MORNING = datetime(2024, 5, 1, 8, 0, 0, 123456, tzinfo=UTC)

_DEFAULTS: dict[str, dict[str, Any]] = {
    "employees": {"role": "Nurse"},
    "courses": {"title": "A course", "active": True, "sensitive": False},
    "events": {"kind": "completed", "occurred_at": MORNING},
    "employee_skills": {"source": "declared"},
    "role_skills": {"importance": "essential"},
    "sessions": {"starts_at": MORNING},
}
_ORDER = {
    "employees": ["employee_id"],
    "courses": ["course_id"],
    "events": [
        *("employee_id", "occurred_at", "course_id", "kind", "event_id"),
        *("progress", "rating", "reason", "source"),
    ],
    "employee_skills": ["employee_id", "skill"],
    "role_skills": ["role", "skill"],
    "sessions": ["course_id", "starts_at", "session_id"],
}


def export(**tables: Rows) -> LearningData:
    """An export of these rows; columns that are not given are null, or a plain default."""
    frames = {name: _frame(name, tables.get(name, ())) for name in LEARNING}
    return LearningData(**frames, settings=Settings())


def ingest_into(
    store: Store,
    data: LearningData,
    attributes: FairnessAttributes | None = None,
    *,
    source: str,
    full: bool,
    as_of: AsOf = None,
) -> IngestResult:
    """Ingest an export in a transaction of its own."""
    with store.writing() as connection:
        return ingest_rows(
            connection,
            store.pseudonyms,
            data,
            attributes,
            source=source,
            full=full,
            as_of=as_of,
        )


def _frame(name: str, rows: Rows) -> pl.DataFrame:
    dtypes = {column.name: column.info["dtype"] for column in contract_columns(LEARNING[name])}
    whole = [{**_DEFAULTS[name], **row} for row in rows]
    frame = pl.DataFrame(whole, schema=dtypes, orient="row")
    return frame.sort(_ORDER[name], maintain_order=True)


def care_home(employees: int = 3, events: int = 6, role: str = "Nurse") -> LearningData:
    """An export of some employees who took three courses in turn."""
    people = [f"{i:03d}" for i in range(employees)]
    return export(
        employees=[
            {"employee_id": person, "role": role, "manager_id": "000"} for person in people
        ],
        courses=[{"course_id": f"C{i}"} for i in range(3)],
        events=[
            {
                "event_id": f"ev{i}",
                "employee_id": people[i % employees],
                "course_id": f"C{i % 3}",
                "occurred_at": MORNING + timedelta(days=i),
                "reason": role,
            }
            for i in range(events)
        ],
        employee_skills=[{"employee_id": person, "skill": "first aid"} for person in people],
        role_skills=[{"role": role, "skill": "first aid", "level": 2}],
        sessions=[{"session_id": "S1", "course_id": "C1", "seats": 12}],
    )


def assert_same(one: LearningData, other: LearningData) -> None:
    for name in LEARNING:
        left, right = getattr(one, name), getattr(other, name)
        assert left.schema == right.schema, name
        assert left.equals(right), f"{name}:\n{left}\n{right}"


def erase_from(store: Store, employee_id: str, at: datetime) -> None:
    """Erase somebody from a store."""
    erase(AuditLog(store, store._database.folder), employee_id, at=at)


def opt_outs_of(store: Store, folder: Path) -> StoredOptOuts:
    """Return the opt-outs that are kept in a store."""
    return StoredOptOuts(AuditLog(store, folder))
