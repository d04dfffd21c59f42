"""Signing with the audit key: Ed25519, so that whoever checks needs no secret."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection

from hrreco.store.keyring import Keyring, Purpose


def public_key(key: bytes) -> bytes:
    """Return the public key of a secret one: 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()


_KEYS = Purpose("audit", "HRRECO_AUDIT_KEY", public_key)


class Signer:
    """Signs in the name of one workspace.

    Parameters
    ----------
    folder
        Of the key file.
    """

    def __init__(self, folder: Path) -> None:
        self.keyring = Keyring(folder, _KEYS)

    def sign(self, connection: Connection, message: bytes) -> bytes:
        """Return a signature: 64 bytes. Takes a writing transaction: see `Keyring.newest`."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = self.keyring.newest(connection)
        return Ed25519PrivateKey.from_private_bytes(key).sign(message)

    def trusted(self, connection: Connection) -> list[bytes]:
        """Return the public keys of this workspace, the newest last."""
        return [public_key(key) for key in self.keyring.known(connection)]


def is_signed(message: bytes, signature: bytes, public_keys: Iterable[bytes]) -> bool:
    """Return whether one of these keys has signed a message."""
    return any(_has_signed(key, message, signature) for key in public_keys)


def _has_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
