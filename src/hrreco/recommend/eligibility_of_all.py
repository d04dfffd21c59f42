"""Which courses may be suggested as electives: many employees at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrreco.data import LearningData
from hrreco.recommend.closed import ClosedToSome, Pairs
from hrreco.recommend.eligibility import Eligibility
from hrreco.recommend.mandatory_of_all import GroupDuties
from hrreco.recommend.standings import Rows, Standings


class EligibilityOfAll:
    """The rules of `Eligibility`, for all employees of some data who have not left.

    It does not say which rule removes a course, only whether one does.

    Parameters
    ----------
    columns
        The courses that are asked about, in any order: positions in the catalogue, or -1 for one
        that is in no catalogue, which is closed to all.
    """

    def __init__(
        self,
        eligibility: Eligibility,
        data: LearningData,
        standings: Standings,
        groups: GroupDuties,
        columns: NDArray[np.intp],
    ) -> None:
        self._standings = standings
        self._groups = groups
        n_courses = len(data.catalogue)
        self._column = np.full(n_courses, -1, dtype=np.intp)
        there = columns >= 0
        self._column[columns[there]] = np.flatnonzero(there)
        needing, needed = eligibility.prerequisite_pairs
        self._n_needed = np.bincount(needing, minlength=n_courses + 1)
        order = np.argsort(needed, kind="stable")
        self._opens = Rows.of(n_courses, needed[order], needing[order])
        languages = data.employees["language"].fill_null("").to_list()
        number = {language: i for i, language in enumerate(dict.fromkeys(languages))}
        self._language = np.array([number[language] for language in languages], dtype=np.intp)
        # At -1, the last place, stands what is in no catalogue.
        self._open = np.array(
            [np.append(eligibility.open_to(language), False)[columns] for language in number]
        )
        at_first = self._open & (self._n_needed[columns] == 0)
        self._closed_at_first = np.where(at_first, np.float32(0), np.float32(-np.inf))

    def language(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return a number for the language of each of some employees."""
        return self._language[rows]

    def of(self, rows: NDArray[np.intp]) -> ClosedToSome:
        """Return what is closed to some employees, rows of their table.

        It is told quickest where those of one language stand together.
        """
        language = self.language(rows)
        closed = tuple(
            Pairs(entries.who, self._column[course[entries.at]])
            for course, entries in (
                (self._standings.closed.course, self._standings.closed.entries(rows)),
                (self._groups.mandatory.course, self._groups.entries(rows)),
            )
        )
        opened = self._open_by_prerequisites(rows, language)
        return ClosedToSome(language, self._closed_at_first, opened, closed)

    def _open_by_prerequisites(self, rows: NDArray[np.intp], language: NDArray[np.intp]) -> Pairs:
        """Return employees (places in `rows`) and columns of which all prerequisites are met."""
        taken = self._standings.taken.entries(rows)
        met = self._opens.entries(self._standings.taken.course[taken.at].astype(np.intp))
        n_courses = len(self._column)
        pairs = np.sort(taken.who[met.who] * n_courses + self._opens.course[met.at])
        first = np.flatnonzero(np.diff(pairs, prepend=-1))
        pair, n_met = pairs[first], np.diff(first, append=len(pairs))
        who, course = np.divmod(pair[n_met == self._n_needed[pair % n_courses]], n_courses)
        column = self._column[course]
        there = column >= 0
        there[there] = self._open[language[who[there]], column[there]]
        return Pairs(who[there], column[there])
