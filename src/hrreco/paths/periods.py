"""The periods that a plan is made of, and the days in them on which people learn."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

WORKING_DAY = 450
"""Minutes: 7.5 hours. A course that takes longer is spread over so many days."""

_SATURDAY = 5


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
    def room(self) -> int:
        """Return how many minutes may start in it."""
        return min(self.budget, WORKING_DAY * len(self.weekdays))


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
