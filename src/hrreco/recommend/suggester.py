"""One employee's answer: mandatory courses first, then the best electives, all with reasons."""

from __future__ import annotations

from copy import copy
from datetime import date
from math import isnan
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hrreco.data import Catalogue
from hrreco.errors import ModelError, SettingsError
from hrreco.models import Recommender
from hrreco.privacy import NO_RULINGS, Rulings
from hrreco.profiles import EmployeeProfile, Learners
from hrreco.recommend.answer import Answer, Kind, Reason, Recommendation, WhyNot
from hrreco.recommend.codes import BELOW_CUT, SUGGESTED, Codes, LeftOut, counted
from hrreco.recommend.details import NOTHING, Detail, Details
from hrreco.recommend.eligibility import Eligibility
from hrreco.recommend.mandatory import Duties, Duty
from hrreco.recommend.ranking import Elective, Ranking
from hrreco.recommend.reasons import Reasons, of_choice, of_duty
from hrreco.recommend.taken import Taken
from hrreco.recommend.texts import texts_in
from hrreco.settings import Language, Settings, Texts


class Judged(NamedTuple):
    """What the rules say of one employee: see `Suggester.judge`.

    Attributes
    ----------
    codes
        int8 [courses]. Whatever is due or chosen bears `BEYOND_K`, so it is never ranked.
    due, chosen
        What comes first, in order.
    """

    profile: EmployeeProfile
    codes: Codes
    due: list[Duty]
    chosen: list[int]
    taken: Taken


class _Standing(NamedTuple):
    """What there is to say of one course: its code, place and reasons, and what is behind it."""

    code: str
    rank: int | None = None
    reasons: tuple[Reason, ...] = ()
    detail: Detail = NOTHING


class Suggester:
    """Answers for one employee at a time, from one model and one catalogue.

    All that does not depend on the employee is computed once, here. The suggester holds nothing
    about anybody, and may be shared between threads.

    Parameters
    ----------
    ranker
        A fitted model.
    catalogue
        All courses. One that the model does not know may be mandatory, but no elective.
    settings
        The company's time zone and the days of the eligibility rules.

    Attributes
    ----------
    eligibility, duties, ranking, reasons
        What `SuggesterOfAll` goes by, too.
    instead
        intp: the courses that a person in charge has put in the place of others, by position.

    Raises
    ------
    NotFittedError
        When the model is not fitted.
    """

    def __init__(self, ranker: Recommender, catalogue: Catalogue, settings: Settings) -> None:
        self._catalogue = catalogue
        self._zone = ZoneInfo(settings.timezone)
        self._hours = [None if isnan(hours) else hours for hours in catalogue.hours.tolist()]
        self.eligibility = Eligibility(catalogue, settings)
        self._details = Details(catalogue, settings)
        self.duties = Duties(catalogue, settings)
        self.reasons = Reasons(catalogue, ranker.vocabulary)
        self.ranking = Ranking(ranker, catalogue, self.reasons.quotable)
        self.instead: list[int] = []

    def under(self, rulings: Rulings) -> Suggester:
        """Return the same suggester with what people decided; itself where nothing is."""
        if rulings is NO_RULINGS:
            return self
        decided = copy(self)
        decided.eligibility = self.eligibility.under(rulings)
        decided.instead = self._catalogue.positions_of(rulings.instead).tolist()
        return decided

    def judge(self, profile: EmployeeProfile) -> Judged:
        """Ask the rules about an employee, at one moment."""
        taken = Taken.of(profile, self._catalogue, self._zone)
        codes = self.eligibility.codes(profile, taken)
        unknown = self.ranking.unknown
        due = self.duties.due(profile, taken)
        for duty in due:
            codes[duty.position] = LeftOut.BEYOND_K
        chosen = [one for one in self.instead if codes[one] == LeftOut.ELIGIBLE]
        for one in chosen:
            codes[one] = LeftOut.BEYOND_K
        if len(unknown):
            codes[unknown[codes[unknown] == LeftOut.ELIGIBLE]] = LeftOut.NOT_IN_MODEL
        return Judged(profile, codes, due, chosen, taken)

    def recommend(self, judged: Judged, learners: Learners, *, k: int, lang: Language) -> Answer:
        """Return at most `k` courses: what is due first, then electives, never padded.

        Of electives, those that a person in charge has put in the place of others come first.

        Mandatory courses count towards `k`. Those that are due but do not fit are counted in
        `left_out` as ``beyond_k``: somebody must take them, so they are not merely ranked below.

        Parameters
        ----------
        judged
            What this suggester's rules say of the employee.
        learners
            The employee as the model sees them: one row, in the model's vocabulary.
        k
            From 1.

        Raises
        ------
        SettingsError
            When `k` is below 1, or there are no texts in `lang`.
        ModelError
            When `learners` is not one row, or of another vocabulary.
        """
        texts = _checked(learners, k, lang)
        profile, codes, due, chosen, _ = judged
        codes = codes.copy()
        shown = due[:k]
        items = [self._mandatory(duty, profile, texts) for duty in shown]
        items += [self._chosen(position, texts) for position in chosen[: k - len(items)]]
        if len(items) < k:
            ranked = self.ranking.best(learners, codes, k - len(items))
            codes[ranked.without_evidence] = LeftOut.NO_EVIDENCE
            items += self._electives(ranked.electives, profile, texts)
        codes[[*(duty.position for duty in shown), *chosen]] = LeftOut.ELIGIBLE
        return Answer(
            employee_id=profile.employee_id,
            as_of=profile.as_of.today,
            lang=lang,
            items=tuple(items),
            left_out=counted(codes),
        )

    def why_not(
        self,
        judged: Judged,
        learners: Learners,
        course_id: str,
        *,
        k: int,
        lang: Language,
    ) -> WhyNot:
        """Say why a course is, or is not, in the answer that `recommend` gives for the same.

        A course ranked below the cut that nothing speaks for has no place: its code is
        ``no_evidence``, though `recommend`, which stops at the cut, does not count it.

        Raises
        ------
        UnknownIdError
            When the catalogue has no such course; names the close match.
        SettingsError, ModelError
            As for `recommend`.
        """
        texts = _checked(learners, k, lang)
        position = self._catalogue.index(course_id)
        code, rank, reasons, detail = self._standing(position, judged, learners, k, texts)
        return WhyNot(
            employee_id=judged.profile.employee_id,
            course_id=course_id,
            title=self._catalogue.titles[position],
            suggested=code == SUGGESTED,
            code=code,
            text=texts.left_out(
                f"{code}{detail.variant}", k, rank=rank, **self._details.words(detail, texts)
            ),
            rank=rank,
            reasons=reasons,
            course_ids=tuple(self._catalogue.course_ids[other] for other in detail.positions),
            until=detail.until,
        )

    def sentence(
        self, code: LeftOut, position: int, profile: EmployeeProfile, taken: Taken, texts: Texts
    ) -> str:
        """Return what the employee reads of a course that `code` leaves out."""
        detail = self._details.of(code, position, profile, taken)
        return texts.left_out(f"{code.code}{detail.variant}", **self._details.words(detail, texts))

    def _standing(
        self,
        position: int,
        judged: Judged,
        learners: Learners,
        k: int,
        texts: Texts,
    ) -> _Standing:
        profile, codes, due, chosen, taken = judged
        for rank, duty in enumerate(due, start=1):
            if duty.position == position:
                code = SUGGESTED if rank <= k else LeftOut.BEYOND_K.code
                return _Standing(code, rank, of_duty(duty, profile.as_of.today, texts))
        if position in chosen:
            rank = len(due) + chosen.index(position) + 1
            return _Standing(SUGGESTED if rank <= k else BELOW_CUT, rank, of_choice(texts))
        if codes[position] != LeftOut.ELIGIBLE:
            why = LeftOut(int(codes[position]))
            detail = self._details.of(why, position, profile, taken)
            return _Standing(why.code, detail=detail)
        place = self.ranking.place(learners, codes, position)
        if place is None:
            return _Standing(LeftOut.NO_EVIDENCE.code)
        rank = len(due) + len(chosen) + place.before + 1
        (reasons,) = self.reasons.of_electives([place.elective.evidence], profile, texts)
        return _Standing(SUGGESTED if rank <= k else BELOW_CUT, rank, reasons)

    def _mandatory(self, duty: Duty, profile: EmployeeProfile, texts: Texts) -> Recommendation:
        reasons = of_duty(duty, profile.as_of.today, texts)
        return self._shown(duty.position, "mandatory", reasons, due_on=duty.due_on)

    def _chosen(self, position: int, texts: Texts) -> Recommendation:
        return self._shown(position, "elective", of_choice(texts))

    def _electives(
        self, electives: list[Elective], profile: EmployeeProfile, texts: Texts
    ) -> list[Recommendation]:
        evidence = [elective.evidence for elective in electives]
        return [
            self._shown(elective.position, "elective", reasons, score=elective.score)
            for elective, reasons in zip(
                electives, self.reasons.of_electives(evidence, profile, texts), strict=True
            )
        ]

    def _shown(
        self,
        position: int,
        kind: Kind,
        reasons: tuple[Reason, ...],
        *,
        due_on: date | None = None,
        score: float | None = None,
    ) -> Recommendation:
        catalogue = self._catalogue
        return Recommendation(
            catalogue.course_ids[position],
            catalogue.titles[position],
            kind,
            due_on,
            score,
            reasons,
            self._hours[position],
            catalogue.formats[position],
            catalogue.urls[position],
        )


def _checked(learners: Learners, k: int, lang: str) -> Texts:
    checked_k(k)
    if len(learners) != 1:
        raise ModelError(f"one employee has one learner row, {len(learners)} were given")
    return texts_in(lang)


def checked_k(k: int) -> int:
    """Return `k`, the most courses to suggest.

    Raises
    ------
    SettingsError
        When it is no whole number, or below 1.
    """
    if not isinstance(k, int) or k < 1:
        raise SettingsError(f"k is {k!r}; ask for a whole number of courses, at least 1")
    return k
