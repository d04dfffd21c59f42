"""Degenerate inputs end in a result or a typed error, and never in a signal."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from .degenerate import CASES


def test_every_degenerate_input_ends_well(name):
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "models.degenerate", name],
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    ended = [json.loads(line) for line in run.stdout.splitlines()]
    assert [line["case"] for line in ended] == list(CASES)
    well = re.compile(r"fit: (result|\w+Error); score: (result|\w+Error)")
    assert [e for e in ended if e["status"] or not well.fullmatch(e["said"])] == []


def test_there_are_at_least_forty():
    assert len(CASES) >= 40
