"""The door that attributes for audits pass: only of people who may be looked at."""

from __future__ import annotations

import polars as pl

from hrreco.data import FairnessAttributes, LearningData
from hrreco.privacy import OptOutList, for_audit, for_training
from tests.conftest import AS_OF


def test_each_employee_has_the_group_of_the_table_in_the_order_of_the_data(
    learning_data: LearningData,
) -> None:
    people = learning_data.employees["employee_id"].to_list()
    frame = pl.DataFrame({"employee_id": people[2::-1], "gender": ["x", None, "y"]})
    audited = for_audit(
        FairnessAttributes.from_frame(frame, learning_data, as_of=AS_OF), learning_data
    )
    assert audited["gender"].values == ("x", "y")
    assert audited["gender"].member[:4].tolist() == [1, -1, 0, -1]
    assert len(audited["gender"].member) == len(people)


def test_whoever_opted_out_of_training_is_in_no_audit_and_no_group_goes_with_them(
    learning_data: LearningData,
) -> None:
    people = learning_data.employees["employee_id"].to_list()
    frame = pl.DataFrame({"employee_id": people[:3], "gender": ["x", "y", "y"]})
    attributes = FairnessAttributes.from_frame(frame, learning_data, as_of=AS_OF)
    admitted = for_training(learning_data, OptOutList(people[:1]))
    audited = for_audit(attributes, admitted)["gender"]
    assert audited.values == ("x", "y")
    assert audited.member[:3].tolist() == [1, 1, -1]
    assert len(audited.member) == len(people) - 1
