"""Rows past the time for which they may be kept are not used, whether purged yet or not.

`hrreco.data.retention` has the rules.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from hrreco.data.catalogue import Catalogue
from hrreco.data.learning_data import TABLES, LearningData
from hrreco.data.records import EmployeeRecord, EventRow
from hrreco.data.retention import Retention, taken_kinds
from hrreco.settings import Moment, Settings
from hrreco.settings.necessity import Kept


def within_retention(data: LearningData, moment: Moment) -> LearningData:
    """Return the data without what is past its time; the very same where nothing is."""
    people, proven = data.employees, data.catalogue.proven_for
    retention = Retention(data.settings, moment, people, proven)
    changed: dict[str, Any] = {
        table: kept
        for table in TABLES
        if table in data.settings.kept
        and (kept := _kept(table, getattr(data, table), retention)) is not None
    }
    return replace(data, **changed) if changed else data


def _kept(table: str, frame: pl.DataFrame, retention: Retention) -> pl.DataFrame | None:
    """Return what is kept of a table; None where that is all of it."""
    over = retention.rows(table, frame)
    kept = frame.filter(~over)
    past = retention.values(table, kept)
    if not past and not over.any():
        return None
    return kept.with_columns(
        pl.when(~rows).then(pl.col(column)).alias(column) for column, rows in past.items()
    )


def record_within_retention(
    record: EmployeeRecord, catalogue: Catalogue, settings: Settings, moment: Moment
) -> EmployeeRecord | None:
    """Return the rows of one employee without what is past its time.

    None where nothing of the person is kept; the very same record where all of it is.
    """
    kept = settings.kept
    left_for = -1 if record.left_on is None else (moment.today - record.left_on).days
    if left_for > kept["employees"].row:
        return None
    events = _kept_events(record.events, catalogue, settings, moment)
    if events is not record.events:
        record = replace(record, events=events)
    return record if left_for <= 0 else _kept_of_leaver(record, kept, left_for)


def _kept_events(
    events: tuple[EventRow, ...], catalogue: Catalogue, settings: Settings, moment: Moment
) -> tuple[EventRow, ...]:
    """Return the events that are kept, in their order."""
    row, columns = settings.kept["events"]
    rated = columns["rating"]
    if not events or (moment.at - events[0].occurred_at).days <= min(row, rated):
        return events  # of nearly all: the oldest comes first
    taken, proven = taken_kinds(settings.events), catalogue.proven_for
    found = []
    for event in events:
        age = (moment.at - event.occurred_at).days
        proves = event.kind in taken and age <= proven.get(event.course_id, 0)
        if age <= row or proves:
            found.append(event._replace(rating=None) if age > rated else event)
    return tuple(found)


def _kept_of_leaver(
    record: EmployeeRecord, kept: dict[str, Kept], left_for: int
) -> EmployeeRecord:
    """Return the record of somebody who left so many days ago without what is past its time."""
    row, columns = kept["employee_skills"]
    skills = () if left_for > row else record.skills
    if left_for > columns["level"]:
        skills = tuple(replace(skill, level=None) for skill in skills)
    past = (name for name, days in kept["employees"].columns.items() if left_for > days)
    empty: dict[str, Any] = {
        name: () if name.startswith("preferred_") else None
        for name in past
        if hasattr(record, name)
    }
    return replace(record, skills=skills, **empty)
