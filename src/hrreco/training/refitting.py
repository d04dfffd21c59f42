"""Fitting a recipe on everything: without a contest, and without what one needs."""

from __future__ import annotations

from collections.abc import Iterable

from hrreco.data import LearningData
from hrreco.models import FitLimits
from hrreco.privacy import OptOuts
from hrreco.settings import AsOf
from hrreco.training.material import Material
from hrreco.training.recipe import Recipe
from hrreco.training.trained import TrainedModel


def refit(
    recipe: Recipe,
    data: LearningData,
    opt_outs: OptOuts | Iterable[str] | None = None,
    *,
    as_of: AsOf = None,
) -> TrainedModel:
    """Fit a recipe on all of `data`, without a contest.

    Raises
    ------
    DataError
        As for `train`.
    ModelError
        When the recipe cannot be fitted on this data.
    """
    return Material.of(data, FitLimits(), opt_outs, as_of, ingest_seq=None).fit(recipe)
