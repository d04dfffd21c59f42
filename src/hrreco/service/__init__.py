"""The HTTP service: suggestions inside the LMS, safe for an employee's browser."""

from hrreco.service.app import create_app
from hrreco.service.server import serve

__all__ = ["create_app", "serve"]
