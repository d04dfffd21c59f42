"""Writing answers into the audit log of a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from hrreco.privacy.audit import AuditLog, Entry
from hrreco.privacy.stored_people import still_there
from hrreco.store.chain import salts_among
from hrreco.store.moments import to_stored
from hrreco.store.snapshots import keep_snapshot, note_used
from hrreco.workspace.decisions.snapshot import Snapshot


class MadeWith(NamedTuple):
    """What many answers were made with: a model, by its bundle and version, and a snapshot."""

    bundle_id: str
    version: int | None
    snapshot: Snapshot

    def told(self) -> dict[str, Any]:
        """Return what each of the answers holds of it."""
        return {
            "bundle": self.bundle_id,
            "version": self.version,
            "snapshot": self.snapshot.digest.hex(),
        }


def keep_answers(log: AuditLog, entries: Sequence[Entry], made_with: Sequence[MadeWith]) -> None:
    """Write answers, and what they were made with; none of people who were erased since.

    What is there is not written again: a process may end once it has written, and before it has
    said so.
    """
    with log.writing() as transaction:
        connection = transaction.connection
        there = salts_among(connection, [one.salt for one in entries if one.salt])
        new = [one for one in entries if one.salt not in there]
        kept = still_there(log.store, connection, new)
        if kept:
            _keep(connection, made_with, max(to_stored(one.at) for one in kept if one.at))
        transaction.extend(kept)


def _keep(connection: Connection, made_with: Sequence[MadeWith], at: int) -> None:
    for of in made_with:
        keep_snapshot(connection, *of.snapshot)
        note_used(connection, "snapshot", {of.snapshot.digest.hex(): at})
        note_used(connection, "bundle", {of.bundle_id: at})
