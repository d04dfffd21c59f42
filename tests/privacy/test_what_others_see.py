"""What managers and HR see changes by opting out just as by leaving, or not at all."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import polars as pl
import pytest

from hrreco import Advisor, LearningData, TrainConfig, TrainedModel, evaluate_history, train
from hrreco.data.synthetic import CompanyConfig, company
from hrreco.reports import GroupReport
from hrreco.reports.groups import DIMENSIONS
from hrreco.tracking import model_card
from hrreco.workspace._card import card_facts
from tests.conftest import AS_OF

QUICK = TrainConfig(models=("ease",))


@pytest.fixture(scope="module")
def data() -> LearningData:
    made = company(CompanyConfig(seed=3, employees=200, courses=60, roles=10, skills=30))
    return LearningData.from_frames(**made.tables, as_of=AS_OF)


@pytest.fixture(scope="module")
def out(data: LearningData) -> list[str]:
    """Some people, managers among them."""
    managers = data.employees["manager_id"].drop_nulls().unique().sort()[:2]
    return sorted({*data.employees["employee_id"][5::20], *managers})


@pytest.fixture(scope="module")
def left(data: LearningData, out: list[str]) -> LearningData:
    """The data without the rows of those people."""
    others = ~pl.col("employee_id").is_in(out)
    tables = ("employees", "events", "employee_skills")
    return replace(data, **{name: getattr(data, name).filter(others) for name in tables})


@pytest.fixture(scope="module")
def trained_without(data: LearningData, out: list[str]) -> TrainedModel:
    return train(data, QUICK, out, as_of=AS_OF)


def test_reports_of_groups(data: LearningData, left: LearningData, out: list[str]) -> None:
    for by in [*combinations(DIMENSIONS, 1), *combinations(DIMENSIONS, 2)]:
        report = GroupReport.of(data, by, out, as_of=AS_OF)
        assert report == GroupReport.of(left, by, as_of=AS_OF)
        assert report.groups


def test_the_report_of_a_training_and_its_card(
    left: LearningData, trained_without: TrainedModel
) -> None:
    report, other = trained_without.report, train(left, QUICK, as_of=AS_OF).report
    assert report is not None
    assert other is not None
    assert report.to_json() == other.to_json()
    assert model_card(card_facts(report)) == model_card(card_facts(other))


def test_an_evaluation(data: LearningData, left: LearningData, out: list[str]) -> None:
    reports = [
        evaluate_history(given, ["ease"], [5], opt_outs, as_of=AS_OF).to_json()
        for given, opt_outs in ((data, out), (left, ()))
    ]
    assert reports[0] == reports[1]


def test_suggestions_for_everyone(
    data: LearningData, left: LearningData, out: list[str], trained_without: TrainedModel
) -> None:
    table = Advisor(trained_without, data, out).recommend_all(as_of=AS_OF)
    theirs = pl.col("employee_id").is_in(out)
    others = Advisor(trained_without, left).recommend_all(as_of=AS_OF)
    assert table.filter(~theirs).equals(others)
    of_all = Advisor(trained_without, data).recommend_all(as_of=AS_OF)
    assert _forms(table.filter(theirs)) <= _forms(of_all)
    assert set(table["employee_id"]) == set(of_all["employee_id"])
    assert table.filter(theirs).filter(kind="elective").height


def _forms(table: pl.DataFrame) -> set[tuple[Any, ...]]:
    """Return what there is in rows: which cells are empty, which kinds, reasons and codes."""
    codes = table.with_columns(pl.col("reasons").list.eval(pl.element().struct.field("code")))
    return {
        (
            row["kind"],
            tuple(row["reasons"] or ()),
            "no_evidence" in (row["left_out"] or ()),
            *(value is None for value in row.values()),
        )
        for row in codes.iter_rows(named=True)
    }
