from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from tests.experiments.made_up import actions


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Any:
    found = import_module("als_beside_implicit")
    monkeypatch.setattr(found, "SEEDS", (1, 2))
    monkeypatch.setattr(found, "SETTINGS", (found.Setting(2, 8.0, 15),))
    return found


def test_each_engine_has_its_line_against_the_first(beside: Any, tmp_path: Path) -> None:
    actions(tmp_path / "concepts")
    with threadpool_limits(1, user_api="blas"):
        found = beside.study(tmp_path)
    (table,) = found.tables
    assert [row[0] for row in table.rows] == ["concepts"] * 3
    assert [row[4] for row in table.rows] == list(beside.ENGINES)
    first, *others = table.rows
    assert (first[5], first[-1]) == ("+0.0000%", "")
    assert all(row[-1] for row in others)
    assert all(abs(float(row[5].rstrip("%"))) < 0.1 for row in others)
    assert any("no folder mooccubex" in paragraph for paragraph in found.text)


def test_hrreco_is_fitted_on_the_same_with_the_same_ridge(beside: Any, tmp_path: Path) -> None:
    import cuts

    actions(tmp_path / "concepts")
    case = cuts.case_of(tmp_path / "concepts" / "train.parquet")
    (setting,) = beside.SETTINGS
    with threadpool_limits(1, user_api="blas"):
        ours, exact = (
            found @ found.T
            for found in (beside.by_hrreco(case, setting, 1), beside.exactly(case, setting, 1))
        )
    np.testing.assert_allclose(ours, exact, atol=0.01 * np.abs(exact).max())
