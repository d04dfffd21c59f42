"""A plan that is there at once, if not the best: searches begin from it, or fall back on it."""

from __future__ import annotations

from hrreco.paths.problem import Option, Problem, Start


def first_fit(problem: Problem) -> dict[int, int]:
    """Take course after course, each in the first period that has room for it.

    A course that builds on others waits until they are placed, be they options further on.
    """
    starts: dict[int, int] = {}
    room = [*problem.room]
    while True:
        before = len(starts)
        for option in problem.options:
            if option.course in starts or _counts_already(option, problem, starts):
                continue
            free = (at for at in option.starts if option.minutes <= room[at])
            at = next((at for at in free if _may_start(option, at, problem, starts)), None)
            if at is not None:
                starts[option.course] = at
                room[at] -= option.minutes
        if len(starts) == before:
            return starts


def _counts_already(option: Option, problem: Problem, starts: dict[int, int]) -> bool:
    pairs = (pair for pair in problem.equivalent if option.course in pair)
    return any(one in starts for pair in pairs for one in pair)


def _may_start(option: Option, at: int, problem: Problem, starts: dict[int, int]) -> bool:
    start = Start(option.course, at)
    clashing = (other for pair in problem.clashes if start in pair for other in pair)
    if any(starts.get(other.course) == other.period for other in clashing):
        return False
    return problem.is_met(option, at, starts)
