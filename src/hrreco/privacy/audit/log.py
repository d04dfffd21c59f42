"""The audit log: what was done, in a chain that shows every edit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from hrreco.privacy.audit.commitment import BEGINNING, chained, commitment, salted
from hrreco.privacy.audit.head import Head, head_message, is_noted, note
from hrreco.privacy.audit.signing import Signer
from hrreco.store import Store
from hrreco.store.chain import Line, add_line, checkpoint, last_line
from hrreco.store.moments import to_stored


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
        kind: str,
        payload: dict[str, Any],
        *,
        employee_id: str | None = None,
        at: datetime | None = None,
    ) -> Line:
        """Add a line to the chain.

        Parameters
        ----------
        payload
            Plain JSON values. It names no employee: that is what the pseudonym is for.
        employee_id
            Whom it concerns, and with whose erasure the payload goes.
        at
            When it was done; now when not given.
        """
        seq, before = self._end[0] + 1, self._end[1]
        pseudonym = (
            self._store.pseudonyms.of(self.connection, employee_id)
            if employee_id is not None
            else None
        )
        kept = salted(seq, pseudonym, _as_text(payload))
        moment = to_stored(at or datetime.now(UTC))
        line = chained(before, seq, moment, kind, commitment(kept))
        add_line(self.connection, line, kept)
        self._end = line.seq, line.hash
        return line


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


def _as_text(payload: dict[str, Any]) -> str:
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
