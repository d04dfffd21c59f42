"""A recipe: one model and its settings, ready to be fitted on any data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from hrreco.models import Recommender, TrainingData, configured, recommender
from hrreco.models.fallback import Fallback

RULES = "popularity"
"""The model that the rules are: popularity by role."""

BLEND = "blend"
"""The model that is made of others."""

CHAMPION = "champion"
"""The name under which the recipe that serves now is judged beside others."""


def asked_names(models: str | Iterable[str]) -> list[str]:
    """Return names of models; a single one may be given by itself."""
    return [models] if isinstance(models, str) else list(models)


class Recipe(BaseModel):
    """One model and its settings: what can be fitted again on other data."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(description="The model's name, such as `ease`.")
    settings: dict[str, Any] = Field(
        default_factory=dict, description="The model's settings; those left out are default."
    )

    @classmethod
    def of(cls, model: Recommender) -> Recipe:
        """Return the recipe that `model` was made by."""
        return cls(name=model.name, settings=model.config.model_dump(mode="json"))

    @classmethod
    def complete(cls, name: str, settings: Mapping[str, Any], seed: int) -> Recipe:
        """Return a recipe that names every setting of its model; `seed` where it takes one.

        Raises
        ------
        UnknownIdError
            When there is no such model.
        SettingsError
            When a setting is unknown or out of range.
        """
        takes_seed = "seed" in recommender(name).Config.model_fields
        return cls.of(configured(name, {"seed": seed, **settings} if takes_seed else settings))

    @classmethod
    def blended(
        cls, parts: Mapping[str, Recommender], weights: Mapping[str, float], history_half: float
    ) -> Recipe:
        """Return the recipe of a blend of these models; of a single one, its own."""
        if len(weights) == 1:
            return cls.of(parts[next(iter(weights))])
        settings = {
            "history_half": history_half,
            "parts": [
                {**cls.of(parts[name]).model_dump(mode="json"), "weight": weight}
                for name, weight in weights.items()
            ],
        }
        return cls.of(configured(BLEND, settings))

    @property
    def is_rules(self) -> bool:
        """Whether this is the rules, and not a learned model."""
        return self.name == RULES


RULES_RECIPE = Recipe(name=RULES)


def told_settings(
    recipes: Mapping[str, Recipe], fitted: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return the settings of the recipes that were fitted, by the name each was asked for by.

    A blend that came down to one model is told as a blend of that part.
    """
    return {
        name: recipe.settings
        if recipe.name == name
        else {"parts": [{**recipe.model_dump(mode="json"), "weight": 1.0}]}
        for name, recipe in recipes.items()
        if name in fitted
    }


def learned_by(model: Recommender) -> Recommender:
    """Return the learned model within one that `fit` gave; the rules as they are."""
    return model.learned if isinstance(model, Fallback) else model


def fit_alone(recipe: Recipe, data: TrainingData) -> Recommender:
    """Fit a recipe as it is: nothing answers for whoever the model has nothing to say of."""
    return configured(recipe.name, recipe.settings).fit(data)


def fit(recipe: Recipe, data: TrainingData) -> Recommender:
    """Fit a recipe as it serves; see `unfitted`."""
    return unfitted(recipe).fit(data)


def unfitted(recipe: Recipe) -> Recommender:
    """Return what serves: the rules alone, or a learned model with the rules to fall back on."""
    if recipe.is_rules:
        return configured(RULES, recipe.settings)
    return configured("fallback", {"learned": recipe.name, "settings": recipe.settings})
