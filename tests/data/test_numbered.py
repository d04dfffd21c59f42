"""Events and groups by position say what the tables say by name."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from hrreco.data import LearningData


def test_positions_are_those_of_the_names(learning_data: LearningData) -> None:
    numbered = learning_data.numbered_events
    events = learning_data.events[numbered["event"]]
    assert sorted(numbered["event"]) == list(range(len(learning_data.events)))
    for column, names in (
        ("employee", learning_data.employees["employee_id"]),
        ("course", pl.Series(learning_data.catalogue.course_ids)),
        ("kind", pl.Series([*learning_data.settings.events])),
    ):
        told = "kind" if column == "kind" else f"{column}_id"
        assert names.gather(numbered[column]).to_list() == events[told].to_list()


def test_events_of_a_pair_stand_together_in_the_order_of_the_table(
    learning_data: LearningData,
) -> None:
    numbered = learning_data.numbered_events
    assert numbered.equals(numbered.sort("employee", "course", "event"))


def test_an_event_of_somebody_unknown_is_absent(learning_data: LearningData) -> None:
    gone = learning_data.events["employee_id"][0]
    employees = learning_data.employees.filter(pl.col("employee_id") != gone)
    numbered = replace(learning_data, employees=employees).numbered_events
    left = learning_data.events.filter(pl.col("employee_id") != gone)
    assert len(numbered) == len(left)
    people = employees["employee_id"].gather(numbered["employee"])
    assert people.equals(left["employee_id"])  # each has theirs together in the table, too


def test_groups_are_of_one_role_and_department(learning_data: LearningData) -> None:
    employees = learning_data.employees.with_columns(
        department=pl.when(pl.col("role") == pl.col("role").first())
        .then(None)
        .otherwise(pl.lit("Care"))
    )
    groups = replace(learning_data, employees=employees).groups
    pairs = list(employees.select("role", "department").iter_rows())
    assert [groups.names[group] for group in groups.of_employee] == pairs
    assert len(set(groups.names)) == len(groups.names)
