"""A quality report as a person sees it."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table

from hrreco.data import QualityReport


def quality_view(report: QualityReport) -> RenderableType:
    """Return what was read and what was left out."""
    counts = Table(title="Read", title_justify="left")
    for column in ("table", "rows", "accepted", "duplicates", "quarantined", "refused as erased"):
        counts.add_column(column, justify="left" if column == "table" else "right")
    for table, n in report.tables.items():
        numbers = (n.read, n.accepted, n.duplicates, n.quarantined, n.refused_erased)
        counts.add_row(table, *(f"{number:,}" for number in numbers))
    found = Table(title="Found", title_justify="left")
    for column in ("table", "rule", "count", "what became of it", "example"):
        found.add_column(column, overflow="fold")
    for finding in report.findings:
        fate = "left out" if finding.removes_rows else "kept, look at it"
        found.add_row(finding.table, finding.rule, f"{finding.count:,}", fate, finding.example)
    parts: list[RenderableType] = [counts]
    if report.findings:
        parts.append(found)
    parts += [f"Note: {note}" for note in report.notes]
    return Group(*parts)
