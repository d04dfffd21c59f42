"""Who asks, and what they may."""

from hrreco.service.auth.bearer import Authenticator
from hrreco.service.auth.modes import authenticator_of
from hrreco.service.auth.principal import Principal
from hrreco.workspace.roles import Role, Scope

__all__ = ["Authenticator", "Principal", "Role", "Scope", "authenticator_of"]
