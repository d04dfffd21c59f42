"""An employee's days of learning while they are filled, one course after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from hrreco.paths.periods import WORKING_DAY, Period, midnight, period_of, working_days
from hrreco.paths.sessions import Session


class Placement(NamedTuple):
    """A course on the days that it is planned for.

    Attributes
    ----------
    session
        The one that is attended; None for a course that is taken at any time.
    """

    position: int
    starts_on: date
    ends_on: date
    session: Session | None = None

    def is_over(self, session: Session) -> bool:
        """Return whether it ends before a session starts; without one, on a day before."""
        if self.session is None:
            return self.ends_on < session.starts_on
        return self.session.ends_at <= session.starts_at


@dataclass
class Agenda:
    """What is placed so far, and the room that is left.

    A course counts in the period in which it starts.

    Attributes
    ----------
    now
        The moment that it is made at: sessions that have begun cannot be attended.
    room
        Minutes that are left in each period.
    placed
        In the order in which they were placed.
    """

    periods: tuple[Period, ...]
    now: datetime
    room: list[int]
    placed: list[Placement] = field(default_factory=list)
    _load: dict[date, int] = field(default_factory=dict)
    _studied: dict[date, int] = field(default_factory=dict)
    _days: tuple[date, ...] = ()

    @classmethod
    def empty(cls, periods: tuple[Period, ...], now: datetime) -> Agenda:
        """Return the agenda of somebody who has nothing planned."""
        days = tuple(day for period in periods for day in period.weekdays)
        return cls(periods, now, [period.room for period in periods], _days=days)

    def copy(self) -> Agenda:
        """Return another agenda with the same placements."""
        return replace(
            self,
            room=[*self.room],
            placed=[*self.placed],
            _load={**self._load},
            _studied={**self._studied},
        )

    def take(self, other: Agenda) -> None:
        """Become what another agenda is."""
        self.room, self.placed = other.room, other.placed
        self._load, self._studied = other._load, other._studied

    def last(self, positions: Iterable[int]) -> Placement | None:
        """Return the placement of one of some courses that ends first, if any is placed."""
        wanted = frozenset(positions)
        found = [placement for placement in self.placed if placement.position in wanted]
        return min(found, key=lambda placement: placement.ends_on, default=None)

    def learn(self, position: int, minutes: int, earliest: date) -> Placement | None:
        """Place a course on the first working days that have room for it, if there are any."""
        n = working_days(minutes)
        for at in range(bisect_left(self._days, earliest), len(self._days) - n + 1):
            days = self._days[at : at + n]
            if self._has_room(days, minutes):
                placement = Placement(position, days[0], days[-1])
                return self._placed(placement, minutes, days, min(minutes, WORKING_DAY))
        return None

    def attend(self, position: int, minutes: int, session: Session) -> Placement:
        """Place a course on the days of a session: one that fits in, and does not clash."""
        placement = Placement(position, session.starts_on, session.ends_on, session)
        return self._placed(placement, minutes, session.days, session.minutes_a_day)

    def period_of(self, session: Session) -> int | None:
        """Return the number of the period that a session starts in, if it has not begun yet."""
        return (
            period_of(session.starts_on, self.periods) if session.starts_at >= self.now else None
        )

    def period_after(self, day: date) -> int:
        """Return the number of the period after the one of `day`; beyond them there is none."""
        period = period_of(day, self.periods)
        return len(self.periods) if period is None else period + 1

    def has_room_for(self, session: Session, minutes: int) -> bool:
        """Return whether the period of a session has minutes left for it."""
        period = self.period_of(session)
        return period is not None and minutes <= self.room[period]

    def clashes(self, session: Session) -> bool:
        """Return whether another session is attended at the same time, or its days are full."""
        attended = [placement.session for placement in self.placed if placement.session]
        if any(other.overlaps(session) for other in attended):
            return True
        return any(self.free_minutes(day) < session.minutes_a_day for day in session.days)

    def free_minutes(self, day: date) -> int:
        """Return what courses without dates leave of a working day."""
        return WORKING_DAY - self._studied.get(day, 0)

    def time_until(self, moment: int, number: int) -> int:
        """Return what courses without dates leave of a period's working days until a moment."""
        before = (day for day in self.periods[number].weekdays if midnight(day) < moment)
        return sum(self.free_minutes(day) for day in before)

    def free_days(self, period: Period) -> tuple[date, ...]:
        """Return the working days of a period for which nothing is planned."""
        return tuple(day for day in period.weekdays if day not in self._load)

    def _has_room(self, days: tuple[date, ...], minutes: int) -> bool:
        period = period_of(days[0], self.periods)
        if period is None or minutes > self.room[period]:
            return False
        if len(days) > 1:
            return self._load.keys().isdisjoint(days)
        return self._load.get(days[0], 0) + minutes <= WORKING_DAY

    def _placed(
        self, placement: Placement, minutes: int, days: tuple[date, ...], a_day: int
    ) -> Placement:
        period = period_of(placement.starts_on, self.periods)
        if period is not None:
            self.room[period] -= minutes
        for day in days:
            self._load[day] = self._load.get(day, 0) + a_day
            if placement.session is None:
                self._studied[day] = self._studied.get(day, 0) + a_day
        self.placed.append(placement)
        return placement
