"""`hrreco evaluate`: judge models, on files or on the workspace's own history."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrreco.cli._call import Call, Outcome, command
from hrreco.errors import SettingsError

_LONGEST = 1_000


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(
        app,
        "evaluate",
        example="hrreco evaluate --models popularity,ease --k 5,10",
    )
    def evaluate(
        call: Call,
        train: Annotated[
            Path | None, typer.Option(metavar="FILE", help="What models may learn from.")
        ] = None,
        test: Annotated[
            Path | None, typer.Option(metavar="FILE", help="What they have to foresee.")
        ] = None,
        courses: Annotated[
            Path | None,
            typer.Option(metavar="FILE", help="The catalogue, for content and cease."),
        ] = None,
        tune: Annotated[
            bool, typer.Option("--tune", help="Search each model's settings inside --train.")
        ] = False,
        models: Annotated[
            str, typer.Option(metavar="NAMES", help="Separated by commas.")
        ] = "popularity,ease,als",
        k: Annotated[
            str, typer.Option("--k", metavar="NUMBERS", help="Lengths of list.")
        ] = "5,10,20",
        split: Annotated[
            str | None,
            typer.Option(
                metavar="temporal|leave-last-out",
                help="How the workspace's history is cut; else temporal.",
            ),
        ] = None,
    ) -> Outcome:
        """Judge models by what employees took later.

        On two files, or on the workspace's own history: its latest part, or the last course of
        each employee.
        """
        from hrreco.cli._evaluation import evaluation_view

        names, cuts = _names(models), _lengths(k)
        if (train is None) != (test is None) or (courses is not None and train is None):
            raise SettingsError("give --train and --test together (and --courses only with them)")
        if tune and train is None:
            raise SettingsError("--tune searches settings on files; give --train and --test")
        if train is not None and test is not None:
            from hrreco.training import evaluate_files

            if split is not None:
                raise SettingsError("--split cuts the workspace's history; two files are one cut")
            report = evaluate_files(
                train, test, courses, names, cuts, tune=tune, progress=call.progress
            )
        else:
            from hrreco.training import checked_split
            from hrreco.workspace import evaluate_workspace

            report = evaluate_workspace(
                call.workspace,
                names,
                cuts,
                split="temporal" if split is None else checked_split(split),
                as_of=call.as_of,
                progress=call.progress,
            )
        judged = set(report.models) & set(names)
        return Outcome(report.to_json(), evaluation_view(report, tuned=tune), 0 if judged else 1)


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    if not all(names):
        raise SettingsError(f"--models takes names such as ease,als; got {text!r}")
    return names


def _lengths(text: str) -> list[int]:
    try:
        lengths = [int(part) for part in text.split(",")]
    except ValueError:
        lengths = [0]
    if not all(1 <= length <= _LONGEST for length in lengths):
        raise SettingsError(
            f"--k takes whole numbers from 1 to {_LONGEST}, such as 5,10,20; got {text!r}"
        )
    return lengths
