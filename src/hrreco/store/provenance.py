"""What a model was learned from: rows that changed since, and people who were left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, insert, select

from hrreco.store.moments import day_from_stored, day_to_stored
from hrreco.store.tables import courses, employee_skills, employees, events, not_learned_from
from hrreco.store.trust_tables import fits


class Changed(NamedTuple):
    """Whose rows were there already, and are no longer as they were."""

    employees: frozenset[str]
    courses: frozenset[str]


def changed_since(connection: Connection, seq: int) -> Changed:
    """Return whose rows an ingest after number `seq` has changed."""
    about_people = (employees, events, employee_skills)
    of_people = [_changed(connection, table.c.employee_id, seq) for table in about_people]
    return Changed(
        employees=frozenset().union(*of_people),
        courses=_changed(connection, courses.c.course_id, seq),
    )


def _changed(connection: Connection, key: Column[Any], seq: int) -> frozenset[str]:
    rows = key.table.c
    then = select(key).where(rows.first_seq <= seq, rows.ingest_seq > seq)
    return frozenset(connection.scalars(then))


def left_out(connection: Connection, bundle_id: str) -> frozenset[str]:
    """Return who a bundle was not learned from."""
    of_bundle = not_learned_from.c.bundle_id == bundle_id
    return frozenset(connection.scalars(select(not_learned_from.c.employee_id).where(of_bundle)))


def note_fit(
    connection: Connection, bundle_id: str, employee_ids: Iterable[str], kept_as_of: date
) -> None:
    """Record who a bundle was not learned from, and as of which day rows were past retention."""
    new = sorted(frozenset(employee_ids) - left_out(connection, bundle_id))
    if new:
        rows = [{"bundle_id": bundle_id, "employee_id": one} for one in new]
        connection.execute(insert(not_learned_from), rows)
    if kept_as_of_fit(connection, bundle_id) is None:
        day = day_to_stored(kept_as_of)
        connection.execute(insert(fits).values(bundle_id=bundle_id, kept_as_of=day))


def kept_as_of_fit(connection: Connection, bundle_id: str) -> date | None:
    """Return the day as of which rows past retention were left out; None where nobody noted it."""
    noted = select(fits.c.kept_as_of).where(fits.c.bundle_id == bundle_id)
    return day_from_stored(connection.scalar(noted))
