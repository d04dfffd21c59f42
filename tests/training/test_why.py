"""Why no learned model came out of the window that picks one."""

from __future__ import annotations

import pytest

from hrreco.evaluation import EvaluationReport, ModelResult
from hrreco.training.why import why_none


@pytest.mark.parametrize(
    ("models", "learners", "said"),
    [
        ("popularity", 40, "no other model could be fitted"),
        ("popularity", None, "no other model could be fitted"),
        ("popularity als", None, "the second window holds too few completions"),
        ("popularity als", 40, "no other model is shown to help on the second window"),
    ],
)
def test_the_reason_is_the_true_one(models: str, learners: int | None, said: str) -> None:
    results = {name: ModelResult({}, {}) for name in models.split()}
    chosen_by = EvaluationReport(
        (10,), learners, 0, results, unfitted={"ease": "too many courses"}
    )
    assert why_none(chosen_by, "other").startswith(said)
