from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from threadpoolctl import threadpool_limits

from tests.experiments.made_up import actions


def test_each_schedule_has_its_line_against_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = import_module("steps_of_als")
    monkeypatch.setattr(steps, "SEEDS", (1, 2))
    monkeypatch.setattr(steps, "FACTORS", (2,))
    actions(tmp_path / "concepts")
    with threadpool_limits(1, user_api="blas"):
        found = steps.study(tmp_path)
    (table,) = found.tables
    assert [row[:3] for row in table.rows] == [("concepts", "2", told) for told in steps.SCHEDULES]
    first, *others = table.rows
    assert (first[3], first[4], first[-1]) == ("1.00", "+0.000%", "")
    assert all(row[-1] for row in others)
    assert any("no folder mooccubex" in paragraph for paragraph in found.text)
