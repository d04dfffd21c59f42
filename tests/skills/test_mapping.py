from __future__ import annotations

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco import Esco, LearningData, SkillMapping, match_skills
from hrreco.errors import DataError, HrrecoError, MissingColumnError, MissingFileError
from hrreco.skills.mapping import SCHEMA
from tests.skills.esco_files import BAKER, CAKES, CODER, COOK, KNEAD, OVENS

HEADER = "kind,name,uri,label,matched_by,confidence,confirmed"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "skills-mapping.csv"


def read(path: Path, data: LearningData, esco: Esco, *lines: str) -> SkillMapping:
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return SkillMapping.read(path, data, esco)


def test_what_is_written_is_read_again(path: Path, data: LearningData, esco: Esco) -> None:
    mapping = match_skills(data, esco)
    mapping.write(path)
    assert SkillMapping.read(path, data, esco).rows.equals(mapping.rows)


def test_the_file_says_yes_where_a_match_is_certain(
    path: Path, data: LearningData, esco: Esco
) -> None:
    match_skills(data, esco).write(path)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # else Excel spoils its letters
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert {(row["matched_by"], row["confirmed"]) for row in rows} == {
        ("id", "yes"),
        ("label", "yes"),
        ("alternative_label", "yes"),
        ("alternative_label", ""),
        ("text", ""),
        ("", ""),
    }


def test_what_a_person_has_written_counts(path: Path, data: LearningData, esco: Esco) -> None:
    mapping = read(
        path,
        data,
        esco,
        f'Role,Cake bakers,{CAKES},stale label,text,"0,62",YES ',
        f"role,Baker,{BAKER},night baker,id,1.0,no",
        f"role,Zzz,{CODER},,,,yes",
        ",,,,,,",
    )
    assert mapping.confirmed("role").rows() == [
        ("role", "Cake bakers", CAKES, "cake baker", "text", 0.62, True),
        ("role", "Zzz", CODER, "C# programmer", "hand", None, True),
    ]


def test_as_excel_saves_it(path: Path, data: LearningData, esco: Esco) -> None:
    lines = [HEADER, f"role,Baker,{BAKER},,,,yes"]
    path.write_bytes("\r\n".join(lines).replace(",", ";").encode("cp1252"))
    assert len(SkillMapping.read(path, data, esco).confirmed("role")) == 1


def test_as_a_workbook(path: Path, data: LearningData, esco: Esco) -> None:
    mapping = match_skills(data, esco)
    mapping.write(path)
    workbook = path.with_suffix(".xlsx")
    pl.read_csv(path).write_excel(workbook)
    assert SkillMapping.read(workbook, data, esco).rows.equals(mapping.rows)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"rule,Baker,{BAKER},,,,yes", "row 3: the kind is 'rule'; it is role or skill"),
        (f"role,Bakker,{BAKER},,,,yes", "row 3: unknown role 'Bakker'; did you mean 'Baker'?"),
        (f"role,,{BAKER},,,,yes", "row 3: unknown role ''; take the row out"),
        (f"skill,sqk,{KNEAD},,,,", "row 3: unknown skill 'sqk'; did you mean 'sql'?"),
        ("role,Baker,http://x,,,,", "row 3: 'http://x' is no occupation of this ESCO"),
        (f"role,Baker,{KNEAD},,,,", f"row 3: '{KNEAD}' is no occupation of this ESCO"),
        (f"skill,sql,{BAKER},,,,", f"row 3: '{BAKER}' is no skill of this ESCO"),
        (f"role,Baker,{BAKER},,,,maybe", "row 3: confirmed is 'maybe'; write yes or no"),
        ("role,Baker,,,,,yes", "row 3: is confirmed, but has no uri"),
        (f"role,Zzz,{BAKER},,,,yes", "rows 2 and 3 both confirm an occupation of the role 'Zzz'"),
        (f"role,Baker,{BAKER},,,,yes,more", "row 3 has more fields than the header"),
    ],
)
def test_a_wrong_row_is_one_clear_line(
    path: Path, data: LearningData, esco: Esco, line: str, said: str
) -> None:
    with pytest.raises(HrrecoError) as caught:
        read(path, data, esco, f"role,Zzz,{COOK},,,,yes", line)
    assert said in str(caught.value)
    assert str(caught.value).startswith("skills-mapping.csv: ")


def test_wrong_columns_are_named(path: Path, data: LearningData, esco: Esco) -> None:
    path.write_text(f"{HEADER.replace('confirmed', 'confirmd')}\n")
    with pytest.raises(DataError, match=r"unknown column 'confirmd'; did you mean 'confirmed'"):
        SkillMapping.read(path, data, esco)
    path.write_text("kind,name,confirmed\n")
    with pytest.raises(MissingColumnError, match="the column 'uri' is missing"):
        SkillMapping.read(path, data, esco)
    with pytest.raises(MissingFileError, match="hrreco skills match"):
        SkillMapping.read(path.with_name("none.csv"), data, esco)


def test_an_update_keeps_what_was_decided(path: Path, data: LearningData, esco: Esco) -> None:
    proposal = match_skills(data, esco)
    before = read(
        path,
        data,
        esco,
        f"role,Cake bakers,{CAKES},,text,0.6,no",
        f"role,Baker,{COOK},,id,1,yes",
        "role,Bread maker,,,,,",
    )
    rows = before.updated(proposal).rows
    assert rows.filter(name="Cake bakers")["confirmed"].to_list() == [False]
    assert rows.filter(name="Baker")["uri"].to_list() == [COOK]
    assert rows.filter(name="Bread maker").equals(proposal.rows.filter(name="Bread maker"))
    assert set(rows["name"]) == set(proposal.rows["name"])
    assert before.updated(before).rows.equals(before.rows)


def test_names_are_counted_by_how_they_are_settled(
    path: Path, data: LearningData, esco: Esco
) -> None:
    nothing = dict.fromkeys(("id", "label", "alternative_label", "text", "hand"), 0)
    counts = match_skills(data, esco).counts()
    assert counts == {
        "role": {**nothing, "id": 1, "label": 1, "to_confirm": 2, "none": 1},
        "skill": {
            **nothing,
            "id": 1,
            "label": 1,
            "alternative_label": 1,
            "to_confirm": 0,
            "none": 0,
        },
    }
    edited = read(
        path,
        data,
        esco,
        f"role,Cake bakers,{CAKES},,text,0.6,yes",
        f"role,Cake bakers,{BAKER},,text,0.5,",
        f"role,Bread maker,{CAKES},,text,0.6,no",
        f"role,Zzz,{CODER},,,,yes",
    )
    assert edited.counts()["role"] == {**nothing, "text": 1, "hand": 1, "to_confirm": 0, "none": 1}


def test_confirmed_roles_need_what_esco_says_by_the_company_s_own_names(
    path: Path, data: LearningData, esco: Esco
) -> None:
    mapping = read(
        path,
        data,
        esco,
        f"role,Baker,{BAKER},,,,yes",
        f"role,Zzz,{CAKES},,,,yes",
        f"role,Bread maker,{CODER},,,,",
        f"skill,Dough kneading,{KNEAD},,,,yes",
        f"skill,sql,{OVENS},,,,no",
    )
    needs = esco.role_skills(mapping)
    assert needs.rows() == [
        ("Baker", "Dough kneading", None, "essential"),
        ("Baker", "types of bread", None, "optional"),
        ("Baker", "use ovens safely", None, "essential"),
        ("Zzz", "Dough kneading", None, "optional"),
        ("Zzz", "use ovens safely", None, "essential"),
    ]
    again = LearningData.from_frames(data.employees, data.courses, data.events, role_skills=needs)
    assert again.role_skills.equals(needs)


def test_two_skills_of_esco_may_be_one_of_the_company_s(
    path: Path, data: LearningData, esco: Esco
) -> None:
    mapping = read(
        path,
        data,
        esco,
        f"role,Zzz,{CAKES},,,,yes",
        f"skill,sql,{OVENS},,,,yes",
        f"skill,sql,{KNEAD},,,,yes",
    )
    assert esco.role_skills(mapping).rows() == [("Zzz", "sql", None, "essential")]


def test_of_two_own_names_for_one_skill_the_first_is_used_and_the_others_are_told(
    path: Path, data: LearningData, esco: Esco
) -> None:
    mapping = read(
        path,
        data,
        esco,
        f"role,Zzz,{CAKES},,,,yes",
        f"skill,sql,{OVENS},,,,yes",
        f"skill,Dough kneading,{OVENS},,,,yes",
    )
    assert "Dough kneading" in esco.role_skills(mapping)["skill"]
    assert mapping.synonyms() == {"use ovens safely": ["Dough kneading", "sql"]}


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1).map(
    str.strip
)


@given(st.lists(TEXTS.filter(bool), unique=True, max_size=5))
def test_any_name_survives_the_file(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "mapping.csv"
    rows = [("role", name, None, None, None, None, None) for name in sorted(names)]
    mapping = SkillMapping(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    mapping.write(path)
    written = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    assert [row["name"] for row in written] == sorted(names)
