"""Bearer tokens of the company's own issuer (OpenID Connect), held to the settings alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jwt

from hrreco.service.auth.jwks import Jwks
from hrreco.service.auth.principal import Principal
from hrreco.service.problems import Problem
from hrreco.settings.auth import OidcSettings
from hrreco.workspace.roles import Role, Scope

_SUBJECT = re.compile(r"[^\x00-\x1f\x7f]{1,256}")
_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})
"""What a token may call itself: a token to log out with has the same issuer and audience."""
_SCOPES = frozenset(map(str, Scope))


class OidcVerifier:
    """Believes the tokens of one issuer that are meant for this workspace.

    Raises
    ------
    SettingsError
        When the issuer's keys are in a file that holds none.
    """

    def __init__(self, settings: OidcSettings, folder: Path) -> None:
        self._settings = settings
        source = settings.jwks
        self._jwks = Jwks(
            source if source.startswith("https://") else folder / source, settings.algorithms
        )
        self._expected: dict[str, Any] = {
            "audience": settings.audience,
            "issuer": settings.issuer,
            "leeway": settings.leeway_seconds,
            "options": {"require": ["exp", "iss", "aud", settings.employee_claim]},
        }

    async def principal(self, token: str) -> Principal | None:
        """Return who asks.

        Raises
        ------
        Problem
            503, while the issuer's keys could not yet be fetched.
        """
        try:
            header = jwt.get_unverified_header(token)
            kid, algorithm = header.get("kid"), header.get("alg")
            if not isinstance(kid, str) or algorithm not in self._settings.algorithms:
                return None
            key = await self._jwks.key(kid, algorithm)
            if key is None:
                self._check_known()
                return None
            claims = jwt.decode(token, key, [algorithm], **self._expected)
        except (jwt.PyJWTError, ValueError, OverflowError, RecursionError):
            return None
        return self._believed(header, claims)

    def _check_known(self) -> None:
        if self._jwks.is_empty:
            raise Problem(503, "the issuer's keys cannot be fetched now; try again later")

    def _believed(self, header: dict[str, Any], claims: dict[str, Any]) -> Principal | None:
        subject = claims[self._settings.employee_claim]
        role = _role(claims.get(self._settings.role_claim, Role.EMPLOYEE))
        scope, kind = claims.get("scope", ""), header.get("typ", "JWT")
        if (
            not isinstance(subject, str)
            or not _SUBJECT.fullmatch(subject)
            or role is None
            or not isinstance(scope, str)
            or not isinstance(kind, str)
            or kind.lower() not in _TYPES
        ):
            return None
        # `openid profile` names nothing of hrreco's, and so narrows nothing.
        return Principal.of(subject, role, _SCOPES.intersection(scope.split()) or None)


def _role(claimed: Any) -> Role | None:
    """Return the role of a claim: its value, or the only one in a list."""
    if isinstance(claimed, list) and len(claimed) == 1:
        claimed = claimed[0]
    return Role(claimed) if isinstance(claimed, str) and claimed in set(Role) else None
