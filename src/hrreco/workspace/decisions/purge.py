"""Letting go of answers that need not be kept any longer, and of what they were made with."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from hrreco.privacy import told
from hrreco.privacy.audit import Kind, Transaction
from hrreco.privacy.audit.verify import checkpoint_message
from hrreco.settings import Moment
from hrreco.store.chain import (
    Checkpoint,
    count_lines,
    count_readable,
    cut_before,
    drop_kind,
    last_before,
)
from hrreco.store.moments import to_stored
from hrreco.store.snapshots import drop_unused, unused_snapshots, used_since
from hrreco.tracking import CHALLENGER, CHAMPION, MlflowStore

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PurgedDecisions:
    """What was let go of, or would be.

    Attributes
    ----------
    answers
        How many; their lines stay, and no longer tell what they were about.
    lines
        How many lines of the log were cut off behind a signed checkpoint.
    bundles
        Models that no answer kept was made with, and that can serve no more.
    """

    answers: int
    lines: int
    snapshots: int
    bundles: tuple[str, ...]

    def to_json(self, min_people: int) -> dict[str, Any]:
        """Return plain JSON values, with counts as they may be told."""
        answers = told(self.answers, min_people)
        return {**asdict(self), "answers": answers, "bundles": list(self.bundles)}


@dataclass(frozen=True, slots=True)
class _Plan:
    """How far to go: numbers of lines, and moments as stored."""

    answers_up_to: int
    answers: int
    cut: Checkpoint | None
    lines: int
    before: int


def purge_decisions(workspace: Workspace, moment: Moment, dry_run: bool) -> PurgedDecisions:
    """Purge answers past `decisions_keep_days`, and lines of the log past `proofs_keep_days`.

    The lock of trainings must be held. One transaction has the lines, the checkpoint and a line
    that tells of it; the bundles go after it: whoever is stopped in between has to repeat it.
    """
    with workspace.store.reading() as connection:
        plan = _plan(workspace, connection, moment.at)
        snapshots = len(unused_snapshots(connection, plan.before))
        bundles = tuple(sorted(_unneeded(workspace, connection, plan.before)))
    if not dry_run:
        if plan.answers or plan.cut or snapshots:
            with workspace.audit_log.writing() as transaction:
                _carry_out(workspace, transaction, plan)
        for bundle_id in bundles:
            shutil.rmtree(workspace.bundles / bundle_id)
    return PurgedDecisions(plan.answers, plan.lines, snapshots, bundles)


def _plan(workspace: Workspace, connection: Connection, now: datetime) -> _Plan:
    keep = workspace.settings.audit
    before = to_stored(now - timedelta(days=keep.decisions_keep_days))
    last = last_before(connection, before)
    up_to = last.seq if last else 0
    cut = last_before(connection, to_stored(now - timedelta(days=keep.proofs_keep_days)))
    return _Plan(
        up_to,
        answers=count_readable(connection, Kind.ANSWER, up_to),
        cut=Checkpoint(cut.seq, cut.at, cut.hash, b"") if cut else None,
        lines=count_lines(connection, cut.seq) if cut else 0,
        before=before,
    )


def _carry_out(workspace: Workspace, transaction: Transaction, plan: _Plan) -> None:
    connection = transaction.connection
    drop_kind(connection, Kind.ANSWER, plan.answers_up_to)
    drop_unused(connection, plan.before)
    bounds = {"answers_up_to": plan.answers_up_to, "lines_up_to": plan.cut.seq if plan.cut else 0}
    transaction.append(Kind.ANSWER_PURGE, bounds)
    if plan.cut:
        message = checkpoint_message(plan.cut)
        signature = workspace.audit_log.signer.sign(connection, message)
        cut_before(connection, plan.cut._replace(signature=signature))


def _unneeded(workspace: Workspace, connection: Connection, before: int) -> Iterator[str]:
    """Yield the bundles that are old, and that no answer, alias or rollback needs."""
    needed = used_since(connection, "bundle", before) | _serving(workspace)
    for folder in workspace.bundles.glob("[0-9a-f]*/"):
        if folder.name not in needed and _made(folder) < before:
            yield folder.name


def _serving(workspace: Workspace) -> frozenset[str]:
    """Return the bundles that serve, may come to, or served before."""
    store = MlflowStore(workspace.path)
    named = [store.version(alias) for alias in (CHAMPION, CHALLENGER)]
    named += [store.numbered(number) for number in workspace.champions_before()]
    bundle_ids = {version.bundle_id for version in named if version}
    return frozenset(bundle_ids | {workspace.champion_id() or ""})


def _made(folder: Path) -> int:
    return int(folder.stat().st_mtime * 1_000_000)
