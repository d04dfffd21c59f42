"""The keys of systems that ask the service, in the database: never a key, only its digest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from hrreco.store.trust_tables import api_keys

_ALL = select(api_keys).order_by(api_keys.c.name)
_BY_DIGEST = select(api_keys).where(api_keys.c.digest == bindparam("digest"))


def all_keys(connection: Connection) -> Sequence[Row[Any]]:
    """Return all keys in force, by name."""
    return connection.execute(_ALL).all()


def key_of(connection: Connection, digest: bytes) -> Row[Any] | None:
    """Return the key with a digest, if it is in force."""
    return connection.execute(_BY_DIGEST, {"digest": digest}).first()


def add_key(connection: Connection, values: dict[str, Any]) -> None:
    """Let a key be believed."""
    connection.execute(insert(api_keys).values(values))


def remove_key(connection: Connection, name: str) -> bool:
    """Let a key be believed no longer; return whether there was such a key."""
    return connection.execute(delete(api_keys).where(api_keys.c.name == name)).rowcount > 0
