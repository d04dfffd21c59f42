"""Emptying stored values that are past the time for which they may be kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    distinct,
    func,
    select,
    update,
)

from hrreco.settings import Moment, Settings
from hrreco.store.keys import row_keys
from hrreco.store.merge import begin_ingest
from hrreco.store.moments import day_to_stored, to_stored
from hrreco.store.rows import frame_of, schema_of
from hrreco.store.tables import contract_columns, employee_skills, employees, events
from hrreco.store.trust_tables import corrections

ABOUT_PEOPLE = (events, employee_skills, employees)
"""In an order in which rows may be deleted."""

_AT_ONCE = 10_000

One = TypeVar("One")


class Removed(NamedTuple):
    """What was removed from one table.

    Attributes
    ----------
    column
        The one whose values were emptied; None where whole rows were deleted.
    rows, people
        How many rows, and of how many people.
    """

    table: str
    column: str | None
    rows: int
    people: int


def past(table: Table, days: int, moment: Moment) -> ColumnElement[bool]:
    """Return which rows are older than so many days, as `hrreco.data.retention` counts them."""
    if table is events:
        return events.c.occurred_at <= to_stored(moment.at - timedelta(days=days + 1))
    left = employees.c.left_on < day_to_stored(moment.today - timedelta(days=days))
    if table is employees:
        return left
    return table.c.employee_id.in_(select(employees.c.employee_id).where(left))


def empty_values(connection: Connection, settings: Settings, moment: Moment) -> list[Removed]:
    """Empty the values of columns whose time is over before that of their rows.

    The rows are changed by an ingest of a number of its own, where there are any.
    """
    found = [one for one in _overdue(settings, moment) if _any(connection, *one)]
    if not found:
        return []
    seq = begin_ingest(connection, "retention")
    unkeyed: set[int] = set()
    removed = []
    for table, column, over in found:
        whose = select(func.count(), func.count(distinct(table.c.employee_id))).where(over)
        rows, people = connection.execute(whose).one()
        if table is events:
            without_id = select(events.c.id).where(over, events.c.event_id.is_(None))
            unkeyed.update(connection.scalars(without_id))
        _forget_corrections(connection, table, column, over)
        connection.execute(update(table).where(over).values({column: None, "ingest_seq": seq}))
        removed.append(Removed(table.name, column, rows, people))
    for some in parts(sorted(unkeyed)):
        _renew_keys(connection, some)
    return removed


def parts(items: Sequence[One]) -> Iterator[Sequence[One]]:
    """Yield items, as many at once as a statement takes."""
    for first in range(0, len(items), _AT_ONCE):
        yield items[first : first + _AT_ONCE]


def _overdue(
    settings: Settings, moment: Moment
) -> Iterator[tuple[Table, str, ColumnElement[bool]]]:
    for table in ABOUT_PEOPLE:
        for column, days in settings.kept[table.name].columns.items():
            if column in table.c:
                yield table, column, table.c[column].is_not(None) & past(table, days, moment)


def _any(connection: Connection, table: Table, _column: str, over: ColumnElement[bool]) -> bool:
    first = select(table.c.employee_id).where(over).limit(1)
    return connection.execute(first).first() is not None


def _forget_corrections(
    connection: Connection, table: Table, column: str, over: ColumnElement[bool]
) -> None:
    """Delete what a value was put right from and to, too."""
    of_column = (corrections.c.table_name == table.name) & (corrections.c.column == column)
    key, own = (
        (corrections.c.row_key, events.c.event_key)
        if table is events
        else (corrections.c.employee_id, table.c.employee_id)
    )
    concerned = of_column & key.in_(select(own).where(over))
    connection.execute(delete(corrections).where(concerned))


def _renew_keys(connection: Connection, ids: Sequence[int]) -> None:
    """Give events that have no id the key of what they are now; of equal ones the first stays."""
    columns = contract_columns(events)
    rows = connection.execute(
        select(events.c.id, *columns).where(events.c.id.in_(ids)).order_by(events.c.id)
    ).all()
    keys = row_keys(frame_of([tuple(row)[1:] for row in rows], schema_of(columns)))
    there = select(events.c.event_key).where(events.c.event_key.in_(keys))
    known = set(connection.scalars(there))
    renewed: dict[bytes, Any] = {}
    for row, key in zip(rows, keys, strict=True):
        if key not in known:
            renewed.setdefault(key, row.id)
    again = sorted({row.id for row in rows} - set(renewed.values()))
    if again:
        connection.execute(delete(events).where(events.c.id.in_(again)))
    if renewed:
        row_of = update(events).where(events.c.id == bindparam("of"))
        connection.execute(
            row_of.values(event_key=bindparam("key")),
            [{"of": number, "key": key} for key, number in renewed.items()],
        )
