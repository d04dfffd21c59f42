"""Whom a bearer token stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from hrreco.service.auth.principal import Principal
from hrreco.service.problems import Problem

_CREDENTIALS = re.compile(rb"bearer +([A-Za-z0-9._~+/-]{1,8192}=*)", re.IGNORECASE)
"""As RFC 6750 has them; longer tokens than this are nobody's."""


class Verifier(Protocol):
    """One way to tell whom a token stands for."""

    async def principal(self, token: str) -> Principal | None:
        """Return who asks; None where the token is not one that this verifier can believe."""
        ...


def refused() -> Problem:
    """Return 401, in the same words whatever is wrong: no clue helps whoever guesses."""
    return Problem(
        401,
        "give a valid bearer token or API key: Authorization: Bearer TOKEN",
        headers={"WWW-Authenticate": "Bearer"},
    )


class Authenticator:
    """Tells who asks, out of the headers of a request.

    Parameters
    ----------
    verifiers
        Asked in turn.
    """

    def __init__(self, *verifiers: Verifier) -> None:
        self._verifiers = verifiers

    async def principal(self, headers: Iterable[tuple[bytes, bytes]]) -> Principal | None:
        """Return who asks; None where nothing says so that can be believed.

        Whoever shows two tokens is nobody: a proxy might have looked at the other one.
        """
        given = [value for name, value in headers if name == b"authorization"]
        match = _CREDENTIALS.fullmatch(given[0]) if len(given) == 1 else None
        if match is None:
            return None
        token = match[1].decode("ascii")
        for verifier in self._verifiers:
            if found := await verifier.principal(token):
                return found
        return None
