"""Putting one value right: in force with the next answer, and kept when exports repeat the old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import polars as pl
from sqlalchemy import Connection, true

from hrreco.data.known import Known
from hrreco.data.pipeline import read_frames
from hrreco.data.report import QualityReport
from hrreco.errors import DataError, UnknownIdError, close_match
from hrreco.privacy.audit import AuditLog, Kind, Transaction
from hrreco.settings import AsOf, Settings
from hrreco.store import corrections
from hrreco.store.about import plain
from hrreco.store.merge import IngestResult, begin_ingest, end_ingest, merge_table
from hrreco.store.record import knows_employee, unknown_employee
from hrreco.store.rows import read_columns
from hrreco.store.tables import (
    LEARNING,
    contract_columns,
    employee_skills,
    employees,
    events,
)

_FIXED = ("employee_id", "event_id", "skill")
"""What says which row it is; a wrong one is another row."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which row of a person: their own, or that of an event, a course or a skill."""

    event: str | None = None
    course: str | None = None
    skill: str | None = None


_OWN_ROW = Which()


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was put right, as plain JSON values; nothing, where `was` is what is right.

    Attributes
    ----------
    note
        What there is to know of the new value, in words.
    """

    table: str
    column: str
    was: Any
    now: Any
    note: str | None = None


def correct(
    log: AuditLog,
    settings: Settings,
    employee_id: str,
    column: str,
    value: str | None,
    *,
    which: Which = _OWN_ROW,
    as_of: AsOf = None,
) -> Corrected:
    """Put one value of one row right, checked as an export is.

    Parameters
    ----------
    value
        As an export writes it; None where nothing is right.

    Raises
    ------
    UnknownIdError
        When there is no such person, row or column; names the close match.
    DataError
        When the value cannot be used there, or several rows are meant.
    """
    known = log.store.known()
    with log.writing() as transaction:
        table, was = _row(transaction.connection, employee_id, which)
        _check_column(table, was, column)
        given = was.with_columns(pl.lit(value, pl.String).alias(column))
        frames, report = read_frames({table: given}, settings=settings, as_of=as_of, known=known)
        for fault in report.quarantine.iter_rows(named=True):
            raise DataError(f"{table}.{fault['column']}: {fault['message']}")
        now = frames[table]
        _check_kept(table, column, value, now)
        before, after = (plain(column, frame[column].to_list()[0]) for frame in (was, now))
        done = Corrected(table, column, before, after, _note(report, value, known))
        if done.was != done.now:
            _write(transaction, done, was, now)
        return done


def _note(report: QualityReport, value: str | None, known: Known) -> str | None:
    """Return what an ingest only notes of a value, and keeps."""
    if value is None or all(finding.rule != "unknown_manager" for finding in report.findings):
        return None
    return f"no employee has the id {value!r}{close_match(value, known.employees['employee_id'])}"


def _check_kept(table: str, column: str, value: str | None, now: pl.DataFrame) -> None:
    """Refuse a value that an ingest would read as none, or with which the row would go."""
    if now.is_empty():
        raise DataError(
            f"{table}.{column}: with {value!r} the row is past the time for which it may be kept; "
            "see hrreco purge and hrreco forget"
        )
    if value is not None and now[column].null_count():
        raise DataError(f"{table}.{column}: {value!r} cannot be read; nothing was changed")


def _row(connection: Connection, employee_id: str, which: Which) -> tuple[str, pl.DataFrame]:
    """Return the table and the one row that is meant."""
    if which.skill is not None:
        table, narrowed, named = employee_skills, employee_skills.c.skill == which.skill, "skill"
    elif which.event is not None:
        table, narrowed, named = events, events.c.event_id == which.event, "event"
    elif which.course is not None:
        table, narrowed, named = events, events.c.course_id == which.course, "event with course"
    else:
        table, narrowed, named = employees, true(), "employee"
    theirs = table.c.employee_id == employee_id
    found = read_columns(connection, contract_columns(table), theirs, narrowed)
    if not knows_employee(connection, employee_id):
        raise unknown_employee(connection, employee_id)
    if found.is_empty():
        asked = which.skill or which.event or which.course
        raise UnknownIdError(f"{employee_id} has no {named} {asked!r}; see hrreco export")
    if len(found) > 1:
        ids = ", ".join(str(one) for one in found["event_id"])
        raise DataError(f"{employee_id} has {len(found)} events with it: name one of {ids}")
    return table.name, found


def _check_column(table: str, row: pl.DataFrame, column: str) -> None:
    open_to = [name for name in row.columns if name not in _FIXED]
    if column in open_to:
        return
    if column in row.columns:
        raise DataError(f"{table}.{column} says which row it is, and cannot be put right")
    hint = close_match(column, open_to) or f"; there are {', '.join(open_to)}"
    raise UnknownIdError(f"{table} has no column {column!r}{hint}")


def _write(
    transaction: Transaction, done: Corrected, was: pl.DataFrame, now: pl.DataFrame
) -> None:
    connection, moment = transaction.connection, datetime.now(UTC)
    table, column = done.table, done.column
    seq = begin_ingest(connection, "correction")
    corrections.delete_if_moved(connection, table, was, now)
    counts = merge_table(connection, LEARNING[table], now, seq)
    end_ingest(connection, IngestResult(seq, {table: counts}))
    corrections.note(connection, table, column, was=was, now=now, since=moment)
    told: dict[str, Any] = {"table": table, "column": column}
    if column != "manager_id":  # the line must not name somebody else, who may be erased
        told |= {"was": done.was, "now": done.now}
    transaction.append(Kind.CORRECTION, told, employee_id=now["employee_id"][0], at=moment)
