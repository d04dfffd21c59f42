"""How well an outsider could tell from scores whose history a model was fitted on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hrreco.evaluation.ranking import blocks
from hrreco.evaluation.significance import Interval, interval_of, resamples
from hrreco.models import Recommender, TrainingData
from hrreco.privacy import told, told_rate
from hrreco.profiles import Learners

FEWEST = 30
"""Of fewer people left out, the interval says nothing."""

LEAKAGE_LIMIT = 0.55
"""Above it, scores tell too much; .5 is a guess."""

_LEFT_OUT = 0.2
_MOST_LEFT_OUT = 1_000
_MOST_FITTED = 20_000

Fits = NDArray[np.float64]


@dataclass(frozen=True)
class Leakage:
    """What an audit by membership inference found.

    Attributes
    ----------
    people
        How many were left out of the shadow model, rounded; None where they are too few to tell.
    auc
        The chance that somebody in the fit looks more like it than somebody who is not, with its
        95% interval; None where they are too few to assess.
    """

    people: int | None
    auc: Interval | None

    @property
    def warns(self) -> bool:
        """Whether scores tell more than they should."""
        return self.auc is not None and self.auc.mean > LEAKAGE_LIMIT

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "people": self.people,
            "auc": self.auc._asdict() if self.auc else None,
            "assessable": self.auc is not None,
            "above_limit": self.warns,
        }


def leakage(
    model: Recommender,
    fit: Callable[[TrainingData], Recommender],
    data: TrainingData,
    *,
    seed: int = 0,
) -> Leakage:
    """Fit a shadow model without some people, and ask who of them and others was in its fit.

    The attack looks at how high a model puts the courses that a person took, given their whole
    history: their mean rank. It is that by a shadow model of Shokri et al., "Membership Inference
    Attacks Against Machine Learning Models", IEEE S&P 2017, with a threshold on how well the model
    fits (Yeom et al., "Privacy Risk in Machine Learning", CSF 2018, section 3.2). The model itself
    has seen both the people left out and those they are compared to, so that by it the area is .5
    but for how easy each group is to fit: that is taken away as a control variate.

    Parameters
    ----------
    model
        The model that is audited.
    fit
        Fits its recipe.
    data
        What it was fitted on. Of more than 20,000 people, the shadow model sees a sample; then it
        leaks a little more than the model itself.
    """
    rng = np.random.default_rng(seed)
    people = rng.permutation(np.flatnonzero(np.diff(data.learners.history.indptr) > 0))
    size = min(int(len(people) * _LEFT_OUT), _MOST_LEFT_OUT)
    number = told(size, data.limits.min_people)
    if size < FEWEST or number is None:
        return Leakage(number, None)
    fitted = np.sort(people[size : size + _MOST_FITTED])
    shadow = fit(replace(data, learners=data.learners.take(fitted)))
    outside, inside = (data.learners.take(people[:size]), data.learners.take(people[-size:]))
    if len(people) > size + _MOST_FITTED:
        inside = data.learners.take(fitted[:size])
    by_shadow = _Ranked.of(_fit_of(shadow, inside), _fit_of(shadow, outside))
    by_model = _Ranked.of(_fit_of(model, inside), _fit_of(model, outside))
    point, drawn = _area(by_shadow, by_model, size, rng)
    area = (point, *interval_of(drawn))
    return Leakage(number, Interval(*(told_rate(value, number) for value in area)))


def _fit_of(model: Recommender, learners: Learners) -> Fits:
    """Return how high the courses of each history stand: less their mean rank, float64 [n]."""
    fits = np.empty(len(learners))
    for some in blocks(len(learners), learners.history.shape[1]):
        part = learners.take(some)
        order = np.argsort(-model.score(part), axis=1, kind="stable")
        place = np.empty_like(order)
        np.put_along_axis(place, order, np.arange(order.shape[1])[None, :], axis=1)
        lengths = np.diff(part.history.indptr)
        row = np.repeat(np.arange(len(part)), lengths)
        fits[some] = -np.bincount(row, place[row, part.history.indices], len(part)) / lengths
    return fits


@dataclass(frozen=True)
class _Ranked:
    """Where the fits of people stand among all: intp [n] each, equal ones at the same place."""

    inside: NDArray[np.intp]
    outside: NDArray[np.intp]

    @classmethod
    def of(cls, inside: Fits, outside: Fits) -> _Ranked:
        _, place = np.unique(np.concatenate([inside, outside]), return_inverse=True)
        return cls(place[: len(inside)], place[len(inside) :])

    def area(self, inside: Fits, outside: Fits) -> float:
        """Return the area under the ROC curve with these weights; equal places count half."""
        places = int(max(self.inside.max(), self.outside.max())) + 1
        of_outside = np.bincount(self.outside, outside, places)
        below = np.cumsum(of_outside) - of_outside / 2
        return float(np.bincount(self.inside, inside, places) @ below)


def _area(
    by_shadow: _Ranked, by_model: _Ranked, size: int, rng: np.random.Generator
) -> tuple[float, Fits]:
    """Return the area less its control variate, and the same in each resample of people."""

    def controlled(inside: Fits, outside: Fits) -> float:
        return by_shadow.area(inside, outside) - by_model.area(inside, outside) + 0.5

    even = np.full(size, 1 / size)
    pairs = zip(_each(size, rng), _each(size, rng), strict=True)
    return controlled(even, even), np.array([controlled(one, other) for one, other in pairs])


def _each(size: int, rng: np.random.Generator) -> Fits:
    return np.concatenate([*resamples(size, rng)])
