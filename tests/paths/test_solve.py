"""Plans against all plans there are: nothing is worth more, and no rule is broken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate, permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from hrreco.paths.problem import Option, Problem, Start
from hrreco.paths.solve import solve

PERIODS, DAYS = 3, 3
"""Days to a period; moments are hours."""

DONE = 9
"""A course that is placed already, and no option."""

NEVER = 8
"""A course that is neither."""

minutes = st.sampled_from([30, 60, 60, 90, 120, 200])
values = st.sampled_from([0, 0, 1, 5, 30, 54, 100])
days = st.integers(0, PERIODS * DAYS - 1)


@st.composite
def sessions(draw: st.DrawFn, course: int) -> tuple[Start, ...]:
    """Up to two in each period, in any order of liking; some last for days."""
    found: list[Start] = []
    for day in sorted(draw(st.sets(days, min_size=1, max_size=4))):
        begins = 24 * day + draw(st.sampled_from([0, 9, 13]))
        ends = begins + draw(st.sampled_from([0, 3, 6, 30, 60]))
        start = Start(course, day // DAYS, begins, ends)
        found.insert(draw(st.integers(0, len(found))), start)
    return tuple(sorted(found, key=lambda start: start.period))


def at_any_time(course: int, periods: set[int], waiting: set[int]) -> tuple[Start, ...]:
    """Whole periods, and the days of sessions before which a course can be over."""
    found = []
    for period in sorted(periods):
        begins, end = 24 * DAYS * period, 24 * DAYS * (period + 1)
        ends = [end, *sorted((day for day in waiting if begins < day < end), reverse=True)]
        found += [Start(course, period, begins, one) for one in ends]
    return tuple(found)


@st.composite
def problems(draw: st.DrawFn, *, with_sessions: bool = True) -> Problem:
    """Courses that build on those before them only, as `Prospects` sees to."""
    n = draw(st.integers(1, 6))
    held: dict[int, tuple[Start, ...]] = {}
    for course in range(n):
        if with_sessions and draw(st.integers(0, 2)) == 0:
            held[course] = draw(sessions(course))
    midnights = {start.begins // 24 * 24 for starts in held.values() for start in starts}
    options = []
    for course in range(n):
        periods = draw(st.sets(st.integers(0, PERIODS - 1), min_size=1))
        groups = st.frozensets(
            st.sampled_from([*range(course), *range(course), DONE, NEVER]), min_size=1, max_size=2
        )
        option = Option(
            course=course,
            minutes=draw(minutes),
            value=draw(values),
            closes=draw(st.frozensets(st.integers(0, 1), max_size=1)),
            after=tuple(draw(st.lists(groups, max_size=2))) if draw(st.booleans()) else (),
            starts=held.get(course) or at_any_time(course, periods, midnights),
            dated=course in held,
        )
        options.append(option)
    alike = [(one, other) for one in range(n) for other in range(one + 1, n)]
    each_day = draw(st.lists(st.sampled_from([0, 30, 60, 100]), min_size=9, max_size=9))
    return Problem(
        room=tuple(draw(st.lists(st.sampled_from([0, 60, 120, 250]), min_size=3, max_size=3))),
        worth=draw(st.fixed_dictionaries({0: st.sampled_from([0, 200]), 1: st.just(90)})),
        options=tuple(options),
        time={
            start.ends: sum(each_day[start.begins // 24 : start.ends // 24])
            for option in options
            if not option.dated
            for start in option.starts
        },
        equivalent=tuple(draw(st.lists(st.sampled_from(alike), max_size=2))) if alike else (),
        clashes=tuple(_clashes([start for starts in held.values() for start in starts])),
        done=draw(st.sampled_from([{}, {DONE: 0}, {DONE: 24}, {DONE: 80}, {DONE: 999}])),
    )


def _clashes(held: list[Start]) -> Iterator[tuple[Start, Start]]:
    for one in held:
        for other in held:
            if one.course < other.course and _overlap(one, other):
                yield one, other


def _overlap(one: Start, other: Start) -> bool:
    return one.begins < other.ends and other.begins < one.ends


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
    first, second = (Option(course, 30, starts=(Start(course, 0, 0, 24),)) for course in (0, 1))
    groups = (frozenset({0}), frozenset({0, 1}))
    last = Option(2, 30, closes=frozenset({0}), after=groups, starts=(Start(2, 0, 0, 24),))
    problem = Problem(room=(120,), worth={0: 90}, options=(first, second, last), time={24: 120})
    assert solve(problem).starts.keys() == {0, 2}


def plans(problem: Problem) -> Iterator[dict[int, Start]]:
    """Yield all ways to take courses or not; those without dates by the whole period."""
    ways = []
    for option in problem.options:
        last = {start.period: start for start in sorted(option.starts, key=lambda at: at.ends)}
        ways.append([None, *(option.starts if option.dated else last.values())])
    for taken in product(*ways):
        yield {start.course: start for start in taken if start is not None}


def allowed(problem: Problem, starts: Mapping[int, Start]) -> bool:
    """Return whether a plan breaks no rule: whether there is some order to learn in."""
    options = {option.course: option for option in problem.options}
    dated = [start for start in starts.values() if options[start.course].dated]
    load = [0] * PERIODS
    for start in starts.values():
        load[start.period] += options[start.course].minutes
    return (
        all(used <= room for used, room in zip(load, problem.room, strict=True))
        and not any(one in starts and other in starts for one, other in problem.equivalent)
        and not any(_overlap(one, other) for one in dated for other in dated if one < other)
        and all(_has_order(problem, starts, period) for period in range(PERIODS))
    )


def _has_order(problem: Problem, starts: Mapping[int, Start], period: int) -> bool:
    """Return whether courses can follow each other in a period so that nobody starts too soon."""
    options = {option.course: option for option in problem.options}
    here = [start for start in starts.values() if start.period == period]
    undated = [start.course for start in here if not options[start.course].dated]
    end = 24 * DAYS * (period + 1)
    for order in permutations(undated):
        over = accumulate(options[course].minutes for course in order)
        minute = dict(zip(order, over, strict=True))
        if minute and max(minute.values()) > problem.time[end]:
            return False
        if all(
            any(_is_over(problem, options, one, start, starts, minute) for one in group)
            for start in here
            for group in options[start.course].after
        ):
            return True
    return False


def _is_over(
    problem: Problem,
    options: Mapping[int, Option],
    one: int,
    start: Start,
    starts: Mapping[int, Start],
    minute: Mapping[int, int],
) -> bool:
    """Return whether a course is over when another begins.

    Parameters
    ----------
    minute
        That of its period at which each course without dates is over.
    """
    first_hour = 24 * DAYS * start.period
    if one in problem.done:
        return problem.done[one] <= (start.begins if options[start.course].dated else first_hour)
    if one not in starts:
        return False
    if options[one].dated:  # what has no dates waits for the period after
        begins = start.begins if options[start.course].dated else first_hour
        return starts[one].ends <= begins
    if starts[one].period != start.period:
        return starts[one].period < start.period
    if options[start.course].dated:
        midnight = start.begins // 24 * 24
        return midnight > first_hour and minute[one] <= problem.time[midnight]
    return minute[one] < minute[start.course]


def worth_of(problem: Problem, starts: Mapping[int, Start]) -> int:
    """Return the value of a plan: of its courses, and of each need once."""
    taken = [option for option in problem.options if option.course in starts]
    needs = {need for option in taken for need in option.closes}
    return sum(option.value for option in taken) + sum(problem.worth[need] for need in needs)
