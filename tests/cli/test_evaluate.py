"""`hrreco evaluate`: on two files, and on the workspace's own history."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hrreco import Workspace
from tests.conftest import AS_OF
from tests.workspace.commands import answer, run


def two_files(folder: Path, each: int = 3) -> tuple[object, ...]:
    """Write who took which course, and the last one of each; return the options to name them."""
    frame = pl.DataFrame(
        {
            "employee_id": [f"E{i}" for i in range(40) for _ in range(each)],
            "course_id": [f"C{(i + j) % 7}" for i in range(40) for j in range(each)],
        }
    )
    last = frame.with_row_index().filter(pl.col("index") % each == each - 1).drop("index")
    frame.join(last, on=["employee_id", "course_id"], how="anti").write_parquet(
        folder / "train.parquet"
    )
    last.write_parquet(folder / "test.parquet")
    return "--train", folder / "train.parquet", "--test", folder / "test.parquet"


def test_evaluate_reads_two_files(tmp_path: Path) -> None:
    files = two_files(tmp_path)
    document = answer(
        "evaluate", *files, "--models", "popularity,ease", "--k", "2", workspace=tmp_path
    )
    keys = {"recall@2", "ndcg@2", "hit_rate@2", "mrr@2", "coverage@2"}
    assert keys <= set(document["models"]["ease"])


def test_evaluate_searches_and_blends_and_tells_what_it_found(tmp_path: Path) -> None:
    files = two_files(tmp_path, each=5)
    asked = ("evaluate", *files, "--models", "itemknn,blend", "--k", "2", "--tune")
    document = answer(*asked, workspace=tmp_path)
    assert set(document["models"]) == {"popularity", "itemknn", "blend"}
    assert set(document["settings"]) == set(document["models"])
    assert document["settings"]["itemknn"]["neighbours"] >= 20
    assert all(part["weight"] > 0 for part in document["settings"]["blend"]["parts"])
    done = run(*asked, workspace=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "itemknn: similarity " in done.stdout


def test_a_model_that_cannot_be_judged_is_a_no(tmp_path: Path) -> None:
    for name, pair in (("train", "1,A\n2,B\n3,A\n"), ("test", "1,B\n")):
        (tmp_path / f"{name}.csv").write_text(f"employee_id,course_id\n{pair}")
    files = ("--train", tmp_path / "train.csv", "--test", tmp_path / "test.csv", "--k", "5")
    alone = run("evaluate", *files, "--models", "transitions", workspace=tmp_path)
    assert alone.returncode == 1
    assert "transitions could not be fitted" in alone.stdout
    assert run("evaluate", *files, workspace=tmp_path).returncode == 0


def test_evaluate_holds_out_the_last_course_of_each_employee(trained: Workspace) -> None:
    asked = ("evaluate", "--models", "ease", "--k", "5", "--as-of", AS_OF)
    both = [
        answer(*asked, "--split", split, workspace=trained.path)
        for split in ("temporal", "leave-last-out")
    ]
    assert both[0]["learners"] != both[1]["learners"]
    assert all(document["models"]["ease"]["ndcg@5"] > 0 for document in both)
