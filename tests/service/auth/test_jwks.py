"""The keys of an issuer: fetched anew as it changes them, and not more often than that."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from hrreco.errors import SettingsError
from hrreco.service.auth.jwks import Jwks
from tests.service.auth.issuer import Issuer

ACCEPTED = ("RS256", "ES256", "EdDSA")


class Clock:
    """Time that goes as a test says."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_new_key_is_found_and_an_old_one_goes(tmp_path: Path) -> None:
    file, issuer, clock = tmp_path / "jwks.json", Issuer(old="ES256"), Clock()
    issuer.publish(file)

    async def rotate() -> None:
        jwks = Jwks(file, ACCEPTED, clock)
        assert await jwks.key("new", "ES256") is None
        issuer.add("new", "ES256")
        issuer.publish(file)
        assert await jwks.key("new", "ES256") is None  # asked a moment ago: no guess asks again
        clock.now += 20
        assert await jwks.key("new", "ES256") is not None
        assert await jwks.key("old", "ES256") is not None
        del issuer.keys["old"]
        issuer.publish(file)
        clock.now += 400
        await jwks.key("old", "ES256")  # the fetch goes on beside
        await asyncio.sleep(0.05)
        while await jwks.key("old", "ES256") is not None:
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(rotate(), 30))


def test_the_old_keys_serve_while_there_are_no_new_ones(tmp_path: Path) -> None:
    file, issuer, clock = tmp_path / "jwks.json", Issuer(old="ES256"), Clock()
    issuer.publish(file)

    async def lose() -> None:
        jwks = Jwks(file, ACCEPTED, clock)
        for content in (None, "", "[]", "{", '{"keys": 7}', '{"keys": []}', '{"keys": [7]}'):
            file.unlink(missing_ok=True)
            if content is not None:
                file.write_text(content)
            clock.now += 400
            assert await jwks.key("new", "ES256") is None
            assert await jwks.key("old", "ES256") is not None

    asyncio.run(lose())


def test_a_key_is_for_its_own_algorithm_alone(tmp_path: Path) -> None:
    file = tmp_path / "jwks.json"
    issuer = Issuer(ec="ES256", rsa="RS256", ed="EdDSA")
    weak = json.loads(RSAAlgorithm.to_jwk(rsa.generate_private_key(65_537, 1_024).public_key()))
    curve = json.loads(ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP384R1()).public_key()))
    secret = json.loads(ECAlgorithm.to_jwk(issuer.keys["ec"][1]))
    others: list[Any] = [
        {"kty": "oct", "k": "c2VjcmV0", "kid": "shared"},
        {**issuer.public("rsa"), "kid": "encryption", "use": "enc"},
        {**issuer.public("rsa"), "kid": 7},
        {"kty": "RSA", "kid": "torn"},
        {**weak, "kid": "weak"},
        {**curve, "kid": "curve"},
        {**secret, "kid": "secret"},
    ]
    keys = [*map(issuer.public, issuer.keys), *others]
    file.write_text(json.dumps({"keys": keys}))
    jwks = Jwks(file, (*ACCEPTED, "PS256"))
    names = ("ec", "rsa", "ed", "shared", "encryption", "torn", "weak", "curve", "secret")

    async def found() -> set[tuple[str, str]]:
        return {
            (kid, algorithm)
            for kid in names
            for algorithm in (*ACCEPTED, "PS256")
            if await jwks.key(kid, algorithm) is not None
        }

    assert asyncio.run(found()) == {("ec", "ES256"), ("rsa", "RS256"), ("ed", "EdDSA")}
    file.write_text(json.dumps({"keys": others}))
    with pytest.raises(SettingsError, match="holds no public key"):
        Jwks(file, ACCEPTED)


class Server:
    """What an issuer's server answers, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.content = b""
        self.status = 200
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.url = ""


@contextmanager
def serving(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Serve over https, with a certificate that this process trusts."""
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked += 1
            told.goes_on.wait(30)
            self.send_response(told.status)
            self.send_header("Location", f"{told.url}/elsewhere")
            self.end_headers()
            self.wfile.write(told.content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder / "server.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(folder / "server.pem"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    told.url = f"https://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield told
    finally:
        told.goes_on.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _certificate(file: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=True
        )
        .sign(key, SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return file


def _document(issuer: Issuer) -> bytes:
    return json.dumps({"keys": [issuer.public(kid) for kid in issuer.keys]}).encode()


def test_an_issuer_is_asked_once_for_many_guesses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer, clock = Issuer(one="ES256"), Clock()
    with serving(tmp_path, monkeypatch) as server:
        server.content = _document(issuer)

        async def guess() -> None:
            jwks = Jwks(server.url, ACCEPTED, clock)
            assert server.asked == 1
            clock.now += 20
            guesses = (jwks.key(f"guess {number}", "ES256") for number in range(200))
            assert set(await asyncio.gather(*guesses)) == {None}
            assert server.asked == 2
            clock.now += 10
            assert await jwks.key("another", "ES256") is None
            assert server.asked == 2

        asyncio.run(guess())


def test_nobody_waits_for_an_issuer_who_has_a_key_that_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer, clock = Issuer(one="ES256"), Clock()
    with serving(tmp_path, monkeypatch) as server:
        server.content = _document(issuer)

        async def ask() -> None:
            jwks = Jwks(server.url, ACCEPTED, clock)
            clock.now += 400
            server.goes_on.clear()
            new = asyncio.create_task(jwks.key("two", "ES256"))
            for _ in range(100):
                assert await jwks.key("one", "ES256") is not None
                await asyncio.sleep(0)
            assert not new.done()
            issuer.add("two", "ES256")
            server.content = _document(issuer)
            server.goes_on.set()
            assert await new is not None

        asyncio.run(ask())


def test_an_issuer_that_cannot_be_reached_is_asked_again_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer, clock = Issuer(one="ES256"), Clock()
    with serving(tmp_path, monkeypatch) as server:
        server.status = 500

        async def ask() -> None:
            jwks = Jwks(server.url, ACCEPTED, clock)
            assert jwks.is_empty
            for status in (404, 302, 301, 307):  # keys of another place are nobody's
                server.status, server.content = status, _document(issuer)
                clock.now += 20
                before = server.asked
                assert await jwks.key("one", "ES256") is None
                assert server.asked == before + 1
            server.status = 200
            clock.now += 20
            assert await jwks.key("one", "ES256") is not None
            assert not jwks.is_empty

        asyncio.run(ask())


def test_a_certificate_that_nobody_trusts_is_no_issuers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path, monkeypatch) as server:
        server.content = _document(Issuer(one="ES256"))
        monkeypatch.delenv("SSL_CERT_FILE")
        assert Jwks(server.url, ACCEPTED).is_empty
        assert server.asked == 0
