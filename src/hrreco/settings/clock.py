"""What "now" is: the clock, or the day or moment that a caller names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hrreco.errors import SettingsError

AsOf = date | datetime | str | None
"""A day (its end is meant), a moment, ISO 8601 text of either, or None for the clock."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment, and the calendar day it falls on for the company.

    Attributes
    ----------
    at
        The moment, in UTC.
    today
        The calendar day in the company's own time zone.
    """

    at: datetime
    today: date

    @classmethod
    def of(cls, as_of: AsOf, timezone: str) -> Moment:
        """Resolve `as_of` in `timezone`; a bare day means the last instant of that day.

        Raises
        ------
        SettingsError
            When `as_of` is text that is not an ISO 8601 day or moment, or no date at all.
        """
        zone = ZoneInfo(timezone)
        if isinstance(as_of, str):
            as_of = _parse(as_of)
        if not isinstance(as_of, date | None):
            raise SettingsError(
                f"as_of is a date, a moment, or text such as 2026-03-31; got {as_of!r}"
            )
        try:
            at = datetime.now(UTC) if as_of is None else _instant(as_of, zone)
            return cls(at=at, today=at.astimezone(zone).date())
        except OverflowError:
            raise SettingsError(
                f"{as_of} is no date to act on; use one between the years 2 and 9998"
            ) from None


def _parse(text: str) -> date | datetime:
    try:
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is not a date; write it as YYYY-MM-DD, for example 2026-03-31"
        raise SettingsError(message) from None


def _instant(as_of: date | datetime, zone: ZoneInfo) -> datetime:
    if isinstance(as_of, datetime):
        return (as_of if as_of.tzinfo else as_of.replace(tzinfo=zone)).astimezone(UTC)
    next_midnight = datetime.combine(as_of + timedelta(days=1), time(), zone).astimezone(UTC)
    return next_midnight - timedelta(microseconds=1)
