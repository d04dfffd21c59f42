"""How CP-SAT is asked: always in the same way, so that the same question has the same answer."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from hrreco.errors import SettingsError
from hrreco.paths.problem import Problem

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    Chosen = Mapping[int, cp_model.IntVar]
    """Whether each course is taken."""

_LARGEST_SEED = 2**31 - 1
_LINEARIZATION = 2
"""All constraints in the linear relaxation: what is chosen here is proven best by its bound."""

_PROBING = 0
"""None: with many sessions it takes the work of the whole search, and finds little."""


class Solved(NamedTuple):
    """What a search came to.

    Attributes
    ----------
    solver
        Asked for the values of the best solution; None when none was found.
    bound
        No solution is worth more; `sys.maxsize` when the search ended before it knew of any bound.
    """

    solver: cp_model.CpSolver | None
    bound: int


def run(model: cp_model.CpModel, effort: float, seed: int) -> Solved:
    """Search for the best solution.

    One worker, and an end that is counted in work and not in seconds: the same model gives the
    same solution, whatever else the machine is doing.

    Parameters
    ----------
    effort
        The most work to do, in CP-SAT's deterministic time: about as many seconds.

    Raises
    ------
    SettingsError
        When the seed is out of range.
    """
    if not isinstance(seed, int) or not 0 <= seed <= _LARGEST_SEED:
        raise SettingsError(f"seed is {seed!r}; use a whole number from 0 to {_LARGEST_SEED}")
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    solver.parameters.linearization_level = _LINEARIZATION
    solver.parameters.cp_model_probing_level = _PROBING
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    if not found:  # the solver says 0, and that is no bound
        return Solved(None, sys.maxsize)
    return Solved(solver, floor(solver.best_objective_bound + 1e-6))


def add_worth(model: cp_model.CpModel, problem: Problem, taken: Chosen) -> None:
    """Ask for the most value: that of the courses taken, and of the needs they meet."""
    gained = sum(option.value * taken[option.course] for option in problem.options)
    for need, worth in problem.worth.items():
        closing = [taken[o.course] for o in problem.options if need in o.closes]
        if closing:
            met = model.new_bool_var("")
            model.add_bool_or(*closing, ~met)
            gained += worth * met
    model.maximize(gained)


def add_equivalents(model: cp_model.CpModel, problem: Problem, taken: Chosen) -> None:
    """Take one course at most of those that count as each other."""
    for one, other in problem.equivalent:
        if one in taken and other in taken:
            model.add_at_most_one(taken[one], taken[other])
