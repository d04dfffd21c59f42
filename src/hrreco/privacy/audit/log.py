"""The audit log: what was done, in a chain that shows every edit."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import to_json
from sqlalchemy import Connection

from hrreco.privacy.audit.commitment import BEGINNING, chained, commitment, new_salt
from hrreco.privacy.audit.head import Head, head_message, is_noted, note
from hrreco.privacy.audit.kinds import Kind
from hrreco.privacy.audit.signing import Signer
from hrreco.store import Store
from hrreco.store.chain import Line, Payload, add_lines, checkpoint, last_line
from hrreco.store.moments import to_stored

_QUICK = 1
"""The level of compression: a tenth larger than the usual one, in half the time."""


class Entry(NamedTuple):
    """What a line is to tell.

    Attributes
    ----------
    payload
        JSON. It names no employee: that is what the pseudonym is for.
    employee_id
        Whom it concerns, and with whose erasure the payload goes.
    at
        When it was done; now when not given.
    salt
        32 bytes that were drawn for this line; new ones when not given.
    """

    kind: Kind
    payload: bytes
    employee_id: str | None = None
    at: datetime | None = None
    salt: bytes | None = None


class Transaction:
    """One change of the store, with the lines that tell of it: all of it, or nothing."""

    def __init__(self, connection: Connection, store: Store) -> None:
        self.connection = connection
        self._store = store
        self._end = end_of(connection)

    @property
    def end(self) -> tuple[int, bytes]:
        """The number and the hash of the latest line."""
        return self._end

    def append(
        self,
        kind: Kind,
        payload: Mapping[str, Any],
        *,
        employee_id: str | None = None,
        at: datetime | None = None,
    ) -> Line:
        """Add a line to the chain that tells of plain JSON values; see `Entry`."""
        return self.extend([Entry(kind, to_json(payload), employee_id, at)])[0]

    def extend(self, entries: Sequence[Entry]) -> list[Line]:
        """Add a line for each entry, in their order."""
        about = {one.employee_id for one in entries if one.employee_id is not None}
        names = self._store.pseudonyms.each_of(self.connection, about) if about else {}
        new = [
            self._next(one, None if one.employee_id is None else names[one.employee_id])
            for one in entries
        ]
        if new:
            add_lines(self.connection, new)
        return [line for line, _ in new]

    def _next(self, entry: Entry, pseudonym: bytes | None) -> tuple[Line, Payload]:
        before, digest = self._end
        packed = zlib.compress(entry.payload, _QUICK)
        kept = Payload(before + 1, pseudonym, entry.salt or new_salt(), packed)
        at = to_stored(entry.at or datetime.now(UTC))
        line = chained(digest, kept.seq, at, entry.kind, commitment(kept))
        self._end = line.seq, line.hash
        return line, kept


class AuditLog:
    """The audit log of one workspace.

    Parameters
    ----------
    folder
        Where the key and the head of the chain are.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.signer = Signer(folder)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Give a transaction that nobody else writes beside; it and its lines are on disk after.

        The head is noted once they are. A process that is killed in between leaves an earlier
        head, which is no lie: the chain has that line, too.
        """
        if not is_noted(self.folder):
            self._begin()
        with self.store.writing() as connection:
            transaction = Transaction(connection, self.store)
            before = transaction.end
            yield transaction
            after = None
            if transaction.end != before:
                after = self._signed(connection, *transaction.end)
        if after is not None:
            note(self.folder, after)

    def _begin(self) -> None:
        """Note that there is no line yet, so that not even the first can be cut off unseen."""
        with self.store.writing() as connection:
            if end_of(connection)[0]:
                return  # a head that was lost: `verify` says so
            beginning = self._signed(connection, 0, BEGINNING)
        note(self.folder, beginning)

    def _signed(self, connection: Connection, seq: int, digest: bytes) -> Head:
        return Head(seq, digest, self.signer.sign(connection, head_message(seq, digest)))


def end_of(connection: Connection) -> tuple[int, bytes]:
    """Return the number and the hash that the next line follows."""
    if (line := last_line(connection)) is not None:
        return line.seq, line.hash
    mark = checkpoint(connection)
    return (mark.seq, mark.hash) if mark else (0, BEGINNING)
