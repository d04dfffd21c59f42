"""What is done with every request, whatever it asks for."""

from hrreco.service.middleware.guarded import Guarded
from hrreco.service.middleware.observed import Observed

__all__ = ["Guarded", "Observed"]
