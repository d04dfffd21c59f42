from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.skills.esco_files import write_esco


def test_paths_are_measured_for_own_needs_and_for_those_of_esco(tmp_path: Path) -> None:
    write_esco(tmp_path / "esco")
    found = import_module("learning_paths").study(tmp_path, asked=3, courses=300)
    (table,) = found.tables
    assert [row[0] for row in table.rows] == ["needs of its own", "needs by ESCO"]
    assert set(found.metrics) == {
        f"path.{whose}.{what}" for whose in ("own", "esco") for what in ("seconds", "gap")
    }
    assert found.metrics["path.own.gap"] < 0.05


def test_without_esco_the_text_says_so() -> None:
    found = import_module("learning_paths").study(None, asked=1, courses=300)
    assert len(found.tables[0].rows) == 1
    assert "no folder esco" in found.text[-1]
