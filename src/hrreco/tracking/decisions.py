"""Runs that say of a version why it was put to serve, or was not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hrreco.tracking.runs import OURS, REASON, VERDICT, Metric, log_batch

VERSION = "hrreco.version"


@dataclass(frozen=True)
class Decision:
    """What is written down about a version that was put to serve, or was not.

    Attributes
    ----------
    what
        ``promotion`` or ``rollback``.
    number
        The version it is about.
    verdict, reason
        ``passed`` or ``failed``, and why, in a sentence.
    metrics
        By name; empty where nothing was measured.
    report
        The evaluation report as plain JSON values; empty where nothing was measured.
    """

    what: str
    number: int
    verdict: str
    reason: str
    metrics: Mapping[str, Metric]
    report: Mapping[str, Any]


def log_decision(client: Any, experiment_id: str, decision: Decision) -> str:
    """Write a decision into a run of its own, and return the run's id."""
    run = client.create_run(
        experiment_id,
        tags={
            OURS: decision.what,
            VERDICT: decision.verdict,
            REASON: decision.reason,
            VERSION: str(decision.number),
        },
        run_name=f"{decision.what} of version {decision.number}: {decision.verdict}",
    )
    run_id = str(run.info.run_id)
    log_batch(client, run_id, {}, decision.metrics)
    if decision.report:
        report = json.dumps(decision.report, indent=1, ensure_ascii=False)
        client.log_text(run_id, report, "evaluation.json")
    client.set_terminated(run_id, "FINISHED")
    return run_id
