from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import pytest


def actions(folder: Path) -> None:
    """Write who goes through ten courses in order, and what comes next beside three others."""
    folder.mkdir()
    places = [(person, person % 7 + place) for person in range(70) for place in range(5)]
    rows = [(f"E{person}", f"C{at % 10}", at) for person, at in places]
    train = pl.DataFrame(rows, schema=["employee_id", "course_id", "position"], orient="row")
    train.write_parquet(folder / "train.parquet")
    after = [(person, person % 7 + 5) for person in range(70)]
    test = [(f"E{p}", f"C{at % 10}", [f"C{(at + i) % 10}" for i in (1, 2, 4)]) for p, at in after]
    pl.DataFrame(
        test, schema=["employee_id", "course_id", "negatives"], orient="row"
    ).write_parquet(folder / "test.parquet")


def data(quality: Any, **goal: Any) -> Any:
    goals = (quality.Goal("transitions", "ndcg@2", **goal),)
    return quality.Data("concepts", "actions", 2, ("ndcg@2", "hit_rate@2"), goals)


@pytest.fixture
def quality(monkeypatch: pytest.MonkeyPatch) -> Any:
    found = import_module("quality")
    monkeypatch.setattr(found, "MODELS", ("transitions", "itemknn", "blend"))
    return found


def test_goals_are_passed_or_missed_by_what_is_measured(quality: Any, tmp_path: Path) -> None:
    actions(tmp_path / "concepts")
    all_data = (data(quality, least=0.5, aim=0.9), data(quality, least=1.1))
    found = quality.study(tmp_path, all_data)
    goals, figures, _ = found.tables
    assert [row[-2:] for row in goals.rows] == [("pass", ".900: reached"), ("miss", "")]
    assert found.metrics["concepts.transitions.ndcg@2"] > 0.9
    assert figures.columns == ("model", "NDCG@2", "HR@2", "NDCG@2 against the rules")
    by_name = {row[0]: row for row in figures.rows}
    assert set(by_name) == {"popularity (the rules)", "transitions", "itemknn", "blend"}
    assert by_name["transitions"][1].startswith(("1.0", ".9"))
    assert all(len(row) == len(table.columns) for table in found.tables for row in table.rows)
    assert any("The blend on concepts came to be " in paragraph for paragraph in found.text)


def test_data_that_are_not_there_are_told(quality: Any, tmp_path: Path) -> None:
    found = quality.study(tmp_path)
    assert (found.tables, found.metrics) == ([], {})
    for name in ("mooccubex", "concepts"):
        assert any(f"no folder {name}" in paragraph for paragraph in found.text)


def test_the_goals_are_those_of_models_that_are_judged() -> None:
    quality = import_module("quality")
    for one in quality.ALL_DATA:
        for goal in one.goals:
            assert goal.model in quality.MODELS
            assert goal.metric in one.metrics
