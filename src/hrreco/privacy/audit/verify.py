"""Checking the audit log: any edit, gap, reorder or cut tail is found, and named by its line."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from hrreco.errors import AuditError
from hrreco.privacy.audit.commitment import BEGINNING, chained, commitment
from hrreco.privacy.audit.head import Head, head_message, is_noted, noted_in
from hrreco.privacy.audit.kinds import Kind
from hrreco.privacy.audit.log import AuditLog, end_of
from hrreco.privacy.audit.signing import is_signed
from hrreco.store.chain import (
    Checkpoint,
    Line,
    Payload,
    checkpoint,
    count_checkpoints,
    lines,
    strays,
)


@dataclass(frozen=True, slots=True)
class Verified:
    """What holds.

    Attributes
    ----------
    first, last
        The numbers of the lines that are kept; 0 where there are none.
    readable
        Lines that still tell what they are about: the others went with erased people, or are of
        answers that were purged.
    head
        The line that the head outside the database names.
    public_key
        The newest key that signs here, in hexadecimal; None where nothing was signed yet.
    """

    first: int
    last: int
    readable: int
    head: int
    public_key: str | None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)


class _Walk:
    """Goes along the chain, one line after the other, and keeps the hashes that are asked for."""

    def __init__(self, start: Checkpoint | None, wanted: Collection[int]) -> None:
        self._start = start.seq if start else 0
        self._wanted = wanted
        self.seq, self._hash = (start.seq, start.hash) if start else (0, BEGINNING)
        self.hashes = {self.seq: self._hash}
        self.readable = 0
        self._answers_deleted, self._others_deleted = array("q"), array("q")
        self._purged_up_to = 0
        self._explained: set[int] = set()

    @property
    def first(self) -> int:
        return self._start + 1 if self.seq > self._start else 0

    def step(self, line: Line, payload: Payload | None) -> None:
        _check_form(line, payload)
        if line.seq != self.seq + 1:
            raise AuditError(f"audit log: {_missing(self.seq + 1, line.seq - 1)}")
        if chained(self._hash, line.seq, line.at, line.kind, line.commitment) != line:
            raise AuditError(f"audit log: line {line.seq}, or the one before it, was changed")
        if payload is None:
            gone = self._answers_deleted if line.kind == Kind.ANSWER else self._others_deleted
            gone.append(line.seq)
        else:
            self._read(line, payload)
        self.seq, self._hash = line.seq, line.hash
        if line.seq in self._wanted:
            self.hashes[line.seq] = line.hash

    def _read(self, line: Line, payload: Payload) -> None:
        if commitment(payload) != line.commitment:
            raise AuditError(f"audit log: what line {line.seq} is about was changed")
        self.readable += 1
        if line.kind in (Kind.ERASURE, Kind.PURGE):
            self._explained.update(json.loads(payload.payload)["lines"])
        elif line.kind == Kind.ANSWER_PURGE:
            purged = json.loads(payload.payload)["answers_up_to"]
            self._purged_up_to = max(self._purged_up_to, purged)

    def end(self) -> None:
        deleted = [seq for seq in self._answers_deleted if seq > self._purged_up_to]
        deleted += self._others_deleted
        if unexplained := set(deleted) - self._explained:
            raise AuditError(
                f"audit log: what line {min(unexplained)} is about was deleted, and neither an "
                "erasure nor a purge tells of it"
            )

    def compare(self, seq: int, digest: str) -> None:
        """Refuse a log that does not hold a line which was noted elsewhere."""
        if seq > self.seq:
            missing = _missing(self.seq + 1, seq)
            raise AuditError(f"audit log: its end was cut off: {missing}")
        if seq >= self._start and self.hashes[seq].hex() != digest:
            raise AuditError(f"audit log: line {seq} is another one than was noted outside")


def _check_form(line: Line, payload: Payload | None) -> None:
    """Refuse values that no line is made of: a database of damaged bytes may hold any."""
    if not _has_form(line, (int, int, str, bytes, bytes)):
        raise AuditError(f"audit log: line {line.seq}, or the one before it, was changed")
    if payload is not None and not _has_form(payload, (int, bytes | None, bytes, bytes)):
        raise AuditError(f"audit log: what line {line.seq} is about was changed")


def _has_form(row: Sequence[Any], forms: Sequence[Any]) -> bool:
    return all(isinstance(value, form) for value, form in zip(row, forms, strict=True))


def verify(log: AuditLog, expected: tuple[int, str] | None = None) -> Verified:
    """Check every line of the log against the next, and the last against the head.

    Parameters
    ----------
    expected
        The number and the hash (hexadecimal) of a line that somebody has kept elsewhere.

    Raises
    ------
    AuditError
        When something was changed; names the line.
    WorkspaceError
        When the audit key is not there.
    """
    with log.store.reading() as connection:
        keys = log.signer.trusted(connection)
        noted = _head(log, connection, keys)
        outside = [(noted.seq, noted.hash.hex())] if noted else []
        outside += [expected] if expected else []
        walk = _walked(connection, keys, {seq for seq, _ in outside})
    for seq, digest in outside:
        walk.compare(seq, digest)
    walk.end()
    return Verified(
        walk.first,
        last=walk.seq if walk.first else 0,
        readable=walk.readable,
        head=noted.seq if noted else 0,
        public_key=keys[-1].hex() if keys else None,
    )


def _walked(connection: Connection, keys: Sequence[bytes], wanted: Collection[int]) -> _Walk:
    start = checkpoint(connection)
    if start is not None and not _has_form(start, (int, int, bytes, bytes)):
        raise AuditError("audit log: the checkpoint that it begins with was changed")
    if count_checkpoints(connection) > 1:
        raise AuditError("audit log: it begins with more than one checkpoint")
    if start is not None and not is_signed(checkpoint_message(start), start.signature, keys):
        raise AuditError(f"audit log: the checkpoint of line {start.seq} is not signed by us")
    for seq in strays(connection):
        raise AuditError(f"audit log: line {seq} is missing, though what it is about is there")
    walk = _Walk(start, wanted)
    for line, payload in lines(connection):
        walk.step(line, payload)
    return walk


def _head(log: AuditLog, connection: Connection, keys: Sequence[bytes]) -> Head | None:
    """Return what was noted outside the database; None where nothing was ever logged."""
    if end_of(connection)[0] == 0 and not is_noted(log.folder):
        return None
    noted = noted_in(log.folder)
    if not is_signed(head_message(noted.seq, noted.hash), noted.signature, keys):
        raise AuditError(f"{log.folder}: the head of the audit log is not signed by us")
    return noted


def checkpoint_message(mark: Checkpoint) -> bytes:
    """Return what is signed of a checkpoint."""
    return b"hrreco audit checkpoint 1\n" + f"{mark.seq}\n{mark.at}\n{mark.hash.hex()}\n".encode()


def _missing(first: int, last: int) -> str:
    return f"lines {first} to {last} are missing" if last > first else f"line {first} is missing"
