"""Opt-outs, and the one door that data about people passes."""

from hrreco.privacy.counts import told, told_rate
from hrreco.privacy.door import (
    Served,
    for_serving,
    for_training,
    only,
    who_may_be_profiled,
    without,
)
from hrreco.privacy.optouts import (
    PURPOSES,
    OptOutList,
    OptOuts,
    Purpose,
    as_opt_outs,
    checked_purpose,
)
from hrreco.privacy.retention import record_within_retention, within_retention

__all__ = [
    "PURPOSES",
    "OptOutList",
    "OptOuts",
    "Purpose",
    "Served",
    "as_opt_outs",
    "checked_purpose",
    "for_serving",
    "for_training",
    "only",
    "record_within_retention",
    "told",
    "told_rate",
    "who_may_be_profiled",
    "within_retention",
    "without",
]
