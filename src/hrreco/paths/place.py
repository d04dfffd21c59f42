"""In which period each course starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from hrreco.paths._solver import add_equivalents, add_worth, run
from hrreco.paths.problem import Option, Problem, Start

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Places = dict[Start, cp_model.IntVar]

Starts = Mapping[int, int]
"""The period in which each course that is taken starts."""


class Placed(NamedTuple):
    """Courses that are placed; None where nothing was found. Nothing can be worth more."""

    starts: Starts | None
    bound: int


def place(problem: Problem, *, effort: float, seed: int, hint: Starts | None = None) -> Placed:
    """Take and place the courses that are worth most.

    Parameters
    ----------
    hint
        A plan to begin the search from.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    places = _places(model, problem)
    taken = {}
    for option in problem.options:
        taken[option.course] = model.new_bool_var("")
        model.add(sum(_of(option, places)) == taken[option.course])
    _keep_the_rules(model, problem, places)
    add_equivalents(model, problem, taken)
    add_worth(model, problem, taken)
    if hint is not None:
        _begin_from(hint, model, places)
    solver, bound = run(model, effort, seed)
    return Placed(_starts(solver, places), bound)


def bring_forward(
    problem: Problem, urgency: Mapping[int, int], starts: Starts, *, effort: float, seed: int
) -> Starts:
    """Place the same courses anew: as early as can be, the more urgent ones first.

    Parameters
    ----------
    urgency
        What each period that a course waits costs, by course.
    starts
        Where the courses, all of them, can be.
    """
    from ortools.sat.python import cp_model

    problem = problem.only(starts)
    model = cp_model.CpModel()
    places = _places(model, problem)
    for option in problem.options:
        model.add_exactly_one(_of(option, places))
    _keep_the_rules(model, problem, places)
    model.minimize(sum(urgency[at.course] * at.period * var for at, var in places.items()))
    _begin_from(starts, model, places)
    return _starts(run(model, effort, seed).solver, places) or starts


def _places(model: cp_model.CpModel, problem: Problem) -> Places:
    return {
        Start(option.course, period): model.new_bool_var("")
        for option in problem.options
        for period in option.starts
        if option.minutes <= problem.room[period]
    }


def _of(option: Option, places: Places) -> list[cp_model.IntVar]:
    starts = (Start(option.course, period) for period in option.starts)
    return [places[start] for start in starts if start in places]


def _keep_the_rules(model: cp_model.CpModel, problem: Problem, places: Places) -> None:
    minutes = {option.course: option.minutes for option in problem.options}
    for period, room in enumerate(problem.room):
        here = [minutes[at.course] * var for at, var in places.items() if at.period == period]
        if here:
            model.add(sum(here) <= room)
    for one, other in problem.clashes:
        if one in places and other in places:
            model.add_at_most_one(places[one], places[other])
    for option in problem.options:
        for group in option.after:
            _wait_for(model, problem, option, group, places)


def _wait_for(
    model: cp_model.CpModel,
    problem: Problem,
    option: Option,
    group: frozenset[int],
    places: Places,
) -> None:
    """Let a course start only where one of the group has ended before."""
    done = min((problem.done[c] for c in group if c in problem.done), default=len(problem.room))
    first = [problem.option[course] for course in group if course in problem.option]
    so_far = []
    for period in option.starts:
        if period >= done or (start := Start(option.course, period)) not in places:
            continue
        so_far.append(places[start])
        ended = [
            places[before]
            for one in first
            for at in one.starts
            if (before := Start(one.course, at)) in places
            and one.opens(at, dated=option.dated) <= period
        ]
        model.add(sum(so_far) <= sum(ended))


def _begin_from(hint: Starts, model: cp_model.CpModel, places: Places) -> None:
    for start, var in places.items():
        model.add_hint(var, hint.get(start.course) == start.period)


def _starts(solver: cp_model.CpSolver | None, places: Places) -> Starts | None:
    if solver is None:
        return None
    return {at.course: at.period for at, var in places.items() if solver.value(var)}
