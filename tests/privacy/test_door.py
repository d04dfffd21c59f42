"""The one door: no other part of hrreco reads a row about a person."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from sqlalchemy import event

import hrreco
from hrreco import Workspace
from hrreco.privacy.correction import Which
from hrreco.reports.dossier import facts_of
from hrreco.workspace import (
    correct_person,
    erase_person,
    export_person,
    opt_out,
    recommend_all,
    skill_coverage,
    verify_certificate,
)
from tests.conftest import AS_OF
from tests.workspace.conftest import QUICK, exports, trained, trained_once

__all__ = ["exports", "trained", "trained_once"]

SOURCE = Path(hrreco.__file__).parent
OPEN = ("store", "privacy")
READING = {"record", "reading", "about", "rows", "tables", "trust_tables"}
"""Modules of the store that hand out rows, or the tables to select them from."""

OF_PEOPLE = re.compile(
    r"\b(employees|events|employee_skills|opt_outs|corrections|fairness_attributes)\b"
)
TAKES_IN = {"hrreco.workspace.ingest", "hrreco.store.merge"}
"""What takes rows in, and so looks up which of them are there already."""

ONLY_IDS = {"hrreco.store.provenance", "hrreco.store.seals"}
"""What looks up who was learned from: ids, and no row."""


def modules() -> list[Path]:
    """Return the modules that may not read rows."""
    closed = (
        path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0] not in OPEN
    )
    return sorted(closed)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_other_module_can_read_a_row_of_the_store(path: Path) -> None:
    """Look for imports of what reads, and for calls of the store's own reading."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hrreco.store."):
            assert (node.module or "").split(".")[2] not in READING, ast.unparse(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = ast.unparse(node.func.value)
            named = node.func.attr in ("read", "employee", "knows", "fairness_attributes")
            assert not (named and of.endswith("store")), ast.unparse(node)


class Watch:
    """Notes every statement that reads rows about people with no part of `privacy` behind it."""

    def __init__(self, workspace: Workspace) -> None:
        self.through: int = 0
        self.past: list[str] = []
        event.listen(workspace.store._engine, "before_cursor_execute", self._look)

    def _look(self, *given: object) -> None:
        statement = str(given[2])
        if not statement.lstrip().upper().startswith("SELECT") or not OF_PEOPLE.search(statement):
            return
        behind = set(_behind(sys._getframe()))
        if any(name.startswith("hrreco.privacy.") for name in behind):
            self.through += 1
        elif behind.isdisjoint(TAKES_IN | ONLY_IDS):
            self.past.append(statement)


def _behind(frame: FrameType | None) -> Iterator[str]:
    while frame is not None:
        yield str(frame.f_globals.get("__name__", ""))
        frame = frame.f_back


def test_whatever_is_done_rows_are_read_through_the_door(
    trained: Workspace, exports: Path, tmp_path: Path
) -> None:
    watch = Watch(trained)
    someone, other = trained.data().employees["employee_id"].head(2)
    advisor = trained.advisor()
    advisor.recommend(someone, as_of=AS_OF)
    advisor.why_not(someone, trained.store.courses()["course_id"][0], as_of=AS_OF)
    advisor.gap(someone, as_of=AS_OF)
    advisor.path(someone, as_of=AS_OF, months=2)
    advisor.onboarding(someone, as_of=AS_OF)
    recommend_all(trained, tmp_path / "all.parquet", as_of=AS_OF)
    skill_coverage(trained, as_of=AS_OF)
    facts_of(trained, as_of=AS_OF)
    trained.ingest(exports, as_of=AS_OF)
    trained.train(QUICK, as_of=AS_OF)
    opt_out(trained, other, ["training"])
    trained.forget()
    export_person(trained, someone)
    correct_person(trained, someone, "location", "Oulu", which=Which(), as_of=AS_OF)
    verify_certificate(trained, erase_person(trained, someone).file)
    assert watch.past == []
    assert watch.through > 20


def test_the_watch_sees_who_reads_past_the_door(trained: Workspace) -> None:
    watch = Watch(trained)
    trained.store.read(trained.settings)
    assert len(watch.past) >= 3
    assert watch.through == 0
