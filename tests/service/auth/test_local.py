"""Tokens for trying things out: a new key ends them in every worker that runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.workspace import rotate_key
from hrreco.workspace.tokens import LocalTokens

ASKED = "/v1/employees/E000001/recommendations"


def test_a_new_key_ends_the_tokens_of_the_old_one(
    client: TestClient, folder: Path, bearer: Callable[[str, str], dict[str, str]]
) -> None:
    before = bearer("E000001", "employee")
    assert client.get(ASKED, headers=before).status_code == 200
    workspace = Workspace.open(folder)
    rotate_key(workspace, "token")
    assert client.get(ASKED, headers=before).status_code == 401
    tokens = LocalTokens(workspace)
    after = tokens.sign("E000001", "employee", valid_for=timedelta(hours=1))
    workspace.store.close()
    assert client.get(ASKED, headers={"Authorization": f"Bearer {after}"}).status_code == 200


def test_the_key_is_its_owners_alone(client: TestClient, folder: Path) -> None:
    file = folder / "token.key"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_key_that_others_may_read_is_used_no_longer(
    client: TestClient, folder: Path, bearer: Callable[[str, str], dict[str, str]]
) -> None:
    headers = bearer("E000001", "employee")
    (folder / "token.key").chmod(0o640)
    answer = client.get(ASKED, headers=headers)
    assert (answer.status_code, "key" in answer.text) == (503, False)
    (folder / "token.key").chmod(0o600)
    assert client.get(ASKED, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "odd", [{"role": ["admin"]}, {"role": {}}, {"role": None}, {"role": "boss"}, {"sub": ""}]
)
def test_signed_claims_of_another_form_are_nobody_s(
    client: TestClient, folder: Path, odd: dict[str, Any]
) -> None:
    workspace = Workspace.open(folder)
    tokens = LocalTokens(workspace)
    good = tokens.claims(tokens.sign("E000001", "employee", valid_for=timedelta(hours=1)))
    assert good is not None
    token = jwt.encode(good | odd, tokens._key(), "HS256")
    workspace.store.close()
    answer = client.get(ASKED, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
