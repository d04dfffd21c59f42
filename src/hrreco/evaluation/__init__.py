"""Splits, metrics and intervals: how good models are, and how sure that is."""

from hrreco.evaluation.files import FileSplit, read_split
from hrreco.evaluation.fitting import Fitted, fit_each
from hrreco.evaluation.inner import inner
from hrreco.evaluation.judge import RULES, checked_ks, judge, shown_name
from hrreco.evaluation.measure import Measured, measure
from hrreco.evaluation.metrics import METRICS
from hrreco.evaluation.ranking import NO_COURSE, rank, top_k
from hrreco.evaluation.report import (
    ALL,
    EvaluationReport,
    ModelResult,
    Row,
    SliceResult,
    Verdict,
)
from hrreco.evaluation.significance import Interval, mean_intervals
from hrreco.evaluation.splits import (
    FOR_EVER,
    NOT_AT_ALL,
    Interactions,
    LastOut,
    Split,
    cuts,
    given,
    leave_last_out,
    temporal,
)

__all__ = [
    "ALL",
    "FOR_EVER",
    "METRICS",
    "NOT_AT_ALL",
    "NO_COURSE",
    "RULES",
    "EvaluationReport",
    "FileSplit",
    "Fitted",
    "Interactions",
    "Interval",
    "LastOut",
    "Measured",
    "ModelResult",
    "Row",
    "SliceResult",
    "Split",
    "Verdict",
    "checked_ks",
    "cuts",
    "fit_each",
    "given",
    "inner",
    "judge",
    "leave_last_out",
    "mean_intervals",
    "measure",
    "rank",
    "read_split",
    "shown_name",
    "temporal",
    "top_k",
]
