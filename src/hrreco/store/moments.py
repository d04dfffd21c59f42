"""Moments as the store keeps them: microseconds since 1970 (UTC)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_stored(moment: datetime) -> int:
    """Return the stored form of a moment that has a zone."""
    return (moment - _EPOCH) // _MICROSECOND


def from_stored(microseconds: int) -> datetime:
    """Return the moment, in UTC."""
    return _EPOCH + timedelta(0, 0, microseconds)  # by name, it takes half as long again


def day_to_stored(day: date) -> int:
    """Return the stored form of a day."""
    return (day - _EPOCH.date()).days


def day_from_stored(days: int | None) -> date | None:
    """Return the day."""
    return None if days is None else _EPOCH.date() + timedelta(days=days)
