from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest


def test_a_section_is_plain_json(tmp_path: Path) -> None:
    sections = import_module("sections")
    table = sections.Table("Figures", ("model", "NDCG"), [("ease", ".5")])
    made = sections.Section("Title", "python x.py", ["One."], [table], {"ease": 0.5})
    made.write(tmp_path / "section.json")
    assert json.loads((tmp_path / "section.json").read_text(encoding="utf-8")) == {
        "title": "Title",
        "command": "python x.py",
        "text": ["One."],
        "tables": [{"title": "Figures", "columns": ["model", "NDCG"], "rows": [["ease", ".5"]]}],
        "metrics": {"ease": 0.5},
    }


def test_a_section_is_shown_as_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    sections = import_module("sections")
    table = sections.Table("Figures", ("model", "NDCG"), [("ease", ".5")])
    sections.Section("Title", "python x.py", ["One."], [table]).show()
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "## Title"
    assert shown[-3:] == ["| model | NDCG |", "| --- | --- |", "| ease | .5 |"]


def test_figures_bear_their_intervals() -> None:
    sections = import_module("sections")
    assert sections.figure((0.125, 0.12, 1.0)) == ".1250 [.1200, 1.0000]"
    assert sections.difference((0.0, -0.0125, 0.03)) == "+.0000 [-.0125, +.0300]"
