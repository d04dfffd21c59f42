"""Which courses to take, when only the room as a whole counts: the best that could be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hrreco.paths._solver import add_equivalents, add_worth, run
from hrreco.paths.problem import Problem

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from hrreco.paths._solver import Chosen


@dataclass(frozen=True)
class Choice:
    """Courses that are worth most together, and a value that no choice can exceed."""

    courses: frozenset[int]
    bound: int


def choose(problem: Problem, *, effort: float, seed: int) -> Choice:
    """Choose courses whose minutes fit into all periods taken together.

    Whatever can be placed period by period is among the choices, so `Choice.bound` bounds what
    a plan can be worth. Counting keeps it tight: of courses that take at least so many minutes, no
    more can start than the periods, one by one, have room for (a dual feasible function of bin
    packing: Fekete and Schepers 2001, New classes of fast lower bounds for bin packing problems,
    section 3).
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = {option.course: model.new_bool_var("") for option in problem.options}
    _fit_into_the_room(model, problem, taken)
    for option in problem.options:
        for group in option.after:
            if group.isdisjoint(problem.done):
                first = [taken[course] for course in group if course in taken]
                model.add_bool_or(*first, ~taken[option.course])
    add_equivalents(model, problem, taken)
    add_worth(model, problem, taken)
    solver, bound = run(model, effort, seed)
    courses = (course for course, var in taken.items() if solver and solver.value(var))
    return Choice(frozenset(courses), bound)


def _fit_into_the_room(model: cp_model.CpModel, problem: Problem, taken: Chosen) -> None:
    minutes = {option.course: option.minutes for option in problem.options}
    model.add(sum(minutes[course] * var for course, var in taken.items()) <= sum(problem.room))
    for least in sorted(set(minutes.values())):
        long = [var for course, var in taken.items() if minutes[course] >= least]
        most = sum(room // least for room in problem.room)
        if most < len(long):
            model.add(sum(long) <= most)
