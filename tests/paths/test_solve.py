"""Plans against all plans there are: nothing is worth more, and no rule is broken."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from hrreco.paths.problem import Option, Problem, Start
from hrreco.paths.solve import solve

PERIODS = 3
DONE = 9
"""A course that is placed already, and no option."""

NEVER = 8
"""A course that is neither."""

minutes = st.sampled_from([30, 60, 60, 90, 120, 200])
values = st.sampled_from([0, 0, 1, 5, 30, 54, 100])


@st.composite
def an_option(draw: st.DrawFn, course: int) -> Option:
    """A course that builds on those before it only, as `Prospects` sees to."""
    starts = tuple(sorted(draw(st.sets(st.integers(0, PERIODS - 1), min_size=1))))
    until = None
    if draw(st.integers(0, 2)) == 0:
        until = tuple(draw(st.integers(start + 1, PERIODS)) for start in starts)
    groups = st.frozensets(st.sampled_from([*range(course), DONE, NEVER]), min_size=1, max_size=2)
    return Option(
        course=course,
        minutes=draw(minutes),
        value=draw(values),
        closes=draw(st.frozensets(st.integers(0, 1), max_size=1)),
        after=tuple(draw(st.lists(groups, max_size=2))) if draw(st.booleans()) else (),
        starts=starts,
        until=until,
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    options = tuple(draw(an_option(course)) for course in range(draw(st.integers(1, 7))))
    numbers = [option.course for option in options]
    dated = [Start(o.course, at) for o in options if o.dated for at in o.starts]
    pairs = [
        (one, other) for one in dated for other in dated if one < other and one[0] != other[0]
    ]
    alike = [(one, other) for one in numbers for other in numbers if one < other]
    return Problem(
        room=tuple(draw(st.lists(st.sampled_from([0, 60, 120, 250]), min_size=3, max_size=3))),
        worth=draw(st.fixed_dictionaries({0: st.sampled_from([0, 200]), 1: st.just(90)})),
        options=options,
        equivalent=tuple(draw(st.lists(st.sampled_from(alike), max_size=2))) if alike else (),
        clashes=tuple(draw(st.lists(st.sampled_from(pairs), max_size=3))) if pairs else (),
        done=draw(st.sampled_from([{}, {DONE: 0}, {DONE: 1}, {DONE: PERIODS}])),
    )


@settings(max_examples=200)
@given(problems())
def test_no_plan_is_worth_more_and_the_bound_says_so(problem: Problem) -> None:
    plan = solve(problem)
    best = max(worth_of(problem, starts) for starts in plans(problem) if allowed(problem, starts))
    assert plan.value == best
    assert plan.bound == best
    assert plan.optimality_gap == 0
    assert plan.value == worth_of(problem, dict(plan.starts))


@settings(max_examples=100)
@given(problems())
def test_a_plan_obeys_every_rule_and_is_found_again(problem: Problem) -> None:
    plan = solve(problem)
    starts = dict(plan.starts)
    assert allowed(problem, starts)
    assert solve(problem) == plan
    for course in starts:  # nothing is taken for nothing
        rest = {one: at for one, at in starts.items() if one != course}
        assert not allowed(problem, rest) or worth_of(problem, rest) < plan.value


def test_where_one_of_several_courses_will_do_no_second_is_taken() -> None:
    first, second = Option(0, 30, starts=(0,)), Option(1, 30, starts=(0,))
    groups = (frozenset({0}), frozenset({0, 1}))
    last = Option(2, 30, closes=frozenset({0}), after=groups, starts=(0,))
    problem = Problem(room=(120,), worth={0: 90}, options=(first, second, last))
    assert dict(solve(problem).starts) == {0: 0, 2: 0}


def plans(problem: Problem) -> Iterator[dict[int, int]]:
    """Yield all ways to take courses or not that no period is too short for."""

    def from_(number: int, room: tuple[int, ...]) -> Iterator[dict[int, int]]:
        if number == len(problem.options):
            yield {}
            return
        yield from from_(number + 1, room)
        option = problem.options[number]
        for at in option.starts:
            if option.minutes <= room[at]:
                left = tuple(r - option.minutes * (i == at) for i, r in enumerate(room))
                for rest in from_(number + 1, left):
                    yield {option.course: at, **rest}

    yield from from_(0, problem.room)


def allowed(problem: Problem, starts: dict[int, int]) -> bool:
    """Return whether a plan breaks no rule, as `Problem` and `Option` tell them."""
    options = {option.course: option for option in problem.options}
    load = [0] * len(problem.room)
    for course, at in starts.items():
        load[at] += options[course].minutes
        if at not in options[course].starts:
            return False
        for group in options[course].after:
            if not any(_ended(options, problem, one, starts, course) for one in group):
                return False
    return (
        all(used <= room for used, room in zip(load, problem.room, strict=True))
        and not any(one in starts and other in starts for one, other in problem.equivalent)
        and not any(
            starts.get(one.course) == one.period and starts.get(other.course) == other.period
            for one, other in problem.clashes
        )
    )


def _ended(
    options: dict[int, Option], problem: Problem, one: int, starts: dict[int, int], course: int
) -> bool:
    """Return whether one course has ended when another, which builds on it, starts."""
    at = starts[course]
    if one in problem.done:
        return problem.done[one] <= at
    if one not in starts:
        return False
    until = options[one].until
    if until is not None:  # held in a session, which says when it is over
        return dict(zip(options[one].starts, until, strict=True))[starts[one]] <= at
    if options[course].until is not None:  # nobody knows on which days before a session
        return starts[one] < at
    return starts[one] <= at


def worth_of(problem: Problem, starts: dict[int, int]) -> int:
    """Return the value of a plan: of its courses, and of each need once."""
    taken = [option for option in problem.options if option.course in starts]
    needs = {need for option in taken for need in option.closes}
    return sum(option.value for option in taken) + sum(problem.worth[need] for need in needs)
