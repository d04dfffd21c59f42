"""One file for each thing that can be asked of the service."""

from hrreco.service.routes import catalogue, events, health, suggestions, xapi

ROUTERS = (
    suggestions.router,
    events.router,
    xapi.router,
    catalogue.router,
    health.router,
)

__all__ = ["ROUTERS"]
