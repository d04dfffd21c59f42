import pytest

from hrreco.settings import never_necessary


@pytest.mark.parametrize(
    ("column", "what"),
    [
        ("RaceDesc", "ethnicity or origin"),
        ("MaritalDesc", "family"),
        ("marital status", "family"),
        ("DOB", "birth date or age"),
        ("birth_date", "birth date or age"),
        ("Salary", "pay"),
        ("PayZone", "pay"),
        ("PerformanceScore", "performance"),
        ("CurrentEmployeeRating", "performance"),
        ("union_member", "union membership"),
        ("learning style", "inferred style or personality"),
        ("sick-days", "health"),
        ("GenderCode", "gender or orientation"),
    ],
)
def test_what_may_never_be_read_is_known_by_its_name(column: str, what: str) -> None:
    assert never_necessary(column) == what


@pytest.mark.parametrize(
    "column",
    [
        "employee_id",
        "role",
        "language",
        "rating",
        "page",
        "grade",
        "reunion",
        "stage",
        "JobFamily",
    ],
)
def test_what_work_needs_is_not_mistaken_for_it(column: str) -> None:
    assert never_necessary(column) is None
