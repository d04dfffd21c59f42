"""What audits found of a training's models: as measures of a run, and in words."""

from __future__ import annotations

from collections.abc import Iterator

from hrreco.evaluation import EvaluationReport, Fairness, Interval
from hrreco.tracking import Metric
from hrreco.training import TrainingReport

_LONGEST_NAME = 60
"""MLflow takes no name of more than 250 letters."""


def audit_metrics(window: str, judged: EvaluationReport | None) -> Iterator[tuple[str, Metric]]:
    """Yield every figure of the audits by ``window.model.audit...``, with its interval."""
    if judged is None:
        return
    for model, fairness in judged.fairness.items():
        for name, figure in _of_groups(fairness):
            yield f"{window}.{model}.fairness.{name}", Metric(*figure)
    for model, reasons in judged.faithfulness.items():
        if reasons.rate is not None:
            yield f"{window}.{model}.faithful", Metric(*reasons.rate)


def leakage_metrics(report: TrainingReport) -> Iterator[tuple[str, Metric]]:
    """Yield what scores of the winner tell of who was learned from."""
    if report.leakage is not None and report.leakage.auc is not None:
        yield "leakage.auc", Metric(*report.leakage.auc)


def _of_groups(fairness: Fairness) -> Iterator[tuple[str, Interval]]:
    for attribute, result in fairness.items():
        for measure, spread in result.spreads.items():
            yield f"{attribute}.{measure}.ratio", spread.ratio
            # The number tells names apart that MLflow would have alike, such as <30 and >30.
            for number, (group, mean) in enumerate(spread.groups.items(), start=1):
                yield f"{attribute}.{measure}.{number} {group[:_LONGEST_NAME]}", mean


def trust_lines(report: TrainingReport) -> dict[str, str]:
    """Return what was found of the winner, a line for each audit by its name."""
    judged, model = report.judged_by, report.serving
    lines = {}
    if judged is not None and model is not None:
        lines["Fairness"] = _fairness(judged.fairness.get(model, {}))
        lines["Popularity"] = _popularity(judged, model)
        if model in judged.faithfulness:
            lines["Reasons"] = _share("faithful", judged.faithfulness[model].rate)
    if report.leakage is not None:
        lines["Leakage"] = _area(report.leakage.auc)
    return lines


def fairness_table(report: TrainingReport) -> str:
    """Return what the winner gives to each group, as a table in Markdown; empty without any."""
    judged, model = report.judged_by, report.serving
    fairness = judged.fairness.get(model or "", {}) if judged else {}
    rows = [
        f"| {attribute} | {group} | {result.people[group]:,} | {measure} | {_span(mean)} |"
        for attribute, result in fairness.items()
        for measure, spread in result.spreads.items()
        for group, mean in spread.groups.items()
    ]
    head = ("| attribute | group | at least | measure | mean |", "| --- | --- | --- | --- | --- |")
    return "\n".join((*head, *rows)) if rows else ""


def _fairness(fairness: Fairness) -> str:
    if not fairness:
        return "not assessed, as no attributes are known (fairness_attributes)"
    parts = []
    for attribute, result in fairness.items():
        ratios = (f"{name} {one.ratio.mean:.2f}" for name, one in result.spreads.items())
        parts.append(f"{attribute}: {', '.join(ratios) or 'not assessable'}")
    return f"{'; '.join(parts)} (the worst served group beside the best served one)"


def _popularity(judged: EvaluationReport, model: str) -> str:
    found = judged.models[model].catalogue
    told = (f"{name} {value:.2f}" for name, value in found.items())
    return ", ".join(told) or "not assessable"


def _share(what: str, rate: Interval | None) -> str:
    if rate is None:
        return "not assessable"
    return f"{rate.mean:.0%} {what} [{rate.low:.0%}, {rate.high:.0%}]"


def _area(auc: Interval | None) -> str:
    return "not assessable" if auc is None else f"AUC {_span(auc)}, where .5 tells nothing"


def _span(mean: Interval) -> str:
    return f"{mean.mean:.2f} [{mean.low:.2f}, {mean.high:.2f}]"
