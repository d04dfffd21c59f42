"""Answers for many employees at once: what `Suggester` recommends to each of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.data import LearningData
from hrreco.models import blas_threads
from hrreco.profiles import Learners
from hrreco.recommend.eligibility_of_all import EligibilityOfAll
from hrreco.recommend.mandatory_of_all import DueOfAll, DutiesOfAll, GroupDuties
from hrreco.recommend.ranking_of_all import RankingOfAll
from hrreco.recommend.standings import Standings
from hrreco.recommend.suggester import Suggester

_CELLS = 1 << 21
"""Scores that are looked at together, in each thread; it bounds memory."""

_MOST_ROWS = 1_024


class Suggested(NamedTuple):
    """What is suggested to employees, by row of their table; the first course of each first.

    Attributes
    ----------
    row, position
        intp [suggestions]: the employee, and the course in the catalogue.
    due
        What is known of the suggestions that are mandatory; `who` is their place in `row`.
    doubtful
        intp: rows of employees who must be asked for one by one, and who are not in `row`.
    """

    row: NDArray[np.intp]
    position: NDArray[np.intp]
    due: DueOfAll
    doubtful: NDArray[np.intp]


class SuggesterOfAll:
    """Answers for the employees of some data who have not left, from one model and catalogue.

    Parameters
    ----------
    suggester
        Says the same of one employee.
    """

    def __init__(
        self, suggester: Suggester, data: LearningData, standings: Standings, groups: GroupDuties
    ) -> None:
        ranking = suggester.ranking
        stripes = ranking.ranker.stripes
        known = np.flatnonzero(ranking.in_model >= 0)
        position = np.full(len(stripes.courses), -1, dtype=np.intp)
        position[ranking.in_model[known]] = known
        position = position[stripes.courses]
        self._widest = max((part.stop - part.start for part in stripes.slices), default=1)
        self._eligibility = EligibilityOfAll(
            suggester.eligibility, data, standings, groups, position
        )
        self._duties = DutiesOfAll(data, standings, groups)
        self._ranking = RankingOfAll(ranking.ranker, position, suggester.reasons.quotable)

    def recommend(self, learners: Learners, rows: NDArray[np.intp], k: int) -> Iterator[Suggested]:
        """Yield at most `k` courses for each employee, some employees at a time.

        They are the very courses, in the very order, that `Suggester.recommend` gives to each:
        scores are the same to the bit in any company, and whoever's answer hangs on more than a
        score, or is short, is among the doubtful. How many threads there are changes nothing.

        Parameters
        ----------
        learners
            All employees of the data.
        rows
            Whom to answer; rows of the employees table.
        """
        # Histories of one length are folded in together.
        lengths = np.diff(learners.history.indptr)[rows]
        rows = rows[np.lexsort((lengths, self._eligibility.language(rows)))]
        step = min(max(_CELLS // self._widest, 1), _MOST_ROWS)
        parts = [rows[first : first + step] for first in range(0, max(len(rows), 1), step)]
        threads = ThreadPoolExecutor(os.cpu_count())
        try:
            with blas_threads(1):  # in each of these threads
                yield from threads.map(lambda rows: self._some(learners, rows, k), parts)
        finally:
            threads.shutdown(cancel_futures=True)

    def _some(self, learners: Learners, rows: NDArray[np.intp], k: int) -> Suggested:
        due = self._duties.due(rows)
        due = due.take(np.arange(len(due.who)) - np.searchsorted(due.who, due.who) < k)
        wanted = k - np.bincount(due.who, minlength=len(rows))
        closed = self._eligibility.of(rows)
        best = self._ranking.best(learners.take(rows), closed.close, wanted)
        due = due.take(~best.doubtful[due.who])
        sure = ~best.doubtful[best.who]
        who = np.concatenate([due.who, best.who[sure]])
        position = np.concatenate([due.position, best.position[sure]])
        order = np.argsort(who, kind="stable")  # what is due stays first
        place = np.flatnonzero(order < len(due.who))
        return Suggested(
            rows[who[order]],
            position[order],
            due._replace(who=place),
            rows[best.doubtful],
        )
