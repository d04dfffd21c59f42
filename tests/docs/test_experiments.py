"""The studies run, on small data."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl

ROOT = Path(__file__).parents[2]


def test_how_much_history(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    rows = [
        (f"E{person}", f"C{course}", part)
        for person in range(110)
        for course, part in zip(rng.permutation(20)[:8], ["train"] * 6 + ["test"] * 2, strict=True)
    ]
    frame = pl.DataFrame(rows, schema=["employee_id", "course_id", "part"], orient="row")
    for part in ("train", "test"):
        frame.filter(pl.col("part") == part).write_parquet(tmp_path / f"{part}.parquet")
    study = ROOT / "experiments" / "how_much_history.py"
    done = subprocess.run(
        [sys.executable, study, tmp_path], capture_output=True, text=True, check=True
    )
    assert [line.split(" | ")[0] for line in done.stdout.splitlines()[2:]] == [
        "| 50",
        "| 50",
        "| 100",
        "| 100",
    ]
