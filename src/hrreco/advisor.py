"""The one object a caller holds: suggestions for one employee, with reasons and a way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from hrreco.data import Catalogue, People
from hrreco.errors import checked_id
from hrreco.privacy import PURPOSES, OptOuts, Purpose, as_opt_outs, for_serving
from hrreco.profiles import EmployeeProfile, Learners, build_profile, encode_one, role_only
from hrreco.recommend import Answer, Suggester, WhyNot
from hrreco.settings import AsOf, Language, Moment, Settings
from hrreco.skills import SkillFramework
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


class ServingModel(Protocol):
    """What an advisor asks of a model: a `TrainedModel`, or whatever serves in a workspace."""

    def current(self) -> TrainedModel:
        """Return the model that serves now; the same object for as long as it does."""
        ...


@dataclass(frozen=True)
class _Prepared:
    """One model over one catalogue, ready to be asked; nothing of it depends on who asks."""

    model: TrainedModel
    catalogue: Catalogue
    framework: SkillFramework
    personal: Suggester
    rules: Suggester

    @classmethod
    def of(cls, model: TrainedModel, catalogue: Catalogue, data: CompanyData) -> _Prepared:
        return cls(
            model,
            catalogue,
            SkillFramework.of(data.role_skills),
            personal=Suggester(model.recommender, catalogue, data.settings),
            rules=Suggester(model.rules, catalogue, data.settings),
        )


@dataclass(frozen=True)
class _Question:
    """All that an answer is made from."""

    profile: EmployeeProfile
    learners: Learners
    suggester: Suggester
    lang: Language


class Advisor:
    """Suggests courses to employees, and says why and why not.

    One advisor may answer in many threads at once.

    Parameters
    ----------
    model
        From `train` or `TrainedModel.load`; a workspace hands in whatever serves at each call.
    data
        The company: its catalogue, and the rows of the employee who asks.
    opt_outs
        Who opted out: a list that is asked at every call, or plain employee ids.

    Examples
    --------
    >>> advisor = Advisor(train(data), data)  # doctest: +SKIP
    >>> for course in advisor.recommend("E000123", k=5):  # doctest: +SKIP
    ...     print(course.title, course.reasons[0].text)
    """

    def __init__(
        self,
        model: ServingModel,
        data: CompanyData,
        opt_outs: OptOuts | Iterable[str] | None = None,
    ) -> None:
        self._model = model
        self._data = data
        self._opt_outs = as_opt_outs(opt_outs, data)
        self._prepared: _Prepared | None = None

    def recommend(
        self,
        employee_id: str,
        k: int = 5,
        *,
        lang: Language | None = None,
        as_of: AsOf = None,
    ) -> Answer:
        """Suggest up to `k` courses: mandatory ones that are due first, then by the model.

        Parameters
        ----------
        k
            The most courses to suggest, 1 or more.
        lang
            The language of the reasons; the company's own when not given.
        as_of
            The day or moment to answer for; now when not given.

        Raises
        ------
        UnknownIdError
            When nobody has that id.
        """
        asked = self._question(employee_id, lang, as_of)
        return asked.suggester.recommend(asked.profile, asked.learners, k=k, lang=asked.lang)

    def why_not(
        self,
        employee_id: str,
        course_id: str,
        k: int = 5,
        *,
        lang: Language | None = None,
        as_of: AsOf = None,
    ) -> WhyNot:
        """Say why a course is not among the `k` suggested, or that it is.

        Raises
        ------
        UnknownIdError
            When there is no such employee or course.
        """
        asked = self._question(employee_id, lang, as_of)
        return asked.suggester.why_not(
            asked.profile,
            asked.learners,
            checked_id(course_id, "course"),
            k=k,
            lang=asked.lang,
        )

    def opt_out(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Record that an employee refuses these purposes.

        Profiling ends with the next call. A model fitted before stays as it is: the next fit is
        the first that they are left out of.

        Raises
        ------
        UnknownIdError
            When nobody has that id.
        """
        self._data.employee(checked_id(employee_id, "employee"))
        self._opt_outs.opt_out(employee_id, purposes)

    def opt_in(self, employee_id: str, purposes: Iterable[Purpose] = PURPOSES) -> None:
        """Take an opt-out back; the next answer is the very one from before.

        Raises
        ------
        UnknownIdError
            When nobody has that id.
        """
        self._data.employee(checked_id(employee_id, "employee"))
        self._opt_outs.opt_in(employee_id, purposes)

    def _question(self, employee_id: str, lang: Language | None, as_of: AsOf) -> _Question:
        prepared, settings = self._prepare(), self._data.settings
        served = for_serving(self._data, checked_id(employee_id, "employee"), self._opt_outs)
        moment = Moment.of(as_of, settings.timezone)
        profile = build_profile(served.record, prepared.catalogue, settings, moment)
        vocabulary = prepared.model.vocabulary
        learners = encode_one(profile, vocabulary, prepared.framework)
        if not served.personal:
            learners = role_only(learners, vocabulary)
        return _Question(
            profile=profile,
            learners=learners,
            suggester=prepared.personal if served.personal else prepared.rules,
            lang=lang or settings.language,
        )

    def _prepare(self) -> _Prepared:
        """Return what serves now; made anew, and swapped whole, when model or catalogue change."""
        model, catalogue, prepared = self._model.current(), self._data.catalogue, self._prepared
        if prepared is None or prepared.model is not model or prepared.catalogue is not catalogue:
            prepared = self._prepared = _Prepared.of(model, catalogue, self._data)
        return prepared
