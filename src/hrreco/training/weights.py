"""Learning how much each model counts in a blend, by what a window turned out to hold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrreco.evaluation import NO_COURSE, Split, top_k
from hrreco.evaluation.ranking import blocks
from hrreco.models import Recommender
from hrreco.models.blend import centre, history_trust
from hrreco.profiles import Csr, Learners

_STEPS = (0.5, 0.25, 0.1, 0.05)
_MOST_LEARNERS = 10_000
"""By 2,000, chance has found weights that foresee others worse than the best model alone."""
_LEAST_GAIN = 0.005
"""Of NDCG: a part that adds less is not worth the time that it takes of every answer and fit."""
_CANDIDATES = 300
"""Courses of each learner that compete: as many of each model's highest, or `k` if more."""


def learn_weights(
    models: Mapping[str, Recommender],
    learners: Learners,
    split: Split,
    *,
    k: int,
    history_half: float,
    seed: int,
) -> dict[str, float]:
    """Return the weights, above 0, of the models that make the best blend by NDCG at `k`.

    Begins with the best single model, and changes one weight at a time, by smaller and smaller
    steps, as long as that is shown to pay: coordinate ascent, as for learning to rank (Metzler and
    Croft, "Linear feature-based models for information retrieval", Information Retrieval 2007,
    section 3.2). A model that is not shown to add anything, or adds less than half a percent, is
    left out. The same data and seed give the same weights.

    Parameters
    ----------
    models
        Fitted before the window, with one vocabulary.
    learners, split
        The window: what was known of each learner before it, and what turned out to be right.
    """
    window = _Window.of(models, learners, split, k, history_half, seed)
    weights = dict.fromkeys(models, 0.0)
    alone = {name: _mean(window.gains(weights | {name: 1.0})) for name in models}
    best = max(alone, key=lambda name: alone[name])
    return _pruned(window, _ascended(window, weights | {best: 1.0}))


def _ascended(window: _Window, weights: dict[str, float]) -> dict[str, float]:
    gains = window.gains(weights)
    for step in _STEPS:
        while True:
            tries = [
                weights | {name: round(weight + change, 3)}
                for name, weight in weights.items()
                for change in (step, -step)
                if weight + change > -1e-9
            ]
            found = [window.gains(tried) for tried in tries]
            best = max(range(len(tries)), key=lambda i: _mean(found[i]))
            if not _is_better(found[best], gains):
                break
            weights, gains = tries[best], found[best]
    return weights


def _pruned(window: _Window, weights: dict[str, float]) -> dict[str, float]:
    for name in sorted(weights, key=lambda name: weights[name]):
        without = weights | {name: 0.0}
        if any(without.values()) and not _is_worth_it(
            window.gains(weights), window.gains(without)
        ):
            weights = without
    return {name: weight for name, weight in weights.items() if weight > 0}


def _is_worth_it(gains: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    return _is_better(gains, others) and _mean(gains) > (1 + _LEAST_GAIN) * _mean(others)


def _is_better(gains: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    """Return whether a mean is higher by more than its own standard error, over the same learners.

    The rule of one standard error (Hastie, Tibshirani and Friedman, "The Elements of Statistical
    Learning", 2009, section 7.10) keeps a blend from being made of chance.
    """
    difference = gains - others
    if len(difference) < 2:
        return False
    return float(difference.mean()) > float(difference.std(ddof=1)) / math.sqrt(len(difference))


def _mean(gains: NDArray[np.float64]) -> float:
    return float(gains.mean()) if len(gains) else 0.0


@dataclass(frozen=True)
class _Window:
    """What learners of a window could be suggested, and what was right.

    Attributes
    ----------
    scores
        By model, float32 [learners x candidates]: standardised, and weighted by history.
    exclude
        bool CSR [learners x candidates]: what cannot be suggested, or is there a second time.
    right
        bool [learners x candidates].
    ideal
        float64 [learners]: the gain of a perfect list.
    """

    scores: Mapping[str, NDArray[np.float32]]
    exclude: Csr
    right: NDArray[np.bool_]
    ideal: NDArray[np.float64]
    k: int

    @classmethod
    def of(
        cls,
        models: Mapping[str, Recommender],
        learners: Learners,
        split: Split,
        k: int,
        history_half: float,
        seed: int,
    ) -> _Window:
        rows = _sample(learners, split, seed)
        few = (rows[some] for some in blocks(max(1, len(rows)), learners.history.shape[1]))
        found = [
            _scored(models, learners.take(some), split.take(some), k, history_half) for some in few
        ]
        scores, again, right = (
            np.concatenate(parts, axis=-2) for parts in zip(*found, strict=True)
        )
        n_right = np.minimum(np.diff(split.take(rows).targets.indptr), k)
        ideal = np.concatenate([[0.0], np.cumsum(_discount(k))])[n_right]
        return cls(dict(zip(models, scores, strict=True)), Csr(again), right, ideal, k)

    def gains(self, weights: Mapping[str, float]) -> NDArray[np.float64]:
        """Return the NDCG of the blend with these weights: float64 [learners]."""
        total = np.zeros(self.right.shape, dtype=np.float32)
        for name, weight in weights.items():
            if weight:
                total += np.float32(weight) * self.scores[name]
        best = top_k(total, self.k, self.exclude)
        hits = np.take_along_axis(self.right, best, axis=1) & (best != NO_COURSE)
        return np.asarray(hits @ _discount(hits.shape[1]) / self.ideal)


def _sample(learners: Learners, split: Split, seed: int) -> NDArray[np.intp]:
    """Return learners with a history and something to foresee, at most so many."""
    asked = np.diff(split.targets.indptr) > 0
    rows = np.flatnonzero(asked & (np.diff(learners.history.indptr) > 0))
    if len(rows) <= _MOST_LEARNERS:
        return rows
    return np.sort(np.random.default_rng(seed).choice(rows, _MOST_LEARNERS, replace=False))


def _scored(
    models: Mapping[str, Recommender],
    learners: Learners,
    split: Split,
    k: int,
    history_half: float,
) -> tuple[NDArray[np.float32], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the candidates' scores by each model, which are there again, and which are right.

    The first is of [models x learners x candidates], the others of [learners x candidates].
    """
    trust = history_trust(learners, history_half)
    scores = [
        _standard(model, learners, trust if model.from_history else np.ones_like(trust))
        for model in models.values()
    ]
    candidates = _candidates(scores, split, k)
    return (
        np.array([np.take_along_axis(one, candidates, axis=1) for one in scores]),
        np.diff(candidates, axis=1, prepend=NO_COURSE) == 0,
        np.take_along_axis(split.targets.toarray(), candidates, axis=1),
    )


def _standard(
    model: Recommender, learners: Learners, weight: NDArray[np.float64]
) -> NDArray[np.float32]:
    scores = model.score(learners)
    by = centre(scores)
    scores *= (weight * by.scale)[:, None].astype(np.float32)
    return scores


def _candidates(scores: Sequence[NDArray[np.float32]], split: Split, k: int) -> NDArray[np.intp]:
    """Return the positions of the courses to choose from, ascending.

    They are those that the split gives, or those that each model puts highest; some of the latter
    are there repeatedly.
    """
    if split.candidates is not None:
        return np.sort(split.candidates, axis=1)
    of_each = max(k, _CANDIDATES // len(scores))
    highest = [top_k(one, of_each, split.exclude) for one in scores]
    return np.sort(np.concatenate(highest, axis=1), axis=1)


def _discount(k: int) -> NDArray[np.float64]:
    return 1.0 / np.log2(np.arange(2, k + 2))
