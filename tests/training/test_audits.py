"""Audits within a training: told with it, and of no influence on what is learned."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from hrreco.data import FairnessAttributes, LearningData
from hrreco.data.synthetic import Company
from hrreco.training import TrainConfig, TrainedModel, train
from tests.conftest import AS_OF

QUICK = TrainConfig(models=("ease",))


@pytest.fixture(scope="module")
def attributes(made: Company, learning_data: LearningData) -> FairnessAttributes:
    assert made.attributes is not None
    return FairnessAttributes.from_frame(made.attributes, learning_data, as_of=AS_OF)


@pytest.fixture(scope="module")
def audited(learning_data: LearningData, attributes: FairnessAttributes) -> TrainedModel:
    return train(learning_data, QUICK, attributes=attributes, as_of=AS_OF)


def test_the_report_holds_every_audit_as_plain_json(audited: TrainedModel) -> None:
    assert audited.report is not None
    told = json.loads(json.dumps(audited.report.to_json(), allow_nan=False))
    assert told["serving"] == "ease"
    judged = told["judged_by"]
    assert set(judged["fairness"]) == {"popularity", "ease"}
    gender = judged["fairness"]["ease"]["gender"]
    assert set(gender["measures"]) == {"recall@10", "exposure@10", "hours@10"}
    assert set(gender["people"]) == {"female", "male"}
    assert gender["not_assessable"] == ["other"]
    assert "versus_rules" in gender["measures"]["recall@10"]
    assert set(judged["faithfulness"]) == {"ease"}
    assert judged["faithfulness"]["ease"]["rate"]["low"] > 0.8
    assert told["leakage"]["auc"]["low"] > 0.5
    assert any("'other' not assessable" in warning for warning in told["warnings"])


def test_what_is_learned_is_the_same_whatever_people_are(
    learning_data: LearningData, audited: TrainedModel, tmp_path: Path
) -> None:
    unaudited = train(learning_data, QUICK, as_of=AS_OF)
    assert audited.save(tmp_path / "a") == unaudited.save(tmp_path / "b")
    assert unaudited.report is not None
    assert unaudited.report.judged_by is not None
    assert unaudited.report.judged_by.fairness == {}


def test_a_group_that_gets_less_is_warned_of(
    learning_data: LearningData, audited: TrainedModel
) -> None:
    """One group took what few take, which no model foresees."""
    assert audited.report is not None and audited.report.windows is not None
    begins = pl.lit(audited.report.windows.gate_on).cast(pl.Datetime("us", "UTC"))
    takers = learning_data.events.group_by("course_id").agg(
        pl.col("employee_id").n_unique().alias("takers")
    )
    taken = learning_data.events.filter(pl.col("occurred_at") >= begins).join(takers, "course_id")
    mean = taken.group_by("employee_id").agg(pl.col("takers").mean()).sort("takers")
    rare = mean["employee_id"].head(len(mean) // 4).to_list()
    people = learning_data.employees["employee_id"]
    group = pl.when(people.is_in(rare)).then(pl.lit("rare")).otherwise(pl.lit("usual"))
    frame = pl.DataFrame({"employee_id": people}).with_columns(group.alias("gender"))
    attributes = FairnessAttributes.from_frame(frame, learning_data, as_of=AS_OF)
    report = train(learning_data, QUICK, attributes=attributes, as_of=AS_OF).report
    assert report is not None and report.judged_by is not None
    spread = report.judged_by.fairness["ease"]["gender"].spreads["recall@10"]
    assert spread.lowest == "rare"
    assert spread.ratio.mean < 0.8
    assert any(w.startswith("recall@10 by gender: 'rare' gets") for w in report.warnings)


def test_nobody_who_opted_out_is_counted(
    learning_data: LearningData, attributes: FairnessAttributes
) -> None:
    people = learning_data.employees["employee_id"]
    male = attributes.rows.filter(value="male")["employee_id"].to_list()
    report = train(learning_data, QUICK, opt_outs=male, attributes=attributes, as_of=AS_OF).report
    absent = replace(
        learning_data,
        **{
            name: getattr(learning_data, name).filter(~pl.col("employee_id").is_in(male))
            for name in ("employees", "events", "employee_skills")
        },
    )
    assert len(absent.employees) == len(people) - len(male)
    without = train(absent, QUICK, attributes=attributes, as_of=AS_OF).report
    assert report is not None and without is not None
    assert report.judged_by == without.judged_by
    assert report.leakage == without.leakage
