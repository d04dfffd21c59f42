"""The gate: what a learned recipe must show before it may serve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hrreco.evaluation import (
    ALL,
    FAIR_LIMIT,
    FAITHFUL_LIMIT,
    EvaluationReport,
    Interval,
    unfair,
)
from hrreco.training.recipe import CHAMPION

FEWEST_JUDGED = 30
"""Of fewer employees, the bootstrap's interval is too narrow to trust a win by (Hesterberg, "What
Teachers Should Know About the Bootstrap", The American Statistician, 2015)."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that a recipe did not show.

    Attributes
    ----------
    interval
        The difference from the rival, where there are enough employees to tell it.
    """

    metric: str
    slice: str
    rival: str
    interval: Interval | None
    limit: str

    def __str__(self) -> str:
        what = f"{self.metric} on {self.slice} against the {self.rival}"
        if self.interval is None:
            return f"{what}: {self.limit}"
        mean, low, high = self.interval
        return f"{what}: {mean:+.4f} [{low:+.4f}, {high:+.4f}], {self.limit}"


@dataclass(frozen=True, slots=True)
class Unfair:
    """A group that gets too little of what another one gets, and less than under the rival.

    Attributes
    ----------
    group, best
        The groups that get least and most.
    ratio
        Of what the one gets to what the other gets.
    """

    metric: str
    attribute: str
    group: str
    best: str
    ratio: Interval
    rival: str
    limit: float

    def __str__(self) -> str:
        share = f"{self.ratio.mean:.2f} [{self.ratio.low:.2f}, {self.ratio.high:.2f}]"
        fairer = "rules are" if self.rival == "rules" else f"{self.rival} is"
        return (
            f"{self.metric} by {self.attribute}: {self.group!r} gets {share} of what "
            f"{self.best!r} gets; the limit is {self.limit:g}, and the {fairer} fairer"
        )


@dataclass(frozen=True, slots=True)
class Unfaithful:
    """Reasons that too often are none."""

    rate: Interval
    limit: float

    def __str__(self) -> str:
        mean, low, high = self.rate
        return (
            f"faithful reasons: {mean:.2f} [{low:.2f}, {high:.2f}], "
            f"the low end must reach {self.limit:g}"
        )


Failed = Failure | Unfair | Unfaithful


def gate(report: EvaluationReport, candidate: str, metric: str) -> tuple[Failed, ...]:
    """Return what `candidate` failed; nothing means that it passed.

    It must beat the rules over all employees, of whom there must be at least `FEWEST_JUDGED`, the
    low end of the interval above zero, and must not be shown worse than the rules or the champion
    on any slice. It must not be shown less fair than the champion (else the rules) where it is
    shown to be under the limit, and its reasons must be faithful. What is too few people to assess
    does not count either way.
    """
    slices = report.models[candidate].slices
    overall = slices[ALL].versus.get("rules", {}).get(metric)
    if overall is None or (report.learners or 0) < FEWEST_JUDGED:
        few = f"fewer than {FEWEST_JUDGED} employees, too few to judge by"
        return (Failure(metric, ALL, "rules", None, few),)
    failures: list[Failed] = []
    if overall.low <= 0:
        failures.append(Failure(metric, ALL, "rules", overall, "the low end must be above 0"))
    for name, part in slices.items():
        for rival, differences in part.versus.items():
            shown = differences[metric]
            if shown.high < 0 and (name, rival) != (ALL, "rules"):
                failures.append(
                    Failure(metric, name, rival, shown, "the high end must not be below 0")
                )
    return (*failures, *_unfair(report, candidate), *_unfaithful(report, candidate))


def _unfair(report: EvaluationReport, candidate: str) -> Iterator[Unfair]:
    for attribute, measure, spread in unfair(report.fairness.get(candidate, {})):
        rival = CHAMPION if CHAMPION in spread.versus else "rules"
        less = spread.versus.get(rival)
        if less is not None and spread.ratio.high < FAIR_LIMIT and less.high < 0:
            yield Unfair(
                measure, attribute, spread.lowest, spread.highest, spread.ratio, rival, FAIR_LIMIT
            )


def _unfaithful(report: EvaluationReport, candidate: str) -> Iterator[Unfaithful]:
    reasons = report.faithfulness.get(candidate)
    if reasons is not None and reasons.rate is not None and not reasons.shown:
        yield Unfaithful(reasons.rate, FAITHFUL_LIMIT)
