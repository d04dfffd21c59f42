"""The best plan for a problem, and how far from the best it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrreco.paths.choose import choose
from hrreco.paths.first_fit import first_fit
from hrreco.paths.place import Starts, bring_forward, place
from hrreco.paths.problem import Problem

_EFFORT = 0.3
"""For choosing, for placing and for placing from all courses, each; they rarely need a third."""

_EFFORT_OF_ORDER = 0.05

_HEAVIEST = 4
"""How much dearer it is that the heaviest need waits a period than that a mere course does."""


@dataclass(frozen=True)
class Plan:
    """Courses, and when they are taken.

    Attributes
    ----------
    starts
        By course.
    value
        What they are worth together.
    bound
        What no plan can exceed.
    urgency
        What it costs each course to wait, from 1; never less than what builds on it.
    """

    starts: Starts
    value: int
    bound: int
    urgency: Mapping[int, int]

    @property
    def optimality_gap(self) -> float:
        """By how much of it, 0 to 1, the value of the best plan may be higher; 0 when proven."""
        return 1 - self.value / self.bound if self.bound else 0.0


def solve(problem: Problem, *, seed: int = 0) -> Plan:
    """Choose courses, then place them; look at everything at once only where that was not best.

    To choose and place at once takes several times as long, and is seldom needed: most choices
    can be placed just as they are, and then nothing is better (`experiments/learning_paths.py`).
    """
    choice = choose(problem, effort=_EFFORT, seed=seed)
    bound = min(choice.bound, problem.value(problem.option))
    best = _placed(problem.only(choice.courses), seed)
    if problem.value(best) < bound:
        best = max(best, first_fit(problem), key=problem.value)
        second = place(problem, effort=_EFFORT, seed=seed, hint=best)
        bound = min(bound, second.bound)
        best = max(best, second.starts or {}, key=problem.value)
    best = _without_idle(problem, best)
    urgency = _urgency(problem, best)
    ordered = bring_forward(problem, urgency, best, effort=_EFFORT_OF_ORDER, seed=seed)
    return Plan(ordered, problem.value(best), bound, urgency)


def _placed(problem: Problem, seed: int) -> Starts:
    """Place as many of the courses as can be: all of them at once, where they fit like that."""
    plain = first_fit(problem)
    if len(plain) == len(problem.options):
        return plain
    placed = place(problem, effort=_EFFORT, seed=seed, hint=plain)
    return max(plain, placed.starts or {}, key=problem.value)


def _urgency(problem: Problem, courses: Starts) -> dict[int, int]:
    """Return what it costs each course to wait a period: 1, and more where needs wait, too.

    What a course leads on to waits with it.
    """
    waiting = {course: set(problem.option[course].closes) for course in courses}
    for _ in courses:  # no chain is longer
        for option in map(problem.option.__getitem__, courses):
            for before in {course for group in option.after for course in group} & waiting.keys():
                waiting[before] |= waiting[option.course]
    heaviest = max(problem.worth.values(), default=1)
    return {
        course: 1 + sum(_HEAVIEST * problem.worth[need] // heaviest for need in needs)
        for course, needs in waiting.items()
    }


def _without_idle(problem: Problem, starts: Starts) -> Starts:
    """Leave out the courses that add nothing, and that nothing else is waiting for."""
    kept = dict(starts)
    by_length = sorted(kept, key=lambda course: (-problem.option[course].minutes, course))
    while True:
        idle = (
            course for course in by_length if course in kept and _is_idle(problem, kept, course)
        )
        if (course := next(idle, None)) is None:
            return kept
        del kept[course]


def _is_idle(problem: Problem, starts: Starts, course: int) -> bool:
    rest = {one: at for one, at in starts.items() if one != course}
    return problem.value(rest) == problem.value(starts) and all(
        problem.is_met(start, rest) for start in rest.values()
    )
