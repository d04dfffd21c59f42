"""Keeping answers in the audit log of a workspace."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from weakref import WeakKeyDictionary

from pydantic_core import to_json

from hrreco.advisor import Answered, Prepared
from hrreco.privacy.audit import Entry, Kind
from hrreco.privacy.audit.commitment import new_salt
from hrreco.tracking import MlflowStore
from hrreco.training import TrainedModel
from hrreco.workspace.decisions.groups import GroupWriter, not_recorded
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
    patience
        For how many seconds `record` may wait, where what was answered before cannot be written
        as fast; as long as it takes when None.
    """

    def __init__(self, folder: Path, keep: Keep, patience: float | None = None) -> None:
        self._folder = folder
        # Two of them, while a new model is made ready beside the one that serves.
        self._made_with: WeakKeyDictionary[Prepared, MadeWith] = WeakKeyDictionary()
        self._writer = GroupWriter(partial(_keep, keep), patience)
        weakref.finalize(self, self._writer.close)  # also when the process ends

    def ready(self, prepared: Prepared) -> None:
        """Find all that answers made with it have in common, so that none waits for it.

        Raises
        ------
        WorkspaceError
            When it cannot be told with what they are made.
        """
        self._of(prepared)

    def record(self, answered: Answered) -> str:
        """Keep an answer; return the id by which it can be asked for.

        Raises
        ------
        WorkspaceError
            When answers cannot be written.
        """
        whom, at, salt = answered.served.record.employee_id, datetime.now(UTC), new_salt()
        made_with = self._of(answered.prepared)
        payload = to_json({**payload_of(answered), **made_with.told()})
        self._writer.put(_Given(Entry(Kind.ANSWER, payload, whom, at, salt), made_with))
        return decision_id(salt)

    def flush(self) -> None:
        """Have all answers on disk.

        Raises
        ------
        WorkspaceError
            When they cannot be written.
        """
        self._writer.flush()

    def _of(self, prepared: Prepared) -> MadeWith:
        made_with = self._made_with.get(prepared)
        if made_with is None:
            try:
                bundle_id = prepared.model.bundle_id or self._kept_bundle(prepared.model)
                version = MlflowStore(self._folder).number_of(bundle_id)
            except (OSError, sqlite3.Error) as error:
                raise not_recorded(error) from error
            made_with = MadeWith(bundle_id, version, snapshot_of(prepared))
            self._made_with[prepared] = made_with
        return made_with

    def _kept_bundle(self, model: TrainedModel) -> str:
        """Keep a model that was never trained: the rules, fitted when somebody asked."""
        from hrreco.workspace.train import DRAFTS

        bundles = self._folder / "bundles"
        bundles.mkdir(exist_ok=True)
        with TemporaryDirectory(prefix=DRAFTS, dir=self._folder) as parent:
            draft = Path(parent) / "bundle"
            bundle_id = model.save(draft)
            try:
                draft.rename(bundles / bundle_id)
            except OSError:
                if not (bundles / bundle_id).exists():  # else another process was first
                    raise
        return bundle_id


class _Given(NamedTuple):
    """The line of an answer, and what it was made with."""

    entry: Entry
    made_with: MadeWith


def _keep(keep: Keep, group: Sequence[_Given]) -> None:
    keep([one.entry for one in group], list(dict.fromkeys(one.made_with for one in group)))
