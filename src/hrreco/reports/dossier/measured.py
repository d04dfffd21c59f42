"""The figures of a run: what recipes were compared by, and what audits found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

NOT_ASSESSABLE: Literal["not assessable"] = "not assessable"


@dataclass(frozen=True, slots=True)
class Span:
    """A figure with its 95% interval."""

    mean: float
    low: float
    high: float


Found = Span | Literal["not assessable"] | None


@dataclass(frozen=True, slots=True)
class Compared:
    """How one model did in the window of the gate, and against the rules.

    Attributes
    ----------
    verdict
        ``better``, ``worse``, ``no difference shown`` or ``not assessable``; None of the rules.
    """

    model: str
    measure: Span | None
    against_rules: Span | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Spread:
    """What the worst served group gets of what the best served one gets."""

    attribute: str
    measure: str
    ratio: Span


@dataclass(frozen=True, slots=True)
class Audits:
    """What was found of the model that serves; None is what was not measured.

    Attributes
    ----------
    fairness
        By attribute and measure; empty where no groups are large enough.
    leakage
        The area under the curve of an attack that guesses who was learned from.
    faithful
        How often a reason that was shown is one.
    """

    fairness: tuple[Spread, ...] | None = None
    leakage: Found = None
    faithful: Found = None


def compared_in(judged: Mapping[str, Any], metric: str | None) -> Iterator[Compared]:
    """Yield how each model did, from an evaluation in JSON."""
    for name, found in judged.get("models", {}).items():
        interval = found.get("intervals", {}).get(metric)
        less = found.get("versus_rules", {}).get(metric)
        yield Compared(
            name,
            Span(found[metric], interval["low"], interval["high"]) if interval else None,
            Span(less["difference"], less["low"], less["high"]) if less else None,
            less["verdict"] if less else found.get("verdict"),
        )


def audits_of(report: Mapping[str, Any], model: str | None) -> Audits:
    """Return what audits found of a model, from the report of its training in JSON."""
    judged = report.get("judged_by") or {}
    fairness = judged.get("fairness", {}).get(model)
    faithful = judged.get("faithfulness", {}).get(model)
    leakage = report.get("leakage")
    return Audits(
        fairness=None if fairness is None else tuple(_spreads(fairness)),
        leakage=None if leakage is None else _span(leakage["auc"]),
        faithful=None if faithful is None else _span(faithful["rate"]),
    )


def _spreads(fairness: Mapping[str, Any]) -> Iterator[Spread]:
    for attribute, result in fairness.items():
        for measure, spread in result["measures"].items():
            yield Spread(attribute, measure, Span(**spread["ratio"]))


def _span(given: Mapping[str, float] | None) -> Found:
    return Span(**given) if given else NOT_ASSESSABLE
