"""The opt-outs in the database, by employee and purpose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from hrreco.store.moments import to_stored
from hrreco.store.statement import Statement
from hrreco.store.tables import opt_outs

_ALL = select(opt_outs.c.employee_id).where(opt_outs.c.purpose == bindparam("purpose"))
_ONE = Statement(_ALL.where(opt_outs.c.employee_id == bindparam("employee_id")))


def opted_out(connection: Connection, purpose: str) -> frozenset[str]:
    """Return the ids of all who opted out of `purpose`."""
    return frozenset(connection.scalars(_ALL, {"purpose": purpose}))


def is_out(connection: Connection, employee_id: str, purpose: str) -> bool:
    """Return whether `employee_id` opted out of `purpose`."""
    return bool(_ONE.rows(connection, purpose=purpose, employee_id=employee_id))


def opt_out(
    connection: Connection, employee_id: str, purposes: Iterable[str], since: datetime
) -> None:
    """Add opt-outs; one that stands already keeps its moment."""
    for purpose in purposes:
        if not is_out(connection, employee_id, purpose):
            connection.execute(
                insert(opt_outs).values(
                    employee_id=employee_id, purpose=purpose, since=to_stored(since)
                )
            )


def opt_in(connection: Connection, employee_id: str, purposes: Iterable[str]) -> None:
    """Remove opt-outs; one that does not stand is no error."""
    for purpose in purposes:
        connection.execute(
            delete(opt_outs).where(
                opt_outs.c.employee_id == employee_id, opt_outs.c.purpose == purpose
            )
        )
