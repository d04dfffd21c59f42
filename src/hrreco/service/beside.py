"""What takes longer than an answer may wait, for the process beside a worker."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from hrreco.privacy.audit import Entry
from hrreco.reports import Dimension, group_report, report_of_unit
from hrreco.settings import AsOf
from hrreco.workspace import LiveAdvisor, Workspace, erase_person, export_person
from hrreco.workspace.decisions.keeping import MadeWith, keep_answers


def planned(
    workspace: Workspace,
    /,
    what: Literal["path", "onboarding", "careers"],
    employee_id: str,
    **wishes: Any,
) -> dict[str, Any]:
    """Return a plan, and have it on record; see the method of `Advisor` of that name."""
    plan: dict[str, Any] = getattr(_live(workspace).current(), what)(
        employee_id, **wishes
    ).to_json()
    workspace.flush()
    return plan


def kept(workspace: Workspace, entries: Sequence[Entry], made_with: Sequence[MadeWith]) -> None:
    """Write answers that the worker has given; see `keep_answers`."""
    keep_answers(workspace.audit_log, entries, made_with)


def exported(workspace: Workspace, employee_id: str) -> dict[str, Any]:
    """Return all that is held about a person; see `export_person`."""
    return export_person(workspace, employee_id).to_json()


def erased(workspace: Workspace, employee_id: str) -> dict[str, Any]:
    """Erase a person, and return the certificate; see `erase_person`."""
    done = erase_person(workspace, employee_id)
    return {"before": done.before, "certificate": done.certificate.to_json()}


def figures(
    workspace: Workspace, by: Sequence[Dimension], since: str | None, as_of: AsOf
) -> dict[str, Any]:
    """Return the figures of all groups; see `group_report`."""
    return group_report(workspace, by, since=since, as_of=as_of).to_json()


def figures_of_unit(
    workspace: Workspace, manager_id: str, by: Sequence[Dimension], as_of: AsOf
) -> dict[str, Any]:
    """Return the figures of a manager's own unit; see `report_of_unit`."""
    return report_of_unit(workspace, manager_id, by, as_of=as_of).to_json()


@cache
def _live(workspace: Workspace) -> LiveAdvisor:
    return LiveAdvisor(workspace, workspace.answers)
