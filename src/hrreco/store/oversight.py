"""The decisions of people over the model, in the database: in force while the row is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select

from hrreco.store.trust_tables import oversight

_ALL = select(oversight).order_by(oversight.c.id)
_OF_EVERYBODY = oversight.c.employee_id.is_(None)
_ABOUT_ONE = _ALL.where(or_(_OF_EVERYBODY, oversight.c.employee_id == bindparam("employee_id")))


def all_decisions(connection: Connection) -> Sequence[Row[Any]]:
    """Return all decisions, in the order in which they were taken."""
    return connection.execute(_ALL).all()


def decisions_about(connection: Connection, employee_id: str) -> Sequence[Row[Any]]:
    """Return those about one employee, and those about everybody."""
    return connection.execute(_ABOUT_ONE, {"employee_id": employee_id}).all()


def add_decision(connection: Connection, values: dict[str, Any]) -> int:
    """Write a decision; return its number."""
    row = insert(oversight).values(values).returning(oversight.c.id)
    return int(connection.execute(row).scalar_one())


def remove_decision(connection: Connection, number: int) -> None:
    """Delete a decision."""
    connection.execute(delete(oversight).where(oversight.c.id == number))
