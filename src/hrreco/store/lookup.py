"""Looking up which of some thousand ids there are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import polars as pl
from sqlalchemy import Connection, select

from hrreco.store.keys import row_keys
from hrreco.store.moments import from_stored
from hrreco.store.tables import courses, events


def courses_among(connection: Connection, course_ids: Collection[str]) -> frozenset[str]:
    """Return which of the courses there are."""
    ids = select(courses.c.course_id).where(courses.c.course_id.in_(list(course_ids)))
    return frozenset(connection.scalars(ids))


def moments_of(connection: Connection, event_ids: Collection[str]) -> dict[str, datetime]:
    """Return when those of the events occurred that there are."""
    by_id = pl.DataFrame({"event_id": list(event_ids)}, {"event_id": pl.String})
    keys = row_keys(by_id.with_columns(pl.lit("").alias("no other column")))
    found = select(events.c.event_id, events.c.occurred_at).where(events.c.event_key.in_(keys))
    return {event_id: from_stored(at) for event_id, at in connection.execute(found)}
