"""Taking in what is handed in over HTTP: by the rules of `ingest`, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from hrreco.data.columns import refused_column
from hrreco.data.json_rows import is_sound, texts_of
from hrreco.data.learning_data import TABLES, LearningData
from hrreco.data.pipeline import check_json
from hrreco.data.quality import UNKNOWN_EMPLOYEE
from hrreco.data.readers import ROW
from hrreco.data.schemas import dtypes
from hrreco.errors import DataError
from hrreco.store.adding import Outcome, add_events
from hrreco.store.ingest import ingest_rows
from hrreco.workspace.handed import Handed
from hrreco.workspace.ingest import empty_stored, log_ingest
from hrreco.workspace.reading_in import Rows, read_handed, read_rows

if TYPE_CHECKING:
    from hrreco.data.sheet import Sheet
    from hrreco.workspace.workspace import Workspace

Upserted = Literal["courses", "employees"]

_SOURCE = "service"

_KEYS = {"courses": "course_id", "employees": "employee_id"}

_PAST = (None, "is past the time for which it may be kept")
_AGAIN = (None, "comes again further down, which is what counts")
_LEFT_OUT = {
    ("events", "erased"): ("employee_id", UNKNOWN_EMPLOYEE),  # as of whoever was never here
    ("events", "past_retention"): _PAST,
    ("employees", "erased"): ("employee_id", "was erased, and did not start after that"),
    ("employees", "past_retention"): _PAST,
    ("employees", "duplicate"): _AGAIN,
    ("courses", "duplicate"): _AGAIN,
}
"""Of a row that has no fault and is left out all the same: the column, and why."""

_CONFLICT = "is the id of an event with other content, which stays as it is"


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why a row was not stored; there may be several reasons."""

    index: int
    column: str | None
    reason: str
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the rows of one request.

    Attributes
    ----------
    single
        One row was handed in, and not a list.
    notes
        What is to be put right though the rows were stored.
    ids, no_event
        Of statements: see `Rows`.
    """

    single: bool
    stored: int
    unchanged: int
    rejected: tuple[Rejected, ...]
    notes: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    no_event: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        rejected = [
            {"index": one.index, "column": one.column, "reason": one.reason}
            for one in self.rejected
        ]
        told = {"stored": self.stored, "unchanged": self.unchanged, "rejected": rejected}
        return {**told, "notes": list(self.notes)} if self.notes else told


def take_events(workspace: Workspace, handed: Sequence[Handed]) -> list[Taken | DataError]:
    """Take in the events of several requests, as if they came one after the other.

    They are on disk when this returns. An event is never changed: of two with one id and other
    content, the first stays.

    Returns
    -------
    list of Taken or DataError
        The error of a request that could not be read at all.
    """
    read = [_read(workspace, one) for one in handed]
    rows = dict(
        enumerate(row for one in read if isinstance(one, Rows) for row in one.rows.values())
    )
    with workspace.lock("ingest"):
        outcomes, rejected = _take_events(workspace, rows)
    return list(_shared_out(read, outcomes, rejected))


def upsert(workspace: Workspace, table: Upserted, body: bytes, row_id: str | None = None) -> Taken:
    """Store courses or employees, each as a whole in place of the row of the same id.

    Parameters
    ----------
    row_id
        The id of the one row there is, where it was told beside the body.

    Raises
    ------
    DataError
        When the rows cannot be read at all.
    """
    given = read_rows(body)
    if row_id is not None:
        given = _with_id(given, _KEYS[table], row_id)
    with workspace.lock("ingest"):
        return _upsert(workspace, table, given)


def _read(workspace: Workspace, handed: Handed) -> Rows | DataError:
    try:
        return read_handed(handed, workspace.store)
    except DataError as error:
        return error


def _take_events(
    workspace: Workspace, rows: Mapping[int, Any]
) -> tuple[dict[int, Outcome], list[Rejected]]:
    sheet, _, rejected = _checked(workspace, "events", rows)
    if sheet is None or sheet.rows.is_empty():
        return {}, rejected
    data = _only(workspace, "events", sheet.rows.drop(ROW))
    with workspace.audit_log.writing() as transaction:
        outcomes, result = add_events(
            transaction.connection, workspace.store.pseudonyms, data, source=_SOURCE
        )
        if result is not None:
            log_ingest(workspace, transaction, result)
    numbers, ids = sheet.rows[ROW], sheet.rows["event_id"]
    rejected += [
        Rejected(row, "event_id", f"{event_id!r} {_CONFLICT}", conflict=True)
        for row, event_id, outcome in zip(numbers, ids, outcomes, strict=True)
        if outcome is Outcome.CONFLICT
    ]
    return dict(zip(numbers, outcomes, strict=True)), rejected


def _shared_out(
    read: Sequence[Rows | DataError],
    outcomes: Mapping[int, Outcome],
    rejected: Sequence[Rejected],
) -> Iterator[Taken | DataError]:
    """Yield for each request its own part of what became of all rows."""
    why: dict[int, list[Rejected]] = {}
    for one in rejected:
        why.setdefault(one.index, []).append(one)
    first = 0
    for given in read:
        if isinstance(given, DataError):
            yield given
            continue
        own = dict(enumerate(given.rows, start=first))
        first += len(own)
        found = [outcomes.get(row) for row in own]
        yield Taken(
            given.single,
            ids=given.ids,
            no_event=given.no_event,
            stored=found.count(Outcome.STORED),
            unchanged=found.count(Outcome.UNCHANGED),
            rejected=tuple(
                Rejected(index, one.column, one.reason, one.conflict)
                for row, index in own.items()
                for one in why.get(row, ())
            ),
        )


def _upsert(workspace: Workspace, table: Upserted, given: Rows) -> Taken:
    sheet, notes, rejected = _checked(workspace, table, given.rows)
    if sheet is None or sheet.rows.is_empty():
        return Taken(given.single, 0, 0, tuple(rejected), tuple(notes))
    data = _only(workspace, table, sheet.finished())
    with workspace.audit_log.writing() as transaction:
        result = ingest_rows(
            transaction.connection, workspace.store.pseudonyms, data, source=_SOURCE, full=False
        )
        log_ingest(workspace, transaction, result)
    counts = result.counts[table]
    stored = counts.new + counts.changed
    return Taken(given.single, stored, counts.unchanged, tuple(rejected), tuple(notes))


def _with_id(given: Rows, key: str, row_id: str) -> Rows:
    row = given.rows.get(0)
    if not given.single or not isinstance(row, dict):
        raise DataError("one row is put at a time, as an object")
    if row.get(key, row_id) != row_id:
        raise DataError(f"{key}: is another than that of the path")
    return Rows({0: {**row, key: row_id}}, single=True)


def _checked(
    workspace: Workspace, table: str, rows: Mapping[int, Any]
) -> tuple[Sheet | None, list[str], list[Rejected]]:
    """Check rows as an export is checked; return what is sound, what to note, and what is not."""
    settings = workspace.settings
    rejected = list(_unreadable(workspace, table, rows))
    unreadable = {one.index for one in rejected}
    sound = {index: row for index, row in rows.items() if index not in unreadable}
    if not sound:
        return None, [], rejected
    known = workspace.store.known(_people(table, sound))
    sheet, notes = check_json(table, sound, settings=settings, known=known)
    if any(one.rule == "value_past_retention" for one in sheet.findings()):
        empty_stored(workspace, None)
    faults = sheet.quarantined().select("row", "column", "message")
    rejected += [Rejected(*fault) for fault in faults.iter_rows()]
    for rule, numbers in sheet.left_out.items():
        rejected += [Rejected(number, *_LEFT_OUT[table, rule]) for number in numbers]
    return sheet, notes, sorted(rejected, key=lambda one: one.index)


def _people(table: str, rows: Mapping[int, Any]) -> Collection[str] | None:
    """Return who is named; None where all must be known, as managers are by their people."""
    return None if table == "employees" else texts_of(rows.values(), "employee_id")


def _unreadable(workspace: Workspace, table: str, rows: Mapping[int, Any]) -> Iterator[Rejected]:
    """Yield what is wrong with rows that cannot be a row of a table at all."""
    why: dict[str, str | None] = {}
    for index, row in rows.items():
        if not isinstance(row, dict):
            yield Rejected(index, None, "is no object")
            continue
        for column in row:
            if column not in why:
                why[column] = (
                    refused_column(table, column, workspace.settings)
                    if is_sound(column)
                    else "is no name of a column"
                )
            if (reason := why[column]) is not None:
                yield Rejected(index, column if is_sound(column) else None, reason)


def _only(workspace: Workspace, table: str, frame: pl.DataFrame) -> LearningData:
    """Return data with rows of one table alone."""
    tables: dict[str, Any] = {name: pl.DataFrame(schema=dtypes(name)) for name in TABLES}
    return LearningData(**{**tables, table: frame}, settings=workspace.settings)
