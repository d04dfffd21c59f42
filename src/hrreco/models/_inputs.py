"""Putting learners into the one form that models may rely on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hrreco.errors import ModelError
from hrreco.profiles import Csr, Learners, Vocabulary

_OLDEST = 4e6
"""Days, or places: more than there are from the year 1 to 9999."""


def checked_learners(learners: Learners, vocabulary: Vocabulary, model: str) -> Learners:
    """Return `learners` as float32 CSR with sorted indices, no duplicates and no stored zeros.

    What only differs in form is put right; learners already in that form are returned as they
    are.

    Raises
    ------
    ModelError
        When a matrix has another shape than the vocabulary, or holds a value that is negative,
        not finite, or above the bound that `Learners` documents.
    """
    if learners.sound_for is vocabulary:
        return learners
    history = checked_matrix(learners.history, "history", len(vocabulary.courses), 2.0, model)
    features = checked_matrix(learners.features, "features", len(vocabulary.features), 1.0, model)
    needs = checked_matrix(learners.needs, "needs", len(vocabulary.skills), 1.0, model)
    if not history.shape[0] == features.shape[0] == needs.shape[0]:
        raise ModelError(
            f"{model}: history, features and needs describe different learners: "
            f"{history.shape[0]}, {features.shape[0]} and {needs.shape[0]} rows"
        )
    age = _checked_age(learners.age, history, model)
    given = (learners.history, learners.features, learners.needs, learners.age)
    checked = (history, features, needs, age)
    if all(one is other for one, other in zip(given, checked, strict=True)):
        return learners
    return Learners(*checked)


def _checked_age(age: Csr | None, history: Csr, model: str) -> Csr | None:
    """Return ages with entries just where the history has them."""
    if age is None:
        return None
    age = checked_matrix(age, "ages", history.shape[1], _OLDEST, model)
    if age.shape == history.shape and not same_entries(age, history):
        age = Csr(age.multiply(history.sign()), dtype=np.float32)  # of zeros that were stored
        age.sort_indices()
    if age.shape != history.shape or not same_entries(age, history):
        raise ModelError(f"{model}: every course of the history needs an age, or none")
    return age


def same_entries(one: Csr, other: Csr) -> bool:
    """Return whether two CSR have entries in the same places, in the same order."""
    return np.array_equal(one.indptr, other.indptr) and np.array_equal(one.indices, other.indices)


def checked_matrix(matrix: Csr, what: str, columns: int, most: float, model: str) -> Csr:
    """Return one matrix in that form; its values must lie within 0 and `most`.

    Raises
    ------
    ModelError
        As for `checked_learners`.
    """
    if not sparse.issparse(matrix) or matrix.ndim != 2 or matrix.dtype.kind not in "fiub":
        raise ModelError(f"{model}: {what} must be a sparse matrix of real numbers")
    if matrix.shape[1] != columns:
        raise ModelError(
            f"{model} knows {columns} columns of {what}, the learners have {matrix.shape[1]}; "
            f"build them with the model's own vocabulary"
        )
    matrix = _in_form(matrix)
    _check_structure(matrix, what, model)
    # The comparisons are false for NaN, too.
    lowest = np.minimum.reduce(matrix.data, initial=most)
    if not (matrix.has_canonical_format and lowest > 0.0):
        matrix = matrix.copy()
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        lowest = np.minimum.reduce(matrix.data, initial=most)
    if not (lowest >= 0.0 and np.maximum.reduce(matrix.data, initial=0.0) <= most):
        raise ModelError(f"{model}: {what} holds values outside 0 to {most:g}, or not a number")
    return matrix


def _in_form(matrix: Csr) -> Csr:
    if sparse.isspmatrix_csr(matrix) and matrix.dtype == np.float32:
        return matrix
    with np.errstate(all="ignore"):  # a value too large for float32 becomes infinite
        return Csr(matrix, dtype=np.float32)


def _check_structure(matrix: Csr, what: str, model: str) -> None:
    """Refuse what scipy and the engines answer with a segmentation fault."""
    bounds, n_entries = matrix.indptr, len(matrix.indices)
    if (
        len(bounds) != matrix.shape[0] + 1
        or bounds[0] != 0
        or bounds[-1] != n_entries
        or len(matrix.data) != n_entries
        or (bounds[1:] < bounds[:-1]).any()
    ):
        raise ModelError(f"{model}: {what} is torn: its rows do not add up to its entries")
    if n_entries and not (
        np.minimum.reduce(matrix.indices) >= 0
        and np.maximum.reduce(matrix.indices) < matrix.shape[1]
    ):
        raise ModelError(
            f"{model}: {what} has a column position outside 0 to {matrix.shape[1] - 1}"
        )


def checked_courses(courses: NDArray[np.intp], shape: tuple[int, ...]) -> NDArray[np.intp]:
    """Return positions of courses for each learner, for scores of this shape.

    Raises
    ------
    ModelError
        When they are not [learners x m], or a position is that of no course.
    """
    n_learners, n_courses = shape
    courses = np.asarray(courses, dtype=np.intp)
    if courses.ndim != 2 or len(courses) != n_learners:
        raise ModelError(f"courses must be [learners x m], {n_learners} rows; got {courses.shape}")
    if courses.size and (courses.min() < 0 or courses.max() >= n_courses):
        raise ModelError(f"course positions run from 0 to {n_courses - 1}")
    return courses


def check_size(model: str, courses: int, most: int) -> None:
    """Refuse a catalogue that a model is too slow or too large for.

    Raises
    ------
    ModelError
        When there are more than `most` courses.
    """
    if courses > most:
        raise ModelError(
            f"{model} is for up to {most} courses (its setting most_courses), and there are "
            f"{courses}; use als"
        )
