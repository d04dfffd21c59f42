"""How much is stored: counts of rows, and of the people they are about."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, distinct, func, or_, select

from hrreco.store.schema import ALL_TABLES
from hrreco.store.tables import courses, employee_skills, employees, events
from hrreco.store.trust_tables import audit_chain

_EPOCH = date(1970, 1, 1)


class Volume(NamedTuple):
    """Exact counts: not to be told as they are."""

    rows: int
    people: int


def volumes(connection: Connection) -> dict[str, Volume]:
    """Return the volume of each table with rows about employees, by its name."""
    return {
        table.name: Volume(
            *connection.execute(
                select(func.count(), func.count(distinct(table.c.employee_id))).select_from(table)
            ).one()
        )
        for table in ALL_TABLES
        if "employee_id" in table.c
    }


def employed(connection: Connection, today: date) -> int:
    """Return how many employees have not left by a day."""
    left_on = employees.c.left_on
    stays = or_(left_on.is_(None), left_on > (today - _EPOCH).days)
    return connection.execute(select(func.count()).where(stays)).scalar_one()


def offered(connection: Connection) -> int:
    """Return how many courses are active."""
    return connection.execute(select(func.count()).where(courses.c.active)).scalar_one()


def kinds_of_events(connection: Connection) -> frozenset[str]:
    """Return which kinds of events there are."""
    return frozenset(connection.scalars(select(events.c.kind).distinct()))


def has_levels(connection: Connection) -> bool:
    """Return whether the level of anybody's skill is known."""
    known = select(employee_skills.c.skill).where(employee_skills.c.level.is_not(None))
    return connection.execute(known.limit(1)).first() is not None


def lines_of_kind(connection: Connection, kind: str) -> int:
    """Return how many lines of a kind the audit log has."""
    of_kind = audit_chain.c.kind == kind
    return connection.execute(select(func.count()).where(of_kind)).scalar_one()


def tables_about_people() -> tuple[str, ...]:
    """Return the names of all tables that hold something about an employee, by id or pseudonym."""
    about = ("employee_id", "pseudonym")
    return tuple(table.name for table in ALL_TABLES if any(name in table.c for name in about))
