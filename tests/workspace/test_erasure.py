"""Erasing people: gone from rows, log, model and bytes, and proven by a certificate."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from hrreco import Workspace
from hrreco.cli._erasure import erasure_view
from hrreco.errors import AuditError, DataError, SettingsError, UnknownIdError
from hrreco.privacy.audit import verify
from hrreco.privacy.certificate import Certificate
from hrreco.privacy.correction import Which
from hrreco.store.seals import sealed
from hrreco.training import TrainConfig
from hrreco.workspace import (
    correct_person,
    erase_person,
    erasure,
    promote,
    roll_back,
    verify_certificate,
)
from tests.conftest import AS_OF
from tests.workspace.conftest import QUICK


def managers(workspace: Workspace) -> list[str]:
    """Return who manages most, most first."""
    managed = workspace.data().employees["manager_id"].drop_nulls().value_counts(sort=True)
    return managed["manager_id"].to_list()


def grep(folder: Path, text: str) -> list[str]:
    """Return the files that hold a text, found in another way than the library does."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [str(path.relative_to(folder)) for path in files if text.encode() in path.read_bytes()]


def test_who_is_only_named_as_a_manager_had_no_row_and_the_certificate_says_so(
    trained: Workspace,
) -> None:
    reports_to = pl.col("manager_id") == managers(trained)[0]
    (someone, *_) = trained.data().employees.filter(reports_to)["employee_id"]
    correct_person(trained, someone, "manager_id", "X-GONE", which=Which(), as_of=AS_OF)
    erased = erase_person(trained, "X-GONE")
    assert erased.certificate.erased["own_row"] is False
    assert erased.certificate.erased["removed"] == {"manager_id": 1}
    view = erasure_view(erased)
    with (console := Console(width=100)).capture() as page:
        console.print(view)
    assert "There was no row of their own: only references to them" in page.get()
    assert erase_person(trained, someone).certificate.erased["own_row"] is True


def test_no_byte_is_left_of_whoever_is_erased(trained: Workspace) -> None:
    someone = managers(trained)[0]
    trained.opt_outs.opt_out(someone)
    trained.opt_outs.opt_in(someone, ["training"])
    assert "hrreco.db" in " ".join(grep(trained.path, someone))
    done = erase_person(trained, someone)
    assert grep(trained.path, someone) == []
    assert done.clean
    assert done.certificate.searched["files"] > 10
    removed = done.certificate.erased["removed"]
    assert {"employees", "events", "manager_id"} <= removed.keys()
    assert removed.keys().isdisjoint({"opt_outs", "not_learned_from"})
    assert removed["manager_id"] > 1
    assert someone not in done.file.read_text()


def test_the_free_pages_and_the_journal_hold_nothing_either(trained: Workspace) -> None:
    """Keep a journal open while somebody is erased, as a service would."""
    other = Workspace.open(trained.path)
    other.store.knows("E000001")
    gone = managers(trained)[:3]
    for one in gone:
        trained.opt_outs.opt_out(one)
    journal = trained.path / "hrreco.db-wal"
    assert any(one.encode() in journal.read_bytes() for one in gone)
    for one in gone:
        erase_person(trained, one)
    assert [grep(trained.path, one) for one in gone] == [[], [], []]
    other.store.close()


def test_corrections_name_no_manager_who_is_erased(trained: Workspace) -> None:
    """Neither as the right one nor as the wrong one, in no row and no line of the log."""
    wrong, right = managers(trained)[:2]
    theirs = trained.data().employees.filter(pl.col("manager_id") == wrong)["employee_id"]
    correct_person(trained, theirs[0], "manager_id", right, which=Which(), as_of=AS_OF)
    for one in (wrong, right):
        assert erase_person(trained, one).clean
        assert grep(trained.path, one) == []
    assert trained.people.employee(theirs[0]) is not None


def test_what_another_program_has_left_in_free_pages_goes_too(trained: Workspace) -> None:
    someone = managers(trained)[0]
    database = trained.path / "hrreco.db"
    with closing(sqlite3.connect(database)) as other, other:
        other.execute("PRAGMA secure_delete = OFF")
        other.execute("DELETE FROM events WHERE employee_id = ?", [someone])
    before = database.read_bytes().count(someone.encode())
    assert before > 1
    erase_person(trained, someone)
    assert grep(trained.path, someone) == []


def test_what_a_certificate_says_can_be_repeated(trained: Workspace) -> None:
    someone = managers(trained)[0]
    done = erase_person(trained, someone)
    holds = verify_certificate(trained, done.file)
    assert holds.model in ("to the bit", "within tolerance")
    assert holds.furthest is not None
    assert holds.furthest <= 1e-9
    assert verify(trained.audit_log).head == done.certificate.audit_line["seq"]
    moved = done.file.rename(trained.path.parent / "kept.json")
    assert verify_certificate(trained, moved) == holds


def erase_and_verify(workspace: Workspace, how_many: int) -> None:
    """Erase people one after the other; what serves must be what never knew any of them."""
    people = workspace.data().employees["employee_id"].to_list()
    for someone in random.Random(3).sample(people, how_many):
        holds = verify_certificate(workspace, erase_person(workspace, someone).file)
        assert holds.furthest is not None
        assert holds.furthest <= 1e-9


def test_each_of_several_people_leaves_a_model_that_never_knew_them(trained: Workspace) -> None:
    erase_and_verify(trained, 4)


@pytest.mark.torture
def test_each_of_a_hundred_people(trained: Workspace) -> None:
    erase_and_verify(trained, 100)


def test_a_model_that_was_not_rid_of_somebody_is_found_out(
    trained: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Take the forgetting out, and see the certificate refused."""
    someone = managers(trained)[0]
    monkeypatch.setattr(erasure, "_forgotten", lambda *_: {"parts": []})
    monkeypatch.setattr(erasure, "_counting", lambda *_: ())
    done = erase_person(trained, someone)
    with pytest.raises(AuditError, match=r"is not what a fit without this person ends in"):
        verify_certificate(trained, done.file)


def test_no_model_that_counts_them_serves_again(trained: Workspace) -> None:
    trained.train(TrainConfig(models=("itemknn",)), as_of=AS_OF)
    someone = managers(trained)[0]
    done = erase_person(trained, someone)
    with trained.store.reading() as connection:
        assert set(done.certificate.erased["sealed"]) == sealed(connection)
    assert len(done.certificate.erased["sealed"]) >= 2
    assert trained.champion_id() not in done.certificate.erased["sealed"]
    refused = promote(trained, 1, as_of=AS_OF)
    assert not refused.serving
    assert "forgotten" in refused.why
    with pytest.raises(
        UnknownIdError, match="may serve again, as they count people who were forg"
    ):
        roll_back(trained)


@pytest.mark.parametrize("trained_anew", [False, True])
def test_where_nothing_was_left_to_learn_from_none_from_before_is_gone_back_to(
    trained: Workspace, monkeypatch: pytest.MonkeyPatch, *, trained_anew: bool
) -> None:
    def nothing_left(*_: object) -> None:
        raise DataError("nothing is left to learn from")

    monkeypatch.setattr(erasure, "forget_alone", nothing_left)
    erase_person(trained, managers(trained)[0])
    assert trained.champion_id() is None
    if trained_anew:
        trained.train(QUICK, as_of=AS_OF)
    with pytest.raises(UnknownIdError, match="count people who were forgotten since"):
        roll_back(trained)


def test_a_replayed_feed_brings_nothing_back_and_a_new_start_is_a_new_start(
    trained: Workspace, exports: Path, tmp_path: Path
) -> None:
    someone = managers(trained)[0]
    erase_person(trained, someone)
    trained.ingest(exports, as_of=AS_OF)
    (trained.path / "quarantine.parquet").unlink()
    assert grep(trained.path, someone) == []
    again = tmp_path / "again"
    again.mkdir()
    row = pl.DataFrame({"employee_id": [someone], "role": ["Nurse"], "started_on": ["2027-01-04"]})
    row.write_csv(again / "employees.csv")
    trained.ingest(again, as_of="2027-01-05")
    assert trained.people.employee(someone).events == ()
    assert not trained.opt_outs.is_out(someone, "profiling")
    second = erase_person(trained, someone)
    assert second.certificate.erased["removed"] == {"employees": 1}
    assert grep(trained.path, someone) == []


def test_repeating_it_gives_the_same_certificate(trained: Workspace) -> None:
    someone = managers(trained)[0]
    first = erase_person(trained, someone)
    again = erase_person(trained, someone)
    assert again.certificate.erased == first.certificate.erased
    assert (first.before, again.before) == (False, True)
    assert again.file == first.file


def test_an_erasure_that_was_killed_half_way_is_completed(
    trained: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = managers(trained)[0]

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(type(trained.store), "compact", die)
        with pytest.raises(KeyboardInterrupt):
            erase_person(trained, someone)
    done = erase_person(trained, someone)
    assert done.clean
    assert done.certificate.erased["removed"]["employees"] == 1
    assert verify_certificate(trained, done.file).model != ""


def test_texts_that_are_left_are_told(trained: Workspace) -> None:
    someone = managers(trained)[0]
    (trained.path / "notes.txt").write_text("Maija Mäki is on leave")
    done = erase_person(trained, someone, also_search=["Maija Mäki"])
    assert not done.clean
    assert done.certificate.searched["found"] == ["notes.txt"]
    assert not verify_certificate(trained, done.file).clean


def test_an_empty_text_to_look_for_stops_it_before_anything_is_erased(trained: Workspace) -> None:
    someone = managers(trained)[0]
    with pytest.raises(SettingsError, match="nothing was erased"):
        erase_person(trained, someone, also_search=[" "])
    assert trained.people.knows(someone)


def test_a_workspace_without_a_model_erases_too(ingested: Workspace) -> None:
    someone = managers(ingested)[0]
    done = erase_person(ingested, someone)
    assert done.certificate.erased["model"] == {"before": None, "after": None, "parts": []}
    assert verify_certificate(ingested, done.file).furthest is None


def test_nobody_is_erased_by_a_slip(trained: Workspace) -> None:
    with pytest.raises(UnknownIdError, match="did you mean"):
        erase_person(trained, managers(trained)[0] + "0")
    assert not (trained.path / "certificates").exists()


def test_rows_of_others_that_changed_since_are_told(trained: Workspace, tmp_path: Path) -> None:
    done = erase_person(trained, managers(trained)[0])
    row = trained.data().employees.head(1).select("employee_id", role=pl.lit("Porter"))
    row.write_csv(tmp_path / "employees.csv")
    trained.ingest(tmp_path, as_of=AS_OF)
    assert "other rows were changed" in verify_certificate(trained, done.file).model


def test_who_was_learned_from_by_nobody_leaves_the_model_as_it_was(trained: Workspace) -> None:
    someone = managers(trained)[0]
    trained.opt_outs.opt_out(someone, ["training"])
    trained.train(QUICK, as_of=AS_OF)
    before = trained.champion_id()
    done = erase_person(trained, someone)
    assert done.certificate.erased["model"] == {"before": before, "after": before, "parts": []}
    assert before not in done.certificate.erased["sealed"]


@pytest.fixture(scope="module")
def certified(trained_once: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Return a workspace in which somebody was erased, and the certificate's bytes."""
    folder = shutil.copytree(trained_once, tmp_path_factory.mktemp("certified") / "acme")
    workspace = Workspace.open(folder)
    done = erase_person(workspace, managers(workspace)[0])
    workspace.store.close()
    return folder, done.file.read_bytes()


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return the content with one byte changed, lost, doubled, or with one end cut off."""
    at = chance.randrange(len(content))
    how = chance.randrange(4)
    if how == 0:
        other = bytes([chance.choice([b for b in range(256) if b != content[at]])])
        return content[:at] + other + content[at + 1 :]
    if how == 1:
        return content[:at] + content[at + 1 :]
    if how == 2:
        return content[:at] + content[at : at + 1] + content[at:]
    return content[:at]


def check_refused(certified: tuple[Path, bytes], file: Path, times: int) -> None:
    """Damage the certificate so many times; each is refused in one line that names the file."""
    folder, content = certified
    workspace, chance = Workspace.open(folder), random.Random(7)
    for _ in range(times):
        changed = mutated(content, chance)
        if changed == content:
            continue
        file.write_bytes(changed)
        with pytest.raises(AuditError) as caught:
            verify_certificate(workspace, file)
        assert "\n" not in str(caught.value)
        assert str(file) in str(caught.value)
    workspace.store.close()


def test_a_certificate_with_one_byte_changed_is_refused(
    certified: tuple[Path, bytes], tmp_path: Path
) -> None:
    check_refused(certified, tmp_path / "certificate.json", 250)


@pytest.mark.torture
def test_a_thousand_damaged_certificates(certified: tuple[Path, bytes], tmp_path: Path) -> None:
    check_refused(certified, tmp_path / "certificate.json", 1_000)


def test_a_certificate_that_somebody_else_signed_is_refused(
    certified: tuple[Path, bytes], tmp_path: Path
) -> None:
    folder, content = certified
    given = json.loads(content)
    own = Workspace.init(tmp_path / "own")
    with own.store.writing() as connection:
        forged = Certificate.signed(
            own.audit_log.signer,
            connection,
            erased=given["erased"],
            audit_line=given["audit_line"],
            searched=given["searched"],
        )
    forged.write(tmp_path / "forged.json")
    workspace = Workspace.open(folder)
    with pytest.raises(AuditError, match="not one of this workspace"):
        verify_certificate(workspace, tmp_path / "forged.json")
    workspace.store.close()
    own.store.close()


def leaver(workspace: Workspace) -> str:
    """Return somebody who left, is still within retention, and was learned from."""
    data = workspace.data()
    left = data.employees.filter(pl.col("left_on").is_not_null())["employee_id"]
    completed = data.events.filter(
        pl.col("kind") == "completed", pl.col("employee_id").is_in(left.implode())
    )
    return str(completed["employee_id"].value_counts(sort=True)["employee_id"][0])


def with_settings(workspace: Workspace, text: str) -> Workspace:
    """Return the workspace as it is opened after its settings were changed."""
    workspace.store.close()
    (workspace.path / "hrreco.toml").write_text(text)
    return Workspace.open(workspace.path)


def test_whoever_is_past_retention_is_taken_out_of_the_model_too(trained: Workspace) -> None:
    someone = leaver(trained)
    before = trained.champion_id()
    shorter = with_settings(trained, "[necessity.employees.employee_id]\nkeep_days = 0\n")
    assert not shorter.data().knows(someone)
    done = erase_person(shorter, someone)
    assert done.certificate.erased["removed"]["events"] > 0
    assert done.certificate.erased["sealed"] == [before]
    assert shorter.champion_id() != before
    assert verify_certificate(shorter, done.file).furthest is not None


def test_settings_that_changed_since_the_fit_are_no_accusation(trained: Workspace) -> None:
    done = erase_person(trained, managers(trained)[0])
    shorter = with_settings(trained, "[necessity.events.event_id]\nkeep_days = 30\n")
    assert "cannot be told" in verify_certificate(shorter, done.file).model


def test_what_is_logged_of_somebody_after_their_erasure_goes_as_well(trained: Workspace) -> None:
    someone = managers(trained)[0]
    erase_person(trained, someone)
    trained.opt_outs.opt_out(someone)
    late = verify(trained.audit_log).last
    again = erase_person(trained, someone)
    assert again.certificate.erased["removed"] == {}
    assert again.certificate.erased["lines"] == [late]
    verify(trained.audit_log)
    assert grep(trained.path, someone) == []


def test_no_version_serves_that_counts_somebody_past_retention(trained: Workspace) -> None:
    someone = leaver(trained)
    trained.opt_outs.opt_out(someone, ["training"])
    assert trained.forget().version is not None
    shorter = with_settings(trained, "[necessity.employees.employee_id]\nkeep_days = 0\n")
    refused = promote(shorter, 1, as_of=AS_OF)
    assert not refused.serving
    assert "forgotten" in refused.why
