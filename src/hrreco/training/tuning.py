"""Searching the settings of one model, on a cut that the test is no part of."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hrreco.errors import ModelError
from hrreco.models import recommender
from hrreco.training.recipe import Recipe

if TYPE_CHECKING:
    import optuna
    from optuna.distributions import BaseDistribution

_STARTUP_TRIALS = 8

Worth = Callable[[Recipe], float]
"""Fits a recipe and returns how good it is; larger is better."""


def tuned(name: str, worth: Worth, *, trials: int, seconds: float, seed: int) -> Recipe:
    """Return the best recipe of a model that was found; the default one is among those tried.

    The settings that are searched, and between what bounds, stand with the model's config. The
    sampler is the tree-structured Parzen estimator (Bergstra et al., NeurIPS 2011) of Optuna.

    Parameters
    ----------
    trials
        The most recipes to try.
    seconds
        After these no further one is begun. Until then the same seed tries the same recipes.

    Raises
    ------
    ModelError
        When not even the default recipe can be fitted.
    """
    from optuna import create_trial

    until = time.monotonic() + seconds
    best = Recipe.complete(name, {}, seed)
    best_worth = worth(best)
    space, study = search_space(name), _study(seed)
    distributions = {key: _distribution(one) for key, one in space.items()}
    default = {key: best.settings[key] for key in space}
    study.add_trial(create_trial(params=default, distributions=distributions, value=best_worth))
    for _ in range(trials - 1 if space else 0):
        if time.monotonic() > until:
            break
        trial = study.ask(distributions)
        recipe = Recipe.complete(name, trial.params, seed)
        found = _worth_or_worst(worth, recipe)
        study.tell(trial, found)
        if found > best_worth:
            best, best_worth = recipe, found
    return best


def search_space(name: str) -> dict[str, dict[str, Any]]:
    """Return what is searched of a model's settings: bounds, or choices, by setting."""
    fields = recommender(name).Config.model_fields
    extras = {key: field.json_schema_extra for key, field in fields.items()}
    return {
        key: dict(extra["search"])  # type: ignore[arg-type]
        for key, extra in extras.items()
        if isinstance(extra, dict) and "search" in extra
    }


def _worth_or_worst(worth: Worth, recipe: Recipe) -> float:
    try:
        return worth(recipe)
    except ModelError:
        return -math.inf


def _study(seed: int) -> optuna.Study:
    """Return an empty study, made without a word on stderr."""
    import optuna

    verbosity = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        return optuna.create_study(
            direction="maximize",
            sampler=optuna.samplers.TPESampler(seed=seed, n_startup_trials=_STARTUP_TRIALS),
        )
    finally:
        optuna.logging.set_verbosity(verbosity)


def _distribution(space: dict[str, Any]) -> BaseDistribution:
    from optuna import distributions

    if "choices" in space:
        return distributions.CategoricalDistribution(space["choices"])
    if isinstance(space["low"], int):
        return distributions.IntDistribution(**space)
    return distributions.FloatDistribution(**space)
