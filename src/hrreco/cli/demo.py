"""`hrreco demo`: see it all work on two made-up companies."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.panel import Panel

from hrreco.cli._answer import answer_view
from hrreco.cli._call import Call, Outcome, command
from hrreco.cli._quality import counts_view
from hrreco.cli._training import mlflow_ui, training_view
from hrreco.data import QualityReport
from hrreco.workspace.demo import Person, Shown, demo


def add_to(app: typer.Typer) -> None:
    """Add the command."""

    @command(app, "demo", example="hrreco demo")
    def show(
        call: Call,
        folder: Annotated[
            Path, typer.Argument(metavar="DIR", help="Where the two workspaces are kept.")
        ] = Path("demo"),
    ) -> Outcome:
        """Make two companies, train, and suggest courses, with reasons and opting out."""
        with call.progress() as progress:
            shown = list(demo(folder, as_of=call.as_of, progress=progress))
        return Outcome(
            {"companies": [one.to_json() for one in shown]},
            Group(*(part for one in shown for part in _company(one))),
            commands=_go_on(shown[0]),
        )


def _company(shown: Shown) -> list[RenderableType]:
    report = shown.trained.report
    winner = "the rules win" if report.rules_win else f"{report.winner.name} wins"
    quality = shown.ingested.report
    parts: list[RenderableType] = [
        Panel(f"{shown.name}: {winner}", style="bold"),
        counts_view(quality),
        f"Found: {_found(quality)}",
        f"Each of them: quarantine.parquet in {shown.workspace}\n",
        training_view(shown.trained),
    ]
    return parts + [part for person in shown.people for part in _person(person)]


def _found(quality: QualityReport) -> str:
    counts = Counter[str]()
    for finding in quality.findings:
        counts[finding.rule] += finding.count
    return ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items()))


def _person(person: Person) -> list[RenderableType]:
    parts: list[RenderableType] = [f"\n[bold]{person.who}[/bold]"]
    parts.append(answer_view(*person.answers.values()))
    if person.opted_out is not None:
        parts.append("\n[bold]The same employee after opting out[/bold]")
        parts.append(answer_view(person.opted_out))
    return parts


def _go_on(shown: Shown) -> tuple[str, ...]:
    answer = shown.people[0].answers["en"]
    asked = answer.employee_id
    as_of = f"--as-of {shown.as_of}"
    return (
        "",
        "Go on with:",
        f"  . {Path(sys.executable).parent / 'activate'}",
        f"  export HRRECO_WORKSPACE={shown.workspace}",
        f"  hrreco doctor {shown.workspace / 'exports'} {as_of}",
        f"  hrreco recommend {asked} --lang sv {as_of}",
        f"  hrreco why-not {asked} {answer[0].course_id} {as_of}",
        f"  hrreco opt-out {asked}",
        f"  hrreco evaluate --models ease,als,lightfm,content --k 10 {as_of}",
        f"  {mlflow_ui(shown.trained.tracking_uri)}",
    )
