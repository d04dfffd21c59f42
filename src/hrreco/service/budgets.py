"""How often one caller may ask."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable

from hrreco.service.auth import Principal
from hrreco.settings.limits import LimitSettings
from hrreco.workspace.roles import OF_SYSTEMS

_SECONDS = 60


class Budgets:
    """Counts the requests of each caller in one worker, minute by minute.

    A worker grants its share of what the settings grant: in all it is never more, and a caller
    whose requests all come to one worker has that worker's share.

    Parameters
    ----------
    workers
        How many share the budget.
    """

    def __init__(
        self,
        limits: LimitSettings,
        workers: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._of_people = math.ceil(limits.requests_per_minute / workers)
        self._of_systems = math.ceil(limits.requests_per_minute_of_systems / workers)
        self._clock = clock
        self._minute = 0
        self._spent: Counter[tuple[str, str]] = Counter()

    def spend(self, principal: Principal) -> int:
        """Count a request; return 0, or in how many seconds there is a budget again."""
        now = self._clock()
        if (minute := int(now // _SECONDS)) != self._minute:
            self._minute = minute
            self._spent.clear()
        caller = principal.role, principal.subject
        self._spent[caller] = spent = self._spent[caller] + 1
        most = self._of_systems if principal.role in OF_SYSTEMS else self._of_people
        return 0 if spent <= most else math.ceil((minute + 1) * _SECONDS - now) or 1
