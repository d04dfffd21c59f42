"""One file for each thing that can be asked of the service."""

from hrreco.service.routes import (
    feedback,
    groups,
    health,
    optouts,
    plans,
    rights,
    suggestions,
    web,
)

ROUTERS = (
    suggestions.router,
    plans.router,
    feedback.router,
    optouts.router,
    rights.router,
    groups.router,
    health.router,
    web.router,
)

__all__ = ["ROUTERS"]
