"""Values that were put right, and stay so while the exports repeat what was wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

import polars as pl
from sqlalchemy import Connection, delete, insert, select, update

from hrreco.store.keys import row_keys
from hrreco.store.moments import to_stored
from hrreco.store.tables import LEARNING, contract_columns, events
from hrreco.store.trust_tables import corrections

_BY_COLUMNS = {"employees": ("employee_id",), "employee_skills": ("employee_id", "skill")}


def note(
    connection: Connection,
    table: str,
    column: str,
    *,
    was: pl.DataFrame,
    now: pl.DataFrame,
    since: datetime,
) -> None:
    """Note that a value of one row was put right.

    Parameters
    ----------
    was, now
        The row before and after, as frames of one row.
    """
    connection.execute(
        insert(corrections).values(
            employee_id=now["employee_id"][0],
            table_name=table,
            row_key=_identities(table, was)[0],
            column=column,
            was=_encoded(was[column]),
            now=_encoded(now[column]),
            since=to_stored(since),
        )
    )


def empty_managers(connection: Connection, employee_ids: Sequence[str]) -> None:
    """Leave no correction that names one of these people as the manager of somebody else."""
    named = [json.dumps(one, ensure_ascii=False) for one in employee_ids]
    of_managers = corrections.c.column == "manager_id"
    connection.execute(delete(corrections).where(of_managers, corrections.c.was.in_(named)))
    right = update(corrections).where(of_managers, corrections.c.now.in_(named))
    connection.execute(right.values(now=json.dumps(None)))


def delete_if_moved(
    connection: Connection, table: str, was: pl.DataFrame, now: pl.DataFrame
) -> None:
    """Delete a row that would stay beside its correction: an event without an id."""
    before = _identities(table, was)[0]
    if before != _identities(table, now)[0]:
        key = events.c.event_key
        connection.execute(delete(events).where(key == before))


def corrected(connection: Connection, table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of an export with what was put right.

    A correction holds as long as the export repeats the very value that was wrong. Once it says
    something else, the export is right again, and the correction is dropped.
    """
    frame, over = put_right(connection, table, frame)
    if over:
        connection.execute(delete(corrections).where(corrections.c.id.in_(over)))
    return frame


def put_right(
    connection: Connection, table: str, frame: pl.DataFrame
) -> tuple[pl.DataFrame, list[int]]:
    """Return rows with what was put right, and which corrections they make void; change nothing.

    Those are of values that the rows do not repeat.
    """
    noted = connection.execute(
        select(corrections).where(corrections.c.table_name == table).order_by(corrections.c.id)
    ).all()
    void: list[int] = []
    if not noted:
        return frame, void
    places: dict[bytes, list[int]] = {}
    for row, key in enumerate(_identities(table, frame)):
        places.setdefault(key, []).append(row)
    for one in noted:
        for row in places.get(one.row_key, ()):
            values = frame[one.column]
            if _encoded(values.slice(row, 1)) == one.was:
                frame = _with(frame, row, one.column, _decoded(one.now, values))
            else:
                void.append(one.id)
    return frame, void


def _with(frame: pl.DataFrame, row: int, column: str, right: pl.Series) -> pl.DataFrame:
    here = pl.int_range(pl.len()) == row
    value = pl.when(here).then(pl.lit(right)).otherwise(pl.col(column))
    return frame.with_columns(value.alias(column))


def _identities(table: str, frame: pl.DataFrame) -> list[bytes]:
    """Return what tells each row from another: of its id, or of all its columns."""
    if table in _BY_COLUMNS:
        nothing = pl.lit(None, pl.String).alias("id")
        return row_keys(frame.select(nothing, *_BY_COLUMNS[table]))
    return row_keys(frame.select([column.name for column in contract_columns(LEARNING[table])]))


def _encoded(value: pl.Series) -> str:
    physical = value.to_physical() if value.dtype.is_temporal() else value
    return json.dumps(physical.to_list()[0], ensure_ascii=False)


def _decoded(text: str, like: pl.Series) -> pl.Series:
    value = json.loads(text)
    if like.dtype.is_temporal():
        return pl.Series([value], dtype=pl.Int64).cast(like.dtype)
    return pl.Series([value], dtype=like.dtype)
