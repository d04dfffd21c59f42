"""Days as numpy counts them; from 2.5 on it deprecates adding a bare number to a date."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]
DAY = np.timedelta64(1, "D")
