"""Dated occurrences of courses that are held in a room."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.random import Generator

from hrreco.data.synthetic._calendar import DAY
from hrreco.data.synthetic._config import CompanyConfig
from hrreco.data.synthetic._domain import LOCATIONS

_PER_COURSE = 4


def sessions(config: CompanyConfig, courses: pl.DataFrame, rng: Generator) -> pl.DataFrame:
    """Return the sessions table: some before, most after the last day of history."""
    held = courses.filter(pl.col("format").is_in(["classroom", "blended"]) & pl.col("active"))
    n = len(held) * _PER_COURSE
    day = np.datetime64(config.as_of, "D") + rng.integers(-60, 180, n) * DAY
    hour = rng.choice((6, 7, 10, 11), n) * np.timedelta64(1, "h")
    starts_at = pl.Series((day + hour).astype("datetime64[us]")).dt.replace_time_zone("UTC")
    which = np.repeat(np.arange(len(held)), _PER_COURSE)
    length = (held["hours"].clip(0, 8) * 60).cast(pl.Int64) * 60_000_000
    return pl.DataFrame(
        {
            "session_id": [f"S{at:06d}" for at in range(1, n + 1)],
            "course_id": held["course_id"].gather(which),
            "starts_at": starts_at,
            "ends_at": starts_at + length.gather(which).cast(pl.Duration("us")),
            "seats": pl.Series(rng.choice((8, 12, 16, 20, 30), n), dtype=pl.Int32),
            "location": np.array(LOCATIONS)[rng.integers(len(LOCATIONS), size=n)],
        }
    )
