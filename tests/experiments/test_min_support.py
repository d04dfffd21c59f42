"""The study of minimum support runs, on a tiny company and tiny enrolments."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch) -> Any:
    found = import_module("min_support")
    monkeypatch.setattr(found, "SIZES", (150,))
    monkeypatch.setattr(found, "COURSES", 60)
    return found


def test_each_size_and_model_has_its_line_with_and_without_support(
    study: Any, tmp_path: Path
) -> None:
    rng = np.random.default_rng(1)
    taken = [(f"E{i}", f"C{2 * c + i % 2}") for i in range(160) for c in rng.permutation(12)[:8]]
    (tmp_path / "mooccubex").mkdir()
    frame = pl.DataFrame(taken, schema=["employee_id", "course_id"], orient="row")
    frame.write_parquet(tmp_path / "mooccubex" / "train.parquet")
    (table,) = study.study(tmp_path).tables
    assert [row[:2] for row in table.rows] == [
        *(("made up, 150", name) for name in ("transitions", "itemknn", "rp3beta")),
        *(("MOOCCubeX, 150", name) for name in ("itemknn", "rp3beta")),
    ]
    for *_, without, supported, cost in table.rows:
        assert without.startswith(".")
        assert supported.startswith(".")
        assert cost.endswith("%")
