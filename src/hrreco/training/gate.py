"""The gate: what a learned recipe must show before it may serve."""

from __future__ import annotations

from dataclasses import dataclass

from hrreco.evaluation import EvaluationReport, Interval


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that a recipe did not show."""

    metric: str
    slice: str
    rival: str
    interval: Interval | None
    limit: str

    def __str__(self) -> str:
        if self.interval is None:
            return f"{self.metric} on {self.slice}: too few employees to judge"
        return (
            f"{self.metric} on {self.slice} against the {self.rival}: "
            f"{self.interval.mean:+.4f} [{self.interval.low:+.4f}, {self.interval.high:+.4f}], "
            f"{self.limit}"
        )


def gate(report: EvaluationReport, candidate: str, metric: str) -> tuple[Failure, ...]:
    """Return what `candidate` failed; nothing means that it passed.

    It must beat the rules over all employees, the low end of the interval above zero, and must
    not be shown worse than the rules or the champion on any slice.
    """
    slices = report.models[candidate].slices
    overall = slices["all"].versus.get("rules", {}).get(metric)
    failures = []
    if overall is None or overall.low <= 0:
        failures.append(Failure(metric, "all", "rules", overall, "the low end must be above 0"))
    for name, part in slices.items():
        for rival, differences in part.versus.items():
            shown = differences.get(metric)
            already_said = (name, rival) == ("all", "rules")
            if shown is not None and shown.high < 0 and not already_said:
                failures.append(
                    Failure(metric, name, rival, shown, "the high end must not be below 0")
                )
    return tuple(failures)
