"""What is planned: courses to choose from, periods to place them in, and what each is worth."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple


class Start(NamedTuple):
    """One way to take a course: in a session, or at any time of a period.

    Moments are numbers on one line of time.

    Attributes
    ----------
    period
        The one that its minutes count in.
    begins
        The moment of the session; without dates, that at which the period begins.
    ends
        The moment at which it is over. Without dates that is the end of the period, or a moment
        before it at which something that builds on the course begins.
    """

    course: int
    period: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Option:
    """One course that may become a step; courses are named by numbers, their positions.

    Attributes
    ----------
    course
        The number of the course.
    minutes
        How long it takes, from 1.
    value
        What it is worth by itself.
    closes
        The needs that it meets, by number.
    after
        What must be over before it begins: of each group of courses, one will do.
    starts
        The ways to take it, period by period; within a period the one that is liked best first.
    dated
        Whether it is held in sessions, on days that nobody can choose.
    """

    course: int
    minutes: int
    value: int = 0
    closes: frozenset[int] = frozenset()
    after: tuple[frozenset[int], ...] = ()
    starts: tuple[Start, ...] = ()
    dated: bool = False


@dataclass(frozen=True)
class Problem:
    """Which courses to take, and how: the most value within the room there is.

    A course counts once. Of courses that count as each other, one is taken at most.

    Attributes
    ----------
    room
        Minutes that are left in each period.
    worth
        What each need is worth when a course that is taken meets it, by number.
    options
        The courses to choose from; what their `after` names beyond them and `done` can never be
        met.
    time
        The minutes that courses without dates can take in a period, all together, when they are
        to be over at a moment: by each moment at which one of their starts ends.
    equivalent
        Pairs of courses that count as each other.
    clashes
        Starts of which one can be at most: sessions that are held at the same time.
    done
        Courses that are placed already, and the moment at which each is over.
    """

    room: tuple[int, ...]
    worth: Mapping[int, int]
    options: tuple[Option, ...]
    time: Mapping[int, int] = field(default_factory=dict)
    equivalent: tuple[tuple[int, int], ...] = ()
    clashes: tuple[tuple[Start, ...], ...] = ()
    done: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def option(self) -> dict[int, Option]:
        """Return the options by course."""
        return {option.course: option for option in self.options}

    @cached_property
    def deadlines(self) -> dict[int, tuple[int, ...]]:
        """Return the moments at which starts without dates end, ascending, by period."""
        found: dict[int, set[int]] = {}
        for start in (start for o in self.options if not o.dated for start in o.starts):
            found.setdefault(start.period, set()).add(start.ends)
        return {period: tuple(sorted(moments)) for period, moments in found.items()}

    def value(self, courses: Iterable[int]) -> int:
        """Return what some courses are worth together."""
        taken = [self.option[course] for course in courses]
        met = frozenset[int]().union(*(option.closes for option in taken))
        return sum(option.value for option in taken) + sum(self.worth[need] for need in met)

    def is_met(self, start: Start, starts: Mapping[int, Start]) -> bool:
        """Return whether all that a course builds on is over when it begins.

        Parameters
        ----------
        starts
            How other courses are taken.
        """
        return all(
            any(self._is_over(one, start, starts) for one in group)
            for group in self.option[start.course].after
        )

    def precedes(self, one: Start, other: Start) -> bool:
        """Return whether one course is over when another begins.

        Without dates, courses of one period follow each other in the order in which they end.
        """
        if one.ends <= other.begins:
            return True
        dated = self.option[one.course].dated or self.option[other.course].dated
        return not dated and one.period == other.period and one.ends <= other.ends

    def _is_over(self, one: int, start: Start, starts: Mapping[int, Start]) -> bool:
        if one in self.done:
            return self.done[one] <= start.begins
        return one in starts and self.precedes(starts[one], start)

    def only(self, courses: Collection[int]) -> Problem:
        """Return the problem with no options but these."""
        kept = tuple(option for option in self.options if option.course in courses)
        return replace(self, options=kept)
