"""Attributes for audits of fairness: read in two forms, checked, and kept from all else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import polars as pl
import pytest

from hrreco.data import FairnessAttributes, LearningData
from hrreco.data.export import read_export
from hrreco.errors import MissingColumnError, PersonalColumnError, SettingsError
from hrreco.settings import PersonalColumn, Settings

Write = Callable[..., Path]

EMPLOYEES = "employee_id,role\nE1,Nurse\nE2,Nurse\n"
WIDE = "employee_id,gender,age_band\nE1,female,\nE2,male,45 to 59\n"
LONG = "employee_id,attribute,value\nE1,gender,female\nE2,gender,male\nE2,age_band,45 to 59\n"
EXPECTED = [("E1", "gender", "female"), ("E2", "age_band", "45 to 59"), ("E2", "gender", "male")]


def registered(attribute: str) -> Settings:
    column = PersonalColumn(purpose="audit of fairness")
    own = {"fairness_attributes": {attribute: column}}
    return Settings(necessity=own)


@pytest.mark.parametrize("given", [WIDE, LONG])
def test_a_row_or_a_column_for_each_attribute_is_the_same(write: Write, given: str) -> None:
    folder = write(employees=EMPLOYEES, fairness_attributes=given)
    export = read_export(folder)
    assert export.attributes.rows.rows() == EXPECTED
    assert export.data.report.tables["fairness_attributes"].accepted == 3
    assert not [note for note in export.data.report.notes if "fairness" in note]


@pytest.mark.parametrize("given", [WIDE, LONG])
def test_frames_are_checked_as_files_are(write: Write, given: str) -> None:
    data = LearningData.read(write(employees=EMPLOYEES))
    frame = pl.read_csv(given.encode() + (b"E9,male,\n" if given == WIDE else b"E9,gender,male\n"))
    attributes = FairnessAttributes.from_frame(frame, data)
    assert attributes.rows.rows() == EXPECTED
    assert attributes.report.quarantine["rule"].to_list() == ["unknown_employee"]


def test_what_models_are_handed_has_no_place_for_it(write: Write) -> None:
    data = LearningData.read(write(employees=EMPLOYEES, fairness_attributes=WIDE))
    frames = [getattr(data, field.name) for field in fields(data)]
    held = [frame for frame in frames if isinstance(frame, pl.DataFrame)]
    assert len(held) == 6
    assert not [c for frame in held for c in frame.columns if c in {"gender", "attribute"}]
    assert "fairness_attributes" not in data.fingerprints()


def test_each_other_table_still_refuses_it(write: Write) -> None:
    with pytest.raises(PersonalColumnError, match=r"'gender' \(gender\) may never"):
        LearningData.read(write(employees="employee_id,role,gender\nE1,Nurse,female\n"))


def test_an_attribute_without_a_reason_is_refused_with_the_close_match(write: Write) -> None:
    given = WIDE.replace("gender", "Gender").replace("age_band", "contract")
    folder = write(employees=EMPLOYEES, fairness_attributes=given)
    with pytest.raises(PersonalColumnError, match=r"did you mean 'gender'.*'contract' is not in"):
        read_export(folder)


def test_a_company_registers_further_attributes(write: Write) -> None:
    given = WIDE.replace("age_band", "contract")
    folder = write(employees=EMPLOYEES, fairness_attributes=given)
    rows = read_export(folder, settings=registered("contract")).attributes.rows
    assert set(rows["attribute"]) == {"gender", "contract"}


@pytest.mark.parametrize("attribute", ["union_member", "health", "sexual_orientation", "religion"])
def test_no_reason_lifts_what_may_never_be_used(write: Write, attribute: str) -> None:
    with pytest.raises(SettingsError, match=f"fairness_attributes.{attribute} .*may never be"):
        registered(attribute)
    wide = write(employees=EMPLOYEES, fairness_attributes=WIDE.replace("gender", attribute))
    with pytest.raises(PersonalColumnError, match=f"{attribute}.*may never be used"):
        read_export(wide)
    long = write(employees=EMPLOYEES, fairness_attributes=LONG.replace("gender", attribute))
    export = read_export(long)
    assert set(export.attributes.rows["attribute"]) == {"age_band"}
    lines = export.data.report.quarantine
    assert lines["rule"].to_list() == ["unregistered_attribute"] * 2
    assert "may never be used" in lines["message"][0]


def test_attributes_of_who_left_go_when_their_own_time_is_over(write: Write) -> None:
    left = "employee_id,role,left_on\nE1,Nurse,2024-06-01\nE2,Nurse,2024-06-01\n"
    column = {"purpose": "audit of fairness", "keep_days": 30}
    settings = Settings(necessity={"fairness_attributes": {"gender": column}})
    folder = write(employees=left, fairness_attributes=WIDE)
    kept = [
        read_export(folder, settings=settings, as_of=f"2024-{day}") for day in ("07-01", "07-02")
    ]
    assert [len(one.attributes.rows) for one in kept] == [3, 1]
    counts = kept[1].data.report.tables["fairness_attributes"]
    assert (counts.accepted, counts.past_retention) == (1, 2)


def test_bad_rows_of_either_form_are_left_out_with_their_row_number(write: Write) -> None:
    folder = write(employees=EMPLOYEES, fairness_attributes=WIDE + "E9,male,30\n,female,\n")
    lines = read_export(folder).data.report.quarantine
    assert lines.select("row", "column", "value").rows() == [
        (4, "employee_id", "E9"),
        (5, "employee_id", None),
    ]
    folder = write(employees=EMPLOYEES, fairness_attributes=LONG + "E1,age_band,\nE1,,x\n")
    lines = read_export(folder).data.report.quarantine
    assert lines.select("row", "column").rows() == [(5, "value"), (6, "attribute")]


def test_of_a_person_named_again_the_last_value_counts(write: Write) -> None:
    folder = write(employees=EMPLOYEES, fairness_attributes=WIDE + "E2,other,\n")
    export = read_export(folder)
    assert export.attributes.rows.rows() == [*EXPECTED[:2], ("E2", "gender", "other")]
    counts = export.data.report.tables["fairness_attributes"]
    assert (counts.read, counts.accepted, counts.duplicates) == (4, 3, 1)


def test_a_mapping_names_attributes_and_drops_the_rest(write: Write, tmp_path: Path) -> None:
    given = "Person;Sukupuoli;Name;\nE1;N;Ann;\nE2;M;Bo;\n"
    folder = write(employees=EMPLOYEES, fairness_attributes=given)
    (tmp_path / "m.toml").write_text(
        """
        [fairness_attributes]
        drop = ["Name"]
        columns = { employee_id = "Person", gender = "Sukupuoli" }
        [fairness_attributes.values.value]
        N = "female"
        M = "male"
        """
    )
    rows = read_export(folder, mapping=tmp_path / "m.toml").attributes.rows
    assert rows.rows() == [("E1", "gender", "female"), ("E2", "gender", "male")]


def test_a_file_without_ids_is_refused(write: Write) -> None:
    folder = write(employees=EMPLOYEES, fairness_attributes="gender,age_band\nmale,x\n")
    with pytest.raises(MissingColumnError, match="employee_id"):
        read_export(folder)
