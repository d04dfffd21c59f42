"""What every question to an advisor goes through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hrreco.advisor.answered import Answered, AnswerLog
from hrreco.advisor.company import CompanyData, ServingModel
from hrreco.advisor.prepared import Prepared
from hrreco.errors import checked_id
from hrreco.paths import Asker, Careers, Gap, LearningPath, Onboarding
from hrreco.privacy import (
    OptOutList,
    OptOuts,
    Overseer,
    Oversight,
    OversightList,
    Rulings,
    Served,
    as_opt_outs,
    for_serving,
)
from hrreco.profiles import EmployeeProfile, Learners, build_profile, encode_one, role_only
from hrreco.recommend import Answer, Judged, Suggester, WhyNot, texts_in
from hrreco.settings import AsOf, Language, Moment

T = TypeVar("T", Answer, WhyNot, Gap, LearningPath, Onboarding, Careers)


@dataclass(frozen=True)
class Question:
    """All that an answer is made from."""

    prepared: Prepared
    served: Served
    rulings: Rulings
    profile: EmployeeProfile
    learners: Learners
    suggester: Suggester
    judged: Judged
    lang: Language

    def asker(self) -> Asker:
        """Return what a plan is made from."""
        return Asker(
            self.profile,
            self.learners,
            self.suggester,
            self.prepared.offers,
            texts_in(self.lang),
            ZoneInfo(self.prepared.settings.timezone),
        )


class Desk:
    """Holds a model, a company, and what people refused and decided; makes questions ready."""

    def __init__(
        self,
        model: ServingModel,
        data: CompanyData,
        opt_outs: OptOuts | Iterable[str] | None = None,
        oversight: Oversight | None = None,
        log: AnswerLog | None = None,
    ) -> None:
        self._model = model
        self._data = data
        self._opt_outs = as_opt_outs(opt_outs, data)
        self._oversight = OversightList() if oversight is None else oversight
        self._log = log
        self._prepared: Prepared | None = None

    @property
    def overseer(self) -> Overseer:
        """Takes what people decide over the model; in force at the next call."""
        return Overseer(self._oversight, self._data)

    def warm_up(self) -> None:
        """Make ready what serves, so that no call waits for it."""
        prepared = self._prepare()
        _ = prepared.offers
        if self._log is not None:
            self._log.ready(prepared)

    def _question(self, employee_id: str, lang: Language | None, as_of: AsOf) -> Question:
        checked_id(employee_id, "employee")
        with self._data.one_state():
            prepared = self._prepare()
            settings = prepared.settings
            moment = Moment.of(as_of, settings.timezone)
            served, rulings = self._served(employee_id, prepared, moment)
        profile = build_profile(served.record, prepared.catalogue, settings, moment)
        vocabulary = prepared.model.vocabulary
        learners = encode_one(profile, vocabulary, prepared.framework)
        if not served.personal:
            learners = role_only(learners, vocabulary)
        suggester = prepared.suggester(served, rulings)
        return Question(
            prepared,
            served,
            rulings,
            profile=profile,
            learners=learners,
            suggester=suggester,
            judged=suggester.judge(profile),
            lang=lang or settings.language,
        )

    def _served(
        self, employee_id: str, prepared: Prepared, moment: Moment
    ) -> tuple[Served, Rulings]:
        """Return the rows of an employee, and what people decided that is about them."""
        rulings = self._oversight.rulings(employee_id)
        # While paused, whoever asks is answered as if they had opted out.
        opt_outs = OptOutList([employee_id]) if rulings.paused else self._opt_outs
        rows = prepared.catalogue, prepared.settings, moment
        return for_serving(self._data, employee_id, opt_outs, *rows), rulings

    def _kept(self, asked: Question, told: T, call: str, **arguments: Any) -> T:
        """Return an answer with the id that the log gives it, where there is a log."""
        if self._log is None:
            return told
        arguments["as_of"] = asked.profile.as_of.at.isoformat()
        made_from = asked.served, asked.rulings, asked.prepared, asked.judged.codes
        answered = Answered(call, arguments, *made_from, told)
        return replace(told, decision_id=self._log.record(answered))

    def _prepare(self) -> Prepared:
        """Return what serves now; made anew, and swapped whole, when model or catalogue change."""
        model, catalogue, prepared = self._model.current(), self._data.catalogue, self._prepared
        if prepared is None or prepared.model is not model or prepared.catalogue is not catalogue:
            prepared = self._prepared = Prepared.of(model, catalogue, self._data)
        return prepared
