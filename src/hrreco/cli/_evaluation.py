"""An evaluation as a person sees it."""

from __future__ import annotations

from rich.console import RenderableType
from rich.table import Table

from hrreco.evaluation import EvaluationReport


def evaluation_view(report: EvaluationReport) -> RenderableType:
    """Return one line per slice, metric and model."""
    title = f"{report.learners:,} employees judged"
    if report.without_targets:
        title += f", {report.without_targets:,} with nothing to foresee left out"
    table = Table(title=title, title_justify="left")
    for column in ("slice", "employees", "metric", "model", "mean", "95% interval", "verdict"):
        table.add_column(column)
    for row in report.rows():
        interval = f"[{row.interval.low:.4f}, {row.interval.high:.4f}]" if row.interval else ""
        mean = "" if row.mean is None else f"{row.mean:.4f}"
        table.add_row(
            row.slice,
            f"{row.learners:,}",
            row.metric or "",
            row.model or "",
            mean,
            interval,
            row.verdict or ("not assessable" if row.model is None else ""),
        )
    return table
