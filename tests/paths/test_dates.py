"""Periods, working days, and the days that courses are put on."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.paths.agenda import Agenda
from hrreco.paths.dates import on_days
from hrreco.paths.offers import Offers
from hrreco.paths.periods import calendar_months, period_of, stretches, working_days
from hrreco.paths.problem import Start
from hrreco.paths.prospects import Person, Prospects
from hrreco.paths.solve import Plan
from hrreco.recommend import Taken
from hrreco.settings import Settings

from .companies import company, on

THURSDAY = date(2026, 4, 30)


def test_months_are_calendar_months_from_the_first_day_on() -> None:
    periods = calendar_months(date(2027, 12, 31), 3, 90)
    assert [(p.first, p.last) for p in periods] == [
        (date(2027, 12, 31), date(2027, 12, 31)),
        (date(2028, 1, 1), date(2028, 1, 31)),
        (date(2028, 2, 1), date(2028, 2, 29)),
    ]
    assert [period_of(p.last, periods) for p in periods] == [0, 1, 2]
    assert period_of(date(2028, 3, 1), periods) is None
    assert period_of(date(2027, 12, 30), periods) is None


def test_stretches_follow_each_other_without_a_gap() -> None:
    periods = stretches(THURSDAY, 30, (60, 120))
    assert [(p.last - p.first).days for p in periods] == [29, 29]
    assert periods[1].first == periods[0].last + timedelta(1)
    assert [p.budget for p in periods] == [60, 120]


@pytest.mark.parametrize(
    ("first", "budget", "room"),
    [
        (THURSDAY, 10_000, 450),
        (THURSDAY, 60, 60),
        (date(2026, 5, 30), 60, 0),  # nothing is left of the month but a weekend
    ],
)
def test_no_more_fits_into_a_period_than_its_working_days_hold(
    first: date, budget: int, room: int
) -> None:
    assert calendar_months(first, 1, budget)[0].room == room


@pytest.mark.parametrize(("minutes", "days"), [(1, 1), (450, 1), (451, 2), (900, 2), (901, 3)])
def test_a_working_day_has_seven_and_a_half_hours(minutes: int, days: int) -> None:
    assert working_days(minutes) == days


@given(
    st.lists(st.integers(1, 2000), min_size=1, max_size=8),
    st.lists(st.integers(1, 1000), max_size=4),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_courses_follow_each_other_over_the_days_of_their_period(
    lengths: list[int], placed_before: list[int], start: date
) -> None:
    periods = calendar_months(start, 2, sum(lengths) + sum(placed_before))
    agenda = Agenda.empty(periods, on(0))
    for number, minutes in enumerate(placed_before):
        agenda.learn(100 + number, minutes, start)
    # What begins in the first month may last into the second.
    while sum(lengths) > min(agenda.room[1], agenda.time_until(periods[1].ends, 1)):
        lengths.pop()
    courses = {f"{i}": {"hours": minutes / 60} for i, minutes in enumerate(lengths)}
    data = company(courses)
    offers = Offers.of(data.catalogue, data.sessions, Settings())
    starts = {i: Start(i, 1, periods[1].begins, periods[1].ends) for i in range(len(lengths))}
    person = Person(
        np.zeros(len(lengths), dtype=np.int8),
        Taken({}, {}, ZoneInfo("Europe/Helsinki")),
        known=frozenset(),
        formats=frozenset(),
        times=frozenset(),
    )
    prospects = Prospects(offers, person, agenda)
    prospects.look_at(starts)
    plan = Plan(starts, value=0, bound=0, urgency=dict.fromkeys(starts, 1))
    found = on_days(plan, prospects)

    assert [placement.position for placement in found] == sorted(starts)
    for placement in found:
        assert periods[1].first <= placement.starts_on <= placement.ends_on <= periods[1].last
        assert {placement.starts_on.weekday(), placement.ends_on.weekday()} <= {0, 1, 2, 3, 4}
        days = sum(placement.starts_on <= d <= placement.ends_on for d in periods[1].weekdays)
        assert days >= working_days(offers.minutes[placement.position])
    for one, other in pairwise(found):
        assert one.ends_on <= other.starts_on


def test_what_is_learned_at_any_time_keeps_clear_of_the_days_of_what_is_placed() -> None:
    periods = calendar_months(date(2026, 4, 1), 1, 1200)
    agenda = Agenda.empty(periods, on(0))
    first = agenda.learn(0, 900, date(2026, 4, 3))
    second = agenda.learn(1, 60, date(2026, 4, 3))
    assert first is not None and second is not None
    assert (first.starts_on, first.ends_on) == (date(2026, 4, 3), date(2026, 4, 6))
    assert second.starts_on == date(2026, 4, 7)
    assert agenda.room == [1200 - 960]
    assert agenda.learn(2, 300, date(2026, 4, 3)) is None
    assert date(2026, 4, 6) not in agenda.free_days(periods[0])
    assert date(2026, 4, 8) in agenda.free_days(periods[0])


def test_a_course_of_several_days_has_them_to_itself() -> None:
    agenda = Agenda.empty(calendar_months(date(2026, 4, 1), 1, 2000), on(0))
    short, long = agenda.learn(0, 60, date(2026, 4, 1)), agenda.learn(1, 900, date(2026, 4, 1))
    assert short is not None and long is not None
    assert (short.starts_on, long.starts_on) == (date(2026, 4, 1), date(2026, 4, 2))
