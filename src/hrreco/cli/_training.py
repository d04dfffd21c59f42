"""A training as a person sees it: the models beside the rules, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from hrreco.cli._lines import WholeTable
from hrreco.evaluation import EvaluationReport, Interval
from hrreco.training import TrainingReport
from hrreco.workspace.audits import trust_lines
from hrreco.workspace.promotion import Promoted
from hrreco.workspace.train import Trained
from hrreco.workspace.tuning import Tuned


def training_view(done: Trained) -> RenderableType:
    """Return what was compared, who won, and where to look further."""
    return Group(*report_view(done.report), *_trust(done.report), _where(done))


def _trust(report: TrainingReport) -> Iterator[RenderableType]:
    yield from (Text(f"{name}: {line}") for name, line in trust_lines(report).items())
    yield from (Text(f"Warning: {warning}", style="yellow") for warning in report.warnings)


def report_view(report: TrainingReport) -> Iterator[RenderableType]:
    """Yield the tables of both windows, and the verdict."""
    if report.chosen_by is not None:
        yield _table("Chosen on the second window", report.chosen_by, report.metric)
    if report.judged_by is not None:
        yield _table("Judged on the third window", report.judged_by, report.metric)
    yield Text(report.why, style="bold")
    yield from (Text(f"Failed: {failure}") for failure in report.failures)


def promotion_view(done: Promoted) -> RenderableType:
    """Return whether a version serves now, and what it failed."""
    state = "serves now" if done.serving else "does not serve"
    return Group(
        Text(f"Version {done.version.number} {state}. {done.why}", style="bold"),
        *(Text(f"Failed: {failure}") for failure in done.failures),
        *(Text(f"Warning: {warning}", style="yellow") for warning in done.warnings),
        Text(f"MLflow run: {done.run_id}"),
    )


def tuning_view(done: Tuned) -> RenderableType:
    """Return, for each model, how good it is by default and with what was found."""
    table = WholeTable(title=f"Found: {done.metric} on the second window", title_justify="left")
    for column in ("model", "default", "found", "tried"):
        table.add_column(column, justify="left" if column == "model" else "right")
    for name, one in done.found.items():
        table.add_row(name, f"{one.default_worth:.4f}", f"{one.worth:.4f}", f"{one.tried:,}")
    unfitted = (Text(f"{name} could not be fitted: {why}") for name, why in done.unfitted.items())
    return Group(table, *unfitted)


def _table(title: str, report: EvaluationReport, metric: str) -> WholeTable:
    table = WholeTable(
        title=f"{title}: {metric}, {_people(report)}",
        title_justify="left",
        show_edge=False,  # so that the longest verdict fits into 80 columns
        pad_edge=False,
    )
    for column in ("model", "mean [95% interval]", "against the rules", "verdict"):
        table.add_column(column)
    for name, model in report.models.items():
        overall = model.overall
        against = overall.versus.get("rules", {}).get(metric)
        table.add_row(
            "the rules" if against is None and name == "popularity" else name,
            _estimate(overall.means.get(metric), overall.intervals.get(metric)),
            _estimate(against.mean, against, "+") if against else "",
            overall.verdict(metric) if name != "popularity" else "",
        )
    return table


def _people(report: EvaluationReport) -> str:
    if report.learners is None:
        return "too few employees to tell of"
    return f"{report.learners:,} employees"


def _estimate(mean: float | None, interval: Interval | None, sign: str = "") -> str:
    if mean is None:
        return ""
    span = f" [{interval.low:{sign}.3f}, {interval.high:{sign}.3f}]" if interval else ""
    return f"{mean:{sign}.3f}{span}"


def _where(done: Trained) -> str:
    lines = [f"Serving now: version {done.champion.number} (alias champion)"]
    if done.challenger is not None:
        lines.append(f"Kept for another try: version {done.challenger.number} (alias challenger)")
    return "\n".join(lines)


def mlflow_ui(tracking_uri: str) -> str:
    """Return the command that shows runs and versions; MLflow's telemetry stays off in it, too."""
    return f"MLFLOW_DISABLE_TELEMETRY=true mlflow ui --backend-store-uri {tracking_uri}"
