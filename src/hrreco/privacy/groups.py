"""Tables of groups of people, in which nothing about too few of them can be worked out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from hrreco.privacy._circulation import Circulation

Whole = NDArray[np.int64]
Number = TypeVar("Number", np.int64, np.float64)

ALL = -1
"""Stands for all groups of a dimension in `GroupTable.places`."""

_TOTALS, _SUMS, _FIRST_GROUP = 0, 1, 2


class GroupTable:
    """People in groups by one or two dimensions, with all totals.

    A figure is a group, or a total over the groups of one dimension or of all; only those that
    somebody is in are there.

    Parameters
    ----------
    groups
        intp [people] of each dimension: who is in which group, from 0 on.

    Attributes
    ----------
    places
        intp [figures x dimensions]: the groups that a figure is about, or `ALL`.

    Examples
    --------
    >>> table = GroupTable(np.array([0] * 9 + [1] * 7 + [2] * 3))
    >>> table.people.tolist()  # three groups, and all
    [9, 7, 3, 19]
    >>> table.hidden_counts(np.ones(19, dtype=bool), 5, table.of_totals()).tolist()
    [False, True, True, False]
    """

    def __init__(self, *groups: NDArray[np.intp]) -> None:
        people = np.column_stack(groups)
        every = np.ones(people.shape[1], dtype=bool)
        levels = [every, *np.eye(len(every), dtype=bool)] if len(every) > 1 else [every]
        places: list[NDArray[np.intp]] = []
        self._figures: list[NDArray[np.intp]] = []
        for kept in [*levels, ~every]:
            place, figure = np.unique(np.where(kept, people, ALL), axis=0, return_inverse=True)
            self._figures.append(figure.reshape(-1) + sum(len(one) for one in places))
            places.append(place)
        self.places: NDArray[np.intp] = np.concatenate(places)

    def __len__(self) -> int:
        return len(self.places)

    def total(self, values: NDArray[Number]) -> NDArray[Number]:
        """Return the sum of what is given of each person: [figures]."""
        sums = np.zeros(len(self), dtype=values.dtype)
        for figure in self._figures:
            np.add.at(sums, figure, values)
        return sums

    def largest(self, values: Whole) -> Whole:
        """Return the most that one person has of what is given of each: int64 [figures]."""
        most = np.zeros(len(self), dtype=np.int64)
        for figure in self._figures:
            np.maximum.at(most, figure, values)
        return most

    @cached_property
    def people(self) -> Whole:
        """How many there are: int64 [figures]."""
        return self.total(np.ones(len(self._figures[0]), dtype=np.int64))

    def of_totals(self, *alone: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return what is so of the groups of two dimensions alone as what is so of totals here.

        Parameters
        ----------
        alone
            bool [groups + 1] of the table of each dimension; nothing is so when not given.
        """
        of_all = np.zeros(len(self), dtype=bool)
        if alone:
            totals = np.concatenate(
                [*(one[:-1] for one in alone), [any(one[-1] for one in alone)]]
            )
            of_all[-len(totals) :] = totals
        return of_all

    def hidden_counts(
        self, counted: NDArray[np.bool_], fewest: int, already: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Return which counts of people to hide, so that none below `fewest` can be worked out.

        Whoever knows how many there are in all that is shown, and which groups there are at all,
        cannot tell that there are fewer than that in any. It follows that whatever else is added
        up over people, and shown or hidden by the same figures, can be worked out for as many of
        them at the least.
        """
        groups = (self.places != ALL).all(axis=1)
        people = self.total(counted.astype(np.int64))
        lowest = self._within(groups & (people > 0))
        more = np.where(people > 0, np.maximum(fewest - people, 0), 0)
        return self._hidden(people, lowest, more, already)

    def hidden_sums(
        self, values: Whole, covered: Whole | int, already: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Return which sums to hide, so that no one person makes up more than half of any.

        Nor of any that can be worked out.

        Parameters
        ----------
        values
            What is added up, of each person.
        covered
            The most of one person that the rounding of each figure covers.
        """
        total, most = self.total(values), self.largest(values)
        more = np.where(most > covered, np.maximum(2 * most - total, 0), 0)
        return self._hidden(total, np.zeros_like(total), more, already)

    def _hidden(
        self,
        value: Whole,
        lowest: Whole,
        more: Whole,
        already: NDArray[np.bool_],
    ) -> NDArray[np.bool_]:
        """Return which figures to hide, so that none that needs it can be worked out.

        Whoever knows all figures that are shown, to the last digit, must find it possible that a
        figure that needs to be hidden is as low as any can be, and that it is as high as it needs.

        Parameters
        ----------
        value
            What is to be shown: a sum over people. Where it is 0, that is taken to be known.
        lowest
            How low each can be, as far as anybody knows.
        more
            By how much more each has to be possible; 0 for those that need not be hidden.
        already
            Those that are hidden whatever this finds.
        """
        cost = self._cost.copy()
        cost[: len(self)][already | (more > 0)] = 0
        less = value - lowest
        pipes = self._circulation(value == 0, less)
        for figure in np.flatnonzero(more > 0).tolist():
            for amount, up in ((int(more[figure]), True), (int(less[figure]), False)):
                while way := pipes.way(figure, amount, cost, up=up):
                    cost[way] = 0
        hidden: NDArray[np.bool_] = cost[: len(self)] == 0
        return hidden

    def _circulation(self, known: NDArray[np.bool_], lowers: Whole) -> Circulation:
        from hrreco.privacy._circulation import Circulation

        tail, head = self._ends
        free = len(tail) - len(self)
        return Circulation(
            tail,
            head,
            np.append(known, np.zeros(free, dtype=bool)),
            np.append(lowers, np.full(free, lowers.max(initial=0))),
        )

    def _within(self, groups: NDArray[np.bool_]) -> Whole:
        """Return how many of some groups each figure is over, itself included."""
        one_of_each = np.zeros(self._figures[0].shape, dtype=np.int64)
        first = np.unique(self._figures[0], return_index=True)[1]
        one_of_each[first] = groups[: len(first)]
        return self.total(one_of_each)

    @cached_property
    def _cost(self) -> NDArray[np.float64]:
        """What is lost by hiding each: the people it is about; a total only for want of groups."""
        is_total = (self.places == ALL).any(axis=1)
        cost = np.zeros(len(self._ends[0]))
        cost[: len(self)] = self.people + is_total * self.people.max()
        return cost

    @cached_property
    def _ends(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return where each figure leads from and to: totals, rows, columns, sums, and back.

        Of one dimension there are no columns: from its groups, free pipes lead to the sums.
        """
        rows = int(self.places[:, 0].max()) + 1
        first, second = self.places[:, 0], self.places[:, -1]
        if self.places.shape[1] == 1:
            second = np.full_like(first, ALL)
        tail = np.where(first == ALL, _SUMS, first + _FIRST_GROUP)
        head = np.where(second == ALL, _TOTALS, second + rows + _FIRST_GROUP)
        back = (first == ALL) != (second == ALL)
        tail, head = np.where(back, head, tail), np.where(back, tail, head)
        if self.places.shape[1] == 1:
            tail = np.append(tail, np.arange(rows) + _FIRST_GROUP)
            head = np.append(head, np.full(rows, _SUMS))
        return tail, head
