"""Searching the settings of one model, on a cut that the test is no part of."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from hrreco.errors import ModelError
from hrreco.models import recommender
from hrreco.privacy import told_rate
from hrreco.training.recipe import Recipe

if TYPE_CHECKING:
    import optuna
    from optuna.distributions import BaseDistribution
    from optuna.trial import FrozenTrial

_STARTUP_TRIALS = 8
PATIENCE = 40
"""Recipes without a better one after which a search has found what it will find."""

Worth = Callable[[Recipe], float]
"""Fits a recipe and returns how good it is; larger is better."""


class Found(NamedTuple):
    """What a search found.

    Attributes
    ----------
    recipe
        The best recipe; the default one where none is better.
    worth, default_worth
        How good it is, and how good the default one is.
    tried
        How many recipes were tried, those of earlier searches that were kept among them.
    """

    recipe: Recipe
    worth: float
    default_worth: float
    tried: int

    def told(self, people: int) -> Found:
        """Return the same with figures as they may be told of so many people."""
        worth, default = told_rate(self.worth, people), told_rate(self.default_worth, people)
        return Found(self.recipe, worth, default, self.tried)


class Kept(NamedTuple):
    """Where a search is kept, so that it can go on after its process ended: a file, and a name."""

    database: Path
    name: str


def tuned(
    name: str, worth: Worth, *, trials: int, seconds: float, seed: int, kept: Kept | None = None
) -> Found:
    """Return the best recipe of a model that was found; the default one is among those tried.

    The settings that are searched, and between what bounds, stand with the model's config. The
    sampler is the tree-structured Parzen estimator (Bergstra et al., NeurIPS 2011) of Optuna. The
    search ends early when nothing better was found for `PATIENCE` recipes.

    Parameters
    ----------
    trials
        The most recipes to try.
    seconds
        After these no further one is begun. Until then the same seed tries the same recipes.
    kept
        An earlier search of that name goes on where it ended.

    Raises
    ------
    ModelError
        When not even the default recipe can be fitted.
    """
    from optuna import create_trial

    until = time.monotonic() + seconds
    default = Recipe.complete(name, {}, seed)
    default_worth = worth(default)
    study, space = _study(seed, kept), search_space(name)
    if not space:
        return Found(default, default_worth, default_worth, 1)
    distributions = {key: _distribution(one) for key, one in space.items()}
    if not _tried(study):
        asked = {key: default.settings[key] for key in space}
        study.add_trial(
            create_trial(params=asked, distributions=distributions, value=default_worth)
        )
    while len(_tried(study)) < trials and time.monotonic() <= until and not _is_settled(study):
        trial = study.ask(distributions)
        study.tell(trial, _worth_or_worst(worth, Recipe.complete(name, trial.params, seed)))
    best = study.best_trial
    if best.value is None or best.value <= default_worth:
        return Found(default, default_worth, default_worth, len(_tried(study)))
    recipe = Recipe.complete(name, best.params, seed)
    return Found(recipe, best.value, default_worth, len(_tried(study)))


def _tried(study: optuna.Study) -> list[FrozenTrial]:
    from optuna.trial import TrialState

    return study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))


def _is_settled(study: optuna.Study) -> bool:
    best = study.best_trial.number
    return sum(trial.number >= best for trial in _tried(study)) > PATIENCE


def search_space(name: str) -> dict[str, dict[str, Any]]:
    """Return what is searched of a model's settings: bounds, or choices, by setting."""
    fields = recommender(name).Config.model_fields
    extras = {key: field.json_schema_extra for key, field in fields.items()}
    return {
        key: cast(dict[str, Any], extra["search"])
        for key, extra in extras.items()
        if isinstance(extra, dict) and "search" in extra
    }


def _worth_or_worst(worth: Worth, recipe: Recipe) -> float:
    try:
        return worth(recipe)
    except ModelError:
        return -math.inf


def _study(seed: int, kept: Kept | None) -> optuna.Study:
    """Return an empty study, or the one that is kept, without a word on stderr."""
    import optuna
    from optuna.trial import TrialState

    verbosity = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        study = optuna.create_study(
            direction="maximize",
            storage=f"sqlite:///{kept.database}" if kept else None,
            study_name=kept.name if kept else None,
            load_if_exists=True,
            sampler=optuna.samplers.TPESampler(seed=seed, n_startup_trials=_STARTUP_TRIALS),
        )
        for trial in study.get_trials(deepcopy=False, states=(TrialState.RUNNING,)):
            study.tell(trial.number, state=TrialState.FAIL)  # its search was killed
        return study
    finally:
        optuna.logging.set_verbosity(verbosity)


def _distribution(space: dict[str, Any]) -> BaseDistribution:
    from optuna import distributions

    if "choices" in space:
        return distributions.CategoricalDistribution(space["choices"])
    if isinstance(space["low"], int):
        return distributions.IntDistribution(**space)
    return distributions.FloatDistribution(**space)
