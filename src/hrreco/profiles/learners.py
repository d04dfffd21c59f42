"""Employees as models see them: matrices, with no identifier anywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hrreco.profiles.vocabulary import Vocabulary

Csr: TypeAlias = sparse.csr_matrix

YOUNGEST = 1e-3
"""The least age, in days: about a minute and a half. A stored entry is never 0."""


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
    age
        float32 CSR, with entries where `history` has them: how long ago the learner last showed
        interest in the course, in days, at least `YOUNGEST`; where only the order is known, in
        places from the end of the learner's history. None where no order is known.
    """

    history: Csr
    features: Csr
    needs: Csr
    age: Csr | None = None
    sound_for: Vocabulary | None = field(default=None, init=False, repr=False, compare=False)
    """The vocabulary that they were encoded with here, so that they need no check; else None."""

    def vouched(self, vocabulary: Vocabulary | None) -> Self:
        """Return these learners, marked as encoded with a vocabulary: nothing in them is odd."""
        object.__setattr__(self, "sound_for", vocabulary)
        return self

    def __len__(self) -> int:
        return int(self.history.shape[0])

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_] | slice) -> Learners:
        """Return the learners of these rows, in this order."""
        age = None if self.age is None else self.age[rows]
        taken = Learners(self.history[rows], self.features[rows], self.needs[rows], age)
        return taken.vouched(self.sound_for)

    @classmethod
    def of_history(cls, history: Csr, age: Csr | None = None) -> Learners:
        """Return learners of whom only the history is known: one feature, no skills."""
        n = history.shape[0]
        everyone = sparse.csr_matrix(np.ones((n, 1), dtype=np.float32))
        return cls(history, everyone, sparse.csr_matrix((n, 0), dtype=np.float32), age)


def twin(matrix: Csr) -> Csr:
    """Return another matrix with the very same parts, to be given others; no part is copied.

    scipy's own ways take ten times as long, and more than one learner's scores.
    """
    other: Csr = object.__new__(Csr)
    other.__dict__.update(matrix.__dict__)
    return other
