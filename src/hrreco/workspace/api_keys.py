"""API keys: how systems such as an LMS prove to the service who they are."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from hrreco.errors import SettingsError, close_match
from hrreco.privacy.audit import Kind
from hrreco.store import api_keys as stored
from hrreco.store.moments import from_stored, to_stored
from hrreco.workspace.roles import GRANTED, OF_SYSTEMS, Role, Scope

if TYPE_CHECKING:
    from sqlalchemy import Row

    from hrreco.store import Store
    from hrreco.workspace.workspace import Workspace

PREFIX = "hrreco_"
"""What every key begins with, so that a scanner finds one that was left lying about."""

_BYTES = 32
_KEY = re.compile(PREFIX + "[A-Za-z0-9_-]{43}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is known of a key: not the key.

    Attributes
    ----------
    name
        Of the system that has it.
    """

    name: str
    role: Role
    scopes: frozenset[Scope]
    since: datetime

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "name": self.name,
            "role": str(self.role),
            "scopes": sorted(self.scopes),
            "since": self.since.isoformat(timespec="seconds"),
        }


def add_api_key(
    workspace: Workspace, name: str, role: str, scopes: Collection[str] = ()
) -> tuple[ApiKey, str]:
    """Let a system ask the service from now on; return its key, which is kept nowhere.

    Parameters
    ----------
    scopes
        What it may ask for, of what the role may; all of that when none is named.

    Raises
    ------
    SettingsError
        When the name is taken or no name, the role is not one of a system, or a scope is not one
        of the role.
    """
    key = _checked(name, role, scopes)
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    with workspace.audit_log.writing() as transaction:
        if any(row.name == name for row in stored.all_keys(transaction.connection)):
            raise SettingsError(
                f"there is an API key {name!r}; revoke it first, with: "
                f"hrreco api-keys revoke {name}"
            )
        told = {"name": name, "role": str(key.role), "scopes": sorted(key.scopes)}
        row = {**told, "scopes": " ".join(told["scopes"]), "since": to_stored(key.since)}
        stored.add_key(transaction.connection, {"digest": _digest(secret), **row})
        transaction.append(Kind.API_KEY, told, at=key.since)
    return key, secret


def show_api_keys(workspace: Workspace) -> list[ApiKey]:
    """Return all keys in force, by name."""
    with workspace.store.reading() as connection:
        return [_known(row) for row in stored.all_keys(connection)]


def revoke_api_key(workspace: Workspace, name: str) -> None:
    """Believe a key no longer, in any process, from its next call on.

    Raises
    ------
    SettingsError
        When there is no such key; names the close match.
    """
    with workspace.audit_log.writing() as transaction:
        if not stored.remove_key(transaction.connection, name):
            names = [row.name for row in stored.all_keys(transaction.connection)]
            raise SettingsError(f"there is no API key {name!r}{close_match(name, names)}")
        transaction.append(Kind.API_KEY_REVOKED, {"name": name})


def find_api_key(store: Store, secret: str) -> ApiKey | None:
    """Return whose key it is; None where it is not in force.

    It is looked up by its digest, so how long that takes tells nothing of the keys there are.
    """
    if not _KEY.fullmatch(secret):
        return None
    with store.reading() as connection:
        row = stored.key_of(connection, _digest(secret))
    return None if row is None else _known(row)


def _digest(secret: str) -> bytes:
    """Return what is kept of a key; it is random, so a slow hash would protect it no better."""
    return sha256(secret.encode()).digest()


def _known(row: Row[Any]) -> ApiKey:
    scopes = frozenset(map(Scope, row.scopes.split()))
    return ApiKey(row.name, Role(row.role), scopes, from_stored(row.since))


def _checked(name: str, role: str, scopes: Collection[str]) -> ApiKey:
    if not _NAME.fullmatch(name):
        raise SettingsError(
            f"{name!r} is no name of a system: up to 64 letters from a to z, digits, '.', '_' "
            "and '-'; name no person"
        )
    if role not in OF_SYSTEMS:
        raise SettingsError(f"API keys are for systems: {' or '.join(sorted(OF_SYSTEMS))}")
    granted = GRANTED[Role(role)]
    for scope in scopes:
        if scope not in granted:
            hint = (
                close_match(scope, map(str, granted))
                or f"; there are {', '.join(sorted(granted))}"
            )
            raise SettingsError(f"the role {role} has no scope {scope!r}{hint}")
    named = frozenset(map(Scope, scopes)) or granted
    return ApiKey(name, Role(role), named, datetime.now(UTC))
