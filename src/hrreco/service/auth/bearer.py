"""Whom a bearer token stands for."""

from __future__ import annotations

from typing import Protocol

from hrreco.service.auth.principal import Principal
from hrreco.service.problems import Problem


class Verifier(Protocol):
    """One way to tell whom a token stands for."""

    def principal(self, token: str) -> Principal | None:
        """Return who asks; None where the token is not one that this verifier can believe."""
        ...


class Authenticator:
    """Tells who asks, out of the header of a request.

    Parameters
    ----------
    verifiers
        Asked in turn.
    """

    def __init__(self, *verifiers: Verifier) -> None:
        self._verifiers = verifiers

    def principal(self, header: str | None) -> Principal:
        """Return who asks.

        Raises
        ------
        Problem
            401, in the same words whatever is wrong: no clue helps whoever guesses.
        """
        scheme, _, token = (header or "").partition(" ")
        if scheme.lower() == "bearer" and token:
            for verifier in self._verifiers:
                if found := verifier.principal(token):
                    return found
        raise Problem(
            401,
            "give a valid bearer token or API key: Authorization: Bearer TOKEN",
            headers={"WWW-Authenticate": "Bearer"},
        )
