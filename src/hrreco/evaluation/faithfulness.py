"""Whether a reason is one: without what it names, the score falls more than without another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hrreco.evaluation.ranking import NO_COURSE, rank
from hrreco.evaluation.significance import Interval, mean_intervals
from hrreco.models import Recommender
from hrreco.privacy import told, told_rate
from hrreco.profiles import Csr, Learners

FAITHFUL_LIMIT = 0.8
"""The low end of the rate's interval must reach it. The single models come to .88 to 1 in made-up
companies."""

FEWEST = 100
"""Of fewer answers, the interval of a rate of .88 would too often reach below `FAITHFUL_LIMIT`."""

_MOST = 500


@dataclass(frozen=True)
class Faithfulness:
    """How often a reason that names a course of the history is faithful.

    Attributes
    ----------
    answers
        How many answers were looked at, rounded, each of another employee; None where they are
        too few to be told.
    rate
        With its 95% interval; None where they are too few to assess.
    """

    answers: int | None
    rate: Interval | None

    @property
    def shown(self) -> bool | None:
        """Whether the reasons are shown to be faithful; None where that is not assessable."""
        return None if self.rate is None else self.rate.low >= FAITHFUL_LIMIT

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "answers": self.answers,
            "rate": self.rate._asdict() if self.rate else None,
            "assessable": self.rate is not None,
        }


def faithfulness(
    model: Recommender, learners: Learners, exclude: Csr, *, min_people: int, seed: int = 0
) -> Faithfulness:
    """Take the course behind the first reason out of histories, and see what becomes of the score.

    For the first suggestion of up to 500 learners with at least two courses in their history:
    where the largest part of its score is that of a course of the history, the score must be lower
    without that course than it is without another one, drawn at random. It is the erasure test of
    explanations: DeYoung et al., "ERASER", ACL 2020, section 4 (comprehensiveness).

    Parameters
    ----------
    exclude
        CSR [learners x courses]: what is not suggested to them.
    """
    rng = np.random.default_rng(seed)
    rows = np.flatnonzero(np.diff(learners.history.indptr) > 1)
    rows = np.sort(rng.permutation(rows)[:_MOST])
    some = learners.take(rows)
    first = rank(model, some, 1, exclude[rows])
    cases = _cases(model, some, first)
    answers = told(len(cases.learner), min_people)
    if len(cases.learner) < FEWEST or answers is None:
        return Faithfulness(answers, None)
    asked = some.take(cases.learner)
    others = _others(asked.history, cases.entry, rng)
    left = [model.score(_without(asked, entry)) for entry in (cases.entry, others)]
    at = np.arange(len(asked))
    faithful = left[0][at, cases.course] < left[1][at, cases.course]
    (rate,) = mean_intervals(faithful[:, None].astype(np.float64), seed=seed)
    return Faithfulness(answers, Interval(*(told_rate(value, answers) for value in rate)))


class _Cases(NamedTuple):
    """Answers whose first reason names a course of the history.

    Attributes
    ----------
    learner, course
        intp [answers]: whose answer it is, and what was suggested.
    entry
        intp [answers]: which entry of the learner's history is named, counted from 0.
    """

    learner: NDArray[np.intp]
    course: NDArray[np.intp]
    entry: NDArray[np.intp]


def _cases(model: Recommender, learners: Learners, first: NDArray[np.intp]) -> _Cases:
    """Return the answers to look at: the largest part of their score is above 0, and a course."""
    made_of = model.contributions(learners, np.maximum(first, 0))
    value = made_of.value[:, 0]
    order = np.lexsort((-value, made_of.learner))
    _, begins = np.unique(made_of.learner[order], return_index=True)
    largest = order[begins]
    learner, source = made_of.learner[largest], made_of.source[largest]
    n_courses = learners.history.shape[1]
    kept = (value[largest] > 0) & (source < n_courses) & (first[learner, 0] != NO_COURSE)
    learner, source = learner[kept], source[kept]
    history = learners.history
    key = np.repeat(np.arange(len(learners)), np.diff(history.indptr)) * n_courses
    entry = np.searchsorted(key + history.indices, learner * n_courses + source)
    return _Cases(learner, first[learner, 0], entry - history.indptr[learner])


def _others(history: Csr, entry: NDArray[np.intp], rng: np.random.Generator) -> NDArray[np.intp]:
    """Return another entry of each history, each as likely."""
    drawn = rng.integers(np.diff(history.indptr) - 1)
    return np.asarray(drawn + (drawn >= entry))


def _without(learners: Learners, entry: NDArray[np.intp]) -> Learners:
    """Return the learners with one entry of each history taken out."""
    history = learners.history
    kept = np.ones(history.nnz, dtype=bool)
    kept[history.indptr[:-1] + entry] = False
    indptr = history.indptr - np.arange(len(learners) + 1)

    def rest(matrix: Csr) -> Csr:
        return Csr((matrix.data[kept], history.indices[kept], indptr), shape=history.shape)

    age = None if learners.age is None else rest(learners.age)
    return replace(learners, history=rest(history), age=age)
