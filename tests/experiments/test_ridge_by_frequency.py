from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from tests.experiments.made_up import actions


@pytest.fixture
def ridge(monkeypatch: pytest.MonkeyPatch) -> Any:
    found = import_module("ridge_by_frequency")
    monkeypatch.setattr(found, "FACTORS", 2)
    return found


def test_each_power_has_its_line_against_the_same_ridge_for_all(
    ridge: Any, tmp_path: Path
) -> None:
    actions(tmp_path / "concepts")
    found = ridge.study(tmp_path)
    (table,) = found.tables
    assert [row[:2] for row in table.rows] == [("concepts", p) for p in ("0", "0.5", "1")]
    assert [bool(row[-1]) for row in table.rows] == [False, True, True]
    assert any("no folder mooccubex" in paragraph for paragraph in found.text)


def test_the_last_action_is_held_out_and_nothing_that_was_seen(ridge: Any, tmp_path: Path) -> None:
    actions(tmp_path / "concepts")
    case = import_module("cuts").case_of(tmp_path / "concepts" / "train.parquet")
    assert np.diff(case.held.indptr).tolist() == [1] * 40
    assert np.diff(case.seen.indptr).tolist() == [7] * 40
    assert case.seen.multiply(case.held).nnz == 0


def test_factors_solve_what_they_should(ridge: Any) -> None:
    rng = np.random.default_rng(2)
    matrix = sparse.csr_matrix((rng.random((5, 6)) < 0.5).astype(float))
    others, own = rng.normal(size=(6, 2)), np.arange(1.0, 6.0)
    found = ridge.solved(matrix, others, 3.0, own)
    for row, taken in enumerate(matrix.toarray()):
        confidence = 1 + 3 * taken
        system = others.T @ (confidence[:, None] * others) + own[row] * np.eye(2)
        assert system @ found[row] == pytest.approx(others.T @ (confidence * taken))


def test_a_ridge_grows_with_how_often_a_row_is_there(ridge: Any) -> None:
    matrix = sparse.csr_matrix(np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 1.0]]))
    setting = ridge.Setting(power=1.0, alpha=2.0, share=0.6)
    few, many = ridge.ridges(matrix, setting)
    assert many / few == pytest.approx((2 * 3 + 3) / (2 * 1 + 3))
    assert ridge.ridges(matrix, setting._replace(power=0.0)).tolist() == [1.0, 1.0]
