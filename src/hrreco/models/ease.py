"""EASE: linear weights from course to course, in closed form."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field
from scipy import linalg
from scipy.linalg import blas, lapack

from hrreco.models._blas import blas_threads
from hrreco.models._contract import Arrays, ModelConfig
from hrreco.models._crossed import crossed_densely
from hrreco.models._guard import not_learned_from
from hrreco.models._inputs import check_size
from hrreco.models._item_item import SOON_DERIVED, ItemItem
from hrreco.models._training_data import TrainingData
from hrreco.profiles import Learners

_THREADS = min(2, os.cpu_count() or 1)
"""Of BLAS, for the inverse, which is most of the fit; how many there are decides the last bits."""

_BLOCK = 512
"""Rows and columns that are copied together, so that they fit into the processor's cache."""


class EaseConfig(ModelConfig):
    """Settings of EASE."""

    regularisation: float = Field(
        500.0,
        gt=0,
        description="Ridge added to the diagonal of the Gram matrix; Steck (2019), eq. 4. "
        "From 10 to 10,000; 500 was best or near it from 200 people to 12,000 (MOOCCubeX).",
        json_schema_extra={"search": {"low": 10.0, "high": 5_000.0, "log": True}},
    )
    dropout: float = Field(
        0.4,
        ge=0,
        lt=1,
        description="Share p of a history that the weights are made to do without: adds "
        "p / (1 - p) of the Gram matrix's own diagonal to the ridge; Steck (2020), eq. 5.",
        json_schema_extra={"search": {"low": 0.0, "high": 0.8}},
    )
    min_support: int = Field(
        1,
        ge=1,
        le=1_000,
        description="People who must have taken both courses of a pair; of other pairs the Gram "
        "matrix holds 0. Above 1, people are forgotten by a new fit.",
    )
    most_courses: int = Field(
        8_000,
        ge=1,
        description="Larger catalogues are refused: the inverse takes 8 bytes x courses squared.",
    )


class Ease(ItemItem):
    """Scores a course by a learned weight from each course of the history.

    With Gram matrix G = X'X and P = (G + Λ)^-1, the weight from course i to course j is
    B[i, j] = -P[i, j] / P[j, j], and 0 on the diagonal. Steck, "Embarrassingly Shallow
    Autoencoders for Sparse Data", WWW 2019, eq. 8. The ridge Λ grows with a course's takers:
    Steck, "Autoencoders that don't overfit towards the Identity", NeurIPS 2020.
    """

    name = "ease"
    Config = EaseConfig
    config: EaseConfig

    def _fit(self, data: TrainingData) -> None:
        check_size(self.name, len(data.vocabulary.courses), self.config.most_courses)
        X = data.learners.history.astype(np.float64)
        gram = crossed_densely(X, X)
        if self.config.min_support > 1:
            taken = X.sign()
            rare = crossed_densely(taken, taken) < self.config.min_support
            np.fill_diagonal(rare, False)
            gram[rare] = 0.0
        data.tick()
        dropout = self.config.dropout / (1 - self.config.dropout)
        gram[np.diag_indices_from(gram)] *= 1 + dropout
        gram[np.diag_indices_from(gram)] += self.config.regularisation
        self._add_what_else_is_known(gram, data)
        self._use(_inverse_of(gram))

    def _use(self, inverse: NDArray[np.float64]) -> None:
        self._inverse, self._derived = inverse, None

    def _add_what_else_is_known(self, gram: NDArray[np.float64], data: TrainingData) -> None:
        """Add to the Gram matrix; here, nothing."""

    def _forget(self, gone: Learners) -> bool:
        if self.config.min_support > 1:
            return False  # a pair may lose its support, and the matrix the rest of it
        X = gone.history.astype(np.float64)
        courses = np.unique(X.indices)
        inverse = np.require(self._inverse, requirements="W")  # one read from a file is not
        try:
            halves = self._halves(X[:, courses].toarray())
            self._use(_downdated(inverse, courses, halves))
        except linalg.LinAlgError:
            raise not_learned_from(self.name) from None
        return True

    def _knows_little(self, rest: TrainingData) -> bool:
        in_common = np.diff(rest.learners.history.indptr).max() > 1
        return self._inverse.size <= SOON_DERIVED or not in_common

    def _halves(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return L with LL' what the histories X added to the matrix that was inverted."""
        share = self.config.dropout / (1 - self.config.dropout)
        if not share:
            return X.T
        return np.asarray(linalg.cholesky(X.T @ X + share * np.diag((X**2).sum(0)), lower=True))

    def _weigh(self) -> NDArray[np.float32]:
        """Derive the weights from the inverse, which stays beside them for exact forgetting."""
        weights = np.empty(self._inverse.shape, dtype=np.float32)
        np.divide(
            self._inverse, -np.diag(self._inverse), out=weights, casting="same_kind", dtype=float
        )
        np.fill_diagonal(weights, 0.0)
        return weights

    def _arrays(self) -> Arrays:
        return {"inverse": self._inverse}

    def _restore(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self._use(arrays["inverse"])
        _ = self._weights  # derived now, and not while somebody waits for an answer


def _downdated(
    inverse: NDArray[np.float64], courses: NDArray[np.intp], halves: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the inverse of ``A - E LL' E'``, in place of that of A.

    With P the inverse of A, E the unit vectors of some courses, S = P E L and K = I - L'E'P E L,
    it is ``P + S K^-1 S'``: Woodbury, "Inverting modified matrices", 1950.
    """
    with blas_threads(1):
        reach = inverse[:, courses] @ halves
        kernel = np.eye(halves.shape[1]) - halves.T @ reach[courses]
        factor = linalg.cholesky(kernel, lower=True, overwrite_a=True)
        added = linalg.solve_triangular(factor, reach.T, lower=True, overwrite_b=True)
        updated = blas.dgemm(1.0, added.T, added.T, 1.0, inverse.T, trans_b=True, overwrite_c=True)
    return np.asarray(updated.T)


def _inverse_of(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the inverse of a symmetric, positive definite matrix, exactly symmetric, in place.

    By its Cholesky factor (Golub and Van Loan, "Matrix Computations", 2013, section 4.2), at half
    of the work of a general inverse.

    Raises
    ------
    LinAlgError
        When the matrix is not positive definite.
    """
    # The transpose of C order is the order of LAPACK, whose upper triangle is our lower one.
    with blas_threads(_THREADS):
        factor, failed = lapack.dpotrf(matrix.T, lower=0, overwrite_a=1, clean=0)
        if not failed:
            inverse, failed = lapack.dpotri(factor, lower=0, overwrite_c=1)
    if failed:
        raise linalg.LinAlgError("the matrix is not positive definite")
    whole: NDArray[np.float64] = inverse.T
    for first in range(0, len(whole), _BLOCK):
        rows = slice(first, first + _BLOCK)
        diagonal = np.tril(whole[rows, rows])
        whole[rows, rows] = diagonal + np.tril(diagonal, -1).T
        whole[rows, first + _BLOCK :] = whole[first + _BLOCK :, rows].T
    return whole
