"""Merging an export, but for what it holds of people who were erased after it was read."""

from __future__ import annotations

from sqlalchemy import Connection

from hrreco.data.attributes import FairnessAttributes
from hrreco.data.learning_data import LearningData
from hrreco.settings import AsOf, Moment
from hrreco.store.merge import IngestResult, merge
from hrreco.store.pseudonyms import Pseudonyms
from hrreco.store.tombstones import refuse_replay


def ingest_rows(
    connection: Connection,
    pseudonyms: Pseudonyms,
    data: LearningData,
    attributes: FairnessAttributes | None = None,
    *,
    source: str,
    full: bool,
    as_of: AsOf = None,
) -> IngestResult:
    """Merge an export into the tables, in a transaction that writes.

    Events are merged by `event_id`, those without one by all their columns; employees, courses,
    sessions and skills are replaced by id or key. A row that is stored already as it is stays
    untouched, with the number of the ingest that wrote it.

    Parameters
    ----------
    attributes
        Those of the same export; None changes nothing of what is stored.
    source
        Where the export came from; names no person.
    full
        The export holds all employees and courses there are: mark others as left on the day of
        `as_of`, or as inactive. A table with no row is taken as not exported.

    Raises
    ------
    DataError
        When a row names an employee or course that is not known.
    WorkspaceError
        When someone was erased after the export was read.
    """
    refuse_replay(connection, pseudonyms, data)
    left_on = Moment.of(as_of, data.settings.timezone).today if full else None
    return merge(connection, data, attributes, source=source, left_on=left_on)
