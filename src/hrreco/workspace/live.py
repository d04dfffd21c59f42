"""What a workspace holds at this moment, for an advisor that stays open."""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from hrreco.data import Catalogue, EmployeeRecord, LearningData
from hrreco.errors import BundleError
from hrreco.settings import Settings

if TYPE_CHECKING:
    from hrreco.training import TrainedModel
    from hrreco.workspace.workspace import Workspace

_LOG = logging.getLogger("hrreco")


@dataclass(frozen=True)
class _Courses:
    """Courses, sessions and role skills at an ingest; `changed` is the last that touched them."""

    ingest: int
    changed: int
    catalogue: Catalogue
    role_skills: pl.DataFrame
    sessions: pl.DataFrame


class LiveData:
    """The company as the database holds it: read anew whenever an ingest has changed it."""

    def __init__(self, workspace: Workspace) -> None:
        self._store = workspace.store
        self._people = workspace.people
        self.settings: Settings = workspace.settings
        self._held: _Courses | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue; another object whenever courses, their sessions or role skills change."""
        return self._courses().catalogue

    @property
    def role_skills(self) -> pl.DataFrame:
        """The skills that roles need."""
        return self._courses().role_skills

    @property
    def sessions(self) -> pl.DataFrame:
        """The dated occurrences of courses."""
        return self._courses().sessions

    def employee(self, employee_id: str) -> EmployeeRecord:
        """Return the rows of `employee_id` as they are now."""
        return self._people.employee(employee_id)

    def knows(self, employee_id: str) -> bool:
        """Return whether there is such an employee."""
        return self._people.knows(employee_id)

    def one_state(self) -> AbstractContextManager[None]:
        """Have all that is read meanwhile be of one state of the database."""
        return self._store.one_state()

    def in_memory(self) -> LearningData:
        """Return all that the database holds now."""
        return self._people.tables()

    def _courses(self) -> _Courses:
        held, latest = self._held, self._store.last_ingest()
        if held is None or held.ingest != latest:
            changed = self._store.last_change_of_courses()
            if held is not None and held.changed == changed:
                held = replace(held, ingest=latest)
            else:
                held = _Courses(
                    latest,
                    changed,
                    Catalogue.of(self._store.courses()),
                    self._store.role_skills(),
                    self._store.sessions(),
                )
            self._held = held
        return held


class LiveModel:
    """The model that serves in a workspace: the champion, as soon as there is a new one.

    A champion that is damaged is refused with a line in the log of ``hrreco``, and the one before
    it keeps serving.

    Raises
    ------
    BundleError
        When the champion is damaged and there is none before it.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        # The mark is read first: a champion that comes in between is loaded at the next call.
        self._held = (workspace.champion_mark(), workspace.model())

    def current(self) -> TrainedModel:
        """Return the model that serves now; the same object for as long as it does."""
        mark, model = self._held
        latest = self._workspace.champion_mark()
        if mark != latest:
            try:
                model = self._workspace.model()
            except BundleError as error:
                _LOG.warning("the model from before keeps serving: %s", error)
            self._held = (latest, model)
        return model
