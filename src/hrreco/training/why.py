"""Why no learned model came out of the window that picks one, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from hrreco.evaluation import EvaluationReport
from hrreco.training.recipe import RULES

TOO_FEW = "there are too few completions to judge a learned model by"


def why_none(chosen_by: EvaluationReport, kind: Literal["learned", "other"]) -> str:
    """Return why no model came out of the second window: no learned one, or no other one."""
    if not chosen_by.models.keys() - {RULES}:
        return f"no {kind} model could be fitted"
    if not chosen_by.learners:
        return f"the second window holds too few completions to choose any {kind} model by"
    return f"no {kind} model is shown to help on the second window"


def unfitted(report: EvaluationReport) -> Iterator[str]:
    """Yield which models could not be fitted, and why, each in one line."""
    for name, reason in report.unfitted.items():
        yield f"{name} could not be fitted: {reason}"
