"""Opting out and in, by employees of a workspace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hrreco.privacy import Purpose

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


def opt_out(workspace: Workspace, employee_id: str, purposes: Iterable[Purpose]) -> None:
    """Record that an employee refuses; on disk before this returns.

    Raises
    ------
    UnknownIdError
        When nobody has that id.
    """
    workspace.store.employee(employee_id)
    workspace.opt_outs.opt_out(employee_id, purposes)


def opt_in(workspace: Workspace, employee_id: str, purposes: Iterable[Purpose]) -> None:
    """Take an opt-out back; on disk before this returns.

    Raises
    ------
    UnknownIdError
        When nobody has that id.
    """
    workspace.store.employee(employee_id)
    workspace.opt_outs.opt_in(employee_id, purposes)
