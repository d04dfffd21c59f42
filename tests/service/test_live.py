"""A new champion is taken up while requests come; one that is damaged is refused."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.service import create_app
from tests.service.waiting import wait_for

Header = Callable[[str, str], dict[str, str]]


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    """The workspace that is served, opened by another process, so to say."""
    opened = Workspace.open(folder)
    champion = opened.champion_id()
    assert champion is not None
    yield opened
    opened.set_champion(champion, before=[])
    opened.store.close()


def _rules_as_bundle(workspace: Workspace, tmp_path: Path) -> tuple[str, Path]:
    """Return another model as a bundle of the workspace."""
    bundle_id = workspace.rules().save(tmp_path / "bundle")
    target = workspace.bundles / bundle_id
    shutil.copytree(tmp_path / "bundle", target, dirs_exist_ok=True)
    return bundle_id, target


def _ready(client: TestClient) -> dict[str, str]:
    shown: dict[str, str] = client.get("/ready").json()
    return shown


def test_no_request_is_dropped_while_models_change(
    client: TestClient, bearer: Header, ids: list[str], workspace: Workspace, tmp_path: Path
) -> None:
    assert _ready(client) == {"status": "ready", "serves": "model", "note": None}
    url, header = f"/v1/employees/{ids[0]}/recommendations", bearer(ids[0], "employee")
    learned = workspace.champion_id()
    rules, _ = _rules_as_bundle(workspace, tmp_path)
    for bundle_id, serves in ((rules, "rules"), (learned, "model")):
        assert bundle_id is not None
        workspace.set_champion(bundle_id, before=[1])

        def taken_up(serves: str = serves) -> bool:
            assert client.get(url, headers=header).status_code == 200
            return _ready(client)["serves"] == serves

        wait_for(taken_up)


@pytest.mark.parametrize("harm", ["torn", "changed", "absent", "pointer"])
def test_a_damaged_champion_is_refused_and_the_one_before_keeps_serving(
    client: TestClient,
    bearer: Header,
    ids: list[str],
    workspace: Workspace,
    tmp_path: Path,
    harm: str,
) -> None:
    url, header = f"/v1/employees/{ids[0]}/recommendations", bearer(ids[0], "employee")
    wait_for(lambda: _ready(client) == {"status": "ready", "serves": "model", "note": None})
    before = client.get(url, headers=header).json()
    bundle_id, bundle = _rules_as_bundle(workspace, tmp_path)
    file = max(bundle.glob("**/*"), key=lambda one: one.stat().st_size)
    content = file.read_bytes()
    if harm == "torn":
        file.write_bytes(content[: len(content) // 2])
    elif harm == "changed":
        file.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    elif harm == "absent":
        shutil.rmtree(bundle)
    workspace.set_champion(bundle_id, before=[1])
    if harm == "pointer":
        (workspace.bundles / "champion.json").write_text('{"bundle_id": "../../etc"}')
    wait_for(lambda: _ready(client)["note"] is not None)
    assert _ready(client)["serves"] == "model"
    assert "damaged" in _ready(client)["note"]
    assert "the model from before it keeps serving" in _ready(client)["note"]
    assert "hrreco promote --rollback" in _ready(client)["note"]
    after = client.get(url, headers=header).json()
    assert {**after, "decision_id": None} == {**before, "decision_id": None}


def test_a_service_that_begins_with_a_damaged_champion_serves_by_the_rules(
    bearer: Header, ids: list[str], workspace: Workspace
) -> None:
    workspace.set_champion("0" * 64, before=[])
    with TestClient(create_app(workspace.path)) as client:
        assert _ready(client)["serves"] == "rules"
        assert _ready(client)["note"] == (
            "the champion is damaged and was refused; the rules serve; make a new model with: "
            "hrreco train, or go back to the one before with: hrreco promote --rollback"
        )
        url, header = f"/v1/employees/{ids[0]}", bearer(ids[0], "employee")
        assert client.get(f"{url}/recommendations", headers=header).status_code == 200
        assert client.get(f"{url}/path?months=1", headers=header).status_code == 200


def test_without_any_model_the_rules_serve(
    folder: Path, tmp_path: Path, bearer: Header, ids: list[str]
) -> None:
    untrained = tmp_path / "untrained"
    shutil.copytree(folder, untrained, ignore=shutil.ignore_patterns("bundles", "mlflow*"))
    with TestClient(create_app(untrained)) as client:
        assert _ready(client) == {"status": "ready", "serves": "rules", "note": None}
        url = f"/v1/employees/{ids[0]}/recommendations"
        assert client.get(url, headers=bearer(ids[0], "employee")).status_code == 200


def test_a_workspace_with_no_data_is_ready_for_some(tmp_path: Path) -> None:
    Workspace.init(tmp_path / "empty").store.close()
    with TestClient(create_app(tmp_path / "empty")) as client:
        assert _ready(client)["note"] == "there is not one employee yet"
        assert client.get("/health").json() == {"status": "up"}


def test_not_ready_without_a_database(folder: Path, tmp_path: Path) -> None:
    lost = Path(shutil.copytree(folder, tmp_path / "lost"))
    with TestClient(create_app(lost), raise_server_exceptions=False) as client:
        for file in lost.glob("hrreco.db*"):
            file.unlink()
            file.mkdir()
        client.app.state.worker.workspace.store.close()  # type: ignore[attr-defined]
        answer = client.get("/ready")
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert client.get("/health").status_code == 200


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_it_may_be_asked_for_the_head_alone(client: TestClient, path: str) -> None:
    head, whole = client.head(path), client.get(path)
    assert head.status_code == whole.status_code == 200
    assert head.headers["content-type"] == whole.headers["content-type"]
