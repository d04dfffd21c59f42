"""Employees as models see them: matrices, with no identifier anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Csr: TypeAlias = sparse.csr_matrix


@dataclass(frozen=True)
class Learners:
    """Some employees in matrix form; a row is a learner, and nothing says who.

    Attributes
    ----------
    history
        float32 CSR [learners x courses]: evidence of interest, above 0 and at most 2. Sorted
        indices, no stored zeros. Mandatory and sensitive courses are absent.
    features
        float32 CSR [learners x features]: 1 where the learner has the feature.
    needs
        float32 CSR [learners x skills]: how much the learner's role needs a skill that the
        learner lacks, 0 to 1 (essential 1, optional 0.5).
    """

    history: Csr
    features: Csr
    needs: Csr

    def __len__(self) -> int:
        return int(self.history.shape[0])

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_] | slice) -> Learners:
        """Return the learners of these rows, in this order."""
        return Learners(self.history[rows], self.features[rows], self.needs[rows])

    @classmethod
    def of_history(cls, history: Csr) -> Learners:
        """Return learners of whom only the history is known: one feature, no skills."""
        n = history.shape[0]
        everyone = sparse.csr_matrix(np.ones((n, 1), dtype=np.float32))
        return cls(history, everyone, sparse.csr_matrix((n, 0), dtype=np.float32))
