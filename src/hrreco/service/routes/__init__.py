"""One file for each thing that can be asked of the service."""

from hrreco.service.routes import health, suggestions

ROUTERS = (suggestions.router, health.router)

__all__ = ["ROUTERS"]
