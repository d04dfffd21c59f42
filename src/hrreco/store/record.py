"""Reading all rows of one employee."""

from __future__ import annotations

import json
from collections.abc import Collection

from sqlalchemy import BindParameter, Connection, bindparam, select

from hrreco.data.records import EmployeeRecord, EventRow, SkillRow
from hrreco.errors import UnknownEmployeeError, close_match
from hrreco.store.moments import day_from_stored, from_stored
from hrreco.store.statement import Statement
from hrreco.store.tables import employee_skills, employees, events

_ID: BindParameter[str] = bindparam("employee_id")
_PERSON = Statement(
    select(
        employees.c.role,
        employees.c.department,
        employees.c.started_on,
        employees.c.left_on,
        employees.c.language,
        employees.c.location,
        employees.c.grade,
        employees.c.hours_per_month,
        employees.c.preferred_formats,
        employees.c.preferred_times,
    ).where(employees.c.employee_id == _ID)
)
_EVENTS = Statement(
    select(events.c.course_id, events.c.kind, events.c.occurred_at, events.c.rating)
    .where(events.c.employee_id == _ID)
    .order_by(
        events.c.occurred_at,
        events.c.course_id,
        events.c.kind,
        events.c.event_id.nulls_first(),
        events.c.progress.nulls_first(),
        events.c.rating.nulls_first(),
    )
)
_SKILLS = Statement(
    select(employee_skills.c.skill, employee_skills.c.level, employee_skills.c.source)
    .where(employee_skills.c.employee_id == _ID)
    .order_by(employee_skills.c.skill)
)


def knows_employee(connection: Connection, employee_id: str) -> bool:
    """Return whether there is such an employee."""
    return bool(_PERSON.rows(connection, employee_id=employee_id))


def unknown_employee(connection: Connection, employee_id: str) -> UnknownEmployeeError:
    """Return the error that says so, and names the close match."""
    known = connection.scalars(select(employees.c.employee_id))
    return UnknownEmployeeError(
        f"unknown employee {employee_id!r}{close_match(employee_id, known)}"
    )


def known_among(connection: Connection, employee_ids: Collection[str]) -> frozenset[str]:
    """Return which of some hundred people there are."""
    ids = select(employees.c.employee_id).where(employees.c.employee_id.in_(list(employee_ids)))
    return frozenset(connection.scalars(ids))


def read_employee(connection: Connection, employee_id: str) -> EmployeeRecord:
    """Return the rows of `employee_id`.

    Raises
    ------
    UnknownIdError
        When there is no such employee; names the close match.
    """
    found = _PERSON.rows(connection, employee_id=employee_id)
    if not found:
        raise unknown_employee(connection, employee_id)
    ((role, department, started_on, left_on, *others, formats, times),) = found
    language, location, grade, hours_per_month = others
    return EmployeeRecord(
        employee_id=employee_id,
        role=role,
        department=department,
        started_on=day_from_stored(started_on),
        left_on=day_from_stored(left_on),
        language=language,
        location=location,
        grade=grade,
        hours_per_month=hours_per_month,
        preferred_formats=_texts(formats),
        preferred_times=_texts(times),
        events=tuple(
            EventRow(course_id, kind, from_stored(occurred_at), rating)
            for course_id, kind, occurred_at, rating in _EVENTS.rows(
                connection, employee_id=employee_id
            )
        ),
        skills=tuple(
            SkillRow(*skill) for skill in _SKILLS.rows(connection, employee_id=employee_id)
        ),
    )


def _texts(stored: str | None) -> tuple[str, ...]:
    return () if stored is None else tuple(json.loads(stored))
