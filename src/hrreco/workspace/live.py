"""What a workspace holds at this moment, for an advisor that stays open."""

from __future__ import annotations

import logging
import threading
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from hrreco.data import Catalogue, EmployeeRecord, LearningData
from hrreco.errors import BundleError, DataError, HrrecoError, WorkspaceError
from hrreco.settings import Settings

if TYPE_CHECKING:
    from hrreco.advisor import Advisor, AnswerLog
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

    Attributes
    ----------
    refused
        Whether the champion is damaged, and another model serves in its place.

    Raises
    ------
    BundleError
        When the champion is damaged and there is none before it.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.refused = False
        # The mark is read first: a champion that comes in between is loaded at the next call.
        self._held = (workspace.champion_mark(), self._first())

    def serves(self, model: TrainedModel) -> bool:
        """Return whether a model is the one that serves; found in microseconds."""
        mark, held = self._held
        return held is model and mark == self._workspace.champion_mark()

    def current(self) -> TrainedModel:
        """Return the model that serves now; the same object for as long as it does."""
        mark, model = self._held
        latest = self._workspace.champion_mark()
        if mark != latest:
            try:
                model, self.refused = self._workspace.model(), False
            except BundleError as error:
                self.refused = True
                _LOG.warning("the model from before keeps serving: %s", error)
            self._held = (latest, model)
        return model

    def _first(self) -> TrainedModel:
        return self._workspace.model()


class _ModelOrRules(LiveModel):
    """The same; in the place of a damaged champion with none before it, the rules serve."""

    def _first(self) -> TrainedModel:
        try:
            return super()._first()
        except BundleError as error:
            self.refused = True
            _LOG.warning("the rules serve: %s", error)
            return self._workspace.rules()


class LiveAdvisor:
    """An advisor for a process in which no call may wait for a new champion.

    A thread beside loads it and makes it ready; until then the model from before answers. A
    damaged one is refused, as by `LiveModel`; where there is none before it, the rules serve.

    Parameters
    ----------
    log
        Where answers are kept; nowhere when None.
    """

    def __init__(self, workspace: Workspace, log: AnswerLog | None) -> None:
        self._workspace = workspace
        self._log = log
        self.data = LiveData(workspace)
        self._loading = threading.Lock()
        self._begun: _Begun | None = None
        with suppress(WorkspaceError):
            self._begin()

    def current(self) -> Advisor:
        """Return the advisor to ask now.

        Raises
        ------
        WorkspaceError
            When there is not one employee yet.
        """
        begun = self._begun or self._begin()
        if not begun.serving.serves(begun.model) and self._loading.acquire(blocking=False):
            threading.Thread(target=self._renew, args=[begun.serving], daemon=True).start()
        return begun.advisor

    @property
    def model(self) -> TrainedModel | None:
        """The model that serves now; None where there is not one employee yet."""
        return self._begun and self._begun.model

    @property
    def refused(self) -> bool:
        """Whether the champion is damaged, and another model serves in its place."""
        return self._begun is not None and self._begun.serving.refused

    def _begin(self) -> _Begun:
        try:
            serving = _ModelOrRules(self._workspace)
        except DataError as error:
            raise WorkspaceError(str(error)) from None
        self._begun = begun = self._ready(serving, serving.current())
        return begun

    def _renew(self, serving: LiveModel) -> None:
        try:
            model = serving.current()
            if model is not self.model:
                self._begun = self._ready(serving, model)
        except HrrecoError as error:
            _LOG.warning("the next call tries again to take up the new model: %s", error)
        finally:
            self._loading.release()

    def _ready(self, serving: LiveModel, model: TrainedModel) -> _Begun:
        from hrreco.advisor import Advisor

        here = self._workspace
        advisor = Advisor(model, self.data, here.opt_outs, here.oversight, self._log)
        advisor.warm_up()
        return _Begun(serving, model, advisor)


class _Begun(NamedTuple):
    serving: LiveModel
    model: TrainedModel
    advisor: Advisor
