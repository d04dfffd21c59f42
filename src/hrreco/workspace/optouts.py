"""Opting out and in, by employees of a workspace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hrreco.errors import checked_id
from hrreco.privacy import PURPOSES, Purpose

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


def opted_out(workspace: Workspace, employee_id: str) -> tuple[Purpose, ...]:
    """Return all that an employee is opted out of.

    Raises
    ------
    UnknownIdError
        When nobody has that id.
    """
    workspace.people.employee(checked_id(employee_id, "employee"))
    return _recorded(workspace, employee_id)


def opt_out(
    workspace: Workspace, employee_id: str, purposes: Iterable[Purpose]
) -> tuple[Purpose, ...]:
    """Record that an employee refuses; on disk before this returns.

    Returns
    -------
    tuple of Purpose
        All that the employee is now opted out of.

    Raises
    ------
    UnknownIdError
        When nobody has that id.
    """
    workspace.people.employee(checked_id(employee_id, "employee"))
    workspace.opt_outs.opt_out(employee_id, purposes)
    return _recorded(workspace, employee_id)


def opt_in(
    workspace: Workspace, employee_id: str, purposes: Iterable[Purpose]
) -> tuple[Purpose, ...]:
    """Take an opt-out back; on disk before this returns.

    Returns
    -------
    tuple of Purpose
        All that the employee is still opted out of.

    Raises
    ------
    UnknownIdError
        When nobody has that id.
    """
    workspace.people.employee(checked_id(employee_id, "employee"))
    workspace.opt_outs.opt_in(employee_id, purposes)
    return _recorded(workspace, employee_id)


def _recorded(workspace: Workspace, employee_id: str) -> tuple[Purpose, ...]:
    opt_outs = workspace.opt_outs
    return tuple(purpose for purpose in PURPOSES if opt_outs.is_out(employee_id, purpose))
