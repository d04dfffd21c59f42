"""Purging a workspace: rows, values and files past the time for which they may be kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrreco.errors import SettingsError
from hrreco.privacy import told
from hrreco.privacy.purging import purge_people
from hrreco.settings import AsOf, Moment, Progress, silent
from hrreco.workspace.decisions import purge_decisions
from hrreco.workspace.ingest import OF_AN_INGEST
from hrreco.workspace.train import DRAFTS, clear_drafts

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace

QUARANTINE_DAYS = 90
"""Rows that were left out hold personal values; whoever mends an export needs them for weeks."""


@dataclass(frozen=True, slots=True)
class PurgedPart:
    """What was removed from a table, with counts as they may be told.

    Attributes
    ----------
    column
        The one whose values were emptied; None where whole rows were deleted.
    rows, people
        Rounded down; None where they are fewer than `min_people`.
    """

    table: str
    column: str | None
    rows: int | None
    people: int | None


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge removed, or would remove.

    Attributes
    ----------
    decisions
        What of the log of decisions: see `PurgedDecisions.to_json`.
    """

    parts: tuple[PurgedPart, ...]
    files: tuple[str, ...]
    decisions: dict[str, Any]
    dry_run: bool

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        removed = [
            {"table": one.table, "column": one.column, "rows": one.rows, "people": one.people}
            for one in self.parts
        ]
        return {
            "dry_run": self.dry_run,
            "removed": removed,
            "files": list(self.files),
            "decisions": self.decisions,
        }


def purge(
    workspace: Workspace,
    *,
    dry_run: bool = False,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> Purged:
    """Delete what is past its time: rows, values, and files of ingests and trainings long over.

    All rows go in one transaction. Then the database is written anew, so that no byte is left of
    them. What a model has learned stays in it, without any id, until the next training.

    Parameters
    ----------
    dry_run
        Change nothing, and say what would go.

    Raises
    ------
    SettingsError
        When `as_of` has not come yet: what is deleted does not come back.
    """
    moment = _come(workspace, as_of)
    with workspace.lock("train"), workspace.lock("ingest"):
        drafts = [draft.name for draft in workspace.path.glob(f"{DRAFTS}*")]
        files = sorted(_old_files(workspace.path, moment))
        progress("purge", 0, 2)
        removed = purge_people(workspace.audit_log, workspace.settings, moment, dry_run=dry_run)
        decisions = purge_decisions(workspace, moment, dry_run)
        if not dry_run:
            clear_drafts(workspace)
            for file in files:
                (workspace.path / file).unlink(missing_ok=True)
            progress("write the database anew", 1, 2)
            workspace.store.compact()
    least = workspace.settings.min_people
    parts = tuple(
        PurgedPart(one.table, one.column, told(one.rows, least), told(one.people, least))
        for one in removed
    )
    return Purged(parts, (*sorted(drafts), *files), decisions.to_json(least), dry_run)


def _come(workspace: Workspace, as_of: AsOf) -> Moment:
    zone = workspace.settings.timezone
    moment, now = Moment.of(as_of, zone), Moment.of(None, zone)
    if moment.today > now.today:
        raise SettingsError(f"{moment.today} has not come; purge as of a day that has")
    return moment


def _old_files(folder: Path, moment: Moment) -> Iterator[str]:
    """Yield the names of files whose time is over; what a killed ingest has left is at once."""
    since = moment.at - timedelta(days=QUARANTINE_DAYS)
    for name in OF_AN_INGEST:
        file = folder / name
        if file.exists() and datetime.fromtimestamp(file.stat().st_mtime, UTC) < since:
            yield name
        yield from (draft.name for draft in folder.glob(f".{name}.*"))
