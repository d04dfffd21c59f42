from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from hrreco import Esco
from hrreco.errors import DataError, MissingColumnError, MissingFileError
from tests.skills.esco_files import (
    BAKER,
    BREADS,
    CAKES,
    COOK,
    KNEAD,
    OVENS,
    RELATIONS,
    SKILLS,
    pack,
    write_esco,
)

OCCUPATION_FILE, SKILL_FILE = "occupations_en.csv", "skills_en.csv"
RELATION_FILE = "occupationSkillRelations_en.csv"


def test_all_of_a_download_is_read(esco: Esco) -> None:
    assert esco.occupations.labels[COOK] == "galley cook"
    assert esco.skills.rows["uri"].to_list() == [uri for uri, *_ in SKILLS]
    assert sorted(esco.relations.select("occupation", "importance", "skill").rows()) == sorted(
        RELATIONS
    )
    assert esco.findings == ()


def test_packed_files_and_old_names_are_the_same(folder: Path, esco: Esco) -> None:
    for name in (OCCUPATION_FILE, SKILL_FILE):
        pack(folder / name)
    (folder / RELATION_FILE).rename(folder / "occupationSkillRelations.csv")
    again = Esco.read(str(folder))
    assert again.relations.equals(esco.relations)
    assert again.occupations.rows.equals(esco.occupations.rows)


def test_any_one_language_will_do(folder: Path, esco: Esco) -> None:
    for name in (OCCUPATION_FILE, SKILL_FILE):
        (folder / name).rename(folder / name.replace("_en", "_fi"))
    (folder / "skillGroups_sv.csv").write_text("of no use")
    assert Esco.read(folder).skills.rows.equals(esco.skills.rows)


@pytest.mark.parametrize("second", ["occupations_fi.csv", "occupations_en.csv.gz"])
def test_two_files_of_one_kind_are_refused(folder: Path, second: str) -> None:
    (folder / second).write_bytes((folder / OCCUPATION_FILE).read_bytes())
    with pytest.raises(DataError, match=rf"{OCCUPATION_FILE}.*{second}|{second}.*leave one"):
        Esco.read(folder)


def test_two_languages_are_refused(folder: Path) -> None:
    (folder / SKILL_FILE).rename(folder / "skills_fi.csv")
    with pytest.raises(DataError, match=r"occupations_en\.csv and skills_fi\.csv are of two lang"):
        Esco.read(folder)


@pytest.mark.parametrize("name", [OCCUPATION_FILE, SKILL_FILE, RELATION_FILE])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).rename(folder / name.replace("s_", "z_"))
    with pytest.raises(MissingFileError) as caught:
        Esco.read(folder)
    assert f"no {name}" in str(caught.value)
    assert f"did you mean '{name.replace('s_', 'z_')}'" in str(caught.value)


def test_no_folder_and_a_file_are_no_download(folder: Path) -> None:
    with pytest.raises(MissingFileError, match="no such folder"):
        Esco.read(folder / "nowhere")
    with pytest.raises(MissingFileError, match="is a file"):
        Esco.read(folder / SKILL_FILE)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        (OCCUPATION_FILE, "conceptUri"),
        (SKILL_FILE, "altLabels"),
        (RELATION_FILE, "relationType"),
        (RELATION_FILE, "skillUri"),
    ],
)
def test_a_missing_column_is_named_with_the_close_match(
    folder: Path, name: str, column: str
) -> None:
    path = folder / name
    path.write_text(path.read_text().replace(column, f"{column}s", 1))
    with pytest.raises(MissingColumnError) as caught:
        Esco.read(folder)
    assert str(caught.value).startswith(f"{name}: ESCO's column {column!r} is missing")
    assert f"did you mean '{column}s'" in str(caught.value)


@pytest.mark.parametrize("name", [OCCUPATION_FILE, SKILL_FILE, RELATION_FILE])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "is not a CSV file"),
        (
            "conceptUri,preferredLabel,altLabels,occupationUri,skillUri,relationType\nu,Bäcker,".encode(
                "cp1252"
            ),
            "no UTF-8",
        ),
        (
            b"conceptUri,preferredLabel,altLabels,occupationUri,skillUri,relationType\n",
            "holds no row",
        ),
    ],
)
def test_a_broken_file_never_loads(folder: Path, name: str, content: bytes, said: str) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(DataError, match=said) as caught:
        Esco.read(folder)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("kept", [0.2, 0.9, 0.99])
@pytest.mark.parametrize("name", [OCCUPATION_FILE, SKILL_FILE, RELATION_FILE])
def test_a_torn_gzip_file_never_loads(folder: Path, name: str, kept: float) -> None:
    packed = pack(folder / name)
    whole = packed.read_bytes()
    packed.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(DataError, match="no whole gzip file"):
        Esco.read(folder)


def test_what_is_named_gz_must_be_gzip(folder: Path) -> None:
    (folder / SKILL_FILE).rename(folder / f"{SKILL_FILE}.gz")
    with pytest.raises(DataError, match=r"skills_en\.csv\.gz is no whole gzip file"):
        Esco.read(folder)


def test_a_file_that_ends_within_a_label_never_loads(folder: Path) -> None:
    path = folder / OCCUPATION_FILE
    path.write_text(path.read_text().partition("rolls")[0])
    with pytest.raises(DataError, match=r"occupations_en\.csv.* row 2 is never closed"):
        Esco.read(folder)


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        (OCCUPATION_FILE, ",baker,,", "row 6 has no conceptUri"),
        (SKILL_FILE, "http://data.example/skill/z,,,", "row 6 has no preferredLabel"),
        (SKILL_FILE, f"{KNEAD},knead,,", "row 6 bears the conceptUri of another row"),
        (SKILL_FILE, "u,knead,,,one too many", "row 6 has more fields"),
        (RELATION_FILE, f"{BAKER},essential,", "row 9 has no skillUri"),
        (RELATION_FILE, f"{BAKER},vital,{OVENS}", "row 9 has the relationType 'vital'"),
        (RELATION_FILE, f"{BAKER},Essential,{OVENS}", "row 9 has the relationType 'Essential'"),
    ],
)
def test_a_broken_row_is_named(folder: Path, name: str, row: str, said: str) -> None:
    with (folder / name).open("a") as file:
        file.write(f"{row}\n")
    with pytest.raises(DataError, match=said) as caught:
        Esco.read(folder)
    assert str(caught.value).startswith(f"{name}: ")


def test_relations_to_the_unknown_are_left_out_and_told(tmp_path: Path) -> None:
    strangers = [
        ("http://data.example/occupation/x", "essential", KNEAD),
        (BAKER, "optional", "http://data.example/skill/x"),
        (BAKER, "optional", "http://data.example/skill/y"),
    ]
    esco = Esco.read(write_esco(tmp_path / "esco", relations=[*RELATIONS, *strangers]))
    assert len(esco.relations) == len(RELATIONS)
    of_occupation, of_skills = map(str, esco.findings)
    assert f"{RELATION_FILE}: 1 row names an occupation" in of_occupation
    assert "row 9, http://data.example/occupation/x" in of_occupation
    assert "2 rows name a skill" in of_skills
    assert "such as row 10: http://data.example/skill/x" in of_skills


def test_relations_of_another_download_are_refused(tmp_path: Path) -> None:
    folder = write_esco(tmp_path / "esco", relations=[("x", "essential", "y")])
    with pytest.raises(DataError, match="three files of one download"):
        Esco.read(folder)


def test_what_is_essential_and_optional_is_essential(tmp_path: Path) -> None:
    twice = [(CAKES, "essential", KNEAD), (CAKES, "optional", KNEAD), (CAKES, "optional", BREADS)]
    esco = Esco.read(write_esco(tmp_path / "esco", relations=twice))
    needs = dict(esco.relations.select("skill", "importance").iter_rows())
    assert needs == {KNEAD: "essential", BREADS: "optional"}
    assert esco.relations["occupation"].unique().to_list() == [CAKES]
    assert esco.relations.schema == dict.fromkeys(("occupation", "skill", "importance"), pl.String)
