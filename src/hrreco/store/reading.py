"""Reading whole tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection, Table

from hrreco.data.known import COURSE_COLUMNS, EMPLOYEE_COLUMNS, Known
from hrreco.data.learning_data import LearningData
from hrreco.settings import Settings
from hrreco.store.rows import read_columns
from hrreco.store.tables import (
    LEARNING,
    contract_columns,
    courses,
    employees,
    esco_role_skills,
    role_skills,
)

_ORDER = {
    "employees": ["employee_id"],
    "courses": ["course_id"],
    "events": [
        *("employee_id", "occurred_at", "course_id", "kind", "event_id"),
        *("progress", "rating", "reason", "source"),
    ],
    "employee_skills": ["employee_id", "skill"],
    "role_skills": ["role", "skill"],
    "esco_role_skills": ["role", "skill"],
    "sessions": ["course_id", "starts_at", "session_id"],
    "fairness_attributes": ["employee_id", "attribute"],
}


def read_all(connection: Connection, settings: Settings, up_to: int | None = None) -> LearningData:
    """Return all tables, sorted as `LearningData` is.

    Parameters
    ----------
    up_to
        Leave out what was not yet there after the ingest of this number.
    """
    tables: dict[str, Any] = {
        name: read_table(connection, table, up_to) for name, table in LEARNING.items()
    }
    tables["role_skills"] = read_role_skills(connection, up_to)
    return LearningData(**tables, settings=settings)


def read_table(connection: Connection, table: Table, up_to: int | None = None) -> pl.DataFrame:
    """Return one table in the order of the data contract."""
    where = [] if up_to is None else [table.c.first_seq <= up_to]
    rows = read_columns(connection, contract_columns(table), *where)
    return rows.sort(_ORDER[table.name], maintain_order=True)


def read_role_skills(connection: Connection, up_to: int | None = None) -> pl.DataFrame:
    """Return what roles need: by the company itself, and by ESCO where it says nothing."""
    own = read_table(connection, role_skills, up_to)
    by_esco = read_table(connection, esco_role_skills, up_to).join(own, on="role", how="anti")
    return pl.concat([own, by_esco]).sort(_ORDER["role_skills"])


def read_known(
    connection: Connection,
    erased: Callable[[Collection[str]], Mapping[str, datetime]],
    employee_ids: Collection[str] | None,
) -> Known:
    """Return what an export of some tables only is checked against; see `Store.known`."""
    named = [] if employee_ids is None else [employees.c.employee_id.in_(list(employee_ids))]
    people = read_columns(connection, [employees.c[name] for name in EMPLOYEE_COLUMNS], *named)
    about = read_columns(connection, [courses.c[name] for name in COURSE_COLUMNS])
    return Known(employees=people, courses=about, erased=erased)
