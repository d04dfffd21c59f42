"""One file for each thing that can be asked of the service."""

from hrreco.service.routes import (
    feedback,
    groups,
    health,
    metrics,
    optouts,
    plans,
    rights,
    suggestions,
)

ROUTERS = (
    suggestions.router,
    plans.router,
    feedback.router,
    optouts.router,
    rights.router,
    groups.router,
    health.router,
    metrics.router,
)

__all__ = ["ROUTERS"]
