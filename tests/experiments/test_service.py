"""The study of the service runs, and says what it found."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from load.generator import Outcome, poisson

STUDY = """
import sys
from pathlib import Path
from peers.company import Size
from service import study
study(None, Size(400, 60, 12_000), 2.0).write(Path(sys.argv[1]))
"""


def test_a_small_service_is_loaded(tmp_path: Path) -> None:
    out = tmp_path / "section.json"
    done = subprocess.run([sys.executable, "-c", STUDY, out], cwd="experiments", check=True)
    assert done.returncode == 0
    goals, loads = json.loads(out.read_text(encoding="utf-8"))["tables"]
    assert goals["rows"][-1][-2:] == ["0", "met"]  # no errors
    assert [row[1] for row in loads["rows"]] == ["600", "1,000", "600", "400"]


def test_requests_come_at_random_and_so_many_a_second() -> None:
    due = [one.due for one in poisson([b""] * 3_000, 300.0, seed=1)]
    assert due == sorted(due)
    assert 9 < due[-1] < 11
    gaps = [later - sooner for sooner, later in pairwise(due)]
    assert max(gaps) > 5 * (sum(gaps) / len(gaps))


def test_what_is_no_success_is_an_error() -> None:
    outcome = Outcome([0.001, 0.002, 0.003, 0.004], lasted=2.0)
    outcome.statuses.update({200: 1, 204: 1, 503: 1, 0: 1})
    assert outcome.errors == 2
    assert outcome.per_second == 2
    assert outcome.quantiles(0.0, 1.0) == [0.001, 0.004]
