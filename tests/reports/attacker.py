"""Somebody who reads a report and tries to work out what it does not say.

They know the rules of rounding, that there are no negative numbers, that people are whole, and
which groups there are. What they want is a bound on the people in a group that is not shown, or
in a total that is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Names = frozenset[tuple[str, str | None]]


@dataclass
class Attacker:
    """Unknowns of each group: its people, their completions, and their hours in all."""

    groups: list[Names]
    fewest: list[int]
    most: list[int]
    rows: list[np.ndarray[Any, Any]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    @classmethod
    def reading(
        cls,
        documents: Iterable[Mapping[str, Any]],
        groups: set[Names],
        headcounts: Mapping[Names, int] | None = None,
    ) -> Attacker:
        """Know that somebody of each group is counted, or how many there are to be counted."""
        names = sorted(groups, key=str)
        if headcounts is None:
            attacker = cls(names, [1] * len(names), [500] * len(names))
        else:
            attacker = cls(names, [0] * len(names), [headcounts[name] for name in names])
        for document in documents:
            for told in document["groups"]:
                attacker._note(told)
        return attacker

    def people(self, of: Names) -> tuple[int, int]:
        """Return the fewest and the most people that there can be in a group or a total."""
        wanted = self._row({(0, at): 1.0 for at in self._within(of)})
        rows = np.array(self.rows).reshape(-1, len(wanted))
        n = len(self.groups)
        found = [
            milp(
                sign * wanted,
                constraints=[LinearConstraint(rows, self.low, self.high)] if self.rows else [],
                integrality=np.repeat([1, 1, 0], n),
                bounds=Bounds([*self.fewest, *[0] * 2 * n], [*self.most, *[1e7] * 2 * n]),
            )
            for sign in (1, -1)
        ]
        assert all(one.status == 0 for one in found), "what is told is not possible"
        return round(found[0].fun), round(-found[1].fun)

    def _note(self, told: Mapping[str, Any]) -> None:
        within = self._within(frozenset(told["group"].items()))
        people, done, hours = told["people"], told["completions"], told["hours"]
        most = people + 9 if people % 10 == 0 else people - people % 10 + 9
        self._limit({(0, at): 1.0 for at in within}, people, most)
        if done is not None:
            self._limit({(1, at): 1.0 for at in within}, done, done + 9)
        if hours is not None:  # a mean, to the half hour: a sum between two means x people
            for sign, mean in ((1.0, hours + 0.25), (-1.0, hours - 0.25)):
                sums = {(2, at): sign for at in within}
                self._limit(sums | {(0, at): -sign * mean for at in within}, -np.inf, 1e-9)

    def _within(self, of: Names) -> list[int]:
        return [at for at, group in enumerate(self.groups) if of <= group]

    def _limit(self, terms: Mapping[tuple[int, int], float], low: float, high: float) -> None:
        self.rows.append(self._row(terms))
        self.low.append(low)
        self.high.append(high)

    def _row(self, terms: Mapping[tuple[int, int], float]) -> np.ndarray[Any, Any]:
        row = np.zeros(3 * len(self.groups))
        for (kind, at), factor in terms.items():
            row[kind * len(self.groups) + at] += factor
        return row
