"""Decisions as a person sees them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType

from hrreco.cli._call import Outcome
from hrreco.cli._lines import WholeTable
from hrreco.privacy import Decision


def said(decision: Decision) -> str:
    """Return what a decision has come to."""
    if decision.action == "pause":
        return "Everybody is answered by the rules"
    if decision.action == "suppress":
        return f"{decision.course_id} is suggested to nobody"
    other = f", but {decision.instead}" if decision.instead else ""
    return f"{decision.course_id} is not suggested to {decision.employee_id}{other}"


def in_force(decision: Decision) -> Outcome:
    """Return the outcome of a decision that was just taken."""
    ends = f"It ends with: hrreco oversight lift {decision.number} --by NAME"
    view = f"{said(decision)}, from now on (decision {decision.number})."
    return Outcome(decision.to_json(), view, commands=(ends,))


def decisions_view(decisions: Sequence[Decision]) -> RenderableType:
    """Return a table of all decisions in force."""
    if not decisions:
        return "Nobody has decided anything over the model."
    table = WholeTable()
    for column in ("number", "what", "by", "since", "reason"):
        table.add_column(column, justify="right" if column == "number" else "left")
    for one in decisions:
        since = one.since.isoformat(" ", "minutes")
        table.add_row(str(one.number), said(one), one.by, since, one.reason)
    return table
