"""A quality report as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from hrreco.cli._lines import WholeTable, whole_line
from hrreco.data import Finding, QualityReport
from hrreco.store import IngestResult


def quality_view(report: QualityReport, where: str | None = None) -> RenderableType:
    """Return what was read, what was found wrong with it, and `where` the rows left out are."""
    found = [line for finding in report.findings for line in _finding(finding)]
    left_out = [whole_line(where)] if where and len(report.quarantine) else []
    notes = [Text(f"Note: {note}") for note in report.notes]
    return Group(counts_view(report), *found, *left_out, *notes)


def counts_view(report: QualityReport) -> RenderableType:
    """Return what became of the rows of each table."""
    table = WholeTable(title="Read", title_justify="left")
    columns = ("table", "rows", "accepted", "duplicates", "quarantined", "erased", "too old")
    for column in columns:
        table.add_column(column, justify="left" if column == "table" else "right")
    for name, n in report.tables.items():
        left_out = (n.duplicates, n.quarantined, n.refused_erased, n.past_retention)
        numbers = (n.read, n.accepted, *left_out)
        table.add_row(name, *(f"{number:,}" for number in numbers))
    return table


def _finding(finding: Finding) -> Iterator[RenderableType]:
    fate = "left out" if finding.removes_rows else "kept, look at it"
    line = Text(f"{finding.table}: {finding.rule}", style="bold")
    count = "few" if finding.count is None else f"{finding.count:,}"
    yield line.append(f"  {count} {fate}, such as", style="default")
    yield Padding(Text(finding.example), (0, 0, 0, 4))


def changes_view(result: IngestResult) -> RenderableType:
    """Return what an ingest changed in the workspace."""
    table = WholeTable(title=f"Ingest {result.seq}", title_justify="left")
    for column in ("table", "new", "changed", "unchanged", "marked as gone"):
        table.add_column(column, justify="left" if column == "table" else "right")
    for name, n in result.counts.items():
        numbers = (n.new, n.changed, n.unchanged, n.marked)
        table.add_row(name, *(f"{number:,}" for number in numbers))
    return table
