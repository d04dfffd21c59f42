"""What an evaluation found, as typed values, plain JSON values, and rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from hrreco.evaluation.fairness import Fairness
from hrreco.evaluation.faithfulness import Faithfulness
from hrreco.evaluation.significance import Interval

Verdict = Literal["better", "worse", "no difference shown", "not assessable"]

ALL = "all"
"""The slice of every learner."""


def verdict_of(difference: Interval) -> Verdict:
    """Return what the interval of a difference shows."""
    if difference.low > 0:
        return "better"
    return "worse" if difference.high < 0 else "no difference shown"


@dataclass(frozen=True)
class SliceResult:
    """How one model does for some of the learners.

    Attributes
    ----------
    learners
        How many there are, rounded where the figures are a company's own; None where they are too
        few to be told.
    means
        By metric, such as ``ndcg@10``. Empty where the learners are too few to be told.
    intervals
        By metric: the mean with its 95% interval. Empty where the slice is not assessable.
    versus
        By rival (``rules``), then by metric: this model minus the rival, paired by learner. A
        model is not compared to itself.
    """

    learners: int | None
    means: Mapping[str, float]
    intervals: Mapping[str, Interval]
    versus: Mapping[str, Mapping[str, Interval]]

    @property
    def assessable(self) -> bool:
        """Whether there are enough learners to say anything."""
        return bool(self.intervals)

    def verdict(self, metric: str, rival: str = "rules") -> Verdict | None:
        """Return whether the model does better than `rival` here; None when it is the rival."""
        if not self.assessable:
            return "not assessable"
        difference = self.versus.get(rival, {}).get(metric)
        return verdict_of(difference) if difference else None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        known = {"learners": self.learners, **self.means}
        if not self.assessable:
            return {**known, "verdict": "not assessable"}
        return {
            **known,
            "intervals": {m: {"low": i.low, "high": i.high} for m, i in self.intervals.items()},
            **{
                f"versus_{rival}": {metric: _compared(i) for metric, i in differences.items()}
                for rival, differences in self.versus.items()
            },
        }


@dataclass(frozen=True)
class ModelResult:
    """How one model does.

    Attributes
    ----------
    catalogue
        Of all lists together: ``coverage@10``, the share of courses in at least one learner's
        list, and ``gini@10``, how unevenly courses are shown. Empty where the learners are too
        few to be told.
    slices
        By name, `ALL` first.
    """

    catalogue: Mapping[str, float]
    slices: Mapping[str, SliceResult]

    @property
    def overall(self) -> SliceResult:
        """How the model does for every learner."""
        return self.slices[ALL]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values, those of every learner on top."""
        parts = {name: part.to_json() for name, part in self.slices.items()}
        return {**parts.pop(ALL), **self.catalogue, "slices": parts}


class Row(NamedTuple):
    """One line of the table: one metric of one model in one slice. None: nothing to show.

    A slice that is not assessable is one line with neither metric nor model.
    """

    slice: str
    learners: int | None
    metric: str | None
    model: str | None
    mean: float | None = None
    interval: Interval | None = None
    difference: Interval | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class EvaluationReport:
    """How models do on the same learners, and against the rules.

    Attributes
    ----------
    ks
        The lengths of list that were judged, ascending.
    learners
        How many learners were judged, rounded where the figures are a company's own; None where
        they are too few to be told.
    without_targets
        How many were left out because nothing turned out to be right for them; None likewise.
    models
        By name.
    unfitted
        By name of a model that could not be fitted, the reason.
    settings
        By name of a model, what it was fitted with; a blend's parts bear their weights. Empty
        where that is not told.
    fairness
        By name of a model, what it gives to groups; empty where no attributes are known.
    faithfulness
        By name of a model, whether its reasons are those of its scores; empty where that was not
        looked at.
    """

    ks: tuple[int, ...]
    learners: int | None
    without_targets: int | None
    models: Mapping[str, ModelResult]
    unfitted: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fairness: Mapping[str, Fairness] = field(default_factory=dict)
    faithfulness: Mapping[str, Faithfulness] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "models": {name: model.to_json() for name, model in self.models.items()},
            "learners": self.learners,
            "without_targets": self.without_targets,
            "k": list(self.ks),
            "unfitted": dict(self.unfitted),
            "settings": {name: dict(settings) for name, settings in self.settings.items()},
            **self._audits(),
        }

    def _audits(self) -> dict[str, Any]:
        """Return what was audited; no key for what was not."""
        told = {
            "fairness": {
                name: {attribute: result.to_json() for attribute, result in fairness.items()}
                for name, fairness in self.fairness.items()
            },
            "faithfulness": {name: one.to_json() for name, one in self.faithfulness.items()},
        }
        return {name: audit for name, audit in told.items() if audit}

    def rows(self) -> Iterator[Row]:
        """Yield the lines of a table: by slice, metric and model; what is of all lists last."""
        for part, any_result in next(iter(self.models.values())).slices.items():
            for metric in any_result.means:
                for name, model in self.models.items():
                    yield _row(part, metric, name, model.slices[part])
            if not any_result.means:
                yield Row(part, any_result.learners, None, None, verdict="not assessable")
        for metric in next(iter(self.models.values())).catalogue:
            for name, model in self.models.items():
                yield Row(ALL, self.learners, metric, name, model.catalogue[metric])


def _row(part: str, metric: str, name: str, result: SliceResult) -> Row:
    return Row(
        slice=part,
        learners=result.learners,
        metric=metric,
        model=name,
        mean=result.means[metric],
        interval=result.intervals.get(metric),
        difference=result.versus.get("rules", {}).get(metric),
        verdict=result.verdict(metric),
    )


def _compared(difference: Interval) -> dict[str, Any]:
    return {
        "difference": difference.mean,
        "low": difference.low,
        "high": difference.high,
        "verdict": verdict_of(difference),
    }
