"""The study of speed runs, on a tiny company and without a peer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from peers.library import TITLES

ROOT = Path(__file__).parents[2]
ANSWERS = ("als", "ease", "itemknn", "blend")


@pytest.fixture(scope="module")
def section(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("speed")
    out = folder / "section.json"
    asked = ["--out", out, "--sizes", "150x40x1500", "--peers", folder / "none"]
    subprocess.run([sys.executable, ROOT / "experiments" / "speed.py", *asked], check=True)
    return json.loads(out.read_text(encoding="utf-8"))


def table(section: Any, title: str) -> Any:
    return next(one for one in section["tables"] if one["title"].startswith(title))


def test_hrreco_is_measured_in_every_row(section: Any) -> None:
    for title in ("Starting", "150 employees"):
        found = table(section, title)
        ours = found["columns"].index("hrreco")
        assert [row[0] for row in found["rows"] if not row[ours][0].isdigit()] == []


def test_a_peer_that_is_not_there_is_named(section: Any) -> None:
    for row in table(section, "150 employees")["rows"]:
        if row[0].startswith(("item-kNN: fit", "item-kNN: top")):
            assert row[2:5] == ["not installed"] * 3
            assert row[-1] == ""


def test_medians_are_logged_by_flat_names(section: Any) -> None:
    found = section["metrics"]
    assert {f"speed.150x40.{name}_everyone.hrreco.per_s" for name in ANSWERS} <= found.keys()
    assert {f"speed.150x40.{name}_one.hrreco.s" for name in ANSWERS} <= found.keys()
    assert {"speed.150x40.train.hrreco.s", "speed.start.import.hrreco.s"} <= found.keys()
    assert not [name for name in found if any(peer in name for peer in TITLES if peer != "hrreco")]


def test_goals_of_other_sizes_are_not_measured(section: Any) -> None:
    verdicts = {row[0]: row[2:] for row in table(section, "Goals")["rows"]}
    assert verdicts["`train` at 100,000 x 5,000, 3 million events"] == ["not measured", ""]
