"""The bare engines: implicit on a ready matrix, and EASE's linear algebra in scipy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from implicit.als import AlternatingLeastSquares
from implicit.nearest_neighbours import CosineRecommender
from scipy import linalg, sparse
from threadpoolctl import threadpool_limits

from peers.settings import ALPHA, FACTORS, NEIGHBOURS, RIDGE, RIDGE_EASE, ROUNDS, K

DISTRIBUTIONS = ("implicit", "numpy", "scipy")
IMPORTS = "import implicit.als"
FIRST_MODEL = """
import numpy as np
from implicit.als import AlternatingLeastSquares
from scipy import sparse
where = (np.arange(50) % 10, np.arange(50) % 9)
AlternatingLeastSquares(factors=4).fit(
    sparse.csr_matrix((np.ones(50, dtype=np.float32), where)), show_progress=False
)
"""


class Side:
    """Bare implicit and scipy on one company."""

    def load(self, folder: Path) -> None:
        """Read the pairs into a matrix, ready for each model."""
        pairs = np.load(folder / "pairs.npz")
        taken = np.ones(len(pairs["course"]), dtype=np.float32)
        self._taken = sparse.csr_matrix((taken, (pairs["employee"], pairs["course"])))
        self._confidence = self._taken * np.float32(1 + ALPHA)
        self._double = self._taken.astype(np.float64)

    def fit(self, model: str) -> Any:
        """Fit one model on its ready matrix."""
        if model == "ease_cholesky":
            return self._factor()
        if model == "ease_inverse":
            lower, _ = linalg.lapack.dpotri(self._factor()[0], lower=1, overwrite_c=1)
            return lower
        with threadpool_limits(1, "blas"):
            fitted = _unfitted(model)
            fitted.fit(self._confidence if model == "als" else self._taken, show_progress=False)
        return fitted

    def _factor(self) -> Any:
        gram = (self._double.T @ self._double).toarray()
        gram[np.diag_indices_from(gram)] += RIDGE_EASE
        return linalg.cho_factor(gram, lower=True, overwrite_a=True, check_finite=False)

    def ready(self, fitted: Any) -> Any:
        """Return what answers."""
        return fitted

    def one(self, fitted: Any, employee: int) -> int:
        """Answer one employee; return how many courses there are."""
        with threadpool_limits(1, "blas"):
            return len(fitted.recommend(employee, self._taken[employee], N=K)[0])

    def everyone(self, fitted: Any, employees: Sequence[int]) -> int:
        """Answer many employees; return how many courses there are in all."""
        who = np.asarray(employees)
        with threadpool_limits(1, "blas"):
            return int(fitted.recommend(who, self._taken[who], N=K)[0].size)


def _unfitted(model: str) -> Any:
    if model == "als":
        return AlternatingLeastSquares(
            factors=FACTORS, iterations=ROUNDS, regularization=RIDGE, alpha=1.0, random_state=1
        )
    return CosineRecommender(K=NEIGHBOURS)
