"""Adding events one by one as they happen: what is stored is never changed."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import Any

import polars as pl
from sqlalchemy import Connection, select

from hrreco.data.learning_data import LearningData
from hrreco.store.corrections import put_right
from hrreco.store.dialects import upsert
from hrreco.store.merge import IngestResult, MergeCounts, begin_ingest, end_ingest
from hrreco.store.pseudonyms import Pseudonyms
from hrreco.store.rows import stored_columns
from hrreco.store.tables import contract_columns, events
from hrreco.store.tombstones import refuse_replay

_NO_SEQ = 0

Key = bytes
Values = tuple[Any, ...]


class Outcome(Enum):
    """What became of an event."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    """One of the same id and other content is there."""


def add_events(
    connection: Connection, pseudonyms: Pseudonyms, data: LearningData, *, source: str
) -> tuple[list[Outcome], IngestResult | None]:
    """Add events in a transaction that writes, and change none that is stored.

    Parameters
    ----------
    data
        Holds events in the order in which they came, and nothing else.

    Returns
    -------
    list of Outcome, IngestResult
        What became of each event; None where none was added.

    Raises
    ------
    WorkspaceError
        When someone in them was erased after they were read. Nothing is added.
    """
    refuse_replay(connection, pseudonyms, data)
    right, _ = put_right(connection, events.name, data.events)
    given = _keyed(right)
    there = _stored(connection, {key for key, _ in given})
    outcomes = []
    for key, values in given:
        if key not in there:
            there[key] = values
            outcomes.append(Outcome.STORED)
        else:
            same = there[key] == values
            outcomes.append(Outcome.UNCHANGED if same else Outcome.CONFLICT)
    new = right.filter(pl.Series([one is Outcome.STORED for one in outcomes], dtype=pl.Boolean))
    return outcomes, None if new.is_empty() else _add(connection, new, source)


def _keyed(frame: pl.DataFrame) -> list[tuple[Key, Values]]:
    """Return each event as it is stored: its key, and the values of its columns."""
    return [
        (key, values)
        for keys, *columns, _, _ in stored_columns(frame, events, _NO_SEQ)
        for key, values in zip(keys, zip(*columns, strict=True), strict=True)
    ]


def _stored(connection: Connection, keys: Collection[Key]) -> dict[Key, Values]:
    columns = contract_columns(events)
    found = select(events.c.event_key, *columns).where(events.c.event_key.in_(list(keys)))
    return {row[0]: tuple(row[1:]) for row in connection.execute(found)}


def _add(connection: Connection, new: pl.DataFrame, source: str) -> IngestResult:
    """Insert events that are not there."""
    seq = begin_ingest(connection, source)
    for columns in stored_columns(new, events, seq):
        upsert(connection, events, columns)
    counts = {events.name: MergeCounts(new=new.height, changed=0, unchanged=0)}
    result = IngestResult(seq, counts)
    end_ingest(connection, result)
    return result
