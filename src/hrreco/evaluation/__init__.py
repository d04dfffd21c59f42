"""Splits, metrics and intervals: how good models are, and how sure that is."""

from hrreco.evaluation.files import evaluate_files
from hrreco.evaluation.judge import RULES, judge
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
    Interactions,
    Split,
    cuts,
    given,
    leave_last_out,
    temporal,
)

__all__ = [
    "ALL",
    "METRICS",
    "NO_COURSE",
    "RULES",
    "EvaluationReport",
    "Interactions",
    "Interval",
    "ModelResult",
    "Row",
    "SliceResult",
    "Split",
    "Verdict",
    "cuts",
    "evaluate_files",
    "given",
    "judge",
    "leave_last_out",
    "mean_intervals",
    "rank",
    "temporal",
    "top_k",
]
