"""Whether a model is what a fit on given rows, and no others, ends in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from hrreco.data import LearningData
from hrreco.models import FitLimits
from hrreco.privacy import OptOuts
from hrreco.training.material import Material
from hrreco.training.trained import TrainedModel

TOLERANCE = 1e-9
"""How far a model that took people out of its counts may be from one that never had them."""

Likeness = Literal["to the bit", "within tolerance", "different"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What comparing a model with one fitted anew has shown.

    Attributes
    ----------
    likeness
        Within tolerance: no number of the two is further apart than `TOLERANCE`.
    furthest
        The largest difference of any two numbers.
    """

    likeness: Likeness
    furthest: float


def compare_with_refit(
    model: TrainedModel, data: LearningData, opt_outs: OptOuts | Iterable[str] | None
) -> Proof:
    """Fit the recipe of a model anew, as of the same moment, and compare every number.

    Parameters
    ----------
    data, opt_outs
        All that the model is said to have learned from.
    """
    fitted = model.origin
    limits = FitLimits(courses_per_learner=fitted.courses_per_learner)
    material = Material.of(data, limits, opt_outs, fitted.until, fitted.ingest_seq)
    anew = material.fit(model.recipe)
    if anew.vocabulary != model.vocabulary:
        return Proof("different", float("inf"))
    ours, theirs = model.recommender.arrays(), anew.recommender.arrays()
    if ours.keys() != theirs.keys():
        return Proof("different", float("inf"))
    furthest = max((_distance(ours[name], theirs[name]) for name in ours), default=0.0)
    if furthest == 0.0:
        return Proof("to the bit", 0.0)
    return Proof("within tolerance" if furthest <= TOLERANCE else "different", furthest)


def _distance(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    if one.shape != other.shape or one.dtype != other.dtype:
        return float("inf")
    if np.array_equal(one, other, equal_nan=one.dtype.kind == "f"):
        return 0.0
    if one.dtype.kind not in "fiu":
        return float("inf")
    return float(np.abs(one.astype(np.float64) - other.astype(np.float64)).max(initial=0.0))
