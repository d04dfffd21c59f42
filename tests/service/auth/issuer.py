"""An issuer of tokens, such as a company has one, and what its attackers would like it to be."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

ISSUER = "https://login.example.test/acme"
AUDIENCE = "hrreco-acme"

_KINDS: dict[str, Any] = {"RS": RSAAlgorithm, "ES": ECAlgorithm, "Ed": OKPAlgorithm}


class Issuer:
    """Signs with keys of its own, by name and algorithm."""

    def __init__(self, **algorithms: str) -> None:
        self.keys: dict[str, tuple[str, Any]] = {}
        for kid, algorithm in algorithms.items():
            self.add(kid, algorithm)

    def add(self, kid: str, algorithm: str) -> None:
        """Begin to use another key."""
        kind = algorithm[:2]
        key: Any = (
            rsa.generate_private_key(65_537, 2048)
            if kind == "RS"
            else ec.generate_private_key(ec.SECP256R1())
            if kind == "ES"
            else ed25519.Ed25519PrivateKey.generate()
        )
        self.keys[kid] = algorithm, key

    def public(self, kid: str) -> dict[str, Any]:
        """Return a public key as JSON."""
        algorithm, key = self.keys[kid]
        shown = json.loads(_KINDS[algorithm[:2]].to_jwk(key.public_key()))
        return {**shown, "kid": kid, "use": "sig", "alg": algorithm}

    def publish(self, file: Path) -> None:
        """Write all public keys."""
        document = {"keys": [self.public(kid) for kid in self.keys]}
        file.write_text(json.dumps(document), encoding="utf-8")

    def token(self, kid: str, *, headers: dict[str, Any] | None = None, **changed: Any) -> str:
        """Return a token of an employee; a claim that is None is left out."""
        algorithm, key = self.keys[kid]
        claims = {**claims_of("E000001"), **changed}
        told = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(told, key, algorithm, headers={"kid": kid, **(headers or {})})


def claims_of(subject: str) -> dict[str, Any]:
    """Return the claims of an employee."""
    now = int(time.time())
    return {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "iat": now, "exp": now + 600}


def settings(audience: str = AUDIENCE, algorithms: str = '["RS256", "ES256"]') -> str:
    """Return an `hrreco.toml` that believes the issuer."""
    return (
        f'[auth]\nmode = "oidc"\n[auth.oidc]\nissuer = "{ISSUER}"\naudience = "{audience}"\n'
        f'jwks = "jwks.json"\nalgorithms = {algorithms}\n'
    )
