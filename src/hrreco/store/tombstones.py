"""What stays of the erased: a pseudonym, so that a replayed feed does not bring them back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import polars as pl
from sqlalchemy import Connection, insert, select, update

from hrreco.data.learning_data import LearningData
from hrreco.errors import WorkspaceError
from hrreco.store.moments import from_stored, to_stored
from hrreco.store.pseudonyms import Pseudonyms
from hrreco.store.tables import tombstones


def bury(connection: Connection, pseudonyms: Pseudonyms, employee_id: str, at: datetime) -> bytes:
    """Write the tombstone of `employee_id`, or move the one there is; return its pseudonym."""
    newest = pseudonyms.of(connection, employee_id)
    for known in pseudonyms.all_of(connection, [employee_id]):
        if has_tombstone(connection, known):
            stone = update(tombstones).where(tombstones.c.pseudonym == known)
            connection.execute(stone.values(erased_at=to_stored(at)))
            return known
    connection.execute(insert(tombstones).values(pseudonym=newest, erased_at=to_stored(at)))
    return newest


def buried(
    connection: Connection, pseudonyms: Pseudonyms, employee_ids: Collection[str]
) -> dict[str, datetime]:
    """Return the moment of erasure (UTC) of those that were erased."""
    rows = connection.execute(select(tombstones.c.pseudonym, tombstones.c.erased_at))
    stones: dict[bytes, int] = {row.pseudonym: row.erased_at for row in rows}
    if not stones:
        return {}
    known = pseudonyms.all_of(connection, employee_ids)
    return {known[p]: from_stored(at) for p, at in stones.items() if p in known}


def has_tombstone(connection: Connection, pseudonym: bytes) -> bool:
    """Return whether somebody of this pseudonym was erased."""
    stone = select(tombstones.c.erased_at).where(tombstones.c.pseudonym == pseudonym)
    return connection.execute(stone).first() is not None


def refuse_replay(connection: Connection, pseudonyms: Pseudonyms, data: LearningData) -> None:
    """Stop an export that was read before someone in it was erased.

    Raises
    ------
    WorkspaceError
        When it has an event of an erased person up to the erasure, or their row with no later
        day of hiring: just what reading the export again will leave out.
    """
    ids = pl.concat([data.employees["employee_id"], data.events["employee_id"]]).unique()
    moments = buried(connection, pseudonyms, ids.to_list())
    erased = pl.DataFrame(
        {"employee_id": list(moments), "at": list(moments.values())},
        schema={"employee_id": pl.String, "at": pl.Datetime("us", "UTC")},
    )
    day = pl.col("at").dt.convert_time_zone(data.settings.timezone).dt.date()
    hired_after = (pl.col("started_on") > day).fill_null(value=False)
    people = data.employees.join(erased, on="employee_id").filter(~hired_after)
    events = data.events.join(erased, on="employee_id").filter(
        pl.col("occurred_at") <= pl.col("at")
    )
    if people.height or events.height:
        raise WorkspaceError(
            "someone was erased while this export was being read; nothing was ingested, read and "
            "ingest it again"
        )
