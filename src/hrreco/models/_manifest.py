"""What a bundle says of itself: its parts, and what its model was fitted on."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RecipeEntry(_Strict):
    """Which model was fitted, with which settings; its seed is one of them."""

    name: str
    config: dict[str, JsonValue]


class ArrayEntry(_Strict):
    """What one array file must be."""

    sha256: str
    dtype: Literal["<f4", "<f8", "<i4", "<i8"]
    shape: tuple[int, ...] = Field(min_length=1, max_length=2)


class Origin(_Strict):
    """What a model was fitted on: enough to take somebody out of it again.

    Attributes
    ----------
    fingerprints
        SHA-256 of each table, and of the settings that decide what its rows mean.
    ingest_seq
        The last ingest the model has seen; None where data did not come from a store.
    until
        The moment the fit looked back from; never that of the clock. See `Material`.
    courses_per_learner
        The most courses of one history that the fit read.
    """

    fingerprints: dict[str, str]
    ingest_seq: int | None
    until: AwareDatetime
    courses_per_learner: int = Field(ge=1)


class Manifest(Origin):
    """What a bundle holds, and what it was made from and with.

    Attributes
    ----------
    arrays
        By file name.
    versions
        Of hrreco, numpy, scipy and the engines.
    """

    format: Literal[2] = 2
    recipe: RecipeEntry
    arrays: dict[str, ArrayEntry]
    vocabulary_sha256: str
    versions: dict[str, str]
