"""The mapping that ships for a real-looking HR export, on that export."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrreco.data import LearningData, TableCounts
from hrreco.errors import MissingFileError, PersonalColumnError

REPOSITORY = Path(__file__).parents[2]
EXPORT = REPOSITORY.parent / "shared/data/hr_export"
MAPPING = REPOSITORY / "configs/mappings/hr_export.toml"

pytestmark = pytest.mark.skipif(not EXPORT.is_dir(), reason=f"{EXPORT} is absent")


@pytest.fixture(scope="module")
def data() -> LearningData:
    return LearningData.read(EXPORT, mapping=MAPPING, as_of="2024-01-01")


def test_every_row_is_accounted_for(data: LearningData) -> None:
    assert data.report is not None
    assert data.report.tables == {
        "employees": TableCounts(3000, 2523, past_retention=477),
        "courses": TableCounts(5, 5),
        "events": TableCounts(3000, 2235, quarantined=288, past_retention=477),
    }
    assert set(data.report.quarantine["rule"]) == {"before_hiring"}


def test_every_date_is_read(data: LearningData) -> None:
    assert data.employees["started_on"].null_count() == 0
    assert data.employees["left_on"].null_count() == 1467
    assert str(data.employee("1001").events[0].occurred_at.date()) == "2022-09-20"


def test_the_catalogue_is_what_the_log_names(data: LearningData) -> None:
    assert data.catalogue.titles[:2] == ("Communication Skills", "Customer Service")
    assert set(data.events["kind"]) == {"completed", "passed", "failed", "dropped"}


def test_trailing_blanks_are_gone(data: LearningData) -> None:
    assert "Production" in set(data.employees["department"])


def test_the_survey_is_left_aside_by_name(data: LearningData) -> None:
    assert data.report is not None
    survey = "employee_engagement_survey_data.csv: left aside, as the mapping says"
    assert data.report.notes == (survey,)


@pytest.mark.parametrize(
    "column",
    ["RaceDesc", "MaritalDesc", "DOB", "PayZone", "PerformanceScore", "GenderCode", "FirstName"],
)
def test_each_personal_column_is_refused_unless_dropped(tmp_path: Path, column: str) -> None:
    mapping = tmp_path / "mapping.toml"
    text = MAPPING.read_text()
    mapping.write_text(text.replace(f'    "{column}",\n', ""))
    assert mapping.read_text() != text
    with pytest.raises(PersonalColumnError, match=f"'{column}'"):
        LearningData.read(EXPORT, mapping=mapping)


def test_without_a_mapping_the_error_says_what_to_do() -> None:
    with pytest.raises(MissingFileError) as caught:
        LearningData.read(EXPORT)
    assert "mapping" in str(caught.value)
    assert "training_and_development_data.csv" in str(caught.value)
    assert "did you mean 'employee_data.csv'?" in str(caught.value)
