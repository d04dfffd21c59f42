"""Reports on what a workspace holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hrreco.errors import UnknownIdError, checked_id
from hrreco.reports.groups import Dimension, GroupReport
from hrreco.settings import AsOf

if TYPE_CHECKING:
    from hrreco.workspace import Workspace


def group_report(
    workspace: Workspace, by: Sequence[Dimension], *, since: AsOf = None, as_of: AsOf = None
) -> GroupReport:
    """Report on the groups of a workspace; see `GroupReport.of`."""
    return GroupReport.of(workspace.data(), by, workspace.opt_outs, since=since, as_of=as_of)


def report_of_unit(
    workspace: Workspace, manager_id: str, by: Sequence[Dimension], *, as_of: AsOf = None
) -> GroupReport:
    """Return those figures of the report on all groups that are about a manager's own unit.

    Of a report of the same form as anybody's, so that what is not told to one manager cannot be
    worked out from what is told to another; empty for who has no unit, or none that is told of.
    """
    try:
        department = workspace.people.employee(checked_id(manager_id, "employee")).department
    except UnknownIdError:
        department = None
    return group_report(workspace, by, as_of=as_of).of_unit(department, manager_id)
