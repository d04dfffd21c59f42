"""Saying what is wrong with data, without training and without changing anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from hrreco.data import LearningData, QualityReport, TableCounts
from hrreco.settings import AsOf, Progress, silent
from hrreco.workspace.ingest import read_exports
from hrreco.workspace.workspace import SETTINGS_FILE, Workspace


def diagnose(
    workspace_path: Path,
    exports: Path | None = None,
    *,
    mapping: Path | None = None,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> QualityReport:
    """Check a folder of exports, or what the workspace holds.

    A folder is checked as an ingest would: against what the workspace knows, where there is one,
    and on its own otherwise. What the workspace holds stays in use whatever is found: no finding
    removes rows, and all rows count as accepted.
    """
    if exports is None:
        return _all_kept(_recheck(Workspace.open(workspace_path).data(), as_of))
    if (workspace_path / SETTINGS_FILE).is_file():
        workspace = Workspace.open(workspace_path)
        return read_exports(workspace, exports, mapping, as_of, progress).data.report
    return LearningData.read(exports, mapping=mapping, as_of=as_of, progress=progress).report


def is_usable(report: QualityReport) -> bool:
    """Return whether every table that was read has good rows; events may be none."""
    return all(
        counts.accepted or (table == "events" and not counts.read)
        for table, counts in report.tables.items()
    )


def _recheck(data: LearningData, as_of: AsOf) -> QualityReport:
    return LearningData.from_frames(
        data.employees,
        data.courses,
        data.events,
        employee_skills=_unless_empty(data.employee_skills),
        role_skills=_unless_empty(data.role_skills),
        sessions=_unless_empty(data.sessions),
        settings=data.settings,
        as_of=as_of,
    ).report


def _all_kept(report: QualityReport) -> QualityReport:
    """Say of all rows what is true of stored ones: they are there, and serve while they may.

    Notes are about files and columns left aside, and there are none.
    """
    return replace(
        report,
        tables={t: _kept(n) for t, n in report.tables.items()},
        findings=tuple(
            replace(found, removes_rows=found.rule == "past_retention")
            for found in report.findings
        ),
        notes=(),
    )


def _kept(n: TableCounts) -> TableCounts:
    past = n.past_retention
    return TableCounts(n.read, accepted=n.read - past, past_retention=past)


def _unless_empty(table: pl.DataFrame) -> pl.DataFrame | None:
    return table if len(table) else None
