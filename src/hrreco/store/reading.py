"""Reading whole tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

import polars as pl
from sqlalchemy import Connection, select

from hrreco.data.known import Known
from hrreco.data.learning_data import TABLES, LearningData
from hrreco.settings import Settings
from hrreco.store.rows import read_columns
from hrreco.store.tables import LEARNING, contract_columns, courses, employees

_ORDER = {
    "employees": ["employee_id"],
    "courses": ["course_id"],
    "events": ["employee_id", "occurred_at", "course_id"],
    "employee_skills": ["employee_id", "skill", "source"],
    "role_skills": ["role", "skill"],
    "sessions": ["session_id", "course_id", "starts_at"],
}


def read_all(connection: Connection, settings: Settings) -> LearningData:
    """Return all tables in the order of the data contract; equals keep the order they came in."""
    return LearningData(*(_read(connection, name) for name in TABLES), settings=settings)


def _read(connection: Connection, name: str) -> pl.DataFrame:
    columns = contract_columns(LEARNING[name])
    return read_columns(connection, columns).sort(_ORDER[name], maintain_order=True)


def read_known(
    connection: Connection, erased: Callable[[Collection[str]], Mapping[str, datetime]]
) -> Known:
    """Return what an export of some tables only is checked against."""
    people = read_columns(connection, [employees.c.employee_id, employees.c.started_on])
    return Known(
        employees=people,
        course_ids=frozenset(connection.scalars(select(courses.c.course_id))),
        erased=erased,
    )
