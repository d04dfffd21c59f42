"""Keeping answers in the audit log of a workspace."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hrreco.advisor import Answered, Prepared
from hrreco.privacy.audit import Entry, Kind
from hrreco.privacy.audit.commitment import new_salt
from hrreco.tracking import MlflowStore
from hrreco.training import TrainedModel
from hrreco.workspace.decisions.groups import GroupWriter
from hrreco.workspace.decisions.keeping import MadeWith
from hrreco.workspace.decisions.payload import decision_id, payload_of
from hrreco.workspace.decisions.snapshot import snapshot_of

Keep = Callable[[Sequence[Entry], Sequence[MadeWith]], None]
"""Writes answers: see `keep_answers`."""


class StoredAnswers:
    """The answers of a workspace: see `advisor.AnswerLog`.

    They are written in groups, a fraction of a second later. A process that is killed loses those
    of that time; nothing else is lost in silence: what cannot be written makes the next call fail.

    Parameters
    ----------
    folder
        The workspace.
    keep
        Has a group on disk, whole or not at all, when it returns.
    """

    def __init__(self, folder: Path, keep: Keep) -> None:
        self._writer = GroupWriter(_Groups(folder, keep).write)
        weakref.finalize(self, self._writer.close)  # also when the process ends

    def record(self, answered: Answered) -> str:
        """Keep an answer; return the id by which it can be asked for.

        Raises
        ------
        WorkspaceError
            When answers cannot be written.
        """
        whom, at, salt = answered.served.record.employee_id, datetime.now(UTC), new_salt()
        entry = Entry(Kind.ANSWER, payload_of(answered), whom, at, salt)
        self._writer.put(_Given(answered.prepared, entry))
        return decision_id(salt)

    def flush(self) -> None:
        """Have all answers on disk.

        Raises
        ------
        WorkspaceError
            When they cannot be written.
        """
        self._writer.flush()


class _Given(NamedTuple):
    """An answer's line, and what answered; which model that was is not in it yet."""

    prepared: Prepared
    entry: Entry


class _Groups:
    """Says of groups of answers what they were made with, and hands them on."""

    def __init__(self, folder: Path, keep: Keep) -> None:
        self._folder = folder
        self._keep = keep
        self._latest: tuple[Prepared, MadeWith] | None = None

    def write(self, group: Sequence[_Given]) -> None:
        """Have a group on disk."""
        made_with = [self._made_with(one.prepared) for one in group]
        entries = [
            entry._replace(payload={**entry.payload, **of.told()})
            for (_, entry), of in zip(group, made_with, strict=True)
        ]
        self._keep(entries, list(dict.fromkeys(made_with)))

    def _made_with(self, prepared: Prepared) -> MadeWith:
        if self._latest is None or self._latest[0] is not prepared:
            bundle_id = prepared.model.bundle_id or self._kept_bundle(prepared.model)
            version = MlflowStore(self._folder).number_of(bundle_id)
            self._latest = prepared, MadeWith(bundle_id, version, snapshot_of(prepared))
        return self._latest[1]

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
