"""Who asks, and what they may."""

from hrreco.service.auth.bearer import Authenticator
from hrreco.service.auth.principal import Principal, Role, Scope

__all__ = ["Authenticator", "Principal", "Role", "Scope"]
