"""What scores are made of: a baseline, and parts with a named source each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from hrreco.models._linear import Parts
from hrreco.profiles import Vocabulary


class Share(NamedTuple):
    """What one model adds to the scores of a blend, for n learners.

    Attributes
    ----------
    contributions
        Of the model's own scores.
    scale, mean
        float64 [n]: the blend takes ``scale * (score - mean)``.
    """

    contributions: Contributions
    scale: NDArray[np.float64]
    mean: NDArray[np.float64]


@dataclass(frozen=True)
class Contributions:
    """The make-up of the scores of m courses for each of n learners.

    What a learner brings speaks to every course, for or against it: a course of the history, a
    feature, or a skill that the learner's role needs. It is a source, and is known by one number:
    courses come first, then features, then skills, each in the vocabulary's order.

    Attributes
    ----------
    baseline
        float64 [n x m]: the part that is the same whatever is known of the learner.
    learner
        intp [parts]: which learner a part belongs to, ascending.
    source
        intp [parts]: the source number of where it comes from; ascending for each learner.
    value
        float64 [parts x m]: what it adds to the score of each of the learner's m courses.
    """

    baseline: NDArray[np.float64]
    learner: NDArray[np.intp]
    source: NDArray[np.intp]
    value: NDArray[np.float64]

    @classmethod
    def of(cls, baseline: NDArray[np.float64], *parts: Parts) -> Self:
        """Gather parts of one or more kinds, in the order of their source numbers."""
        if len(parts) == 1:
            return cls(baseline, *parts[0])
        learner, source, value = (np.concatenate(column) for column in zip(*parts, strict=True))
        if len(baseline) == 1:
            return cls(baseline, learner, source, value)
        order = np.argsort(learner, kind="stable")
        return cls(baseline, learner[order], source[order], value[order])

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
        baseline = np.empty((len(second_rows), first.baseline.shape[1]))
        parts = []
        for group, rows in ((first, ~second_rows), (second, second_rows)):
            baseline[rows] = group.baseline
            learner = np.flatnonzero(rows)[group.learner]
            parts.append(Parts(learner, group.source, group.value))
        return cls.of(baseline, *parts)

    @classmethod
    def summed(cls, shares: Sequence[Share], shape: tuple[int, ...]) -> Self:
        """Add the make-ups of several models up, for scores of this shape."""
        baseline = np.zeros(shape)
        parts = [Parts(np.empty(0, np.intp), np.empty(0, np.intp), np.empty((0, shape[1])))]
        for own, scale, mean in shares:
            baseline += scale[:, None] * (own.baseline - mean[:, None])
            share = Parts(own.learner, own.source, own.value * scale[own.learner][:, None])
            if (both := _both(parts[-1], share, shape[0])) is not None:
                parts[-1] = both
            else:
                parts.append(share)
        if len(parts) == 1:
            return cls(baseline, *parts[0])
        together = Parts(*(np.concatenate(column) for column in zip(*parts, strict=True)))
        n_sources = int(together.source.max(initial=0)) + 1
        return cls(baseline, *_added_up(together, n_sources))


def _both(one: Parts, other: Parts, learners: int) -> Parts | None:
    """Return two models' parts added up, where no sorting is needed; else None.

    So it is where they have the same sources, as of models that go by the history, and for one
    learner where those of one model begin with those of the other.
    """
    short, long = sorted((one, other), key=lambda parts: len(parts.source))
    n = len(short.source)
    if n < len(long.source) and learners != 1:
        return None
    if not ((short.source == long.source[:n]).all() and (short.learner == long.learner[:n]).all()):
        return None
    long.value[:n] += short.value
    return long


def _added_up(parts: Parts, n_sources: int) -> Parts:
    """Return one part for each source of a learner, ascending, with the values added up."""
    key = parts.learner * n_sources + parts.source
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    values = np.add.reduceat(parts.value[order], first, axis=0) if len(first) else parts.value
    return Parts(*np.divmod(key[first], n_sources), values)


def first_feature(vocabulary: Vocabulary) -> int:
    """Return the source number of the first feature; those of courses are their positions."""
    return len(vocabulary.courses)


def first_skill(vocabulary: Vocabulary) -> int:
    """Return the source number of the first skill."""
    return len(vocabulary.courses) + len(vocabulary.features)
