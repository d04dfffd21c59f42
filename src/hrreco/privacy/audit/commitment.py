"""What makes a chain of lines: each line's hash holds the hash before, and a commitment.

A commitment is a salted SHA-256 of what a line is about. Without the salt it tells nothing, so the
text and its salt can be deleted for good, and the chain still verifies.
"""

from __future__ import annotations

import secrets
from hashlib import sha256

from hrreco.store.chain import Line, Payload

BEGINNING = bytes(32)
"""What the first line is chained to."""

_SALT = 32


def new_salt() -> bytes:
    """Return a salt: 32 bytes that nobody can guess."""
    return secrets.token_bytes(_SALT)


def commitment(payload: Payload) -> bytes:
    """Return what binds a line to its payload: 32 bytes."""
    return sha256(b"".join(map(_measured, _parts(payload)))).digest()


def chained(before: bytes, seq: int, at: int, kind: str, bound: bytes) -> Line:
    """Return the line that follows the one with the hash `before`."""
    parts = (b"hrreco audit 1", before, str(seq).encode(), str(at).encode(), kind.encode(), bound)
    return Line(seq, at, kind, bound, sha256(b"".join(map(_measured, parts))).digest())


def _parts(payload: Payload) -> tuple[bytes, ...]:
    return (
        payload.salt,
        str(payload.seq).encode(),
        b"nobody" if payload.pseudonym is None else b"+" + payload.pseudonym,
        payload.content,
    )


def _measured(part: bytes) -> bytes:
    """Return a part with its length, so that no two sequences of parts look the same."""
    return len(part).to_bytes(8, "big") + part
