"""Whom a workspace believes, by its settings."""

from __future__ import annotations

from hrreco.service.auth.api_keys import ApiKeyVerifier
from hrreco.service.auth.bearer import Authenticator, Verifier
from hrreco.service.auth.local import LocalVerifier
from hrreco.service.auth.oidc import OidcVerifier
from hrreco.workspace import Workspace
from hrreco.workspace.tokens import LocalTokens


def authenticator_of(workspace: Workspace) -> Authenticator:
    """Return what tells who asks.

    Raises
    ------
    SettingsError
        When the issuer's keys are to be in a file that holds none.
    """
    settings = workspace.settings.auth
    verifiers: list[Verifier] = [ApiKeyVerifier(workspace.store)]
    if settings.mode == "local":
        verifiers.append(LocalVerifier(LocalTokens(workspace)))
    if settings.oidc is not None:
        verifiers.append(OidcVerifier(settings.oidc, workspace.path))
    return Authenticator(*verifiers)
