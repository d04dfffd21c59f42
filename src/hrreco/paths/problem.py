"""What is planned: courses to choose from, periods to place them in, and what each is worth."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple


class Start(NamedTuple):
    """A course, and the period in which it starts."""

    course: int
    period: int


@dataclass(frozen=True, slots=True)
class Option:
    """One course that may become a step; courses are named by numbers, their positions.

    Attributes
    ----------
    course
        The number of the course.
    minutes
        How long it takes, from 1. They all count in the period in which it starts.
    value
        What it is worth by itself.
    closes
        The needs that it meets, by number.
    after
        What must end before it starts: of each group of courses, one will do.
    starts
        The periods in which it may start, ascending.
    until
        Of each of `starts`, the first period in which a course that builds on it may start; None
        for one without dates, which ends in the period in which it starts.
    """

    course: int
    minutes: int
    value: int = 0
    closes: frozenset[int] = frozenset()
    after: tuple[frozenset[int], ...] = ()
    starts: tuple[int, ...] = ()
    until: tuple[int, ...] | None = None

    @property
    def dated(self) -> bool:
        """Whether it is held in sessions, on days that nobody can choose."""
        return self.until is not None

    def opens(self, start: int, *, dated: bool) -> int:
        """Return the first period in which a course that builds on it may start.

        Two courses without dates may follow each other within a period. What builds on a course
        and is `dated`, or was held in a session itself, is left for the period after.
        """
        if self.until is not None:
            return self.until[self.starts.index(start)]
        return start + 1 if dated else start


@dataclass(frozen=True)
class Problem:
    """Which courses to take, and when: the most value within the room there is.

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
    equivalent
        Pairs of courses that count as each other.
    clashes
        Pairs of starts that cannot both be: sessions that are held at the same time.
    done
        Courses that are placed already, and the first period in which a course that builds on
        them may start.
    """

    room: tuple[int, ...]
    worth: Mapping[int, int]
    options: tuple[Option, ...]
    equivalent: tuple[tuple[int, int], ...] = ()
    clashes: tuple[tuple[Start, Start], ...] = ()
    done: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def option(self) -> dict[int, Option]:
        """Return the options by course."""
        return {option.course: option for option in self.options}

    def value(self, courses: Iterable[int]) -> int:
        """Return what some courses are worth together."""
        taken = [self.option[course] for course in courses]
        met = frozenset[int]().union(*(option.closes for option in taken))
        return sum(option.value for option in taken) + sum(self.worth[need] for need in met)

    def is_met(self, option: Option, at: int, starts: Mapping[int, int]) -> bool:
        """Return whether all that a course builds on has ended when it starts.

        Parameters
        ----------
        starts
            The periods in which other courses start.
        """
        return all(
            any(self._has_ended(one, option, at, starts) for one in group)
            for group in option.after
        )

    def _has_ended(self, one: int, option: Option, at: int, starts: Mapping[int, int]) -> bool:
        if one in self.done:
            return self.done[one] <= at
        return one in starts and self.option[one].opens(starts[one], dated=option.dated) <= at

    def only(self, courses: Collection[int]) -> Problem:
        """Return the problem with no options but these."""
        kept = tuple(option for option in self.options if option.course in courses)
        return replace(self, options=kept)
