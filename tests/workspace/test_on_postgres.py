"""A whole workspace whose rows are on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hrreco import Workspace
from hrreco.errors import UnknownIdError
from hrreco.workspace import erase_person, opt_in, opt_out, verify_certificate
from tests.conftest import AS_OF
from tests.postgres import Server
from tests.workspace.conftest import QUICK

SECRET = "hunter2-is-nowhere"


@pytest.fixture
def workspace(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Workspace]:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    folder = tmp_path / "acme"
    folder.mkdir()
    with postgres.database() as address:
        (folder / "hrreco.toml").write_text(f'database = "{address}"\n')
        workspace = Workspace.init(folder)
        yield workspace
        workspace.store.close()


def test_a_round_trip(workspace: Workspace, exports: Path) -> None:
    workspace.ingest(exports, as_of=AS_OF)
    trained = workspace.train(QUICK, as_of=AS_OF)
    assert trained.model.recipe.name == "ease"
    people = workspace.data().employees
    employee_id, gone = people["employee_id"][:2]
    advisor = workspace.advisor()
    before = advisor.recommend(employee_id, as_of=AS_OF)
    assert len(before)

    elsewhere = Workspace.open(workspace.path)
    opt_out(elsewhere, employee_id, ["profiling"])
    assert workspace.opt_outs.is_out(employee_id, "profiling")
    opt_in(elsewhere, employee_id, ["profiling"])
    assert advisor.recommend(employee_id, as_of=AS_OF) == before
    elsewhere.store.close()

    erased = erase_person(workspace, gone)
    assert erased.clean
    assert verify_certificate(workspace, erased.file)
    with pytest.raises(UnknownIdError):
        advisor.recommend(gone, as_of=AS_OF)
    again = workspace.ingest(exports, as_of=AS_OF)
    assert again.report.tables["events"].refused_erased
    assert workspace.data().employees.height == people.height - 1

    files = [path for path in workspace.path.rglob("*") if path.is_file()]
    assert workspace.path / "hrreco.db" not in files
    assert workspace.path / "pseudonym.key" in files
    assert not [path for path in files if SECRET.encode() in path.read_bytes()]
