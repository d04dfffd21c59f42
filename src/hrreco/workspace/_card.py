"""The facts of a model card, from what a training compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from hrreco.tracking import Alias, CardFacts, Metric
from hrreco.training import Recipe, TrainingReport


def card_facts(recipe: Recipe, alias: Alias, report: TrainingReport, min_people: int) -> CardFacts:
    """Return what the card of a model says; `alias` is what the model was registered as."""
    return CardFacts(
        recipe=f"{recipe.name} ({alias})",
        people=report.counts["employees"],
        courses=report.counts["courses"],
        events=report.counts["completions"],
        min_people=min_people,
        windows=dict(_windows(report)),
        metric=report.metric,
        compared=dict(_compared(report)),
        verdict="rules" if report.rules_win else "learned",
        reason=report.why,
    )


def _windows(report: TrainingReport) -> Iterator[tuple[str, tuple[date, date]]]:
    if report.windows is None or report.span is None:
        return
    first, last = report.span
    cuts = report.windows.to_json()
    choose, gate = (
        datetime.fromisoformat(cuts[name]).date() for name in ("choose_from", "gate_from")
    )
    yield "fit", (first, choose)
    yield "choose", (choose, gate)
    yield "gate", (gate, last)


def _compared(report: TrainingReport) -> Iterator[tuple[str, Metric]]:
    for name, model in (report.judged_by.models if report.judged_by else {}).items():
        if report.metric not in model.overall.means:
            continue
        mean = model.overall.means[report.metric]
        interval = model.overall.intervals.get(report.metric)
        low, high = (interval.low, interval.high) if interval else (None, None)
        yield name, Metric(mean, low, high)
