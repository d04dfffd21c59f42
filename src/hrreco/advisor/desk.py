"""What every question to an advisor goes through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from hrreco.advisor.company import CompanyData, ServingModel
from hrreco.advisor.prepared import Prepared
from hrreco.errors import checked_id
from hrreco.paths import Asker
from hrreco.privacy import (
    OptOutList,
    OptOuts,
    Overseer,
    Oversight,
    OversightList,
    as_opt_outs,
    for_serving,
)
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
    """Holds a model, a company, and what people refused and decided; makes questions ready."""

    def __init__(
        self,
        model: ServingModel,
        data: CompanyData,
        opt_outs: OptOuts | Iterable[str] | None = None,
        oversight: Oversight | None = None,
    ) -> None:
        self._model = model
        self._data = data
        self._opt_outs = as_opt_outs(opt_outs, data)
        self._oversight = OversightList() if oversight is None else oversight
        self._prepared: Prepared | None = None

    @property
    def overseer(self) -> Overseer:
        """Takes what people decide over the model; in force at the next call."""
        return Overseer(self._oversight, self._data)

    def _question(self, employee_id: str, lang: Language | None, as_of: AsOf) -> Question:
        prepared = self._prepare()
        settings = prepared.settings
        rulings = self._oversight.rulings(checked_id(employee_id, "employee"))
        # While paused, whoever asks is answered as if they had opted out.
        opt_outs = OptOutList([employee_id]) if rulings.paused else self._opt_outs
        moment = Moment.of(as_of, settings.timezone)
        catalogue = prepared.catalogue
        served = for_serving(self._data, employee_id, opt_outs, catalogue, settings, moment)
        profile = build_profile(served.record, catalogue, settings, moment)
        vocabulary = prepared.model.vocabulary
        learners = encode_one(profile, vocabulary, prepared.framework)
        if not served.personal:
            learners = role_only(learners, vocabulary)
        return Question(
            prepared,
            profile=profile,
            learners=learners,
            suggester=(prepared.personal if served.personal else prepared.rules).under(rulings),
            lang=lang or settings.language,
        )

    def _prepare(self) -> Prepared:
        """Return what serves now; made anew, and swapped whole, when model or catalogue change."""
        model, catalogue, prepared = self._model.current(), self._data.catalogue, self._prepared
        if prepared is None or prepared.model is not model or prepared.catalogue is not catalogue:
            prepared = self._prepared = Prepared.of(model, catalogue, self._data)
        return prepared
