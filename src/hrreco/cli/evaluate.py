"""`hrreco evaluate`: judge models, on files or on the workspace's own history."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.cli._evaluation import evaluation_view
from hrreco.errors import SettingsError
from hrreco.workspace import evaluate_workspace


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        "evaluate",
        example="hrreco evaluate --train train.parquet --test test.parquet --models ease",
    )
    def evaluate(
        call: Call,
        train: Annotated[Path | None, typer.Option(help="What models may learn from.")] = None,
        test: Annotated[Path | None, typer.Option(help="What they have to foresee.")] = None,
        courses: Annotated[Path | None, typer.Option(help="The catalogue, for content.")] = None,
        models: Annotated[str, typer.Option(help="Names, separated by commas.")] = (
            "popularity,ease,als"
        ),
        k: Annotated[str, typer.Option("--k", help="Lengths of list.")] = "5,10,20",
    ) -> Outcome:
        """Judge models: on two files, or on the latest part of the workspace's history."""
        names = [name.strip() for name in models.split(",") if name.strip()]
        cuts = _whole_numbers(k)
        if (train is None) != (test is None) or (courses is not None and train is None):
            raise SettingsError("give --train and --test together (and --courses only with them)")
        with call.progress() as progress:
            if train is not None and test is not None:
                from hrreco.evaluation import evaluate_files

                report = evaluate_files(train, test, courses, names, cuts, progress=progress)
            else:
                report = evaluate_workspace(
                    call.workspace, names, cuts, as_of=call.as_of, progress=progress
                )
        return Outcome(report.to_json(), evaluation_view(report))


def _whole_numbers(text: str) -> list[int]:
    try:
        return [int(part) for part in text.split(",")]
    except ValueError:
        raise SettingsError(f"--k takes whole numbers such as 5,10,20; got {text!r}") from None
