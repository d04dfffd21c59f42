"""Every row about one person, in every table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from hrreco.store.moments import from_stored
from hrreco.store.rows import read_columns
from hrreco.store.schema import ALL_TABLES
from hrreco.store.tables import LEARNING, contract_columns, employees

Rows = list[dict[str, Any]]
"""Plain JSON values: days and moments are ISO 8601, lists are lists."""


def rows_about(connection: Connection, employee_id: str) -> dict[str, Rows]:
    """Return all rows of a person by table; a table with none is there, too."""
    return {
        table.name: list(_rows(connection, table, employee_id))
        for table in ALL_TABLES
        if "employee_id" in table.c
    }


def managed_by(connection: Connection, employee_id: str) -> int:
    """Return of how many others a person is the manager."""
    theirs = employees.c.manager_id == employee_id
    return connection.execute(select(func.count()).where(theirs)).scalar_one()


def _rows(connection: Connection, table: Table, employee_id: str) -> Iterator[dict[str, Any]]:
    theirs = table.c.employee_id == employee_id
    if table.name in LEARNING:
        frame = read_columns(connection, contract_columns(table), theirs)
        rows: Iterator[dict[str, Any]] = frame.iter_rows(named=True)
    else:
        rows = (dict(row._mapping) for row in connection.execute(select(table).where(theirs)))
    for row in rows:
        yield {name: plain(name, value) for name, value in row.items()}


def plain(name: str, value: Any) -> Any:
    """Return a value of a column in plain JSON."""
    if name == "since":
        return from_stored(value).isoformat()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value
