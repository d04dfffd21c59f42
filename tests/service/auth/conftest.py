"""The service of a company that has an issuer of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hrreco.service import create_app
from tests.service.auth.issuer import Issuer, settings


@pytest.fixture(scope="module")
def issuer() -> Issuer:
    """An issuer with two keys."""
    return Issuer(one="ES256", two="RS256")


@pytest.fixture(scope="module")
def oidc_folder(
    trained_once: Path, issuer: Issuer, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A workspace that believes the issuer."""
    folder = Path(shutil.copytree(trained_once, tmp_path_factory.mktemp("oidc") / "acme"))
    (folder / "hrreco.toml").write_text(settings(), encoding="utf-8")
    issuer.publish(folder / "jwks.json")
    return folder


@pytest.fixture(scope="module")
def oidc(oidc_folder: Path) -> Iterator[TestClient]:
    """Asks its service."""
    with TestClient(create_app(oidc_folder), raise_server_exceptions=False) as client:
        yield client
