"""The rows of the audit chain."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select

from hrreco.errors import AuditError
from hrreco.store.trust_tables import audit_chain, audit_checkpoints, audit_payloads


class Line(NamedTuple):
    """One line of the chain; `at` in microseconds since 1970 (UTC)."""

    seq: int
    at: int
    kind: str
    commitment: bytes
    hash: bytes


class Payload(NamedTuple):
    """What a line is about, and whom it concerns; `content` is compressed."""

    seq: int
    pseudonym: bytes | None
    salt: bytes
    content: bytes

    @property
    def payload(self) -> str:
        """What the line is about, in JSON.

        Raises
        ------
        AuditError
            When it was damaged.
        """
        try:
            return zlib.decompress(self.content).decode()
        except (zlib.error, UnicodeDecodeError):
            raise AuditError(f"audit log: what line {self.seq} is about was changed") from None


class Checkpoint(NamedTuple):
    """The last line that was purged, signed."""

    seq: int
    at: int
    hash: bytes
    signature: bytes


_ROWS_AT_ONCE = 10_000
_SALT = 32


def last_line(connection: Connection) -> Line | None:
    """Return the latest line."""
    newest = select(audit_chain).order_by(audit_chain.c.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return Line(*row) if row else None


def line_at(connection: Connection, seq: int) -> Line | None:
    """Return the line of a number."""
    row = connection.execute(select(audit_chain).where(audit_chain.c.seq == seq)).first()
    return Line(*row) if row else None


def add_lines(connection: Connection, new: Sequence[tuple[Line, Payload]]) -> None:
    """Write lines, and what they are about."""
    connection.execute(insert(audit_chain), [line._asdict() for line, _ in new])
    connection.execute(insert(audit_payloads), [payload._asdict() for _, payload in new])


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


def salted_with(connection: Connection, beginning: bytes) -> tuple[Line, Payload] | None:
    """Return the line whose salt begins so, if what it is about is still kept."""
    rest = _SALT - len(beginning)
    first, last = beginning + bytes(rest), beginning + b"\xff" * rest
    return next(iter(_told(connection, audit_payloads.c.salt.between(first, last))), None)


def salts_among(connection: Connection, salts: Collection[bytes]) -> frozenset[bytes]:
    """Return which of some hundred salts are those of lines that still tell."""
    found = select(audit_payloads.c.salt).where(audit_payloads.c.salt.in_(list(salts)))
    return frozenset(connection.scalars(found))


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


def last_before(connection: Connection, at: int) -> Line | None:
    """Return the last of the lines that come before all lines of `at` or later."""
    later = select(func.min(audit_chain.c.seq)).where(audit_chain.c.at >= at).scalar_subquery()
    before = select(audit_chain).where((audit_chain.c.seq < later) | later.is_(None))
    row = connection.execute(before.order_by(audit_chain.c.seq.desc()).limit(1)).first()
    return Line(*row) if row else None


def _readable(kind: str, up_to: int) -> Any:
    of_kind = select(audit_chain.c.seq).where(
        (audit_chain.c.kind == kind) & (audit_chain.c.seq <= up_to)
    )
    return (audit_payloads.c.seq <= up_to) & audit_payloads.c.seq.in_(of_kind)


def count_lines(connection: Connection, up_to: int) -> int:
    """Return how many lines there are up to a number."""
    found = select(func.count()).select_from(audit_chain).where(audit_chain.c.seq <= up_to)
    return connection.execute(found).scalar_one()


def count_readable(connection: Connection, kind: str, up_to: int) -> int:
    """Return how many lines of a kind, up to a number, still tell what they are about."""
    found = select(func.count()).select_from(audit_payloads).where(_readable(kind, up_to))
    return connection.execute(found).scalar_one()


def drop_kind(connection: Connection, kind: str, up_to: int) -> None:
    """Delete what the lines of a kind, up to a number, are about, and the salts."""
    connection.execute(delete(audit_payloads).where(_readable(kind, up_to)))


def listed(
    connection: Connection, kind: str | None, since: int | None
) -> Iterator[tuple[Line, bool]]:
    """Yield the lines in order, each with whether it still tells what it is about."""
    both = select(audit_chain, audit_payloads.c.seq.is_not(None)).outerjoin(
        audit_payloads, audit_chain.c.seq == audit_payloads.c.seq
    )
    if kind is not None:
        both = both.where(audit_chain.c.kind == kind)
    if since is not None:
        both = both.where(audit_chain.c.at >= since)
    ordered = both.order_by(audit_chain.c.seq).execution_options(yield_per=_ROWS_AT_ONCE)
    for *line, readable in connection.execute(ordered):
        yield Line(*line), bool(readable)


def checkpoint(connection: Connection) -> Checkpoint | None:
    """Return where the chain begins; None where nothing was purged."""
    newest = select(audit_checkpoints).order_by(audit_checkpoints.c.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return Checkpoint(*row) if row else None


def count_checkpoints(connection: Connection) -> int:
    """Return how many checkpoints there are: one takes the place of the one before it."""
    found = select(func.count()).select_from(audit_checkpoints)
    return connection.execute(found).scalar_one()


def cut_before(connection: Connection, mark: Checkpoint) -> None:
    """Delete the lines up to a checkpoint, which takes their place."""
    for table in (audit_payloads, audit_chain, audit_checkpoints):
        connection.execute(delete(table).where(table.c.seq <= mark.seq))
    connection.execute(insert(audit_checkpoints).values(mark._asdict()))
