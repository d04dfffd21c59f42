"""Whom the HTTP service believes, and who may ask it for what, as the workspace has it now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from hrreco.settings.auth import AuthMode, OidcSettings
from hrreco.workspace import Workspace, show_api_keys
from hrreco.workspace.roles import GRANTED, OF_SYSTEMS, Role, Scope

About = Literal["oneself", "unit", "everybody"]
Proof = Literal["key", "token"]

_ABOUT: dict[Role, About] = {Role.EMPLOYEE: "oneself", Role.MANAGER: "unit"}
"""Whom people ask about; systems ask about everybody."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whose tokens are believed.

    Attributes
    ----------
    keys
        Whether the issuer's public keys come from an address, from a file, or from a file that is
        not there.
    keys_from
        The address, with nothing that might be a secret, or the name of the file.
    employee_claim, role_claim
        What in a token says who asks, and in what capacity.
    """

    issuer: str
    audience: str
    algorithms: tuple[str, ...]
    keys: Literal["address", "file", "missing"]
    keys_from: str
    employee_claim: str
    role_claim: str
    leeway_seconds: int


@dataclass(frozen=True, slots=True)
class Asker:
    """What may be asked in one role.

    Attributes
    ----------
    proven_by
        What somebody may show to be believed in it; nothing where nobody can have it.
    """

    role: str
    about: About
    scopes: tuple[str, ...]
    proven_by: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class System:
    """A system that has an API key.

    Attributes
    ----------
    since
        The day on which the key was made, ISO 8601.
    """

    name: str
    role: str
    scopes: tuple[str, ...]
    since: str


@dataclass(frozen=True, slots=True)
class Asking:
    """Who may ask for what.

    Attributes
    ----------
    issuer
        None but in the mode ``oidc``.
    limits
        What one caller may ask, as the settings name it.
    allowed_origins
        Whose pages may ask from a browser, besides the service's own.
    """

    mode: AuthMode
    issuer: Issuer | None
    roles: tuple[Asker, ...]
    systems: tuple[System, ...]
    limits: dict[str, float]
    allowed_origins: tuple[str, ...]


def asking_of(workspace: Workspace) -> Asking:
    """Return who may ask for what; no key is told, nor its hash."""
    settings = workspace.settings
    oidc = settings.auth.oidc
    zone = ZoneInfo(settings.timezone)
    return Asking(
        mode=settings.auth.mode,
        issuer=None if oidc is None else _issuer(oidc, workspace.path),
        roles=tuple(_asker(role, settings.auth.mode) for role in Role),
        systems=tuple(
            System(
                key.name,
                str(key.role),
                _named(key.scopes),
                key.since.astimezone(zone).date().isoformat(),
            )
            for key in show_api_keys(workspace)
        ),
        limits=settings.limits.model_dump(),
        allowed_origins=settings.web.allowed_origins,
    )


def _issuer(oidc: OidcSettings, folder: Path) -> Issuer:
    known = oidc.model_dump(exclude={"jwks"})
    if oidc.jwks.startswith("https://"):
        parts = urlsplit(oidc.jwks)
        address = f"https://{parts.netloc.rpartition('@')[2]}{parts.path}"
        return Issuer(keys="address", keys_from=address, **known)
    file = folder / oidc.jwks
    return Issuer(keys="file" if file.is_file() else "missing", keys_from=file.name, **known)


def _asker(role: Role, mode: AuthMode) -> Asker:
    proofs: dict[Proof, bool] = {"key": role in OF_SYSTEMS, "token": mode != "keys"}
    return Asker(
        str(role),
        _ABOUT.get(role, "everybody"),
        _named(GRANTED[role]),
        tuple(proof for proof, given in proofs.items() if given),
    )


def _named(scopes: Collection[Scope]) -> tuple[str, ...]:
    """Return scopes in the order in which they are defined."""
    return tuple(str(scope) for scope in Scope if scope in scopes)
