"""Recommenders whose answers are known beforehand."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from hrreco.models._contract import ModelConfig, Recommender
from hrreco.profiles.learners import Learners
from hrreco.profiles.vocabulary import Vocabulary


class Toy(Recommender):
    """Scores each course by a base and by the courses of the history."""

    name = "toy"
    Config = ModelConfig

    def _fit(self, data):
        raise NotImplementedError

    def _score(self, learners):
        return learners.history @ self.weights + self.base

    def _contributions(self, learners, courses):
        raise NotImplementedError

    def _arrays(self):
        raise NotImplementedError

    def _restore(self, arrays):
        self.base, self.weights = arrays["base"], arrays["weights"]


def toy(base, weights=None) -> Toy:
    base = np.asarray(base, dtype=np.float32)
    n = len(base)
    weights = np.zeros((n, n)) if weights is None else np.asarray(weights)
    vocabulary = Vocabulary(courses=tuple(f"C{i}" for i in range(n)))
    arrays = {"base": base, "weights": weights.astype(np.float32)}
    return Toy.restore(Toy.Config(), arrays, vocabulary)


def matrix(rows, n_courses: int, dtype=bool) -> sparse.csr_matrix:
    """Build a CSR of ones from one collection of positions a learner."""
    dense = np.zeros((len(rows), n_courses), dtype=dtype)
    for row, courses in zip(dense, rows, strict=True):
        row[sorted(courses)] = 1
    return sparse.csr_matrix(dense)


def learners_of(rows, n_courses: int) -> Learners:
    return Learners.of_history(matrix(rows, n_courses, np.float32))


def sets(csr: sparse.csr_matrix) -> list[set[int]]:
    """Return the stored positions of each row."""
    return [
        set(csr.indices[a:b].tolist()) for a, b in zip(csr.indptr, csr.indptr[1:], strict=False)
    ]
