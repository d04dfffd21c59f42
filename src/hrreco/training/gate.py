"""The gate: what a learned recipe must show before it may serve."""

from __future__ import annotations

from dataclasses import dataclass

from hrreco.evaluation import ALL, EvaluationReport, Interval

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


def gate(report: EvaluationReport, candidate: str, metric: str) -> tuple[Failure, ...]:
    """Return what `candidate` failed; nothing means that it passed.

    It must beat the rules over all employees, of whom there must be at least `FEWEST_JUDGED`, the
    low end of the interval above zero, and must not be shown worse than the rules or the champion
    on any slice.
    """
    slices = report.models[candidate].slices
    overall = slices[ALL].versus.get("rules", {}).get(metric)
    if overall is None or (report.learners or 0) < FEWEST_JUDGED:
        few = f"fewer than {FEWEST_JUDGED} employees, too few to judge by"
        return (Failure(metric, ALL, "rules", None, few),)
    failures = []
    if overall.low <= 0:
        failures.append(Failure(metric, ALL, "rules", overall, "the low end must be above 0"))
    for name, part in slices.items():
        for rival, differences in part.versus.items():
            shown = differences[metric]
            if shown.high < 0 and (name, rival) != (ALL, "rules"):
                failures.append(
                    Failure(metric, name, rival, shown, "the high end must not be below 0")
                )
    return tuple(failures)
