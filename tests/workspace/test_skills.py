from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from hrreco import Workspace
from hrreco.errors import DataError, HrrecoError
from hrreco.workspace import apply_esco, match_to_esco, skill_coverage
from hrreco.workspace.skills import Applied
from tests.skills.company import BEFORE, LEFT, bakery
from tests.skills.esco_files import BAKER, CAKES, CODER, COOK, KNEAD, RELATIONS, write_esco
from tests.store.build import ingest_into


@pytest.fixture
def esco(tmp_path: Path) -> Path:
    return write_esco(tmp_path / "esco")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace.init(tmp_path / "bakery")
    ingest_into(workspace.store, bakery(), source="exports", full=False)
    return workspace


@pytest.fixture
def file(tmp_path: Path, workspace: Workspace, esco: Path) -> Path:
    """The mapping as it is proposed."""
    return match_to_esco(workspace, esco, tmp_path / "mapping.csv").file


def apply(workspace: Workspace, file: Path, esco: Path, *edits: tuple[str, str]) -> Applied:
    text = file.read_text("utf-8-sig")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    edited = file.with_name("edited.csv")
    edited.write_text(text, encoding="utf-8")
    return apply_esco(workspace, edited, esco)


def own_needs(workspace: Workspace, tmp_path: Path, role: str) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "role_skills.csv").write_text(f"role,skill,level\n{role},ovens,3\n")
    workspace.ingest(folder)


def test_confirmed_roles_need_what_esco_says(workspace: Workspace, file: Path, esco: Path) -> None:
    done = apply(workspace, file, esco)
    assert done.to_json()["roles"] == {
        "Baker": {"occupation": "night baker", "essential": 2, "optional": 1},
        "Galley Cook": {"occupation": "galley cook", "essential": 1, "optional": 0},
    }
    assert done.to_confirm == ("Bread maker", "Cake bakers")
    assert done.own == ()
    needs = workspace.data().role_skills
    assert needs.filter(role="Baker")["skill"].to_list() == [
        "Dough kneading",
        "http://data.example/skill/l",
        "types of bread",
    ]


def test_what_a_person_confirms_counts_and_may_be_taken_back(
    workspace: Workspace, file: Path, esco: Path
) -> None:
    apply(workspace, file, esco)
    done = apply(
        workspace,
        file,
        esco,
        (f"{BAKER},night baker,id,1.0,yes", f"{BAKER},,id,1.0,no"),
        ("role,Zzz,,,,,", f"role,Zzz,{CODER},,,,yes"),
    )
    assert set(done.roles) == {"Galley Cook", "Zzz"}
    assert (done.counts.new, done.counts.unchanged, done.counts.marked) == (1, 1, 3)
    assert workspace.data().role_skills.rows() == [
        ("Galley Cook", "http://data.example/skill/l", None, "essential"),
        ("Zzz", "sql", None, "essential"),
    ]


@pytest.mark.parametrize("own_first", [True, False])
def test_a_role_with_needs_of_its_own_is_left_as_it_is(
    workspace: Workspace, file: Path, esco: Path, tmp_path: Path, own_first: bool
) -> None:
    if not own_first:
        apply(workspace, file, esco)
    own_needs(workspace, tmp_path, "Baker")
    done = apply(workspace, file, esco)
    assert done.own == ("Baker",)
    assert set(done.roles) == {"Galley Cook"}
    counts = done.counts.new, done.counts.unchanged, done.counts.marked
    assert counts == ((1, 0, 0) if own_first else (0, 1, 3))
    assert workspace.data().role_skills.filter(role="Baker").rows() == [
        ("Baker", "ovens", 3, "essential")
    ]


def test_what_esco_gave_is_not_taken_for_the_company_s_own(
    workspace: Workspace, file: Path, esco: Path, tmp_path: Path
) -> None:
    before = file.read_bytes()
    apply(workspace, file, esco)
    match_to_esco(workspace, esco, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == before


def test_a_file_that_people_have_edited_is_never_overwritten(
    workspace: Workspace, file: Path, esco: Path, tmp_path: Path
) -> None:
    file.write_text(f"kind,name,uri,confirmed\nrole,Baker,{COOK},yes\nrole,Zzz,{CODER},\n")
    before = file.read_bytes()
    with pytest.raises(DataError, match=r"is there already.*--update.*--out"):
        match_to_esco(workspace, esco, file)
    assert file.read_bytes() == before
    rows = match_to_esco(workspace, esco, file, update=True).mapping.rows
    assert rows.filter(name="Baker").select("uri", "matched_by", "confirmed").rows() == [
        (COOK, "hand", True)
    ]
    assert rows.filter(name="Zzz")["uri"].to_list() == [None]  # nobody has decided
    assert rows.filter(name="Galley Cook")["confirmed"].to_list() == [True]
    assert "Galley Cook" in file.read_text("utf-8-sig")


def test_a_broken_file_changes_nothing(
    workspace: Workspace, file: Path, esco: Path, tmp_path: Path
) -> None:
    apply(workspace, file, esco)
    before = workspace.store.last_ingest(), workspace.data().role_skills
    with pytest.raises(HrrecoError, match=r"edited\.csv: row \d+: unknown role 'Bakir'"):
        apply(workspace, file, esco, ("role,Baker,", "role,Bakir,"))
    broken = write_esco(tmp_path / "broken", relations=[*RELATIONS, (BAKER, "vital", KNEAD)])
    with pytest.raises(DataError, match="'vital'"):
        apply(workspace, file, broken)
    assert workspace.store.last_ingest() == before[0]
    assert workspace.data().role_skills.equals(before[1])


def test_what_is_served_sees_it_at_the_next_call(
    workspace: Workspace, file: Path, esco: Path
) -> None:
    from hrreco.workspace.live import LiveData

    live = LiveData(workspace)
    assert live.role_skills.is_empty()
    apply(workspace, file, esco)
    assert set(live.role_skills["role"]) == {"Baker", "Galley Cook"}
    apply(workspace, file, esco, (",yes", ",no"))
    assert live.role_skills.is_empty()


def test_own_names_for_one_skill_are_told(workspace: Workspace, file: Path, esco: Path) -> None:
    line = f"skill,Dough kneading,{KNEAD}"
    done = apply(workspace, file, esco, (line, f"skill,sql,{KNEAD},,,,yes\n{line}"))
    assert done.synonyms == {"knead dough": ["Dough kneading", "sql"]}


def test_coverage_is_of_roles_that_somebody_holds_then(
    workspace: Workspace, file: Path, esco: Path, tmp_path: Path
) -> None:
    apply(workspace, file, esco)
    own_needs(workspace, tmp_path, "Stoker")
    found = skill_coverage(workspace, as_of=LEFT)
    assert [one.skill for one in found.uncovered] == ["types of bread"]
    assert found.needed == 3
    assert set(found.without_needs) == {"Bread maker", "Cake bakers", "Zzz"}
    before = skill_coverage(workspace, as_of=BEFORE)
    assert [one.skill for one in before.uncovered] == ["ovens", "types of bread"]


def test_the_findings_of_the_download_are_told(
    workspace: Workspace, file: Path, tmp_path: Path
) -> None:
    odd = write_esco(tmp_path / "odd", relations=[*RELATIONS, (CAKES, "essential", "http://x")])
    (finding,) = apply(workspace, file, odd).findings
    assert "row 9, http://x" in finding
    told = match_to_esco(workspace, odd, tmp_path / "other.csv").findings
    assert told[0] == finding
    assert "'http://elsewhere' of the role 'Galley Cook'" in told[1]
    assert pl.read_csv(tmp_path / "other.csv")["name"].len() > 0
