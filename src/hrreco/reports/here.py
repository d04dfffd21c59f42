"""Reports on what a workspace holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hrreco.reports.groups import Dimension, GroupReport
from hrreco.settings import AsOf

if TYPE_CHECKING:
    from hrreco.workspace import Workspace


def group_report(
    workspace: Workspace, by: Sequence[Dimension], *, since: AsOf = None, as_of: AsOf = None
) -> GroupReport:
    """Report on the groups of a workspace; see `GroupReport.of`."""
    return GroupReport.of(workspace.data(), by, workspace.opt_outs, since=since, as_of=as_of)
