"""The pairs that hrreco learns from, as a frame of pandas for the others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd


def frame_of(folder: Path, user: str, item: str, time: str) -> pd.DataFrame:
    """Return one row for each pair, with the same ids as hrreco gets, sorted by employee."""
    pairs = np.load(folder / "pairs.npz")
    people = np.array([f"E{i:07}" for i in range(pairs["employee"].max() + 1)], dtype=object)
    courses = np.array([f"C{i:06}" for i in range(pairs["course"].max() + 1)], dtype=object)
    return pd.DataFrame(
        {
            user: people[pairs["employee"]],
            item: courses[pairs["course"]],
            time: pairs["time"].astype("datetime64[us]"),
        }
    )
