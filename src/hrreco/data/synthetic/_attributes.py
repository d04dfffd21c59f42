"""Gender and age band of everyone, for audits of fairness; they decide nothing that is planted."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.random import Generator

from hrreco.data.synthetic._workforce import Workforce

_GENDERS = ("female", "male", "other", "")
_AGE_BANDS = ("under 30", "30 to 44", "45 to 59", "60 and over")


def attributes(staff: Workforce, rng: Generator) -> pl.DataFrame:
    """Return a column for each attribute; of some, nothing is known."""
    n = len(staff)
    gender = rng.choice(_GENDERS, n, p=(0.567, 0.4, 0.003, 0.03))
    return pl.DataFrame(
        {
            "employee_id": staff.table["employee_id"],
            "gender": pl.Series(gender).replace("", None),
            "age_band": np.array(_AGE_BANDS)[rng.choice(4, n, p=(0.18, 0.36, 0.36, 0.1))],
        }
    )
