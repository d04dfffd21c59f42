"""Who is in which group, and which groups are large enough to be told of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NOT_KNOWN = -1
"""Stands for the group of a learner whose value is not known."""


@dataclass(frozen=True)
class Groups:
    """The groups of some learners, and what their suggestions are worth to them.

    Attributes
    ----------
    values
        By attribute: the name of each group, of which some may have nobody here.
    member
        By attribute: intp [learners], the position of the group, or `NOT_KNOWN`.
    language
        intp [learners]: the row of `open_to` that says what the learner can take.
    open_to
        bool [languages x courses]: active, and held in that language or in one not known.
    hours
        float64 [courses].
    """

    values: Mapping[str, tuple[str, ...]]
    member: Mapping[str, NDArray[np.intp]]
    language: NDArray[np.intp]
    open_to: NDArray[np.bool_]
    hours: NDArray[np.float64]

    def take(self, rows: NDArray[np.bool_]) -> Groups:
        """Return the groups of these learners."""
        member = {attribute: of[rows] for attribute, of in self.member.items()}
        return Groups(self.values, member, self.language[rows], self.open_to, self.hours)


def shown_groups(member: NDArray[np.intp], groups: int, min_people: int) -> NDArray[np.intp]:
    """Return the positions of the groups whose figures may be shown, ascending.

    None has fewer than `min_people`. Nor have all the others together, those whose group is not
    known among them: figures over all learners are shown as well, so that what these others come
    to could be worked out. Where it would be too few, the smallest of the groups joins them.
    """
    count = np.bincount(member[member != NOT_KNOWN], minlength=groups)
    shown = count >= min_people
    while shown.any() and 0 < len(member) - count[shown].sum() < min_people:
        smallest = np.flatnonzero(shown)[np.argmin(count[shown])]
        shown[smallest] = False
    return np.flatnonzero(shown)
