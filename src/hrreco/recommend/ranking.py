"""The best electives by a model's scores, each with something that speaks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.data import Catalogue
from hrreco.models import Contributions, Recommender
from hrreco.profiles import Learners
from hrreco.recommend.codes import Codes, LeftOut

_LARGEST_CHUNK = 1024
"""The most courses whose contributions are asked for at once; it bounds memory."""


class Evidence(NamedTuple):
    """What one score is made of.

    Attributes
    ----------
    source
        intp [parts]: source numbers, as in `Contributions`; one learner's are the same for
        every course.
    value
        float64 [parts].
    """

    source: NDArray[np.intp]
    value: NDArray[np.float64]


class Elective(NamedTuple):
    """One elective, and what its score is made of."""

    position: int
    score: float
    evidence: Evidence


class Ranked(NamedTuple):
    """The best electives, and the positions of better scored courses nothing speaks for."""

    electives: list[Elective]
    without_evidence: list[int]


class Place(NamedTuple):
    """An elective, and how many electives stand before it."""

    elective: Elective
    before: int


class _Candidates(NamedTuple):
    """Eligible courses, ascending by position, their scores, and what tells more of them."""

    positions: NDArray[np.intp]
    in_model: NDArray[np.intp]
    scores: NDArray[np.float32]
    explain: Callable[[NDArray[np.intp]], Contributions]


class Ranking:
    """One model's order of the courses of one catalogue.

    Courses stand by score, equal ones by course id. A course has a place only if at least one
    positive part of its score has a source that may be quoted.

    Attributes
    ----------
    ranker
        The model.
    in_model
        intp [courses]: the position in the model of each of the catalogue's courses, or -1.
    unknown
        Positions of the catalogue's courses that the model does not know.
    """

    def __init__(
        self, ranker: Recommender, catalogue: Catalogue, quotable: NDArray[np.bool_]
    ) -> None:
        self.ranker = ranker
        self._quotable = quotable
        known = ranker.vocabulary.course_position
        in_model = [known.get(course_id, -1) for course_id in catalogue.course_ids]
        self.in_model = np.array(in_model, dtype=np.intp)
        self._known = self.in_model >= 0
        self.unknown = np.flatnonzero(~self._known)

    def best(self, learners: Learners, codes: Codes, k: int) -> Ranked:
        """Return the best `k` eligible courses of the one learner, fewer if there are no more.

        A course without evidence gives way to the next one.
        """
        candidates = self._candidates(learners, codes)
        electives: list[Elective] = []
        without: list[int] = []
        for chunk in _best_first(candidates.scores, k):
            contributions, supported = self._explain(candidates, chunk)
            columns = np.flatnonzero(supported)[: k - len(electives)].tolist()
            electives += [_elective(candidates, chunk, contributions, i) for i in columns]
            full = len(electives) == k
            examined = columns[-1] if full else len(chunk)
            passed_over = chunk[:examined][~supported[:examined]]
            without += candidates.positions[passed_over].tolist()
            if full:
                break
        return Ranked(electives, without)

    def place(self, learners: Learners, codes: Codes, position: int) -> Place | None:
        """Return the place of the course at `position`; None if it is none of the electives."""
        candidates = self._candidates(learners, codes)
        before = 0
        for chunk in _best_first(candidates.scores, _LARGEST_CHUNK):
            contributions, supported = self._explain(candidates, chunk)
            for column in np.flatnonzero(candidates.positions[chunk] == position).tolist():
                if not supported[column]:
                    return None
                elective = _elective(candidates, chunk, contributions, column)
                return Place(elective, before + int(supported[:column].sum()))
            before += int(supported.sum())
        return None

    def _candidates(self, learners: Learners, codes: Codes) -> _Candidates:
        positions = np.flatnonzero((codes == LeftOut.ELIGIBLE.value) & self._known)
        in_model = self.in_model[positions]
        scores, explain, _ = self.ranker.explained(learners)
        return _Candidates(positions, in_model, scores[0, in_model], explain)

    def _explain(
        self, candidates: _Candidates, rows: NDArray[np.intp]
    ) -> tuple[Contributions, NDArray[np.bool_]]:
        """Return the make-up of some scores, and which of them have something to quote."""
        contributions = candidates.explain(candidates.in_model[rows][None, :])
        speaks = contributions.value[self._quotable[contributions.source]] > 0
        supported: NDArray[np.bool_] = np.logical_or.reduce(speaks, axis=0)
        return contributions, supported


def _elective(
    candidates: _Candidates, chunk: NDArray[np.intp], contributions: Contributions, column: int
) -> Elective:
    row = chunk[column]
    return Elective(
        int(candidates.positions[row]),
        float(candidates.scores[row]),
        Evidence(contributions.source, contributions.value[:, column]),
    )


def _best_first(scores: NDArray[np.float32], first: int) -> Iterator[NDArray[np.intp]]:
    """Yield all rows by falling score, ties by row: `first` of them, then in growing chunks."""
    if len(scores):
        yield _top(scores, first)
    if first >= len(scores):
        return
    # The first rows are nearly always enough; only a refill is worth sorting all.
    order = np.argsort(-scores, kind="stable")
    done, size = first, first
    while done < len(order):
        size = min(4 * size, _LARGEST_CHUNK)
        yield order[done : done + size]
        done += size


def _top(scores: NDArray[np.float32], n: int) -> NDArray[np.intp]:
    """Return the `n` rows of the largest scores, largest first, ties by row."""
    if n >= len(scores):
        return np.argsort(-scores, kind="stable")
    cut = len(scores) - n
    rows = np.flatnonzero(scores >= np.partition(scores, cut)[cut])
    return rows[np.argsort(-scores[rows], kind="stable")[:n]]
