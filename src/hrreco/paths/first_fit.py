"""A plan that is there at once, if not the best: searches begin from it, or fall back on it."""

from __future__ import annotations

from hrreco.paths.problem import Option, Problem, Start


def first_fit(problem: Problem) -> dict[int, Start]:
    """Take course after course, each in the first period that has room for it.

    A course that builds on others waits until they are placed, be they options further on.
    """
    filling = _Filling(problem)
    early = {
        option: sorted(option.starts, key=lambda start: (start.period, start.ends))
        for option in problem.options
    }
    while True:
        before = len(filling.starts)
        for option, starts in early.items():
            if option.course not in filling.starts and not filling.counts_already(option):
                start = next((one for one in starts if filling.allows(option, one)), None)
                if start is not None:
                    filling.add(option, start)
        if len(filling.starts) == before:
            return filling.starts


class _Filling:
    """The room and the time that are left while a plan is filled."""

    def __init__(self, problem: Problem) -> None:
        self.starts: dict[int, Start] = {}
        self._problem = problem
        self._room = [*problem.room]
        self._time = dict(problem.time)
        self._alike: dict[int, set[int]] = {}
        for one, other in problem.equivalent:
            self._alike.setdefault(one, set()).add(other)
            self._alike.setdefault(other, set()).add(one)
        self._rivals: dict[Start, set[Start]] = {}
        for clash in problem.clashes:
            for start in clash:
                self._rivals.setdefault(start, set()).update(clash)

    def counts_already(self, option: Option) -> bool:
        """Return whether a course that counts as this one is taken."""
        return not self._alike.get(option.course, set()).isdisjoint(self.starts)

    def allows(self, option: Option, start: Start) -> bool:
        """Return whether a course can be taken besides those that are."""
        return (
            option.minutes <= self._room[start.period]
            and all(option.minutes <= self._time[end] for end in self._waiting(option, start))
            and all(self.starts.get(one.course) != one for one in self._rivals.get(start, ()))
            and self._problem.is_met(start, self.starts)
        )

    def add(self, option: Option, start: Start) -> None:
        """Take a course."""
        self.starts[option.course] = start
        self._room[start.period] -= option.minutes
        for end in self._waiting(option, start):
            self._time[end] -= option.minutes

    def _waiting(self, option: Option, start: Start) -> list[int]:
        """Return the moments before which a course takes time that others cannot have."""
        if option.dated:
            return []
        return [end for end in self._problem.deadlines[start.period] if end >= start.ends]
