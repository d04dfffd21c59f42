"""The events that reports count."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from hrreco.data import LearningData
from hrreco.settings import EventMeaning, Moment


def events_until(
    data: LearningData, until: Moment, counts: Callable[[EventMeaning], bool]
) -> pl.DataFrame:
    """Return the numbered events of the kinds that count, with the company's own `day` of each."""
    kinds = [counts(meaning) for meaning in data.settings.events.values()]
    day = pl.col("occurred_at").dt.convert_time_zone(data.settings.timezone).dt.date()
    return data.numbered_events.filter(
        pl.col("kind").is_in(np.flatnonzero(kinds).tolist()), pl.col("occurred_at") <= until.at
    ).with_columns(day=day)
