"""The best electives by a model's scores, each with something that speaks for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.data.catalogue import Catalogue
from hrreco.models._contract import Recommender
from hrreco.models._contributions import Contributions, Source
from hrreco.profiles.learners import Learners
from hrreco.recommend.codes import Codes

_LARGEST_CHUNK = 1024
"""The most courses whose contributions are asked for at once; it bounds memory."""


class Elective(NamedTuple):
    """One elective, and the positive parts of its score, largest first."""

    position: int
    score: float
    parts: list[tuple[Source, float]]


class Ranked(NamedTuple):
    """The best electives, and the positions of better scored courses nothing speaks for."""

    electives: list[Elective]
    without_evidence: list[int]


class Place(NamedTuple):
    """An elective, and how many electives stand before it."""

    elective: Elective
    before: int


class _Candidates(NamedTuple):
    """Eligible courses, ascending by position, and their scores."""

    positions: NDArray[np.intp]
    in_model: NDArray[np.intp]
    scores: NDArray[np.float32]


class Ranking:
    """One model's order of the courses of one catalogue.

    Courses stand by score, equal ones by course id. A course has a place only if at least one
    positive part of its score has a source that may be quoted.

    Attributes
    ----------
    unknown
        Positions of the catalogue's courses that the model does not know.
    """

    def __init__(
        self, ranker: Recommender, catalogue: Catalogue, quotable: NDArray[np.bool_]
    ) -> None:
        self._ranker = ranker
        self._quotable = quotable
        known = ranker.vocabulary.course_position
        in_model = [known.get(course_id, -1) for course_id in catalogue.course_ids]
        everywhere = np.array(in_model, dtype=np.intp)
        self.unknown = np.flatnonzero(everywhere < 0)
        self._positions = np.flatnonzero(everywhere >= 0)
        self._in_model = everywhere[self._positions]

    def best(self, learners: Learners, codes: Codes, k: int) -> Ranked:
        """Return the best `k` eligible courses of the one learner, fewer if there are no more.

        A course without evidence gives way to the next one.
        """
        candidates = self._candidates(learners, codes)
        electives: list[Elective] = []
        without: list[int] = []
        for chunk in _best_first(candidates.scores, k):
            contributions, supported = self._explain(learners, candidates, chunk)
            pairs = np.flatnonzero(supported)[: k - len(electives)].tolist()
            electives += [
                self._elective(candidates, chunk[pair], contributions, pair) for pair in pairs
            ]
            full = len(electives) == k
            examined = pairs[-1] if full else len(chunk)
            passed_over = chunk[:examined][~supported[:examined]]
            without += candidates.positions[passed_over].tolist()
            if full:
                break
        return Ranked(electives, without)

    def place(self, learners: Learners, codes: Codes, position: int) -> Place | None:
        """Return the place of the eligible course at `position`; None if it has no evidence."""
        candidates = self._candidates(learners, codes)
        own_row = int(np.searchsorted(candidates.positions, position))
        before = 0
        for chunk in _best_first(candidates.scores, _LARGEST_CHUNK):
            contributions, supported = self._explain(learners, candidates, chunk)
            own = np.flatnonzero(chunk == own_row)
            if not len(own):
                before += int(supported.sum())
                continue
            pair = int(own[0])
            if not supported[pair]:
                return None
            elective = self._elective(candidates, own_row, contributions, pair)
            return Place(elective, before + int(supported[:pair].sum()))
        raise AssertionError(f"course {position} is not eligible")

    def _candidates(self, learners: Learners, codes: Codes) -> _Candidates:
        eligible = codes[self._positions] == 0
        in_model = self._in_model[eligible]
        scores = self._ranker.score(learners)[0, in_model]
        return _Candidates(self._positions[eligible], in_model, scores)

    def _explain(
        self, learners: Learners, candidates: _Candidates, rows: NDArray[np.intp]
    ) -> tuple[Contributions, NDArray[np.bool_]]:
        """Return the make-up of some scores, and which of them have something to quote."""
        contributions = self._ranker.contributions(learners, candidates.in_model[rows][None, :])
        speaks = (contributions.value > 0) & self._quotable[contributions.source]
        counts = np.bincount(contributions.pair[speaks], minlength=len(rows))
        return contributions, counts > 0

    def _elective(
        self, candidates: _Candidates, row: int | np.intp, contributions: Contributions, pair: int
    ) -> Elective:
        return Elective(
            int(candidates.positions[row]),
            float(candidates.scores[row]),
            contributions.largest(pair, self._ranker.vocabulary),
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
