from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hrreco.errors import BundleError, ModelError, UnknownIdError
from hrreco.models import read_bundle
from hrreco.tracking import MlflowStore, resolve
from hrreco.tracking._mlflow import load_mlflow, mlflow_client

CHAMPION = "models:/hrreco@champion"
Bundles = dict[str, tuple[Path, str]]


def spoil(file: Path) -> None:
    """Change the last byte."""
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def test_a_moved_store_resolves_to_its_own_bundles(store: MlflowStore, bundles: Bundles) -> None:
    found = resolve(CHAMPION, store.tracking_uri)
    assert found == (store.folder / "bundles" / bundles["old"][1], bundles["old"][1])
    assert resolve("models:/hrreco/2", store.tracking_uri).bundle_id == bundles["new"][1]


def test_an_alias_moves(store: MlflowStore, bundles: Bundles) -> None:
    store.set_alias("challenger", 2)
    store.set_alias("champion", 2)
    champion = store.version("champion")
    assert champion is not None
    assert (champion.number, champion.bundle_id) == (2, bundles["new"][1])
    assert store.version("challenger") == champion
    store.set_alias("champion", 1)
    assert resolve(CHAMPION, store.tracking_uri).bundle_id == bundles["old"][1]


def test_an_alias_cannot_point_at_nothing(store: MlflowStore) -> None:
    with pytest.raises(UnknownIdError, match="models:/hrreco/9"):
        store.set_alias("champion", 9)


def test_a_version_carries_bundle_and_verdict(store: MlflowStore, bundles: Bundles) -> None:
    version = mlflow_client(store.tracking_uri).get_model_version("hrreco", "2")
    assert version.tags == {"hrreco.bundle_id": bundles["new"][1], "hrreco.verdict": "promoted"}


@pytest.mark.parametrize("uri", ["models:/hrreco@challenger", "models:/hrreco/3", "models:/x/1"])
def test_what_is_not_registered_is_named(store: MlflowStore, uri: str) -> None:
    with pytest.raises(UnknownIdError, match=uri):
        resolve(uri, store.tracking_uri)


def test_nothing_is_registered_in_a_new_workspace(tmp_path: Path) -> None:
    store = MlflowStore(tmp_path)
    assert store.version("champion") is None
    with pytest.raises(UnknownIdError, match="train"):
        resolve(CHAMPION, store.tracking_uri)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("uri", ["hrreco", "models:/hrreco", "models:/hrreco@a/1", "runs:/1/x"])
def test_other_addresses_are_refused(store: MlflowStore, uri: str) -> None:
    with pytest.raises(ModelError, match="is no address of a model"):
        resolve(uri, store.tracking_uri)


def test_a_deleted_version_is_gone(store: MlflowStore) -> None:
    mlflow_client(store.tracking_uri).delete_model_version("hrreco", "2")
    with pytest.raises(UnknownIdError):
        resolve("models:/hrreco/2", store.tracking_uri)


def test_a_version_that_somebody_else_registered_is_refused(store: MlflowStore) -> None:
    client = mlflow_client(store.tracking_uri)
    client.create_model_version("hrreco", source=str(store.folder))
    with pytest.raises(BundleError, match="version 3"):
        resolve("models:/hrreco/3", store.tracking_uri)


def test_a_tampered_bundle_is_refused(store: MlflowStore) -> None:
    folder = resolve(CHAMPION, store.tracking_uri).folder
    spoil(next(folder.glob("**/*.npy")))
    with pytest.raises(BundleError):
        resolve(CHAMPION, store.tracking_uri)


def test_another_whole_bundle_in_its_place_is_refused(
    store: MlflowStore, bundles: Bundles
) -> None:
    folder = resolve(CHAMPION, store.tracking_uri).folder
    shutil.rmtree(folder)
    shutil.copytree(bundles["new"][0], folder)
    with pytest.raises(BundleError):
        resolve(CHAMPION, store.tracking_uri)


def test_without_its_bundle_folder_a_version_is_read_from_its_artefacts(
    store: MlflowStore,
) -> None:
    store.set_alias("champion", 1)  # whatever writes puts the paths of a moved store right
    shutil.rmtree(store.folder / "bundles")
    folder, bundle_id = resolve(CHAMPION, store.tracking_uri)
    assert folder.is_relative_to(store.folder / "mlartifacts")
    assert read_bundle(folder, bundle_id).bundle_id == bundle_id
    spoil(next(folder.glob("**/*.npy")))
    with pytest.raises(BundleError):
        resolve(CHAMPION, store.tracking_uri)
    shutil.rmtree(store.folder / "mlartifacts")
    with pytest.raises(BundleError, match="version 1 cannot be read"):
        resolve(CHAMPION, store.tracking_uri)


def test_outside_a_workspace_the_address_of_mlflow_counts(
    store: MlflowStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_mlflow()
    monkeypatch.setenv("MLFLOW_TRACKING_URI", store.tracking_uri)
    assert resolve(CHAMPION) == resolve(CHAMPION, store.tracking_uri)


def test_a_tracking_service_is_asked_through_mlflow(store: MlflowStore, bundles: Bundles) -> None:
    store.set_alias("champion", 1)  # whatever writes puts the paths of a moved store right
    expected = resolve(CHAMPION, store.tracking_uri)
    # A driver in the address makes it one that is not read as a file.
    service = store.tracking_uri.replace("sqlite:", "sqlite+pysqlite:")
    folder, bundle_id = resolve(CHAMPION, service)
    assert folder.is_relative_to(store.folder / "mlartifacts")
    assert bundle_id == expected.bundle_id
    assert resolve("models:/hrreco/2", service).bundle_id == bundles["new"][1]
    with pytest.raises(UnknownIdError):
        resolve("models:/hrreco@challenger", service)
