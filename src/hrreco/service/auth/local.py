"""Tokens of `hrreco token`, for trying things out on one machine."""

from __future__ import annotations

from hrreco.service.auth.principal import Principal
from hrreco.workspace.roles import Role
from hrreco.workspace.tokens import LocalTokens

_ROLES = frozenset(Role)


class LocalVerifier:
    """Believes the tokens of the workspace's own key."""

    def __init__(self, tokens: LocalTokens) -> None:
        self._tokens = tokens

    async def principal(self, token: str) -> Principal | None:
        """Return who asks."""
        claims = self._tokens.claims(token) or {}
        subject, role = claims.get("sub"), claims.get("role")
        if not subject or not isinstance(role, str) or role not in _ROLES:
            return None
        return Principal.of(subject, Role(role))
