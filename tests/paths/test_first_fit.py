"""A plan to begin from: found without a search, and within the rules."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from hrreco.paths.first_fit import first_fit
from hrreco.paths.problem import Option, Problem, Start
from hrreco.paths.solve import solve

from .test_solve import allowed, problems


@settings(max_examples=200)
@given(problems())
def test_it_breaks_no_rule(problem: Problem) -> None:
    assert allowed(problem, first_fit(problem))


@settings(max_examples=100)
@given(problems(with_sessions=False))
def test_nothing_more_could_be_added(problem: Problem) -> None:
    starts = first_fit(problem)
    for option in problem.options:
        if option.course not in starts:
            assert not any(allowed(problem, {**starts, option.course: at}) for at in option.starts)


def test_a_search_that_finds_nothing_in_time_leaves_nobody_without_a_plan() -> None:
    # Each course builds on two of the level before; to place that is hard for the solver.
    levels = [
        (2 * level + side, (frozenset({2 * level - 2}), frozenset({2 * level - 1})))
        for level in range(45)
        for side in (0, 1)
    ]
    months = range(12)
    options = tuple(
        Option(
            course,
            minutes=6,
            value=5,
            after=after if course > 1 else (),
            starts=tuple(Start(course, at, at, at + 1) for at in months),
        )
        for course, after in levels
    )
    time = {at + 1: 120 for at in months}
    plan = solve(Problem(room=(120,) * 12, worth={}, options=options, time=time))
    assert plan.value == plan.bound == 5 * len(options)


def test_a_search_that_ends_before_it_knows_of_any_bound_claims_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for effort in ("_EFFORT", "_EFFORT_OF_ORDER"):
        monkeypatch.setattr(f"hrreco.paths.solve.{effort}", 0.0)
    options = tuple(
        Option(
            i,
            minutes=40 + 7 * i,
            value=50 + 6 * i,
            starts=tuple(Start(i, at, 72 * at, 72 * at + 72) for at in (0, 1)),
        )
        for i in range(9)
    )
    time = {72: 200, 144: 200, 216: 0}
    problem = Problem(room=(200, 190, 0), worth={}, options=options, time=time)
    plan = solve(problem)
    assert 0 < plan.value < plan.bound
    assert allowed(problem, plan.starts)
