"""The decisions of people over the model, in the database: in force while the row is there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, or_, select

from hrreco.store.statement import Statement
from hrreco.store.trust_tables import oversight


class DecisionRow(NamedTuple):
    """A decision as it is stored; `since` in microseconds since 1970 (UTC)."""

    id: int
    action: str
    course_id: str | None
    employee_id: str | None
    instead: str | None
    decided_by: str
    reason: str
    since: int


_ALL = select(*(oversight.c[name] for name in DecisionRow._fields)).order_by(oversight.c.id)
_OF_EVERYBODY = oversight.c.employee_id.is_(None)
_ABOUT_ONE = Statement(
    _ALL.where(or_(_OF_EVERYBODY, oversight.c.employee_id == bindparam("employee_id")))
)


def all_decisions(connection: Connection) -> Sequence[DecisionRow]:
    """Return all decisions, in the order in which they were taken."""
    return list(starmap(DecisionRow, connection.execute(_ALL)))


def decisions_about(connection: Connection, employee_id: str) -> Sequence[DecisionRow]:
    """Return those about one employee, and those about everybody."""
    return list(starmap(DecisionRow, _ABOUT_ONE.rows(connection, employee_id=employee_id)))


def add_decision(connection: Connection, values: dict[str, Any]) -> int:
    """Write a decision; return its number."""
    row = insert(oversight).values(values).returning(oversight.c.id)
    return int(connection.execute(row).scalar_one())


def remove_decision(connection: Connection, number: int) -> None:
    """Delete a decision."""
    connection.execute(delete(oversight).where(oversight.c.id == number))
