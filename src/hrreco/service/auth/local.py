"""Tokens of `hrreco token`, for trying things out on one machine."""

from __future__ import annotations

from hrreco.service.auth.principal import Principal
from hrreco.workspace.roles import Role
from hrreco.workspace.tokens import LocalTokens


class LocalVerifier:
    """Believes the tokens of the workspace's own key."""

    def __init__(self, tokens: LocalTokens) -> None:
        self._tokens = tokens

    async def principal(self, token: str) -> Principal | None:
        """Return who asks."""
        claims = self._tokens.claims(token)
        if claims is None or claims.get("role") not in set(Role):
            return None
        return Principal.of(claims["sub"], Role(claims["role"]))
