"""Measuring one model on one split, learner by learner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hrreco.evaluation.candidates import among_candidates, best_candidates, candidate_scores
from hrreco.evaluation.metrics import CATALOGUE, per_learner
from hrreco.evaluation.ranking import rank
from hrreco.evaluation.splits import Split
from hrreco.models import Recommender
from hrreco.profiles.learners import Learners


@dataclass(frozen=True)
class Measured:
    """One model's metrics.

    Attributes
    ----------
    metrics
        Their names.
    values
        float64 [learners x metrics].
    catalogue
        How much of the catalogue the lists show, and how evenly: by name, such as
        ``coverage@10`` and ``gini@10``.
    top
        intp [learners x places]: the longest lists.
    """

    metrics: tuple[str, ...]
    values: NDArray[np.float64]
    catalogue: dict[str, float]
    top: NDArray[np.intp]

    def of(self, metric: str) -> NDArray[np.float64]:
        """Return one metric of each learner: float64 [learners]."""
        return np.asarray(self.values[:, self.metrics.index(metric)])


def measure(model: Recommender, learners: Learners, split: Split, ks: tuple[int, ...]) -> Measured:
    """Measure a fitted model on the same learners that the split is about.

    Parameters
    ----------
    ks
        Lengths of list, ascending.
    """
    if split.candidates is None:
        top = rank(model, learners, ks[-1], split.exclude)
        columns = {
            name: values for k in ks for name, values in per_learner(top, split.targets, k).items()
        }
    else:
        own = candidate_scores(model, learners, split.candidates)
        top = best_candidates(own, split.candidates, ks[-1])
        columns = among_candidates(own, ks)
    return Measured(
        metrics=tuple(columns),
        values=np.column_stack(list(columns.values())),
        catalogue={
            f"{name}@{k}": of_catalogue(top[:, :k], split.targets.shape[1])
            for name, of_catalogue in CATALOGUE.items()
            for k in ks
        },
        top=top,
    )
