"""Which courses may be suggested as electives: many employees at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hrreco.data import LearningData
from hrreco.recommend.eligibility import Eligibility
from hrreco.recommend.mandatory_of_all import GroupDuties
from hrreco.recommend.standings import Rows, Standings


class EligibilityOfAll:
    """The rules of `Eligibility`, for all employees of some data who have not left.

    It does not say which rule removes a course, only whether one does.

    Parameters
    ----------
    columns
        Positions in the catalogue, ascending: the courses that are asked about.
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
        self._column[columns] = np.arange(len(columns))
        needing, needed = eligibility.prerequisite_pairs
        self._n_needed = np.bincount(needing, minlength=n_courses)
        order = np.argsort(needed, kind="stable")
        self._opens = Rows.of(n_courses, needed[order], needing[order])
        languages = data.employees["language"].fill_null("").to_list()
        number = {language: i for i, language in enumerate(dict.fromkeys(languages))}
        self._language = np.array([number[language] for language in languages], dtype=np.intp)
        self._open = np.array([eligibility.open_to(language)[columns] for language in number])
        at_first = self._open & (self._n_needed[columns] == 0)
        self._closed_at_first = np.where(at_first, np.float32(0), np.float32(-np.inf))

    def close(self, rows: NDArray[np.intp], scores: NDArray[np.float32]) -> None:
        """Set the scores of what is closed to some employees to -inf, in place.

        Parameters
        ----------
        scores
            [rows x columns], finite.
        """
        language = self._language[rows]
        who, column = self._open_by_prerequisites(rows, language)
        kept = scores[who, column]
        # A sum is far quicker than a mask, and row by row needs no array as large as the scores.
        for row, spoken in enumerate(language.tolist()):
            scores[row] += self._closed_at_first[spoken]
        scores[who, column] = kept
        for closed, entries in (
            (self._standings.closed.course, self._standings.closed.entries(rows)),
            (self._groups.mandatory.course, self._groups.entries(rows)),
        ):
            column = self._column[closed[entries.at]]
            scores[entries.who[column >= 0], column[column >= 0]] = -np.inf

    def _open_by_prerequisites(
        self, rows: NDArray[np.intp], language: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
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
        return who[there], column[there]
