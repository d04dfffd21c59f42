"""An evaluation as a person sees it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType

from hrreco.cli._lines import WholeTable
from hrreco.evaluation import EvaluationReport, Row, shown_name
from hrreco.training.contest import FIRST, SECOND
from hrreco.training.tuning import search_space
from hrreco.workspace.comparison import Compared


def evaluation_view(report: EvaluationReport, *, tuned: bool = False) -> RenderableType:
    """Return one table for each slice: under each metric, a line for each model.

    Where the models were `tuned`, a line for each says what was found.
    """
    slices: dict[tuple[str, int | None], list[Row]] = {}
    for row in report.rows():
        slices.setdefault((row.slice, row.learners), []).append(row)
    parts = [_slice(name, learners, rows) for (name, learners), rows in slices.items()]
    parts += [f"{name} could not be fitted: {why}" for name, why in report.unfitted.items()]
    if tuned:
        parts += [f"{name}: {_found(name, told)}" for name, told in report.settings.items()]
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


def _found(name: str, settings: Mapping[str, Any]) -> str:
    """Return a blend's weights, or those of the settings that were searched for."""
    if "parts" in settings:
        return ", ".join(f"{part['name']} x {part['weight']:g}" for part in settings["parts"])
    found = {key: settings[key] for key in search_space(name)}
    return ", ".join(
        f"{key} {value:.4g}" if isinstance(value, float) else f"{key} {value}"
        for key, value in found.items()
    )


def _cells(row: Row) -> tuple[str, ...]:
    mean = "" if row.mean is None else f"{row.mean:.4f}"
    interval = f"{row.interval.low:.4f} to {row.interval.high:.4f}" if row.interval else ""
    return f"  {shown_name(row.model or '')}", mean, interval, row.verdict or ""


def comparison_view(done: Compared) -> RenderableType:
    """Return a table for each slice: both recipes, and the second less the first."""
    heads = [
        f"{name}: {recipe.name}, run {run}"
        for name, recipe, run in zip((FIRST, SECOND), done.recipes, done.runs, strict=True)
    ]
    unfitted = [f"{n} could not be fitted: {why}" for n, why in done.report.unfitted.items()]
    slices = next(iter(done.report.models.values())).slices
    return Group(*heads, *unfitted, *(_compared(done.report, name) for name in slices))


def _compared(report: EvaluationReport, name: str) -> RenderableType:
    both = [
        report.models[which].slices[name] for which in (FIRST, SECOND) if which in report.models
    ]
    if len(both) < 2 or both[0].learners is None or not both[1].assessable:
        return f"{name}: too few employees to tell of, here or in the rest"
    table = WholeTable(
        title=f"{name}, {both[0].learners:,} employees",
        title_justify="left",
        show_edge=False,  # so that the longest verdict fits into 80 columns
        pad_edge=False,
    )
    for column in ("metric", FIRST, SECOND, "second less first", "verdict"):
        table.add_column(column)
    for metric, difference in both[1].versus[FIRST].items():
        means = (f"{one.means[metric]:.4f}" for one in both)
        span = f"{difference.mean:+.4f} [{difference.low:+.4f}, {difference.high:+.4f}]"
        table.add_row(metric, *means, span, both[1].verdict(metric, FIRST))
    return table
