"""How to train, as the config file of `hrreco train` holds it."""

from __future__ import annotations

from typing import Any, Self

from pydantic import ConfigDict, Field, model_validator

from hrreco.errors import UnknownIdError
from hrreco.models import FitLimits
from hrreco.settings.toml import Checked
from hrreco.training.recipe import BLEND, RULES, Recipe

_NO_COMPETITORS = {
    RULES: "is the rules, which always compete",
    BLEND: "is made of the models named",
    "fallback": "is how every learned model serves, with the rules behind it",
}


class TrainConfig(Checked):
    """How to train: which models compete, how they are judged, what a fit may use.

    Raises
    ------
    SettingsError
        When a key or a model is unknown, or a value out of range; names the close match.

    Examples
    --------
    >>> config = TrainConfig(models=("ease",), settings={"ease": {"regularisation": 2.0}})
    >>> config.recipes[0].settings["regularisation"]
    2.0
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    models: tuple[str, ...] = Field(
        ("transitions", "ease", "cease", "itemknn", "rp3beta", "als", "lightfm", "content"),
        min_length=1,
        description="Models that are blended, and compete with the rules.",
    )
    settings: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="Settings of models, by name of the model."
    )
    history_half: float = Field(
        1.0,
        ge=0,
        description="Courses in a history at which models that learn from histories count half "
        "in the blend.",
    )
    k: int = Field(10, ge=1, le=100, description="Models are judged by NDCG at this cut.")
    choose_share: float = Field(
        0.15,
        gt=0,
        lt=0.5,
        description="Share of completions in the window that the blend is learned on.",
    )
    gate_share: float = Field(
        0.15, gt=0, lt=0.5, description="Share of completions, the latest, that the gate judges."
    )
    seed: int = Field(0, ge=0, lt=2**31, description="Of every random choice.")
    fit_seconds: float = Field(600.0, gt=0, description="The most seconds of one fit.")
    courses_per_learner: int = Field(
        1_000, ge=1, description="The most courses of one history that a fit reads."
    )

    @model_validator(mode="after")
    def _settings_belong_to_models(self) -> Self:
        for name in dict.fromkeys((*self.models, *self.settings)):
            where = "models" if name in self.models else "settings"
            if name in _NO_COMPETITORS:
                raise ValueError(f"{where}: {name!r} {_NO_COMPETITORS[name]}; leave it out")
            if self.models.count(name) > 1:
                raise ValueError(f"models: {name!r} is named more than once")
            try:
                Recipe.complete(name, self.settings.get(name, {}), self.seed)
            except UnknownIdError as error:
                raise ValueError(f"{where}: {error}") from None
        return self

    @property
    def recipes(self) -> tuple[Recipe, ...]:
        """Return what competes with the rules, in the order in which it was named."""
        return tuple(
            Recipe.complete(name, self.settings.get(name, {}), self.seed) for name in self.models
        )

    @property
    def limits(self) -> FitLimits:
        """Return what one fit may use."""
        return FitLimits(self.fit_seconds, self.courses_per_learner)
