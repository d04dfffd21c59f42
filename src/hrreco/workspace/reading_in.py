"""From the body of a request to rows of the data contract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from itertools import islice
from typing import TYPE_CHECKING, Any

from hrreco.data.json_rows import is_sound
from hrreco.data.xapi import Statement, last_segment, read_statement
from hrreco.errors import DataError
from hrreco.store.lookup import courses_among, moments_of
from hrreco.workspace.handed import Form, Handed

if TYPE_CHECKING:
    from hrreco.store import Store

MOST_ROWS = 10_000
"""In one request."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What was handed in, by index.

    Attributes
    ----------
    single
        One row was handed in, and not a list.
    ids
        Of statements.
    no_event
        Of the statements that are no event, why.
    """

    rows: Mapping[int, Any]
    single: bool
    ids: tuple[str, ...] = ()
    no_event: tuple[str, ...] = ()


def read_rows(body: bytes) -> Rows:
    """Read rows from JSON: an object, or an array of them.

    Raises
    ------
    DataError
        When it is no JSON, or too much.
    """
    given, single = _listed(body)
    return Rows(dict(enumerate(given)), single)


def read_handed(handed: Handed, store: Store) -> Rows:
    """Read events in any form.

    Raises
    ------
    DataError
        As `read_rows`, and when one of many statements is no statement.
    """
    if handed.form is Form.ROWS:
        return read_rows(handed.body)
    given, single = _listed(_first_part(handed))
    if handed.statement_id is not None:
        given = [_with_id(given[0] if single else None, handed.statement_id)]
    statements = [_statement(index, one) for index, one in enumerate(given)]
    rows = _rows(statements, store)
    no_event = tuple(one.no_event for one in statements if one.row is None)
    return Rows(rows, single, tuple(one.id for one in statements), no_event)


def _listed(body: bytes) -> tuple[list[Any], bool]:
    try:
        given = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise DataError("the body is no JSON in UTF-8") from None
    listed = given if isinstance(given, list) else [given]
    if len(listed) > MOST_ROWS:
        raise DataError(f"{len(listed):,} at once are too many; send {MOST_ROWS:,} at most")
    return listed, listed is not given


def _first_part(handed: Handed) -> bytes:
    """Return the statements without what is attached to them, which is left aside."""
    if not handed.content_type.lower().startswith("multipart/"):
        return handed.body
    head = f"Content-Type: {handed.content_type}\r\n\r\n".encode("latin-1")
    parts = message_from_bytes(head + handed.body, policy=policy.default).iter_parts()
    content = [part.get_payload(decode=True) for part in islice(parts, 1)]
    if not content or not isinstance(content[0], bytes):
        raise DataError("the body has no parts; the first is to hold the statements")
    return content[0]


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _with_id(given: Any, statement_id: str) -> Any:
    if not isinstance(given, dict):
        raise DataError("one statement is put at a time, as an object")
    own = given.get("id", statement_id)
    if not isinstance(own, str) or own.lower() != statement_id.lower():
        raise DataError("id: is another than the statementId it is put at")
    return {**given, "id": statement_id}


def _statement(index: int, given: Any) -> Statement:
    try:
        return read_statement(given)
    except DataError as error:
        raise DataError(f"statement {index}: {error}") from None


def _rows(statements: Sequence[Statement], store: Store) -> dict[int, dict[str, Any]]:
    """Return the events that statements are, with the courses that their activities stand for."""
    happened = {index: one for index, one in enumerate(statements) if one.row is not None}
    named = {name for one in happened.values() for name in _names(one)}
    with store.reading() as connection:
        courses = courses_among(connection, set(filter(is_sound, named)))
        moments = moments_of(
            connection, [one.id for one in happened.values() if not _is_dated(one)]
        )
    now = datetime.now(UTC)
    return {
        index: {
            **(one.row or {}),
            "course_id": _course_id(one, courses),
            # A statement with no moment is of the moment at which it came first.
            **({} if _is_dated(one) else {"occurred_at": moments.get(one.id, now).isoformat()}),
        }
        for index, one in happened.items()
    }


def _is_dated(statement: Statement) -> bool:
    return statement.row is not None and statement.row["occurred_at"] is not None


def _names(statement: Statement) -> Iterator[str]:
    """Yield all that may be the id of the course."""
    for activity in (statement.activity, *statement.published):
        yield activity
        yield last_segment(activity)


def _course_id(statement: Statement, courses: frozenset[str]) -> str:
    """Return the course that the activity is: by its own IRI, or else by the publisher's."""
    if (own := _course_at(statement.activity, courses)) is not None:
        return own
    published = {
        found for activity in statement.published if (found := _course_at(activity, courses))
    }
    return published.pop() if len(published) == 1 else statement.activity


def _course_at(activity: str, courses: frozenset[str]) -> str | None:
    """Return the course of an IRI: itself, or the last segment of its path, which of them is."""
    return next((name for name in (activity, last_segment(activity)) if name in courses), None)
