"""One file for each thing that can be asked of the service."""

from hrreco.service.routes import health, suggestions, web

ROUTERS = (suggestions.router, health.router, web.router)

__all__ = ["ROUTERS"]
