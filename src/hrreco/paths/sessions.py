"""The dated occurrences of courses, as plans ask for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from hrreco.paths.periods import WORKING_DAY

_NOON, _EVENING = 12, 17


@dataclass(frozen=True, slots=True)
class Session:
    """One occurrence of a course, in the company's own time zone.

    Attributes
    ----------
    seats
        How many are free; None when that is not known.
    """

    session_id: str | None
    starts_at: datetime
    ends_at: datetime
    seats: int | None = None
    location: str | None = None

    @property
    def starts_on(self) -> date:
        """Return the day on which it starts."""
        return self.starts_at.date()

    @property
    def ends_on(self) -> date:
        """Return the day on which it ends."""
        return self.ends_at.date()

    @property
    def is_full(self) -> bool:
        """Return whether nobody can join any more."""
        return self.seats == 0

    @property
    def time_of_day(self) -> str:
        """Return ``morning``, ``afternoon`` or ``evening``."""
        hour = self.starts_at.hour
        return "morning" if hour < _NOON else "afternoon" if hour < _EVENING else "evening"

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values; times bear their zone."""
        return {
            "session_id": self.session_id,
            "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(),
            "location": self.location,
        }

    @property
    def days(self) -> tuple[date, ...]:
        """Return all days on which it is held."""
        n = (self.ends_on - self.starts_on).days + 1
        return tuple(self.starts_on + timedelta(days=i) for i in range(n))

    @property
    def minutes_a_day(self) -> int:
        """Return how much of a working day it takes."""
        minutes = (self.ends_at - self.starts_at) // timedelta(minutes=1)
        return min(WORKING_DAY, minutes) if self.starts_on == self.ends_on else WORKING_DAY

    def overlaps(self, other: Session) -> bool:
        """Return whether nobody can attend both."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


Sessions = Mapping[int, tuple[Session, ...]]
"""The sessions of each course that has any, in the order of time, by position."""


def sessions_of(
    table: pl.DataFrame, positions: Mapping[str, int], minutes: Sequence[int], timezone: str
) -> Sessions:
    """Read the sessions table; a session without an end takes as long as its course."""
    zone = ZoneInfo(timezone)
    found: dict[int, list[Session]] = {}
    for row in table.sort("starts_at", "session_id").iter_rows(named=True):
        position = positions.get(row["course_id"])
        if position is None:
            continue  # of a course that is not stored yet
        starts_at = row["starts_at"].astimezone(zone)
        length = timedelta(minutes=minutes[position])
        ends_at = row["ends_at"].astimezone(zone) if row["ends_at"] else starts_at + length
        session = Session(row["session_id"], starts_at, ends_at, row["seats"], row["location"])
        found.setdefault(position, []).append(session)
    return {position: tuple(sessions) for position, sessions in found.items()}
