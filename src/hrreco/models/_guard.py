"""What stands around every fit: checked input, limits, and a look at what came out."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

from hrreco.errors import DegenerateFitError, ModelError
from hrreco.models._blas import blas_threads
from hrreco.models._inputs import checked_learners, checked_matrix
from hrreco.profiles import EVERYONE, CourseProfiles, Csr, Learners

if TYPE_CHECKING:
    from hrreco.models._contract import Recommender
    from hrreco.models._training_data import FitLimits, TrainingData

_SAMPLE = 64
"""Learners whose scores are looked at after a fit."""

_HUGE = 1e6
"""No sound score of ours comes near; a diverged engine is far beyond."""

_NO_SPREAD = 1e-8
"""Scores that differ by less mean nothing."""


def checked_fit(model: Recommender, data: TrainingData) -> None:
    """Fit `model` on what of `data` may be learned from, and check what it learned.

    Learners without a history are dropped, histories are capped to
    ``data.limits.courses_per_learner``, and BLAS runs on one thread, because its thread count
    changes bits and slows the engines down.

    Raises
    ------
    ModelError
        When the data are malformed or hold nothing to learn from.
    DegenerateFitError
        When what was learned, or a score, is not finite, huge, or without any spread.
    FitTimeoutError
        When the fit takes longer than ``data.limits.seconds``.
    """
    data = _prepared(model, data)
    with blas_threads(1), np.errstate(all="ignore"):
        try:
            model._fit(data)
        except linalg.LinAlgError as error:
            raise DegenerateFitError(f"{model.name}: {error}; regularise it more") from error
        if not model.only_counts:
            data.tick()  # a closed form has no rounds in which to stop
        if not model.of_models:  # each of which was looked at when it was fitted
            _check_learned(model, data)


def checked_rest(model: Recommender, rest: TrainingData) -> None:
    """Check what `model` still knows when people were taken out of it, as after a fit on `rest`.

    Raises
    ------
    ModelError
        As for `checked_fit`.
    """
    with blas_threads(1), np.errstate(all="ignore"):
        _check_learned(model, _prepared(model, rest))


def not_learned_from(model: str) -> ModelError:
    """Return what to raise for people who cannot be taken out of a model."""
    return ModelError(
        f"{model}: these people cannot be forgotten, as it was not fitted on these rows of "
        f"theirs; give the data it was fitted on, or fit it again"
    )


def _prepared(model: Recommender, data: TrainingData) -> TrainingData:
    courses = _checked_courses(model, data)
    learners = checked_learners(data.learners, data.vocabulary, model.name)
    learners = learned_from(learners, data.limits)
    if not len(learners) and not model.only_counts:
        raise ModelError(f"{model.name} has nothing to learn from: no learner has a history")
    return replace(
        data,
        learners=learners,
        courses=courses,
        # A model within another, as in a blend, has what is left of the other's time.
        stop_at=min(data.stop_at, time.monotonic() + data.limits.seconds),
    )


def learned_from(learners: Learners, limits: FitLimits) -> Learners:
    """Return those who have a history, and of it no more than a fit reads."""
    having = np.diff(learners.history.indptr) > 0
    kept = learners if having.all() else learners.take(having)
    return capped(kept, limits.courses_per_learner)


def _checked_courses(model: Recommender, data: TrainingData) -> CourseProfiles:
    courses, vocabulary = data.courses, data.vocabulary
    n_courses = len(vocabulary.courses)
    if not len(courses.texts) == len(courses.tags) == courses.teaches.shape[0] == n_courses:
        raise ModelError(
            f"{model.name}: the vocabulary has {n_courses} courses, their profiles are "
            f"{len(courses.texts)} texts, {len(courses.tags)} lists of tags and "
            f"{courses.teaches.shape[0]} rows of skills"
        )
    if not vocabulary.features or vocabulary.features[0].kind != EVERYONE:
        raise ModelError(f"{model.name}: the first feature of a vocabulary is {EVERYONE!r}")
    n_skills = len(vocabulary.skills)
    teaches = checked_matrix(courses.teaches, "taught skills", n_skills, 1.0, model.name)
    return replace(courses, teaches=teaches)


def capped(learners: Learners, most: int) -> Learners:
    """Return learners with at most `most` courses each: those of the strongest evidence.

    Of equal evidence the latest stay, and of those the first in the order of courses.
    """
    history, age = learners.history, learners.age
    per_row = np.diff(history.indptr)
    if not len(per_row) or per_row.max() <= most:
        return learners
    row = np.repeat(np.arange(len(per_row)), per_row)
    ages = np.zeros(history.nnz) if age is None else age.data
    order = np.lexsort((history.indices, ages, -history.data, row))
    rank = np.arange(history.nnz) - np.repeat(history.indptr[:-1], per_row)
    kept = np.sort(order[rank < most])
    indptr = np.concatenate([[0], np.cumsum(np.minimum(per_row, most))])

    def only_kept(matrix: Csr) -> Csr:
        return Csr((matrix.data[kept], history.indices[kept], indptr), shape=history.shape)

    return replace(
        learners, history=only_kept(history), age=None if age is None else only_kept(age)
    )


def _check_learned(model: Recommender, data: TrainingData) -> None:
    for name, array in model._arrays().items():
        if np.issubdtype(array.dtype, np.floating) and not np.isfinite(array).all():
            raise DegenerateFitError(
                f"{model.name}: the fit ended in {name} that are not finite; {_ADVICE}"
            )
    n = len(data.learners)
    rows = np.unique(np.linspace(0, n - 1, min(n, _SAMPLE)).astype(np.intp))
    _check_scores(model, np.asarray(model._score(data.learners.take(rows))))


def _check_scores(model: Recommender, scores: NDArray[Any]) -> None:
    if not scores.size:
        return
    if not np.abs(scores).max() <= _HUGE:  # false for NaN, too
        raise DegenerateFitError(f"{model.name}: the fit ended in huge scores; {_ADVICE}")
    spread = (scores.max(axis=1) - scores.min(axis=1)).max()
    if scores.shape[1] > 1 and spread < _NO_SPREAD and not model.only_counts:
        raise DegenerateFitError(
            f"{model.name}: the fit gives all courses the same score; "
            f"there is too little data, or too much regularisation"
        )


_ADVICE = "use a lower learning rate or more regularisation"
