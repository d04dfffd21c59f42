"""API keys, which systems have; see `hrreco api-keys`."""

from __future__ import annotations

from hrreco.service.auth.principal import Principal
from hrreco.store import Store
from hrreco.workspace.api_keys import find_api_key


class ApiKeyVerifier:
    """Believes the API keys in force: what is added or revoked counts at the next call."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def principal(self, token: str) -> Principal | None:
        """Return which system asks."""
        key = find_api_key(self._store, token)
        return None if key is None else Principal.of(key.name, key.role, key.scopes)
