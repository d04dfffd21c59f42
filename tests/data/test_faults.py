from __future__ import annotations

from collections.abc import Callable

from hrreco.data import LearningData
from tests.data.test_quality import EVENT_HEADER

Read = Callable[..., LearningData]


def example(data: LearningData, rule: str) -> str:
    assert data.report is not None
    return next(finding.example for finding in data.report.findings if finding.rule == rule)


def test_all_codes_that_are_not_understood_are_listed_the_commonest_first(read: Read) -> None:
    kinds = ["zzz", *["Kesken"] * 3, *["Suoritettu"] * 1_200, *"abcdefghi"]
    rows = "".join(f"x{at},E1,C1,{kind},2022-03-01,,\n" for at, kind in enumerate(kinds))
    assert example(read(events=EVENT_HEADER + rows), "unknown_kind") == (
        "events.csv row 2: kind 'zzz' is no kind of event; say what it means under "
        "[events.values.kind] in a mapping file (all such values of kind: 'Suoritettu' 1,200, "
        "'Kesken' 3, 'a' 1, 'b' 1, 'c' 1, 'd' 1, 'e' 1, 'f' 1, 'g' 1, 'h' 1 and 2 more)"
    )


def test_codes_are_listed_column_by_column(read: Read) -> None:
    data = read(
        courses="course_id,title,active,sensitive\nC1,x,käytössä,\nC2,x,,maybe\nC3,x,?,maybe\n",
        employee_skills="employee_id,skill,source\nE1,a,own\nE1,b,own\nE2,a,boss\n",
    )
    assert example(data, "bad_boolean").endswith(
        "[courses.values.active] in a mapping file (all such values of active: '?' 1, "
        "'käytössä' 1) (all such values of sensitive: 'maybe' 2)"
    )
    assert example(data, "unknown_value").endswith(
        "(all such values of source: 'own' 2, 'boss' 1)"
    )


def test_one_code_is_not_listed_again(read: Read) -> None:
    one = "E1,C1,xyz,2022-03-01,,\n"
    data = read(events=f"{EVENT_HEADER}a,{one}b,{one}")
    assert example(data, "unknown_kind").endswith("[events.values.kind] in a mapping file")


def test_a_strange_date_tells_where_to_name_its_format(read: Read) -> None:
    data = read(events=f"{EVENT_HEADER}x,E1,C1,passed,1.3.2022,,\n")
    assert example(data, "bad_date") == (
        "events.csv row 2: occurred_at '1.3.2022' is no date in ISO 8601, or in a format named "
        "under [events.date_formats] in a mapping file"
    )
