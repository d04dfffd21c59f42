"""Whatever is wrong with a token, the answer is the same."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm
from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.errors import SettingsError
from hrreco.service import create_app
from hrreco.workspace import add_api_key, revoke_api_key
from hrreco.workspace.tokens import LocalTokens
from tests.service.auth.issuer import Issuer, claims_of

ASKED = "/v1/employees/E000001/recommendations"
HOUR = 3600


def _part(content: Any) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _forged(header: Mapping[str, Any], payload: Any, key: bytes | None = None) -> str:
    """Return a token that no library would make."""
    signed = f"{_part(header)}.{_part(payload)}"
    signature = b"" if key is None else hmac.new(key, signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_part(signature)}"


def _of_attacker(issuer: Issuer) -> dict[str, str]:
    evil = Issuer(one="ES256", other="ES256", two="RS256")
    where = "https://attacker.example/jwks.json"
    public = issuer.keys["two"][1].public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    as_json = json.dumps(issuer.public("two")).encode()
    hs = {"alg": "HS256", "kid": "two"}
    claims = claims_of("E000001")
    good = issuer.token("one")
    head, body, signature = good.split(".")
    other = issuer.token("one", sub="E000002")
    return {
        "no algorithm": _forged({"alg": "none", "kid": "one"}, claims),
        "no algorithm, in other letters": _forged({"alg": "nOnE", "kid": "one"}, claims),
        "no algorithm, signed": f"{_part({'alg': 'none', 'kid': 'one'})}.{body}.{signature}",
        "no algorithm named": _forged({"kid": "one"}, claims),
        "algorithms, several": _forged({"alg": ["ES256"], "kid": "one"}, claims),
        "the public key as a secret": _forged(hs, claims, pem),
        "the public key in JSON as a secret": _forged(hs, claims, as_json),
        "an empty secret": _forged(hs, claims, b""),
        "a key of the attacker": evil.token("one"),
        "an RSA key of the attacker": evil.token("two"),
        "the attacker's key in the token": evil.token(
            "other", headers={"jwk": evil.public("other")}
        ),
        "the attacker's key by address": evil.token("other", headers={"jku": where}),
        "the attacker's certificate by address": evil.token("other", headers={"x5u": where}),
        "the attacker's certificate": evil.token("other", headers={"x5c": ["MIIB"]}),
        "the key of another algorithm": f"{_part({'alg': 'ES256', 'kid': 'two'})}.{body}.x",
        "a signature of nothing": f"{head}.{body}.",
        "a signature of zeros": f"{head}.{body}.{_part(bytes(64))}",
        "a changed signature": good[:-4] + ("AAAA" if good[-4:] != "AAAA" else "BBBB"),
        "a changed payload": f"{head}.{_part({**claims, 'hrreco_role': 'admin'})}.{signature}",
        "a payload of another token": f"{head}.{other.split('.')[1]}.{signature}",
    }


def _of_issuer(issuer: Issuer) -> dict[str, str]:
    now = int(time.time())
    made: dict[str, dict[str, Any]] = {
        "another issuer": {"iss": "https://login.example.test/other"},
        "an issuer with a slash": {"iss": "https://login.example.test/acme/"},
        "no issuer": {"iss": None},
        "another tenant's": {"aud": "hrreco-other"},
        "audiences without ours": {"aud": ["hrreco", "account"]},
        "no audience": {"aud": None},
        "over": {"exp": now - HOUR},
        "without end": {"exp": None},
        "an end in words": {"exp": "tomorrow"},
        "not yet": {"nbf": now + HOUR},
        "made in the future": {"iat": now + HOUR},
        "no subject": {"sub": None},
        "a subject that is a number": {"sub": 1},
        "an empty subject": {"sub": ""},
        "a subject of two lines": {"sub": "E000001\nE000002"},
        "a subject without end": {"sub": "E" * 257},
        "an unknown role": {"hrreco_role": "root"},
        "two roles": {"hrreco_role": ["employee", "admin"]},
        "no role, said": {"hrreco_role": []},
        "a role that is none": {"hrreco_role": {"admin": True}},
        "scopes in a list": {"scope": ["suggestions"]},
    }
    kept = {name: issuer.token("one", **claims) for name, claims in made.items()}
    headers: dict[str, dict[str, Any]] = {
        "an unknown key": {"kid": "three"},
        "a token to log out with": {"typ": "logout+jwt"},
        "a type that is none": {"typ": 7},
    }
    for name, changed in headers.items():
        kept[name] = issuer.token("one", headers=changed)
    key = issuer.keys["two"][1]
    claims = claims_of("E000001")
    kept["an algorithm that is not accepted"] = jwt.encode(
        claims, key, "RS512", headers={"kid": "two"}
    )
    kept["padding of another kind"] = jwt.encode(claims, key, "PS256", headers={"kid": "two"})
    kept["no name of a key"] = jwt.encode(claims, key, "RS256")
    kept["what it asks to be understood"] = _signed(
        {"alg": "RS256", "kid": "two", "crit": ["x"], "x": 1}, claims, key
    )
    kept["a name of a key that is none"] = _signed({"alg": "RS256", "kid": 2}, claims, key)
    kept["claims in a list"] = _signed({"alg": "RS256", "kid": "two"}, [claims], key)
    kept["claims that are no JSON"] = _signed({"alg": "RS256", "kid": "two"}, b"E1", key)
    kept["a token within a token"] = _signed(
        {"alg": "RS256", "kid": "two", "cty": "JWT"}, issuer.token("one").encode(), key
    )
    return kept


def _signed(header: Mapping[str, Any], payload: Any, key: Any) -> str:
    """Return what the issuer would never sign, signed by it."""
    signed = f"{_part(header)}.{_part(payload)}"
    return f"{signed}.{_part(RSAAlgorithm(RSAAlgorithm.SHA256).sign(signed.encode(), key))}"


def _of_nobody(issuer: Issuer, folder: Path) -> dict[str, str]:
    good = issuer.token("one")
    workspace = Workspace.open(folder)
    _, revoked = add_api_key(workspace, "revoked", "lms")
    revoke_api_key(workspace, "revoked")
    _, known = add_api_key(workspace, "moodle", "lms")
    workspace.store.close()
    return {
        "garbage": "garbage",
        "garbage in three parts": "a.b.c",
        "dots": "..",
        "a part too few": good.rpartition(".")[0],
        "cut": good[:-10],
        "cut in the middle": good[: len(good) // 2],
        "five parts": f"{good}.{good.partition('.')[2]}",
        "an end too many": f"{good}.",
        "huge": "a" * 100_000,
        "deep": _part(b"[" * 4_000) + ".e30.e30",
        "a revoked API key": revoked,
        "an API key that is none": "hrreco_" + secrets.token_urlsafe(32),
        "a cut API key": known[:-1],
        "an API key in capitals": known.upper(),
        "the digest of an API key": "hrreco_" + "0" * 43,
    }


def _headers(good: str) -> dict[str, list[tuple[bytes, bytes]]]:
    name = b"authorization"
    basic = base64.b64encode(b"E000001:secret")
    token = good.encode()
    whole: dict[str, list[bytes]] = {
        "none": [],
        "empty": [b""],
        "the scheme alone": [b"Bearer"],
        "the scheme and a space": [b"Bearer "],
        "the token alone": [token],
        "another scheme": [b"Basic " + basic],
        "a scheme that is none": [b"Token " + token],
        "two tokens": [b"Bearer " + token + b" " + token],
        "two tokens and a comma": [b"Bearer " + token + b", Bearer " + token],
        "two headers": [b"Bearer " + token, b"Bearer " + token],
        "two headers, one bad": [b"Bearer " + token, b"Bearer x"],
        "in quotes": [b'Bearer "' + token + b'"'],
        "letters beyond ASCII": ["Bearer töken".encode()],
        "letters of another encoding": ["Bearer töken".encode("latin-1")],
        "a good token and a letter more": [b"Bearer " + token + "ä".encode()],
        "a line end": [b"Bearer " + token + b"\n"],
        "a NUL": [b"Bearer \0" + token],
        "a tab": [b"Bearer\t" + token],
    }
    return {what: [(name, value) for value in values] for what, values in whole.items()}


def test_all_are_refused_in_the_same_words(
    oidc: TestClient, oidc_folder: Path, issuer: Issuer
) -> None:
    good = issuer.token("one")
    tokens = {**_of_attacker(issuer), **_of_issuer(issuer), **_of_nobody(issuer, oidc_folder)}
    bad = _headers(good) | {
        what: [(b"authorization", b"Bearer " + token.encode())] for what, token in tokens.items()
    }
    assert len(bad) > 80
    answers = {what: oidc.get(ASKED, headers=headers) for what, headers in bad.items()}
    believed = [what for what, one in answers.items() if one.status_code != 401]
    assert believed == []
    assert len({one.content for one in answers.values()}) == 1
    assert {one.headers["www-authenticate"] for one in answers.values()} == {"Bearer"}
    for headers in ({"Authorization": f"Bearer {good}"}, {"authorization": f"bearer  {good}"}):
        assert (
            oidc.get(ASKED, headers=headers).status_code == 200
        )  # and so none fails for the rest


def test_a_token_that_is_not_in_the_header_counts_for_nothing(
    oidc: TestClient, issuer: Issuer
) -> None:
    good = issuer.token("one")
    assert oidc.get(f"{ASKED}?access_token={good}").status_code == 401
    oidc.cookies.set("Authorization", f"Bearer {good}")
    assert oidc.get(ASKED).status_code == 401
    oidc.cookies.clear()
    assert oidc.get(ASKED, headers={"X-Api-Key": good}).status_code == 401


def test_local_tokens_are_believed_in_local_mode_alone(
    folder: Path, bearer: Callable[[str, str], dict[str, str]]
) -> None:
    headers = bearer("E000001", "employee")
    before = (folder / "hrreco.toml").read_text()
    try:
        (folder / "hrreco.toml").write_text('[auth]\nmode = "keys"\n')
        with TestClient(create_app(folder)) as client:
            assert client.get(ASKED, headers=headers).status_code == 401
        workspace = Workspace.open(folder)
        with pytest.raises(SettingsError, match=r'auth\.mode is "keys"'):
            LocalTokens(workspace)
        workspace.store.close()
    finally:
        (folder / "hrreco.toml").write_text(before)
    with TestClient(create_app(folder)) as client:
        assert client.get(ASKED, headers=headers).status_code == 200


def test_a_token_of_another_workspace_is_refused(client: TestClient, tmp_path: Path) -> None:
    other = Workspace.init(tmp_path / "other")
    tokens = LocalTokens(other)
    token = tokens.sign("E000001", "employee", valid_for=timedelta(hours=1))
    assert tokens.claims(token) is not None
    other.store.close()
    answer = client.get(ASKED, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
