"""When each course is taken."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from hrreco.paths._solver import add_equivalents, add_worth, run
from hrreco.paths.problem import Option, Problem, Start

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Places = dict[Start, cp_model.IntVar]

Starts = Mapping[int, Start]
"""How each course that is taken is."""


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

    Within a period what is liked best, as far as that costs no course its period.

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
    dislike = _dislike(problem)
    most = 1 + sum(max(dislike[start] for start in o.starts) for o in problem.options)
    model.minimize(
        sum(
            (most * urgency[start.course] * start.period + dislike[start]) * var
            for start, var in places.items()
        )
    )
    _begin_from(starts, model, places)
    return _starts(run(model, effort, seed).solver, places) or starts


def _dislike(problem: Problem) -> dict[Start, int]:
    """Return how many starts of the same course and period are liked better than each."""
    found: dict[Start, int] = {}
    for option in problem.options:
        for _, starts in groupby(option.starts, key=lambda start: start.period):
            found.update((start, rank) for rank, start in enumerate(starts))
    return found


def _places(model: cp_model.CpModel, problem: Problem) -> Places:
    return {
        start: model.new_bool_var("")
        for option in problem.options
        for start in option.starts
        if option.minutes <= problem.room[start.period]
    }


def _of(option: Option, places: Places) -> list[cp_model.IntVar]:
    return [places[start] for start in option.starts if start in places]


def _keep_the_rules(model: cp_model.CpModel, problem: Problem, places: Places) -> None:
    _fit_into_the_time(model, problem, places)
    for clash in problem.clashes:
        held = [places[start] for start in clash if start in places]
        if len(held) > 1:
            model.add_at_most_one(held)
    for option in problem.options:
        for group in option.after:
            _wait_for(model, problem, option, group, places)


def _fit_into_the_time(model: cp_model.CpModel, problem: Problem, places: Places) -> None:
    """Fill no period beyond its room, and nothing before a moment beyond the time until then.

    The latter is all that it takes for courses without dates: the one that is to be over first
    goes first (Jackson 1955).
    """
    for period, room in enumerate(problem.room):
        here = [start for start in places if start.period == period]
        _bound(model, problem, here, places, room)
        undated = [start for start in here if not problem.option[start.course].dated]
        for end in problem.deadlines.get(period, ()):
            if problem.time[end] < room:
                early = [start for start in undated if start.ends <= end]
                _bound(model, problem, early, places, problem.time[end])


def _bound(
    model: cp_model.CpModel, problem: Problem, starts: list[Start], places: Places, most: int
) -> None:
    if starts:
        option = problem.option
        model.add(sum(option[at.course].minutes * places[at] for at in starts) <= most)


def _wait_for(
    model: cp_model.CpModel,
    problem: Problem,
    option: Option,
    group: frozenset[int],
    places: Places,
) -> None:
    """Let a course begin only where one of the group is over before."""
    done = min((problem.done[course] for course in group if course in problem.done), default=None)
    own = sorted((start for start in option.starts if start in places), key=_in_time)
    waiting = [start for start in own if done is None or start.begins < done]
    first = [
        start
        for course in group
        if course in problem.option
        for start in problem.option[course].starts
        if start in places
    ]
    # What is over before one is over before all that come after it, and so few lines say it all.
    lines: dict[tuple[Start, ...], int] = {}
    for n, start in enumerate(waiting, start=1):
        lines[tuple(one for one in first if problem.precedes(one, start))] = n
    for over, n in lines.items():
        model.add(sum(places[one] for one in waiting[:n]) <= sum(places[one] for one in over))


def _in_time(start: Start) -> tuple[int, int]:
    return start.begins, start.ends


def _begin_from(hint: Starts, model: cp_model.CpModel, places: Places) -> None:
    for start, var in places.items():
        model.add_hint(var, hint.get(start.course) == start)


def _starts(solver: cp_model.CpSolver | None, places: Places) -> Starts | None:
    if solver is None:
        return None
    return {start.course: start for start, var in places.items() if solver.value(var)}
