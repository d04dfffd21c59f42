"""The one object a caller holds: suggestions for one employee, with reasons and a way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import polars as pl

from hrreco.advisor.answered import Answered, Rows
from hrreco.advisor.plans import Plans
from hrreco.data import LearningData
from hrreco.errors import checked_id
from hrreco.privacy import (
    PURPOSES,
    OptOutList,
    OversightList,
    Purpose,
    rulings_of_everybody,
    who_may_be_profiled,
)
from hrreco.profiles import build_profile, encode_all
from hrreco.recommend import (
    Answer,
    Crowd,
    WhyNot,
    asked_for,
    by_employee,
    checked_k,
    suggest_to_all,
    table_of,
    texts_in,
    with_answers,
)
from hrreco.settings import AsOf, Language, Moment, Progress, silent


class Advisor(Plans):
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
    oversight
        What people decided over the model: a list that is asked at every call. None has been
        decided when not given; see `overseer`.
    log
        Where answers are kept, which then have a `decision_id`; nowhere when not given.

    Examples
    --------
    >>> advisor = Advisor(train(data), data)  # doctest: +SKIP
    >>> for course in advisor.recommend("E000123", k=5):  # doctest: +SKIP
    ...     print(course.title, course.reasons[0].text)
    """

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
        answer = asked.suggester.recommend(asked.judged, asked.learners, k=k, lang=asked.lang)
        return self._kept(asked, answer, "recommend", k=k, lang=asked.lang)

    def recommend_all(
        self,
        k: int = 5,
        *,
        employee_ids: Iterable[str] | None = None,
        lang: Language | None = None,
        as_of: AsOf = None,
        progress: Progress = silent,
    ) -> pl.DataFrame:
        """Suggest up to `k` courses to each of many employees, thousands of them a second.

        These are the courses that `recommend` gives to each, in the same order: a learner's
        scores are the same to the bit in any company, and on any number of threads.

        Parameters
        ----------
        employee_ids
            Whom to answer, in this order; everyone who has not left when not given.
        k, lang, as_of
            As for `recommend`.
        progress
            Told how many have been answered.

        Returns
        -------
        polars.DataFrame
            One row a suggestion: `employee_id`, `rank` from 1, `course_id`, `title`, `kind`,
            `due_on`, and `reasons` (list of code, text, share). Whoever gets fewer than `k` has
            one more row at the end, which holds nothing but `left_out`, the codes of
            `Answer.left_out`; in all other rows it is empty.

            Only mandatory courses have reasons, and codes have no counts; ``no_evidence`` is
            among the codes of everybody who gets fewer than `k`. What an answer is made of is for
            the employee alone: whose electives all come from the role has opted out of profiling,
            or is new, and no table for others may tell who.

        Raises
        ------
        UnknownIdError
            When nobody has one of the ids.
        SettingsError
            As for `recommend`.
        """
        data = self._data.in_memory()
        moment = Moment.of(as_of, data.settings.timezone)
        asked = asked_for(data, employee_ids, moment)
        lang = lang or data.settings.language
        advisor = self._over(data)
        table = advisor._table(data, asked, moment, checked_k(k), lang, progress)
        if self._log is not None:
            for answered in advisor._answered(table, k, lang, moment):
                self._log.record(answered)
        return table

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
        why = asked.suggester.why_not(
            asked.judged,
            asked.learners,
            checked_id(course_id, "course"),
            k=k,
            lang=asked.lang,
        )
        return self._kept(asked, why, "why_not", course_id=course_id, k=k, lang=asked.lang)

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

    def _over(self, data: LearningData) -> Advisor:
        """Return an advisor over data in memory, that keeps no log.

        What people refused and decided is looked up now, once: what is kept of an answer is what
        it was made from.
        """
        opt_outs = OptOutList(self._opt_outs.opted_out("profiling"))
        oversight = OversightList(self._oversight.decisions())
        advisor = Advisor(self._model.current(), data, opt_outs, oversight)
        if data is self._data:
            advisor._prepared = self._prepare()
        return advisor

    def _answered(
        self, table: pl.DataFrame, k: int, lang: Language, moment: Moment
    ) -> Iterator[Answered]:
        """Yield what each employee of a table was answered."""
        prepared = self._prepare()
        arguments = {"k": k, "lang": lang, "as_of": moment.at.isoformat()}
        for employee_id, rows in by_employee(table):
            served, rulings = self._served(employee_id, prepared, moment)
            profile = build_profile(served.record, prepared.catalogue, prepared.settings, moment)
            removed = prepared.suggester(served, rulings).judge(profile).codes
            made_from = served, rulings, prepared, removed
            yield Answered("recommend_all", arguments, *made_from, Rows(tuple(rows)))

    def _table(
        self,
        data: LearningData,
        asked: pl.DataFrame,
        moment: Moment,
        k: int,
        lang: Language,
        progress: Progress,
    ) -> pl.DataFrame:
        prepared, texts = self._prepare(), texts_in(lang)
        model = prepared.model
        needs = model.recommender.reads_needs
        decisions = self._oversight.decisions()
        rulings = rulings_of_everybody(decisions)
        everyone = data.employees["employee_id"]
        opt_outs = OptOutList(everyone) if rulings.paused else self._opt_outs
        # Whoever is named in a decision is asked for alone.
        whom = [one.employee_id for one in decisions if one.employee_id is not None]
        named = pl.col("employee_id").is_in(pl.Series(whom, dtype=pl.String).implode())
        crowd = Crowd(
            data,
            moment,
            learners=encode_all(data, model.vocabulary, moment, needs=needs),
            rows=asked.filter("employed", ~named)["row"].to_numpy().astype(np.intp),
            personal=who_may_be_profiled(data, opt_outs),
        )
        suggested = suggest_to_all(
            crowd, prepared.personal.under(rulings), prepared.rules.under(rulings), k, progress
        )
        sure = table_of(suggested, data, moment.today, texts)
        rest = asked.join(sure, on="employee_id", how="anti")["employee_id"]
        answers = [self.recommend(one, k, lang=lang, as_of=moment.at) for one in rest]
        return with_answers(sure, answers, k, asked["employee_id"])
