"""Splits, metrics and intervals: how good models are, and how sure that is."""

from hrreco.evaluation.fairness import FAIR_LIMIT, Fairness, Spread, unfair
from hrreco.evaluation.faithfulness import FAITHFUL_LIMIT, Faithfulness, faithfulness
from hrreco.evaluation.files import FileSplit, read_split
from hrreco.evaluation.fitting import Fitted, fit_each
from hrreco.evaluation.groups import Groups
from hrreco.evaluation.inner import inner
from hrreco.evaluation.judge import RULES, checked_ks, judge, shown_name
from hrreco.evaluation.leakage import LEAKAGE_LIMIT, Leakage, leakage
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
    "FAIR_LIMIT",
    "FAITHFUL_LIMIT",
    "FOR_EVER",
    "LEAKAGE_LIMIT",
    "METRICS",
    "NOT_AT_ALL",
    "NO_COURSE",
    "RULES",
    "EvaluationReport",
    "Fairness",
    "Faithfulness",
    "FileSplit",
    "Fitted",
    "Groups",
    "Interactions",
    "Interval",
    "LastOut",
    "Leakage",
    "Measured",
    "ModelResult",
    "Row",
    "SliceResult",
    "Split",
    "Spread",
    "Verdict",
    "checked_ks",
    "cuts",
    "faithfulness",
    "fit_each",
    "given",
    "inner",
    "judge",
    "leakage",
    "leave_last_out",
    "mean_intervals",
    "measure",
    "rank",
    "read_split",
    "shown_name",
    "temporal",
    "top_k",
    "unfair",
]
