"""An evaluation as a person sees it."""

from __future__ import annotations

from itertools import groupby

from rich.console import Group, RenderableType

from hrreco.cli._lines import WholeTable
from hrreco.evaluation import EvaluationReport, Row, shown_name


def evaluation_view(report: EvaluationReport) -> RenderableType:
    """Return one table for each slice: under each metric, a line for each model."""
    slices: dict[tuple[str, int | None], list[Row]] = {}
    for row in report.rows():
        slices.setdefault((row.slice, row.learners), []).append(row)
    parts = [_slice(name, learners, rows) for (name, learners), rows in slices.items()]
    parts += [f"{name} could not be fitted: {why}" for name, why in report.unfitted.items()]
    if report.without_targets:
        parts.append(f"{report.without_targets:,} employees had nothing to foresee.")
    return Group(*parts)


def _slice(name: str, learners: int | None, rows: list[Row]) -> RenderableType:
    if learners is None:
        return f"{name}: too few employees to tell of, here or in the rest\n"
    if rows[0].metric is None:
        return f"{name}, {learners:,} employees: not assessable\n"
    table = WholeTable(title=f"{name}, {learners:,} employees", title_justify="left")
    for column in ("model", "mean", "95% interval", "against the rules"):
        table.add_column(column)
    for metric, of_models in groupby(rows, key=lambda row: row.metric):
        table.add_row(metric, style="bold")
        for row in of_models:
            table.add_row(*_cells(row))
    return table


def _cells(row: Row) -> tuple[str, ...]:
    mean = "" if row.mean is None else f"{row.mean:.4f}"
    interval = f"{row.interval.low:.4f} to {row.interval.high:.4f}" if row.interval else ""
    return f"  {shown_name(row.model or '')}", mean, interval, row.verdict or ""
