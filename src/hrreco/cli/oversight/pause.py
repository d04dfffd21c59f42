"""`hrreco oversight pause`: the rules answer everybody."""

from __future__ import annotations

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli.oversight._options import ByOption, ReasonOption


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    example = "hrreco oversight pause --by 'Maija Virtanen' --reason 'asked by the works council'"

    @command(app, "pause", example=example)
    def pause(call: Call, by: ByOption, reason: ReasonOption) -> Outcome:
        """Have everybody answered by the rules, from the next call on.

        Mandatory training and the role's standard path stay, as for whoever opted out.
        """
        from hrreco.cli.oversight._views import in_force

        return in_force(call.workspace.overseer.pause(by=by, reason=reason))
