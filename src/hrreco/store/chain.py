"""The rows of the audit chain."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select

from hrreco.store.trust_tables import audit_chain, audit_checkpoints, audit_payloads


class Line(NamedTuple):
    """One line of the chain; `at` in microseconds since 1970 (UTC)."""

    seq: int
    at: int
    kind: str
    commitment: bytes
    hash: bytes


class Payload(NamedTuple):
    """What a line is about, in JSON, and whom it concerns."""

    seq: int
    pseudonym: bytes | None
    salt: bytes
    payload: str


class Checkpoint(NamedTuple):
    """The last line that was purged, signed."""

    seq: int
    at: int
    hash: bytes
    signature: bytes


_ROWS_AT_ONCE = 10_000


def last_line(connection: Connection) -> Line | None:
    """Return the latest line."""
    newest = select(audit_chain).order_by(audit_chain.c.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return Line(*row) if row else None


def line_at(connection: Connection, seq: int) -> Line | None:
    """Return the line of a number."""
    row = connection.execute(select(audit_chain).where(audit_chain.c.seq == seq)).first()
    return Line(*row) if row else None


def add_line(connection: Connection, line: Line, payload: Payload) -> None:
    """Write a line and what it is about."""
    connection.execute(insert(audit_chain).values(line._asdict()))
    connection.execute(insert(audit_payloads).values(payload._asdict()))


def lines(connection: Connection) -> Iterator[tuple[Line, Payload | None]]:
    """Yield all lines in order, each with what it is about where that is still kept."""
    both = select(audit_chain, audit_payloads).outerjoin(
        audit_payloads, audit_chain.c.seq == audit_payloads.c.seq
    )
    ordered = both.order_by(audit_chain.c.seq).execution_options(yield_per=_ROWS_AT_ONCE)
    yield from map(_pair, connection.execute(ordered))


def _pair(row: Row[Any]) -> tuple[Line, Payload | None]:
    width = len(Line._fields)
    return Line(*row[:width]), None if row[width] is None else Payload(*row[width:])


def strays(connection: Connection) -> list[int]:
    """Return the numbers of payloads that belong to no line."""
    stray = select(audit_payloads.c.seq).where(
        audit_payloads.c.seq.not_in(select(audit_chain.c.seq))
    )
    return sorted(connection.scalars(stray))


def payload_at(connection: Connection, seq: int) -> Payload | None:
    """Return what the line of a number is about."""
    row = connection.execute(select(audit_payloads).where(audit_payloads.c.seq == seq)).first()
    return Payload(*row) if row else None


def about(connection: Connection, pseudonyms: Collection[bytes]) -> list[tuple[Line, Payload]]:
    """Return the lines about one person, in order."""
    return _told(connection, audit_payloads.c.pseudonym.in_(list(pseudonyms)))


def of_kind(connection: Connection, kind: str) -> list[tuple[Line, Payload]]:
    """Return the lines of a kind that still tell what they are about, in order."""
    return _told(connection, audit_chain.c.kind == kind)


def _told(connection: Connection, which: ColumnElement[bool]) -> list[tuple[Line, Payload]]:
    both = (
        select(audit_chain, audit_payloads)
        .join(audit_payloads, audit_chain.c.seq == audit_payloads.c.seq)
        .where(which)
        .order_by(audit_chain.c.seq)
    )
    found = map(_pair, connection.execute(both))
    return [(line, payload) for line, payload in found if payload]


def drop_payloads(connection: Connection, pseudonyms: Collection[bytes]) -> list[int]:
    """Delete what is known of one person, and the salts; return the numbers of the lines."""
    concerned = audit_payloads.c.pseudonym.in_(list(pseudonyms))
    numbers = sorted(connection.scalars(select(audit_payloads.c.seq).where(concerned)))
    connection.execute(delete(audit_payloads).where(concerned))
    return numbers


def checkpoint(connection: Connection) -> Checkpoint | None:
    """Return where the chain begins; None where nothing was purged."""
    newest = select(audit_checkpoints).order_by(audit_checkpoints.c.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return Checkpoint(*row) if row else None


def cut_before(connection: Connection, mark: Checkpoint) -> None:
    """Delete the lines up to a checkpoint, which takes their place."""
    for table in (audit_payloads, audit_chain, audit_checkpoints):
        connection.execute(delete(table).where(table.c.seq <= mark.seq))
    connection.execute(insert(audit_checkpoints).values(mark._asdict()))
