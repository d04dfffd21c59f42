"""The facts of a model card, from what a training compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hrreco.evaluation import EvaluationReport, shown_name
from hrreco.tracking import CardFacts, Metric, Standing
from hrreco.training import TrainingReport
from hrreco.workspace.audits import fairness_table, trust_lines


def card_facts(report: TrainingReport) -> CardFacts:
    """Return what the card of a training says."""
    return CardFacts(
        recipe=shown_name(report.winner.name),
        challenger=report.challenger.name if report.challenger else None,
        people=report.counts["employees"],
        courses=report.counts["courses"],
        events=report.counts["completions"],
        windows=_windows(report),
        metric=report.metric,
        compared=(
            *_standings("choose", report.metric, report.chosen_by),
            *_standings("gate", report.metric, report.judged_by),
        ),
        verdict="rules" if report.rules_win else "learned",
        reason=report.why,
        trust=_trust(report),
    )


def _trust(report: TrainingReport) -> dict[str, str]:
    lines = trust_lines(report)
    table = fairness_table(report)
    if table:
        lines["Fairness"] += f"\n\n{table}"
    if report.warnings:
        lines["Warnings"] = "\n".join(f"- {warning}" for warning in report.warnings)
    return lines


def _windows(report: TrainingReport) -> dict[str, tuple[date | None, date | None]]:
    if report.windows is None:
        return {}
    choose, gate = report.windows.choose_on, report.windows.gate_on
    used: dict[str, tuple[date | None, date | None]]
    used = {"fit": (None, choose), "choose": (choose, gate)}
    return used | ({"gate": (gate, None)} if report.judged_by else {})


def _standings(window: str, metric: str, judged: EvaluationReport | None) -> Iterator[Standing]:
    for name, model in (judged.models if judged else {}).items():
        overall = model.overall
        if metric not in overall.intervals:
            continue
        against = overall.versus.get("rules", {}).get(metric)
        yield Standing(
            shown_name(name),
            window,
            Metric(*overall.intervals[metric]),
            Metric(*against) if against else None,
        )
