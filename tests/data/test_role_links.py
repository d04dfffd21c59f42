import polars as pl
import pytest

from hrreco.data import LearningData


def found(mandatory_for: str, needed_role: str = "Nurse") -> dict[str, str]:
    data = LearningData.from_frames(
        pl.DataFrame({"employee_id": ["1"], "role": ["Nurse"], "department": ["Care"]}),
        pl.DataFrame({"course_id": ["A"], "title": ["Meds"], "mandatory_for": [mandatory_for]}),
        pl.DataFrame(
            {
                "employee_id": ["1"],
                "course_id": ["A"],
                "kind": ["completed"],
                "occurred_at": ["2025-01-01"],
            }
        ),
        role_skills=pl.DataFrame({"role": [needed_role], "skill": ["meds"]}),
    )
    assert len(data.courses) == len(data.role_skills) == 1
    return {finding.rule: finding.example for finding in data.report.findings}


@pytest.mark.parametrize("rule", ["*", "role:Nurse", "department:Care", "role:Nurse|*"])
def test_rules_that_apply_to_somebody_are_not_noted(rule: str) -> None:
    assert found(rule) == {}


def test_a_misspelt_role_of_mandatory_training_is_noted_with_the_close_match() -> None:
    example = found("role:Nurse|role:Nurze{}")["unknown_role"]
    assert "row 2" in example
    assert "'Nurze{}', which no employee has; did you mean 'Nurse'?" in example


def test_a_misspelt_department_is_noted() -> None:
    assert "did you mean 'Care'" in found("department:Caree")["unknown_department"]


def test_a_role_that_needs_skills_and_nobody_has_is_noted() -> None:
    assert "did you mean 'Nurse'" in found("*", needed_role="Nurze")["unknown_role"]


def test_the_example_is_of_the_row_it_names() -> None:
    data = LearningData.from_frames(
        pl.DataFrame({"employee_id": ["1"], "role": ["Nurse"]}),
        pl.DataFrame(
            {
                "course_id": ["B", "A"],
                "title": ["Meds", "Bread"],
                "mandatory_for": ["role:Medic", "role:Baker"],
            }
        ),
        pl.DataFrame(schema=["employee_id", "course_id", "kind", "occurred_at"]),
    )
    (finding,) = data.report.findings
    assert finding.count == 2
    assert finding.example.startswith("courses row 2: mandatory_for names the role 'Medic'")
