"""The study of limits runs, on a tiny company."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from limits import sampled

ROOT = Path(__file__).parents[2]


def test_each_goal_has_a_profile_and_the_machine_its_limits(tmp_path: Path) -> None:
    out = tmp_path / "section.json"
    sizes = ["--small", "160x40x1600", "--large", "170x40x1700"]
    command = [sys.executable, ROOT / "experiments" / "limits.py", "--out", out, *sizes]
    subprocess.run(command, check=True)
    section = json.loads(out.read_text(encoding="utf-8"))
    titles = [table["title"] for table in section["tables"]]
    assert [title.split(":")[0].split(",")[0] for title in titles] == [
        "A fresh process until ALS is fitted on ten employees",
        "One employee's answer",
        "ALS",
        "EASE",
        "item-kNN",
        "ALS",
        "Bare operations",
    ]
    where = [row[0] for table in section["tables"][1:-1] for row in table["rows"]]
    assert any("recommend/" in one for one in where)
    assert any("models/" in one for one in where)


def test_what_is_outside_of_hrreco_counts_as_elsewhere() -> None:
    with sampled() as found:
        time.sleep(0.5)  # long enough to be looked at once, however busy the machine is
    assert set(found) == {"elsewhere"}
