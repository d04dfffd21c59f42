"""Deleting people and rows past the time for which they may be kept.

`hrreco.data.retention` has the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

import polars as pl
from sqlalchemy import Connection, delete, distinct, func, select, update

from hrreco.data.known import COURSE_COLUMNS
from hrreco.data.retention import Retention, proven_by
from hrreco.settings import Moment, Settings
from hrreco.store.emptying import ABOUT_PEOPLE, Removed, empty_values, parts, past
from hrreco.store.managers import unname
from hrreco.store.merge import begin_ingest
from hrreco.store.moments import to_stored
from hrreco.store.rows import frame_of, read_columns, schema_of
from hrreco.store.schema import ALL_TABLES
from hrreco.store.tables import (
    contract_columns,
    courses,
    employee_skills,
    employees,
    events,
    fairness_attributes,
)
from hrreco.store.trust_tables import corrections


class PurgedRows(NamedTuple):
    """The people of whom nothing is left, and all that was removed."""

    gone: list[str]
    removed: list[Removed]


def purge_rows(connection: Connection, settings: Settings, moment: Moment) -> PurgedRows:
    """Delete and empty what is past its time, in the transaction of `connection`.

    Whoever's rows were deleted in part is marked as changed since the latest ingest, as what
    models have learned of them is no longer what is stored.
    """
    about = read_columns(connection, [courses.c[name] for name in COURSE_COLUMNS])
    people = read_columns(connection, [employees.c.employee_id, employees.c.left_on])
    retention = Retention(settings, moment, people, proven_by(about))
    found = [
        *_delete_people(connection, retention.gone),
        *_delete_events(connection, retention),
        *_delete_skills(connection, retention),
        *_delete_attributes(connection, retention),
        *empty_values(connection, settings, moment),
    ]
    _delete_old_corrections(connection, settings, moment)
    return PurgedRows(retention.gone, [one for one in found if one.rows])


def _delete_people(connection: Connection, gone: Sequence[str]) -> Iterator[Removed]:
    """Delete people from every table, and where they are named as a manager."""
    managed = sum(unname(connection, some) for some in parts(gone))
    yield Removed("employees", "manager_id", managed, managed)
    for table in reversed(ALL_TABLES):
        if "employee_id" in table.c:
            rows = people = 0
            for some in parts(gone):
                theirs = table.c.employee_id.in_(some)
                whose = select(func.count(distinct(table.c.employee_id))).where(theirs)
                people += connection.execute(whose).scalar_one()
                rows += connection.execute(delete(table).where(theirs)).rowcount
            if table in ABOUT_PEOPLE:  # counts of other tables would tell who refused
                yield Removed(table.name, None, rows, people)


def _delete_events(connection: Connection, retention: Retention) -> Iterator[Removed]:
    over = past(events, retention.settings.kept["events"].row, retention.moment)
    named = [events.c[name] for name in ("employee_id", "course_id", "kind", "occurred_at")]
    old = connection.execute(select(*named, events.c.id, events.c.event_key).where(over)).all()
    if not old:
        return
    frame = frame_of([tuple(row)[: len(named)] for row in old], schema_of(named))
    chosen = retention.rows("events", frame)
    doomed = [row for row, is_over in zip(old, chosen, strict=True) if is_over]
    for some in parts(doomed):
        connection.execute(delete(events).where(events.c.id.in_([row.id for row in some])))
        keys = corrections.c.row_key.in_([row.event_key for row in some])
        connection.execute(delete(corrections).where(corrections.c.table_name == "events", keys))
    whose = frame.filter(chosen)["employee_id"].unique()
    _mark(connection, whose)
    yield Removed("events", None, len(doomed), len(whose))


def _delete_skills(connection: Connection, retention: Retention) -> Iterator[Removed]:
    over = past(employee_skills, retention.settings.kept["employee_skills"].row, retention.moment)
    whose = read_columns(connection, [employee_skills.c.employee_id], over)["employee_id"]
    connection.execute(delete(employee_skills).where(over))
    _mark(connection, whose.unique())
    yield Removed("employee_skills", None, len(whose), whose.n_unique())


def _delete_attributes(connection: Connection, retention: Retention) -> Iterator[Removed]:
    table = fairness_attributes
    frame = read_columns(connection, contract_columns(table))
    over = frame.filter(retention.rows(table.name, frame))
    for employee_id, attribute in over.select("employee_id", "attribute").iter_rows():
        own = (table.c.employee_id == employee_id) & (table.c.attribute == attribute)
        connection.execute(delete(table).where(own))
    yield Removed(table.name, None, len(over), over["employee_id"].n_unique())


def _delete_old_corrections(connection: Connection, settings: Settings, moment: Moment) -> None:
    """Delete corrections of events that are themselves past the time of what they put right.

    One of an event without an id bears the key of what the event was, and is found by no other.
    """
    for column, days in settings.kept["events"].columns.items():
        of_column = (corrections.c.table_name == "events") & (corrections.c.column == column)
        old = corrections.c.since <= to_stored(moment.at - timedelta(days=days + 1))
        connection.execute(delete(corrections).where(of_column, old))


def _mark(connection: Connection, employee_ids: pl.Series) -> None:
    """Note that rows of people have changed, in an ingest of a number of its own."""
    if len(employee_ids):
        seq = begin_ingest(connection, "retention")
        for some in parts(employee_ids.sort().to_list()):
            those = update(employees).where(employees.c.employee_id.in_(some))
            connection.execute(those.values(ingest_seq=seq))
