"""What is closed to some employees, taken out of their scores stripe by stripe."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Pairs(NamedTuple):
    """Pairs of an employee, as a place among some, and a column: intp [pairs] each."""

    who: NDArray[np.intp]
    column: NDArray[np.intp]

    def within(self, stripe: slice, place: NDArray[np.intp]) -> Pairs:
        """Return those in a stripe of columns, counted from its first, of whoever has a place.

        Parameters
        ----------
        place
            [employees]: their new places; -1 for whoever has none.
        """
        inside = (self.column >= stripe.start) & (self.column < stripe.stop)
        who, column = place[self.who[inside]], self.column[inside] - stripe.start
        return Pairs(who[who >= 0], column[who >= 0])


@dataclass(frozen=True)
class ClosedToSome:
    """What is closed to some employees.

    Attributes
    ----------
    language
        intp [employees]: a number for the language of each.
    at_first
        float32 [languages x columns]: -inf where a course is closed to whoever has taken none.
    opened
        What is open all the same, because of what was taken.
    closed
        What is closed by what was taken, or must be.
    """

    language: NDArray[np.intp]
    at_first: NDArray[np.float32]
    opened: Pairs
    closed: tuple[Pairs, ...]

    def close(self, some: NDArray[np.intp], stripe: slice, scores: NDArray[np.float32]) -> None:
        """Set the scores of what is closed to -inf, in place.

        Parameters
        ----------
        some
            Places among the employees, each once.
        scores
            [some x stripe], finite.
        """
        place = np.full(len(self.language), -1, dtype=np.intp)
        place[some] = np.arange(len(some))
        opened = self.opened.within(stripe, place)
        kept = scores[opened]
        language = self.language[some]
        changes = np.flatnonzero(np.diff(language, prepend=-1, append=-1))
        for first, end in pairwise(changes.tolist()):
            scores[first:end] += self.at_first[language[first], stripe]  # quicker than a mask
        scores[opened] = kept
        for closed in self.closed:
            scores[closed.within(stripe, place)] = -np.inf
