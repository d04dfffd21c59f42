"""What a fresh process spends its time on until hrreco has fitted its first model."""

from __future__ import annotations

import subprocess
import sys

from peers.library import surroundings
from peers.side_hrreco import FIRST_MODEL
from sections import Table

_STEPS = {
    "importing numpy": "import numpy",
    "importing scipy's sparse and linalg": "import scipy.sparse, scipy.linalg",
    "importing polars": "import polars",
    "importing pydantic and its settings": "import pydantic, pydantic_settings",
    "importing dataframely, which imports SQLAlchemy": "import dataframely",
    "importing implicit": "import implicit.cpu.als",
    "importing hrreco itself": (
        "import hrreco.data.pipeline; from hrreco import LearningData, Recipe, refit"
    ),
    "reading the frames, and the fit": FIRST_MODEL,
    "both again": FIRST_MODEL,
}
"""In this order: each finds what those before it have imported."""

_ROUNDS = 5


def starting() -> Table:
    """Return the least of several fresh processes, step by step."""
    found = [_steps() for _ in range(_ROUNDS)]
    least = [min(times) for times in zip(*found, strict=True)]
    rows = [(what, f"{1e3 * took:.0f} ms") for what, took in zip(_STEPS, least, strict=True)]
    told = f"{sum(least[:-1]):.3f} s"
    return Table(
        f"A fresh process until ALS is fitted on ten employees: {told}", ("what", "time"), rows
    )


def _steps() -> list[float]:
    timed = "from time import perf_counter as now\n"
    for step in _STEPS.values():
        timed += f"begun = now()\n{step}\nprint(now() - begun)\n"
    done = subprocess.run(
        [sys.executable, "-c", timed],
        capture_output=True,
        text=True,
        check=True,
        env=surroundings(),
    )
    return [float(line) for line in done.stdout.split()]
