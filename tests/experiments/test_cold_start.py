from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import polars as pl

from .conftest import EXPERIMENTS

COMPANY = ((600, 1),)
NEW_BY_RULES = ("new", "popularity (the rules)")


def enrolments(folder: Path) -> None:
    """Write who takes courses of one topic, told by its words, and what they take later."""
    rng = np.random.default_rng(1)
    rows = [
        (f"E{person}", f"C{course}", "train" if place < 8 else "test")
        for person in range(60)
        for place, course in enumerate(rng.permutation(30)[:12] * 2 + person % 2)
    ]
    frame = pl.DataFrame(rows, schema=["employee_id", "course_id", "part"], orient="row")
    folder.mkdir()
    for part in ("train", "test"):
        frame.filter(pl.col("part") == part).drop("part").write_parquet(folder / f"{part}.parquet")
    topics = ("welding and soldering", "budget forecasting")
    courses = [(f"C{course}", topics[course % 2]) for course in range(60)]
    catalogue = pl.DataFrame(courses, schema=["course_id", "title"], orient="row")
    catalogue.write_parquet(folder / "courses.parquet")


def test_each_cold_slice_has_its_table(tmp_path: Path) -> None:
    enrolments(tmp_path / "mooccubex")
    found = import_module("cold_start").study(tmp_path, COMPANY)
    hires, courses = found.tables
    assert [row[2] for row in hires.rows] == ["popularity (the rules)", "lightfm", "content"]
    assert {row[0] for row in hires.rows} == {"600 employees, seed 1"}
    assert {(row[0], row[3]) for row in courses.rows} == {
        (data, candidates)
        for data in ("made-up company of 600", "mooccubex")
        for candidates in ("new", "all")
    }
    assert all(len(row) == len(table.columns) for table in found.tables for row in table.rows)
    # Of six new courses nothing is known: who was right is chance, the same for everybody.
    chance = f"{np.mean(1 / np.log2(np.arange(2, 8))):.4f}".removeprefix("0")
    (rules,) = (row for row in courses.rows if row[0] == "mooccubex" and row[3:5] == NEW_BY_RULES)
    assert rules[5] == f"{chance} [{chance}, {chance}]"
    # Who takes one topic is told a new course of it by its words, and not by anything else.
    assert found.metrics["new_courses.mooccubex.among_new.content.gain_low"] > 0


def test_without_real_data_the_section_says_so() -> None:
    found = import_module("cold_start").study(None, COMPANY)
    assert any("no folder mooccubex" in paragraph for paragraph in found.text)
    assert {row[0] for row in found.tables[1].rows} == {"made-up company of 600"}


def test_it_is_a_command(tmp_path: Path) -> None:
    study = EXPERIMENTS / "cold_start.py"
    asked = [sys.executable, study, "--help"]
    assert "--out" in subprocess.run(asked, capture_output=True, text=True, check=True).stdout
