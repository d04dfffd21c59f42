"""The page of benchmarks is made from what the studies found, and from nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import page
from benchmarks import without_result

FOUND: dict[str, Any] = {
    "title": "Speed",
    "command": "python experiments/speed.py",
    "text": ["All took turns."],
    "tables": [{"title": "Goals", "columns": ["what", "goal"], "rows": [["a | b", 1]]}],
    "metrics": {"speed.import": 0.5, "ndcg@20": 0.25},
    "ran": {"date": "2026-01-02", "machine": "2 cores"},
}

LOGGING = """
import sys
from pathlib import Path
from benchmarks import log_to_mlflow
import mlflow
store = Path(sys.argv[1])
found = {"speed.import": 0.5, "ndcg@20": 0.25}
log_to_mlflow({"speed": {"metrics": found}}, Path(sys.argv[2]), store)
(run,) = mlflow.search_runs(experiment_names=["benchmarks"], output_format="list")
assert run.data.metrics == {"speed.import": 0.5, "ndcg_20": 0.25}, run.data.metrics
assert list(store.glob("artifacts/*/artifacts/benchmarks.md"))
"""


def test_the_page_is_what_the_studies_found() -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.render(page.read_sections())


def test_a_section_has_its_command_day_text_and_tables() -> None:
    told = page.render({"speed": FOUND})
    assert "`python experiments/speed.py`, on 2026-01-02: 2 cores." in told
    assert "| what | goal |\n| --- | --- |\n| a \\| b | 1 |" in told
    assert "## Quality on real data\n\nNot run yet." in told


@pytest.mark.parametrize("before", [None, FOUND])
def test_a_study_that_cannot_run_keeps_what_it_found(before: Any) -> None:
    section = without_result("speed", "the real data were not at hand", before)
    told = page.render({"speed": section})
    assert "the real data were not at hand." in told
    assert ("All took turns." in told) is (before is not None)


def test_mlflow_gets_the_figures_and_the_page(tmp_path: Path) -> None:
    written = tmp_path / "benchmarks.md"
    written.write_text("# Benchmarks\n", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-c", LOGGING, tmp_path / "mlruns", written],
        check=True,
        cwd=page.RESULTS.parent,
        capture_output=True,
    )
