"""Tokens for trying the service out on one machine: `hrreco token`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hrreco.errors import SettingsError
from hrreco.store.keyring import Keyring, Purpose

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace

ISSUER = "hrreco:local"
_ALGORITHM = "HS256"
_KEYS = Purpose("token", "HRRECO_TOKEN_KEY")
_EXPECTED: dict[str, Any] = {
    "audience": ISSUER,
    "issuer": ISSUER,
    "options": {"require": ["exp", "iat", "sub", "aud", "iss"]},
}


def token_keyring(workspace: Workspace) -> Keyring:
    """Return the keys that sign the tokens of a workspace."""
    return Keyring(workspace.path, _KEYS)


class LocalTokens:
    """Signs and reads the tokens of one workspace, which no other workspace believes.

    Raises
    ------
    SettingsError
        When the workspace is not in the mode for trying things out.
    """

    def __init__(self, workspace: Workspace) -> None:
        mode = workspace.settings.auth.mode
        if mode != "local":
            raise SettingsError(
                f'auth.mode is "{mode}": tokens of `hrreco token` are for trying things out on '
                'one machine, with mode = "local" under [auth] in hrreco.toml'
            )
        self._store = workspace.store
        self._keyring = token_keyring(workspace)
        with self._store.writing() as connection:
            newest = self._keyring.newest(connection)
            self._held = self._keyring.stamp(), newest

    def sign(self, subject: str, role: str, *, valid_for: timedelta) -> str:
        """Return a token for somebody in a role."""
        import jwt

        now = datetime.now(UTC)
        claims = {
            "iss": ISSUER,
            "aud": ISSUER,
            "sub": subject,
            "role": role,
            "iat": now,
            "exp": now + valid_for,
        }
        return jwt.encode(claims, self._key(), _ALGORITHM)

    def claims(self, token: str) -> dict[str, Any] | None:
        """Return what a token says; None where it was not signed here, or is over."""
        import jwt

        try:
            return jwt.decode(token, self._key(), [_ALGORITHM], **_EXPECTED)
        except (jwt.PyJWTError, ValueError, OverflowError, RecursionError):
            return None

    def _key(self) -> bytes:
        """Return the newest key, as soon as there is one: older ones are believed no longer."""
        stamp = self._keyring.stamp()
        if self._held[0] != stamp:
            with self._store.reading() as connection:
                self._held = stamp, self._keyring.known(connection)[-1]
        return self._held[1]
