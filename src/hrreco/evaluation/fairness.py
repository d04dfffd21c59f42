"""How much some groups of people get of what others get, with how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrreco.evaluation.groups import Groups, shown_groups
from hrreco.evaluation.measure import Measured
from hrreco.evaluation.metrics import exposure, hours
from hrreco.evaluation.significance import Interval, interval_of, resampled_means
from hrreco.privacy import told, told_rate

FAIR_LIMIT = 0.8
"""The least that the worst served group should get of what the best served one gets: the
four-fifths rule (Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4(D), 1978)."""

Values = NDArray[np.float64]  # [learners x models x measures]


@dataclass(frozen=True)
class Spread:
    """One measure across the groups of one attribute.

    Attributes
    ----------
    groups
        The mean of each group with its 95% interval.
    lowest, highest
        The groups that get least and most.
    ratio
        Of the lowest mean to the highest.
    versus
        By rival: this ratio less the rival's, from the same resamples.
    """

    groups: Mapping[str, Interval]
    lowest: str
    highest: str
    ratio: Interval
    versus: Mapping[str, Interval] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "groups": {name: mean._asdict() for name, mean in self.groups.items()},
            "lowest": self.lowest,
            "highest": self.highest,
            "ratio": self.ratio._asdict(),
            "below_limit": self.ratio.mean < FAIR_LIMIT,
            **{f"versus_{rival}": less._asdict() for rival, less in self.versus.items()},
        }


@dataclass(frozen=True)
class AttributeResult:
    """What one model gives to the groups of one attribute.

    Attributes
    ----------
    people
        By group that is told of: how many, rounded.
    not_assessable
        Groups of too few people, or whose figures would tell those of such a group.
    spreads
        By measure; empty where fewer than two groups are told of. A measure that is 0 for all
        groups is absent.
    """

    people: Mapping[str, int]
    not_assessable: tuple[str, ...]
    spreads: Mapping[str, Spread]

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "people": dict(self.people),
            "not_assessable": list(self.not_assessable),
            "assessable": bool(self.spreads),
            "measures": {name: spread.to_json() for name, spread in self.spreads.items()},
        }


Fairness = Mapping[str, AttributeResult]
"""What one model gives to groups, by attribute."""


def audit_fairness(
    measured: Mapping[str, Measured],
    groups: Groups,
    k: int,
    *,
    rivals: Mapping[str, str],
    min_people: int,
    seed: int,
) -> dict[str, Fairness]:
    """Return what each model gives to each group, in the first `k` places.

    Three measures of each learner: ``recall`` of what they took later; ``exposure``, how full of
    courses that they can take the list is, high places counting most; and ``hours`` of such
    courses.

    Parameters
    ----------
    measured
        Models by name, of the same learners as `groups`.
    rivals
        By label, the name of a model that the ratios of all others are compared to.
    """
    values = np.stack([_per_learner(one, groups, k) for one in measured.values()], axis=1)
    names = tuple(f"{name}@{k}" for name in ("recall", "exposure", "hours"))
    audit = _Audit(tuple(measured), names, values, rivals, min_people, seed)
    by_attribute = {
        attribute: audit.of(np.array(groups.values[attribute], dtype=object), member)
        for attribute, member in groups.member.items()
    }
    return {
        model: {attribute: results[model] for attribute, results in by_attribute.items()}
        for model in measured
    }


def _per_learner(measured: Measured, groups: Groups, k: int) -> Values:
    can_take = groups.open_to[groups.language]
    top = measured.top[:, :k]
    return np.column_stack(
        [measured.of(f"recall@{k}"), exposure(top, can_take), hours(top, can_take, groups.hours)]
    )


@dataclass(frozen=True)
class _Audit:
    """All models' measures of the same learners."""

    models: tuple[str, ...]
    measures: tuple[str, ...]
    values: Values
    rivals: Mapping[str, str]
    min_people: int
    seed: int

    def of(
        self, names: NDArray[np.object_], member: NDArray[np.intp]
    ) -> dict[str, AttributeResult]:
        """Return each model's result for one attribute."""
        shown = shown_groups(member, len(names), self.min_people)
        hidden = tuple(name for at, name in enumerate(names) if at not in shown)
        rows = [np.flatnonzero(member == at) for at in shown]
        people = {
            str(names[at]): told(len(of), self.min_people) or 0
            for at, of in zip(shown, rows, strict=True)
        }
        spreads: dict[str, dict[str, Spread]] = {model: {} for model in self.models}
        if len(shown) > 1:
            spreads = self._spreads(people, rows)
        return {m: AttributeResult(people, hidden, spreads[m]) for m in self.models}

    def _spreads(
        self, people: Mapping[str, int], rows: list[NDArray[np.intp]]
    ) -> dict[str, dict[str, Spread]]:
        means = self._means([*people], rows)
        resampled = np.stack([resampled_means(self._flat[of], seed=self.seed) for of in rows])
        resampled = resampled.reshape(*resampled.shape[:2], *self.values.shape[1:])
        spreads: dict[str, dict[str, Spread]] = {model: {} for model in self.models}
        for at, measure in enumerate(self.measures):
            of_all = {
                model: _Ratio(means[:, m, at], resampled[:, :, m, at])
                for m, model in enumerate(self.models)
            }
            for model, ratio in of_all.items():
                if ratio.means.max() > 0:
                    spreads[model][measure] = self._spread(model, people, of_all)
        return spreads

    def _means(self, names: list[str], rows: list[NDArray[np.intp]]) -> Values:
        """Return the mean of each group, by fairlearn: float64 [groups x models x measures]."""
        from fairlearn.metrics import MetricFrame

        flat, everyone = self._flat, np.concatenate(rows)
        columns = {str(c): partial(_mean_of, flat[:, c]) for c in range(flat.shape[1])}
        label = np.repeat(np.arange(len(names)), [len(of) for of in rows])
        frame = MetricFrame(
            metrics=columns, y_true=everyone, y_pred=everyone, sensitive_features=label
        )
        means = frame.by_group.to_numpy(dtype=np.float64)
        return np.asarray(means.reshape(len(names), *self.values.shape[1:]))

    @property
    def _flat(self) -> NDArray[np.float64]:
        return self.values.reshape(len(self.values), -1)

    def _spread(
        self, model: str, people: Mapping[str, int], ratios: Mapping[str, _Ratio]
    ) -> Spread:
        own, names = ratios[model], [*people]
        lowest, highest = names[own.lowest], names[own.highest]
        fewest = min(people[lowest], people[highest])
        versus = {
            label: _told(own.point - ratios[rival].point, own.drawn - ratios[rival].drawn, fewest)
            for label, rival in self.rivals.items()
            if rival != model
        }
        groups = {
            name: _told(float(own.means[at]), own.resampled[at], people[name])
            for at, name in enumerate(names)
        }
        return Spread(groups, lowest, highest, _told(own.point, own.drawn, fewest), versus)


class _Ratio:
    """The lowest mean over the highest, of the groups that are so in the data themselves."""

    def __init__(self, means: NDArray[np.float64], resampled: NDArray[np.float64]) -> None:
        self.means, self.resampled = means, resampled
        self.lowest, self.highest = int(means.argmin()), int(means.argmax())
        self.point = float(_over(means[self.lowest], means[self.highest]))
        self.drawn = _over(resampled[self.lowest], resampled[self.highest])


def _over(low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return low / high; 1 where nobody gets anything."""
    return np.asarray(np.divide(low, high, out=np.ones_like(high), where=high > 0))


def _mean_of(column: NDArray[np.float64], rows: NDArray[np.intp], _: object) -> float:
    return float(column[np.asarray(rows)].mean())


def _told(point: float, resampled: NDArray[np.float64], people: int) -> Interval:
    low, high = interval_of(resampled)
    return Interval(*(told_rate(value, people) for value in (point, low, high)))


def unfair(fairness: Fairness) -> Iterator[tuple[str, str, Spread]]:
    """Yield attribute, measure and spread wherever the ratio is under `FAIR_LIMIT`."""
    for attribute, result in fairness.items():
        for measure, spread in result.spreads.items():
            if spread.ratio.mean < FAIR_LIMIT:
                yield attribute, measure, spread
