"""Judging models on what a workspace holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hrreco.evaluation import EvaluationReport
from hrreco.settings import AsOf, Progress, silent
from hrreco.training import SplitName, evaluate_history

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


def evaluate_workspace(
    workspace: Workspace,
    models: Sequence[str],
    ks: Sequence[int],
    *,
    split: SplitName = "temporal",
    as_of: AsOf = None,
    progress: Progress = silent,
) -> EvaluationReport:
    """Judge models on the workspace's own history; nothing is stored."""
    return evaluate_history(
        workspace.data(),
        models,
        ks,
        workspace.opt_outs,
        split=split,
        as_of=as_of,
        progress=progress,
    )
