"""One file for each thing that can be asked of the service."""

from hrreco.service.routes import health, metrics, suggestions

ROUTERS = (suggestions.router, health.router, metrics.router)

__all__ = ["ROUTERS"]
