"""What scores are made of: a baseline, and parts with a named source each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from hrreco.models._linear import Parts
from hrreco.profiles.vocabulary import Vocabulary

SourceKind = Literal["course", "feature", "skill"]


class Source(NamedTuple):
    """Where one contribution comes from, and its position within its kind.

    A ``course`` of the learner's history, a ``feature`` of the learner, or a ``skill`` that the
    learner's role needs.
    """

    kind: SourceKind
    position: int


@dataclass(frozen=True)
class Contributions:
    """The make-up of the scores of m courses for each of n learners.

    Attributes
    ----------
    baseline
        float64 [n x m]: the part that is the same whatever is known of the learner.
    pair
        intp [parts]: which score a part belongs to, as ``learner * m + course``, ascending.
    source
        intp [parts]: where the part comes from, as one number: courses first, then features,
        then skills, each in the vocabulary's order.
    value
        float64 [parts].
    """

    baseline: NDArray[np.float64]
    pair: NDArray[np.intp]
    source: NDArray[np.intp]
    value: NDArray[np.float64]

    @classmethod
    def of(cls, baseline: NDArray[np.float64], *parts: Parts) -> Self:
        """Gather parts of one or more kinds into one make-up of the scores."""
        pair, source, value = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.argsort(pair, kind="stable")
        return cls(baseline, pair[order], source[order], value[order])

    @classmethod
    def interleaved(cls, first: Self, second: Self, *, second_rows: NDArray[np.bool_]) -> Self:
        """Put the make-ups of two groups of learners together in the learners' own order.

        Parameters
        ----------
        first, second
            Of the learners where `second_rows` is False, and where it is True.
        second_rows
            bool [learners].
        """
        m = first.baseline.shape[1]
        baseline = np.empty((len(second_rows), m))
        parts = []
        for group, rows in ((first, ~second_rows), (second, second_rows)):
            baseline[rows] = group.baseline
            pair = (np.flatnonzero(rows)[:, None] * m + np.arange(m)).ravel()[group.pair]
            parts.append(Parts(pair, group.source, group.value))
        return cls.of(baseline, *parts)

    def sums(self) -> NDArray[np.float64]:
        """Return baseline plus contributions: float64 [n x m]."""
        parts = np.bincount(self.pair, weights=self.value, minlength=self.baseline.size)
        return np.asarray(self.baseline + parts.reshape(self.baseline.shape), dtype=np.float64)

    def largest(self, pair: int, vocabulary: Vocabulary) -> list[tuple[Source, float]]:
        """Return the positive parts of one score, largest first; ties in source order."""
        start, stop = np.searchsorted(self.pair, [pair, pair + 1])
        value, source = self.value[start:stop], self.source[start:stop]
        order = np.lexsort((source, -value))
        return [
            (decode(int(source[i]), vocabulary), float(value[i])) for i in order if value[i] > 0
        ]


def first_feature(vocabulary: Vocabulary) -> int:
    """Return the source number of the first feature; those of courses are their positions."""
    return len(vocabulary.courses)


def first_skill(vocabulary: Vocabulary) -> int:
    """Return the source number of the first skill."""
    return len(vocabulary.courses) + len(vocabulary.features)


def decode(source: int, vocabulary: Vocabulary) -> Source:
    """Return what a source number stands for."""
    if source >= first_skill(vocabulary):
        return Source("skill", source - first_skill(vocabulary))
    if source >= first_feature(vocabulary):
        return Source("feature", source - first_feature(vocabulary))
    return Source("course", source)
