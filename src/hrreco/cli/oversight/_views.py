"""Decisions as a person sees them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from hrreco.cli._call import Outcome
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
    """Return all decisions in force: what, and below it who decided it, when and why."""
    if not decisions:
        return "Nobody has decided anything over the model."
    rows = Table.grid(padding=(0, 1, 0, 0))  # so that a long reason wraps within its column
    rows.add_column(justify="right", no_wrap=True)
    for one in decisions:
        since = one.since.isoformat(" ", "minutes")
        told = Text.assemble((said(one), "bold"), f"\n{one.by}, {since}: {one.reason}")
        rows.add_row(f"{one.number}.", told)
    return rows
