"""Small files in the form of the real data sets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl


def actions(folder: Path) -> None:
    """Write who takes the courses of one of two topics, in any order."""
    folder.mkdir()
    rng = np.random.default_rng(1)
    rows = [
        (f"E{person}", f"C{course * 2 + person % 2}", place)
        for person in range(40)
        for place, course in enumerate(rng.permutation(12)[:8])
    ]
    frame = pl.DataFrame(rows, schema=["employee_id", "course_id", "position"], orient="row")
    frame.write_parquet(folder / "train.parquet")
