"""One file for each thing that can be asked of the service."""

from hrreco.service.routes import (
    careers,
    catalogue,
    events,
    feedback,
    groups,
    health,
    metrics,
    optouts,
    plans,
    rights,
    suggestions,
    web,
    xapi,
)

ROUTERS = (
    suggestions.router,
    plans.router,
    careers.router,
    feedback.router,
    optouts.router,
    rights.router,
    events.router,
    xapi.router,
    catalogue.router,
    groups.router,
    health.router,
    metrics.router,
    web.router,
)

__all__ = ["ROUTERS"]
