"""What the service knows of a request while it answers it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.types import Scope

from hrreco.service.auth import Principal

_NAME = "hrreco"


@dataclass(slots=True)
class Asked:
    """One request.

    Attributes
    ----------
    principal
        Who asks; None where nothing says so that can be believed.
    status
        Of the answer; 0 before it begins.
    """

    request_id: str
    principal: Principal | None = None
    status: int = 0

    def put_in(self, scope: Scope) -> None:
        """Let everything that has a part in the answer find it."""
        scope[_NAME] = self


def asked_in(scope: Scope) -> Asked:
    """Return the request of a scope."""
    asked: Asked = scope[_NAME]
    return asked
