"""The periods that a plan is made of, and the days in them on which people learn."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

WORKING_DAY = 450
"""Minutes: 7.5 hours. A course that takes longer is spread over so many days."""

_SATURDAY = 5
A_DAY = 86_400
"""In the seconds that moments are counted in."""


@dataclass(frozen=True)
class Period:
    """Some days, and how many minutes of learning may start in them.

    Attributes
    ----------
    first, last
        Days, both within.
    budget
        Minutes; the working days of the period may have room for less.
    """

    first: date
    last: date
    budget: int

    @cached_property
    def weekdays(self) -> tuple[date, ...]:
        """Return the days from Monday to Friday."""
        n = (self.last - self.first).days + 1
        days = (self.first + timedelta(days=i) for i in range(n))
        return tuple(day for day in days if day.weekday() < _SATURDAY)

    @property
    def begins(self) -> int:
        """Return the moment at which it begins."""
        return midnight(self.first)

    @property
    def ends(self) -> int:
        """Return the moment at which it is over."""
        return midnight(self.last) + A_DAY

    @property
    def room(self) -> int:
        """Return how many minutes may start in it."""
        return min(self.budget, WORKING_DAY * len(self.weekdays))


def midnight(day: date) -> int:
    """Return the moment at which a day begins: a number, as the company's clocks count."""
    return day.toordinal() * A_DAY


def moment_of(time: datetime) -> int:
    """Return the moment of a time, on the same line as that of `midnight`."""
    return midnight(time.date()) + 3_600 * time.hour + 60 * time.minute + time.second


def day_of(moment: int) -> date:
    """Return the day that a moment lies in."""
    return date.fromordinal(moment // A_DAY)


def calendar_months(start: date, months: int, budget: int) -> tuple[Period, ...]:
    """Return the month of `start`, from that day on, and those that follow it."""
    periods = []
    first = start
    for _ in range(months):
        last = first.replace(day=monthrange(first.year, first.month)[1])
        periods.append(Period(first, last, budget))
        first = last + timedelta(days=1)
    return tuple(periods)


def stretches(start: date, days: int, budgets: tuple[int, ...]) -> tuple[Period, ...]:
    """Return periods of so many days each, one for each budget."""
    return tuple(
        Period(
            start + timedelta(days=i * days), start + timedelta(days=(i + 1) * days - 1), budget
        )
        for i, budget in enumerate(budgets)
    )


def period_of(day: date, periods: tuple[Period, ...]) -> int | None:
    """Return the number of the period that `day` falls into, if there is one."""
    return next((i for i, p in enumerate(periods) if p.first <= day <= p.last), None)


def working_days(minutes: int) -> int:
    """Return on how many days one learns for so many minutes."""
    return max(1, -(-minutes // WORKING_DAY))
