"""What audits found of a model that somebody should look at, in words."""

from __future__ import annotations

from collections.abc import Iterator

from hrreco.evaluation import (
    FAIR_LIMIT,
    LEAKAGE_LIMIT,
    EvaluationReport,
    Fairness,
    Leakage,
    unfair,
)


def trust_warnings(report: EvaluationReport | None, model: str | None) -> Iterator[str]:
    """Yield what was found of one of the models judged, and what could not be assessed."""
    if report is None or model is None:
        return
    fairness = report.fairness.get(model, {})
    yield from _unfair(fairness)
    yield from _not_assessable(fairness)
    reasons = report.faithfulness.get(model)
    if reasons is not None and reasons.rate is None:
        yield "faithful reasons: not assessable, too few answers name a course of the history"


def leakage_warnings(leakage: Leakage | None) -> Iterator[str]:
    """Yield what scores tell of who was learned from, where it is too much or not assessable."""
    if leakage is None:
        return
    if leakage.auc is None:
        yield "leakage: not assessable, too few people have a history"
    elif leakage.warns:
        area, low, high = leakage.auc
        yield (
            f"leakage: scores tell who was learned from, AUC {area:.2f} [{low:.2f}, {high:.2f}], "
            f"above {LEAKAGE_LIMIT:g}: show scores to nobody, and give models of course pairs a "
            "min_support, or more regularisation"
        )


def _unfair(fairness: Fairness) -> Iterator[str]:
    for attribute, measure, spread in unfair(fairness):
        share, low, high = spread.ratio
        sure = "" if high < FAIR_LIMIT else ", which may be chance"
        yield (
            f"{measure} by {attribute}: {spread.lowest!r} gets {share:.2f} [{low:.2f}, "
            f"{high:.2f}] of what {spread.highest!r} gets, under {FAIR_LIMIT:g}{sure}: look at "
            "what this group is suggested, and at which model of the blend does it"
        )


def _not_assessable(fairness: Fairness) -> Iterator[str]:
    for attribute, result in fairness.items():
        if not result.spreads:
            yield f"fairness by {attribute}: not assessable, there are no two large enough groups"
        elif result.not_assessable:
            names = ", ".join(map(repr, result.not_assessable))
            yield f"fairness by {attribute}: {names} not assessable, too few people"
