"""`hrreco compare`: two trainings side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "compare", example="hrreco compare 3f2a9c 81d0e4")
    def compare(
        call: Call,
        first: Annotated[str, typer.Argument(metavar="RUN", help="An MLflow run's id.")],
        second: Annotated[str, typer.Argument(metavar="RUN", help="Another's.")],
    ) -> Outcome:
        """Compare what two trainings ended in, on the same employees.

        Both are fitted again on the same cut, and judged by what was taken last; the beginning of
        a run's id will do.
        """
        from hrreco.cli._evaluation import comparison_view
        from hrreco.workspace import compare_runs

        done = compare_runs(
            call.workspace, first, second, as_of=call.as_of, progress=call.progress
        )
        return Outcome(done.to_json(), comparison_view(done))
