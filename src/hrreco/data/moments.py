"""Dates and times: ISO 8601, and the formats that a mapping names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

MOMENT = pl.Datetime("us", "UTC")

_ISO = (
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S%.f%#z",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M%#z",
    "%Y-%m-%d %H:%M%#z",
)
"""The likeliest first: each is only tried on what none before it could read."""

_TO_COMMON_FORM = (
    (r"^(\d{4})(\d\d)(\d\d)(T|$)", "$1-$2-$3$4"),
    (r"T(\d\d)(\d\d)(\d\d)", "T$1:$2:$3"),
    (r"T(\d\d)(\d\d)([Z+-]|$)", "T$1:$2$3"),
    (r"T(\d\d)([Z+-]|$)", "T$1:00$2"),
    (r":(\d\d),(\d)", ":$1.$2"),
)
"""What of ISO 8601 is written otherwise: the basic form, hours alone, the decimal comma."""

_EPOCH = date(1970, 1, 1)
_FIRST_DAY, _LAST_DAY = ((day - _EPOCH).days for day in (date.min, date.max))
_UNITS_A_DAY = {unit: 86_400 * per for unit, per in (("ms", 10**3), ("us", 10**6), ("ns", 10**9))}


def parse_moments(cells: pl.Series, *, formats: Sequence[str], timezone: str) -> pl.Series:
    """Return moments in UTC; a bare date is its first instant in `timezone`.

    The `formats` of a mapping are tried first, in their order, then ISO 8601 but for weeks, days
    of the year and the hour 24. Cells that are dates or times already only get their zone. What
    cannot be read is null, and so is a number: it would silently count from 1970.
    """
    if cells.dtype == pl.Date:
        return _in_zone(cells.cast(pl.Datetime("us")), timezone)
    if isinstance(cells.dtype, pl.Datetime):
        return _in_zone(cells.dt.cast_time_unit("us"), timezone)
    moments = pl.Series(cells.name, [None], MOMENT).new_from_index(0, len(cells))
    if cells.dtype != pl.String:
        return moments
    moments = _filled(moments, cells, (*formats, *_ISO), timezone)
    if moments.null_count() == cells.null_count():
        return moments
    for written, meant in _TO_COMMON_FORM:
        cells = cells.str.replace(written, meant)
    return _filled(moments, cells, _ISO, timezone)


def _filled(
    moments: pl.Series, cells: pl.Series, patterns: Sequence[str], timezone: str
) -> pl.Series:
    """Return the moments, those that are missing read from the cells by the first fit pattern."""
    for pattern in patterns:
        left = moments.is_null() & cells.is_not_null()
        if not left.any():
            break
        parsed = cells.set(~left, None).str.to_datetime(pattern, time_unit="us", strict=False)
        moments = moments.zip_with(~left, _in_zone(parsed, timezone))
    return moments


def parse_days(cells: pl.Series, *, formats: Sequence[str], timezone: str) -> pl.Series:
    """Return calendar days in `timezone`; otherwise as `parse_moments`."""
    if cells.dtype == pl.Date:
        return cells
    moments = parse_moments(cells, formats=formats, timezone=timezone)
    return local_days(moments, timezone)


def beyond_calendar(cells: pl.Series) -> pl.Series:
    """Return which cells are dates or times of no year from 1 to 9999; polars panics at some."""
    if not isinstance(cells.dtype, pl.Date | pl.Datetime):
        return pl.Series(cells.name, [False]).new_from_index(0, len(cells))
    numbers = cells.to_physical()
    unit = getattr(cells.dtype, "time_unit", None)
    days = numbers if unit is None else numbers // _UNITS_A_DAY[unit]
    return ~days.is_between(_FIRST_DAY, _LAST_DAY)


def local_days(moments: pl.Series, timezone: str) -> pl.Series:
    """Return the calendar day of each moment in `timezone`."""
    return moments.dt.convert_time_zone(timezone).dt.date()


def _in_zone(times: pl.Series, timezone: str) -> pl.Series:
    """Return times in UTC.

    A time that a change of clocks skips is taken for the one an hour later, and of two equal
    ones the first is meant, as Python does.
    """
    if isinstance(times.dtype, pl.Datetime) and times.dtype.time_zone is not None:
        return times.dt.convert_time_zone("UTC")
    local = _localised(times, timezone)
    skipped = local.is_null() & times.is_not_null()
    if skipped.any():
        local = local.zip_with(~skipped, _localised(times.dt.offset_by("1h"), timezone))
    return local.dt.convert_time_zone("UTC")


def _localised(times: pl.Series, timezone: str) -> pl.Series:
    return times.dt.replace_time_zone(timezone, ambiguous="earliest", non_existent="null")
