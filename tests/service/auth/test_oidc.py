"""Whom the tokens of an issuer stand for."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.errors import SettingsError
from hrreco.service.auth import authenticator_of
from hrreco.service.auth.oidc import OidcVerifier
from hrreco.service.auth.principal import Principal
from hrreco.service.problems import Problem
from hrreco.settings.auth import OidcSettings
from hrreco.workspace.roles import GRANTED, Role, Scope
from tests.service.auth.issuer import AUDIENCE, ISSUER, Issuer, settings


def principal(folder: Path, token: str, **changed: Any) -> Principal | None:
    given = {"issuer": ISSUER, "audience": AUDIENCE, "jwks": "jwks.json", **changed}
    return asyncio.run(OidcVerifier(OidcSettings(**given), folder).principal(token))


@pytest.fixture
def folder(issuer: Issuer, tmp_path: Path) -> Path:
    issuer.publish(tmp_path / "jwks.json")
    return tmp_path


def test_without_a_role_it_is_an_employees(folder: Path, issuer: Issuer) -> None:
    found = principal(folder, issuer.token("one"))
    assert found == Principal.of("E000001", Role.EMPLOYEE)
    assert principal(folder, issuer.token("two")) == found


@pytest.mark.parametrize("role", Role)
def test_a_role_grants_its_scopes(folder: Path, issuer: Issuer, role: Role) -> None:
    for claimed in (str(role), [str(role)]):
        found = principal(folder, issuer.token("one", hrreco_role=claimed))
        assert found == Principal("E000001", role, GRANTED[role])


def test_scopes_narrow_and_never_widen(folder: Path, issuer: Issuer) -> None:
    def scopes(scope: str) -> frozenset[Scope]:
        found = principal(folder, issuer.token("one", hrreco_role="lms", scope=scope))
        assert found is not None
        return found.scopes

    assert scopes("events") == {Scope.EVENTS}
    assert scopes("openid events feedback") == {Scope.EVENTS, Scope.FEEDBACK}
    assert scopes("events erasure metrics") == {Scope.EVENTS}
    assert scopes("erasure") == frozenset()
    assert scopes("openid profile") == scopes("") == GRANTED[Role.LMS]


def test_claims_of_other_names(folder: Path, issuer: Issuer) -> None:
    claims = {"sub": "0f3c", "employee_number": "E000007", "https://acme.test/role": "manager"}
    told = {"employee_claim": "employee_number", "role_claim": "https://acme.test/role"}
    found = principal(folder, issuer.token("one", **claims), **told)
    assert found == Principal.of("E000007", Role.MANAGER)
    assert principal(folder, issuer.token("one"), **told) is None


def test_audiences_may_hold_ours_and_types_may_be_of_access(folder: Path, issuer: Issuer) -> None:
    token = issuer.token("one", headers={"typ": "at+jwt"}, aud=["account", AUDIENCE])
    assert principal(folder, token) is not None


def test_clocks_may_be_apart_within_the_leeway(folder: Path, issuer: Issuer) -> None:
    late = issuer.token("one", exp=int(time.time()) - 60)
    assert principal(folder, late, leeway_seconds=30) is None
    assert principal(folder, late, leeway_seconds=300) is not None


def test_before_the_issuer_was_ever_reached_nobody_is_called_a_liar(
    folder: Path, issuer: Issuer
) -> None:
    with pytest.raises(Problem) as caught:
        principal(folder, issuer.token("one"), jwks="https://127.0.0.1:9/jwks.json")
    assert caught.value.status_code == 503
    assert principal(folder, "garbage", jwks="https://127.0.0.1:9/jwks.json") is None


def test_an_employee_asks_about_themself_alone(oidc: TestClient, issuer: Issuer) -> None:
    headers = {"Authorization": f"Bearer {issuer.token('one')}"}
    asked = "/v1/employees/{}/recommendations"
    assert oidc.get(asked.format("E000001"), headers=headers).status_code == 200
    refusals = [oidc.get(asked.format(one), headers=headers) for one in ("E000002", "nobody")]
    assert [one.status_code for one in refusals] == [403, 403]
    assert refusals[0].content == refusals[1].content


def test_a_file_without_keys_is_an_error_at_once(tmp_path: Path) -> None:
    (tmp_path / "hrreco.toml").write_text(settings())
    workspace = Workspace.open(tmp_path)
    for content in (None, "", "[]", '{"keys": []}', '{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}'):
        if content is not None:
            (tmp_path / "jwks.json").write_text(content)
        with pytest.raises(SettingsError, match=r"jwks\.json holds no public key for RS256"):
            authenticator_of(workspace)
    workspace.store.close()


def test_keys_come_over_https_or_from_a_file() -> None:
    given = {"issuer": ISSUER, "audience": AUDIENCE}
    for bad in ("http://login.example.test/jwks", "ftp://x/jwks", "file:///etc/jwks"):
        with pytest.raises(ValueError, match="is an https address, or a file"):
            OidcSettings(**given, jwks=bad)
    with pytest.raises(ValueError, match="Input should be"):
        OidcSettings(**given, jwks="x", algorithms=("HS256",))
