"""Merging an export into what is stored."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from hrreco.data.attributes import FairnessAttributes
from hrreco.data.learning_data import LearningData
from hrreco.store.corrections import corrected
from hrreco.store.dialects import upsert
from hrreco.store.moments import day_to_stored
from hrreco.store.rows import stored_columns
from hrreco.store.tables import LEARNING, courses, employees, fairness_attributes, ingests


@dataclass(frozen=True, slots=True)
class MergeCounts:
    """What an ingest did to the rows of one table.

    Attributes
    ----------
    marked
        Stored rows that a full export no longer held: employees marked as left, courses as
        inactive, needs of roles by ESCO removed.
    """

    new: int
    changed: int
    unchanged: int
    marked: int = 0


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What one ingest did: its number, and counts by table."""

    seq: int
    counts: dict[str, MergeCounts]


def merge(
    connection: Connection,
    data: LearningData,
    attributes: FairnessAttributes | None,
    *,
    source: str,
    left_on: date | None,
) -> IngestResult:
    """Merge all tables of an export in the transaction of `connection`.

    Parameters
    ----------
    left_on
        When given, the export is full: employees it does not hold are marked as left on that
        day, courses it does not hold as inactive. An export with no row of a table says nothing
        about that table.
    """
    seq = begin_ingest(connection, source)
    counts = {
        name: _merge_corrected(connection, table, getattr(data, name), seq)
        for name, table in LEARNING.items()
    }
    if attributes is not None:
        merged = merge_table(connection, fairness_attributes, attributes.rows, seq)
        counts[fairness_attributes.name] = merged
    if left_on is not None:
        for name, marked in _mark_absent(connection, data, seq, left_on).items():
            counts[name] = replace(counts[name], marked=marked)
    result = IngestResult(seq, counts)
    end_ingest(connection, result)
    return result


def begin_ingest(connection: Connection, source: str) -> int:
    """Return the number of a new ingest."""
    row = insert(ingests).values(source=source, counts="{}").returning(ingests.c.seq)
    return int(connection.execute(row).scalar_one())


def end_ingest(connection: Connection, result: IngestResult) -> None:
    """Record what an ingest did."""
    as_json = json.dumps({name: asdict(table) for name, table in result.counts.items()})
    connection.execute(update(ingests).where(ingests.c.seq == result.seq).values(counts=as_json))


def _merge_corrected(
    connection: Connection, table: Table, frame: pl.DataFrame, seq: int
) -> MergeCounts:
    if frame.is_empty():
        return MergeCounts(new=0, changed=0, unchanged=0)
    return merge_table(connection, table, corrected(connection, table.name, frame), seq)


def merge_table(
    connection: Connection, table: Table, frame: pl.DataFrame, seq: int
) -> MergeCounts:
    """Merge the rows of one table."""
    if frame.is_empty():
        return MergeCounts(new=0, changed=0, unchanged=0)
    before = _count(connection, table)
    written = sum(
        upsert(connection, table, columns) for columns in stored_columns(frame, table, seq)
    )
    new = _count(connection, table) - before
    return MergeCounts(new=new, changed=written - new, unchanged=frame.height - written)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _mark_absent(
    connection: Connection, data: LearningData, seq: int, left_on: date
) -> dict[str, int]:
    day = day_to_stored(left_on)
    here = or_(employees.c.left_on.is_(None), employees.c.left_on > day)
    return {
        "employees": _mark(
            connection,
            employees.c.employee_id,
            here,
            _exported(data, "employees"),
            left_on=day,
            ingest_seq=seq,
        ),
        "courses": _mark(
            connection,
            courses.c.course_id,
            courses.c.active,
            _exported(data, "courses"),
            active=False,
            ingest_seq=seq,
        ),
    }


def _exported(data: LearningData, table: str) -> set[str]:
    """Return all ids an export holds: a row in quarantine is bad, but its person is not gone."""
    accepted = getattr(data, table).to_series(0)
    return {*accepted, *data.report.named.get(table, ())}


def _mark(
    connection: Connection,
    key: Column[str],
    unmarked: ColumnElement[bool],
    exported: set[str],
    **mark: Any,
) -> int:
    """Set the values of `mark` in unmarked rows whose key was not exported; return how many."""
    if not exported:
        return 0
    absent = set(connection.scalars(select(key).where(unmarked))) - exported
    if absent:
        row = update(key.table).where(key == bindparam("absent")).values(**mark)
        connection.execute(row, [{"absent": one} for one in sorted(absent)])
    return len(absent)
