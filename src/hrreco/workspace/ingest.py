"""Reading exports into the workspace."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrreco.data import QualityReport
from hrreco.data.export import Export, read_export
from hrreco.privacy import told
from hrreco.privacy.audit import Kind
from hrreco.settings import AsOf, Moment, Progress, silent, write_whole
from hrreco.store import IngestResult
from hrreco.store.emptying import empty_values
from hrreco.store.ingest import ingest_rows

if TYPE_CHECKING:
    from hrreco.privacy.audit import Transaction
    from hrreco.workspace.workspace import Workspace


QUARANTINE = "quarantine.parquet"
_QUALITY = "quality.json"
OF_AN_INGEST = (QUARANTINE, _QUALITY)
"""The files that show the latest ingest; they may hold values of people."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest read, what it changed, and the file of the rows it left out."""

    report: QualityReport
    result: IngestResult
    quarantine: Path


def ingest(
    workspace: Workspace,
    exports: Path,
    *,
    mapping: str | Path | None = None,
    full: bool = False,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> Ingested:
    """Read a folder of exports and merge its good rows into the database, all or nothing.

    Bad rows go to `quarantine.parquet` in the workspace, which shows the latest ingest.

    Parameters
    ----------
    full
        The export is complete: employees and courses that it does not name are marked as left
        or inactive.
    """
    with workspace.lock("ingest"):
        data, attributes = read_exports(workspace, exports, mapping, as_of, progress)
        report = data.report
        quarantine = workspace.path / QUARANTINE
        report.write_quarantine(quarantine)
        quality = json.dumps(report.to_json(), indent=1)
        write_whole(workspace.path / _QUALITY, quality, private=True)
        progress("store the rows", 0, 1)
        empty_stored(workspace, as_of)
        with workspace.audit_log.writing() as transaction:
            result = ingest_rows(
                transaction.connection,
                workspace.store.pseudonyms,
                data,
                attributes,
                source=exports.name,
                full=full,
                as_of=as_of,
            )
            log_ingest(workspace, transaction, result)
    return Ingested(report, result, quarantine)


def log_ingest(workspace: Workspace, transaction: Transaction, result: IngestResult) -> None:
    """Tell of each table how many rows are new or were changed, as it may be told."""
    least = workspace.settings.min_people
    counts = result.counts.items()
    rows = {name: told(n.new + n.changed + n.marked, least) for name, n in counts}
    transaction.append(Kind.INGEST, {"number": result.seq, "rows": rows})


def empty_stored(workspace: Workspace, as_of: AsOf) -> None:
    """Empty what is past its time where it is stored, as reading has emptied it in the export.

    Otherwise an event that has no id would be there twice. As of a day that has not come, nothing
    is taken for past that is not so today.
    """
    zone = workspace.settings.timezone
    moment = min(Moment.of(as_of, zone), Moment.of(None, zone), key=lambda one: one.at)
    with workspace.store.writing() as connection:
        empty_values(connection, workspace.settings, moment)


def read_exports(
    workspace: Workspace,
    exports: Path,
    mapping: str | Path | None,
    as_of: AsOf,
    progress: Progress,
) -> Export:
    """Read a folder of exports against what the workspace already knows; store nothing."""
    return read_export(
        exports,
        mapping=mapping,
        settings=workspace.settings,
        as_of=as_of,
        known=workspace.store.known(),
        progress=progress,
    )
