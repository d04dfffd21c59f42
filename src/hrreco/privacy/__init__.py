"""Opt-outs, and the one door that data about people passes."""

from hrreco.privacy.audited import for_audit
from hrreco.privacy.counts import told, told_hours, told_rate, told_sum
from hrreco.privacy.door import (
    Served,
    for_reports,
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
from hrreco.privacy.overseer import Overseer
from hrreco.privacy.oversight import (
    NO_RULINGS,
    Decision,
    Oversight,
    OversightList,
    Rulings,
    rulings_of_everybody,
)
from hrreco.privacy.retention import record_within_retention, within_retention

__all__ = [
    "NO_RULINGS",
    "PURPOSES",
    "Decision",
    "OptOutList",
    "OptOuts",
    "Overseer",
    "Oversight",
    "OversightList",
    "Purpose",
    "Rulings",
    "Served",
    "as_opt_outs",
    "checked_purpose",
    "for_audit",
    "for_reports",
    "for_serving",
    "for_training",
    "only",
    "record_within_retention",
    "rulings_of_everybody",
    "told",
    "told_hours",
    "told_rate",
    "told_sum",
    "who_may_be_profiled",
    "within_retention",
    "without",
]
