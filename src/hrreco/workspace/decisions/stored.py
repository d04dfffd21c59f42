"""Keeping answers in the audit log of a workspace."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from hrreco.advisor import Answered, Prepared
from hrreco.privacy.audit import AuditLog, Entry, Kind
from hrreco.privacy.audit.commitment import new_salt
from hrreco.privacy.stored_people import still_there
from hrreco.store.moments import to_stored
from hrreco.store.snapshots import keep_snapshot, note_used
from hrreco.tracking import MlflowStore
from hrreco.training import TrainedModel
from hrreco.workspace.decisions.groups import GroupWriter
from hrreco.workspace.decisions.payload import decision_id, payload_of
from hrreco.workspace.decisions.snapshot import Snapshot, snapshot_of


@dataclass(frozen=True, slots=True)
class _Given:
    """An answer, when it was given, and the salt of its line."""

    answered: Answered
    at: datetime
    salt: bytes


class StoredAnswers:
    """The answers of a workspace: see `advisor.AnswerLog`.

    They are written in groups, a fraction of a second later. A process that is killed loses those
    of that time; nothing else is lost in silence: what cannot be written makes the next call fail.

    Parameters
    ----------
    folder
        The workspace.
    """

    def __init__(self, log: AuditLog, folder: Path) -> None:
        self._writer = GroupWriter(_Keeper(log, folder).write)
        weakref.finalize(self, self._writer.close)  # also when the process ends

    def record(self, answered: Answered) -> str:
        """Keep an answer; return the id by which it can be asked for.

        Raises
        ------
        WorkspaceError
            When answers cannot be written.
        """
        given = _Given(answered, datetime.now(UTC), new_salt())
        self._writer.put(given)
        return decision_id(given.salt)

    def flush(self) -> None:
        """Have all answers on disk.

        Raises
        ------
        WorkspaceError
            When they cannot be written.
        """
        self._writer.flush()


@dataclass(frozen=True, slots=True)
class _Sources:
    """What answers of one `Prepared` were made with."""

    prepared: Prepared
    snapshot: Snapshot
    bundle_id: str
    version: int | None


class _Keeper:
    """Writes groups of answers."""

    def __init__(self, log: AuditLog, folder: Path) -> None:
        self._log = log
        self._folder = folder
        self._latest: _Sources | None = None

    def write(self, group: Sequence[_Given]) -> None:
        """Write answers, and what they were made with; none of people who were erased since."""
        sources = [self._sources(one.answered.prepared) for one in group]
        entries = [self._entry(one, of) for one, of in zip(group, sources, strict=True)]
        with self._log.writing() as transaction:
            connection = transaction.connection
            kept = still_there(self._log.store, connection, entries)
            if kept:
                _keep(connection, sources, max(to_stored(one.at) for one in group))
            transaction.extend(kept)

    def _entry(self, given: _Given, of: _Sources) -> Entry:
        answered = given.answered
        payload = payload_of(answered, of.bundle_id, of.version, of.snapshot.digest)
        return Entry(
            Kind.ANSWER, payload, answered.served.record.employee_id, given.at, given.salt
        )

    def _sources(self, prepared: Prepared) -> _Sources:
        if self._latest is None or self._latest.prepared is not prepared:
            bundle_id = prepared.model.bundle_id or self._kept_bundle(prepared.model)
            version = MlflowStore(self._folder).number_of(bundle_id)
            self._latest = _Sources(prepared, snapshot_of(prepared), bundle_id, version)
        return self._latest

    def _kept_bundle(self, model: TrainedModel) -> str:
        """Keep a model that was never trained: the rules, fitted when somebody asked."""
        from hrreco.workspace.train import DRAFTS

        bundles = self._folder / "bundles"
        bundles.mkdir(exist_ok=True)
        with TemporaryDirectory(prefix=DRAFTS, dir=self._folder) as parent:
            draft = Path(parent) / "bundle"
            bundle_id = model.save(draft)
            if not (bundles / bundle_id).exists():
                draft.rename(bundles / bundle_id)
        return bundle_id


def _keep(connection: Connection, sources: Sequence[_Sources], at: int) -> None:
    for of in {id(of): of for of in sources}.values():
        keep_snapshot(connection, *of.snapshot)
        note_used(connection, "snapshot", {of.snapshot.digest.hex(): at})
        note_used(connection, "bundle", {of.bundle_id: at})
