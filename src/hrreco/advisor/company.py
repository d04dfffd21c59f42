"""What an advisor asks of the world: data about the company, and a model that serves."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

import polars as pl

from hrreco.data import Catalogue, LearningData, People
from hrreco.settings import Settings
from hrreco.training import TrainedModel


class CompanyData(People, Protocol):
    """What an advisor asks of data: `LearningData` in memory, or a workspace's database."""

    @property
    def settings(self) -> Settings:
        """What the company decided."""
        ...

    @property
    def catalogue(self) -> Catalogue:
        """The courses; the same object for as long as nothing changed."""
        ...

    @property
    def role_skills(self) -> pl.DataFrame:
        """The skills that roles need."""
        ...

    @property
    def sessions(self) -> pl.DataFrame:
        """The dated occurrences of courses."""
        ...

    def one_state(self) -> AbstractContextManager[None]:
        """Have all that is asked meanwhile be of one moment, whatever is written beside."""
        ...

    def in_memory(self) -> LearningData:
        """Return everything, in memory."""
        ...


class ServingModel(Protocol):
    """What an advisor asks of a model: a `TrainedModel`, or whatever serves in a workspace."""

    def current(self) -> TrainedModel:
        """Return the model that serves now; the same object for as long as it does."""
        ...
