"""A quality report as a person sees it."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hrreco.data import Finding, QualityReport
from hrreco.store import IngestResult


def quality_view(report: QualityReport) -> RenderableType:
    """Return what was read, and what was found wrong with it."""
    found = [_finding(finding) for finding in report.findings]
    notes = [Text(f"Note: {note}") for note in report.notes]
    return Group(counts_view(report), *found, *notes)


def counts_view(report: QualityReport) -> RenderableType:
    """Return what became of the rows of each table."""
    table = Table(title="Read", title_justify="left")
    for column in ("table", "rows", "accepted", "duplicates", "quarantined", "erased"):
        table.add_column(column, justify="left" if column == "table" else "right", no_wrap=True)
    for name, n in report.tables.items():
        numbers = (n.read, n.accepted, n.duplicates, n.quarantined, n.refused_erased)
        table.add_row(name, *(f"{number:,}" for number in numbers))
    return table


def _finding(finding: Finding) -> Text:
    fate = "left out" if finding.removes_rows else "kept, look at it"
    line = Text(f"{finding.table}: {finding.rule}", style="bold")
    return line.append(f"  {finding.count:,} {fate}, such as {finding.example}", style="default")


def changes_view(result: IngestResult) -> RenderableType:
    """Return what an ingest changed in the workspace."""
    table = Table(title=f"Ingest {result.seq}", title_justify="left")
    for column in ("table", "new", "changed", "unchanged", "marked as gone"):
        table.add_column(column, justify="left" if column == "table" else "right")
    for name, n in result.counts.items():
        numbers = (n.new, n.changed, n.unchanged, n.marked)
        table.add_row(name, *(f"{number:,}" for number in numbers))
    return table
