"""What every question to an advisor goes through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from hrreco.advisor.company import CompanyData, ServingModel
from hrreco.advisor.prepared import Prepared
from hrreco.errors import checked_id
from hrreco.paths import Asker
from hrreco.privacy import OptOuts, as_opt_outs, for_serving
from hrreco.profiles import EmployeeProfile, Learners, build_profile, encode_one, role_only
from hrreco.recommend import Suggester, texts_in
from hrreco.settings import AsOf, Language, Moment


@dataclass(frozen=True)
class Question:
    """All that an answer is made from."""

    prepared: Prepared
    profile: EmployeeProfile
    learners: Learners
    suggester: Suggester
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
    """Holds a model, a company and its opt-outs, and makes questions ready to be answered."""

    def __init__(
        self,
        model: ServingModel,
        data: CompanyData,
        opt_outs: OptOuts | Iterable[str] | None = None,
    ) -> None:
        self._model = model
        self._data = data
        self._opt_outs = as_opt_outs(opt_outs, data)
        self._prepared: Prepared | None = None

    def _question(self, employee_id: str, lang: Language | None, as_of: AsOf) -> Question:
        prepared = self._prepare()
        settings = prepared.settings
        served = for_serving(self._data, checked_id(employee_id, "employee"), self._opt_outs)
        moment = Moment.of(as_of, settings.timezone)
        profile = build_profile(served.record, prepared.catalogue, settings, moment)
        vocabulary = prepared.model.vocabulary
        learners = encode_one(profile, vocabulary, prepared.framework)
        if not served.personal:
            learners = role_only(learners, vocabulary)
        return Question(
            prepared,
            profile=profile,
            learners=learners,
            suggester=prepared.personal if served.personal else prepared.rules,
            lang=lang or settings.language,
        )

    def _prepare(self) -> Prepared:
        """Return what serves now; made anew, and swapped whole, when model or catalogue change."""
        model, catalogue, prepared = self._model.current(), self._data.catalogue, self._prepared
        if prepared is None or prepared.model is not model or prepared.catalogue is not catalogue:
            prepared = self._prepared = Prepared.of(model, catalogue, self._data)
        return prepared
