"""The demonstration as a person sees it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from hrreco.cli._answer import answer_view
from hrreco.cli._lines import whole_line
from hrreco.cli._quality import counts_view
from hrreco.cli._training import mlflow_ui, training_view
from hrreco.data import QualityReport
from hrreco.workspace.demo import Person, Shown


def demo_view(shown: Iterable[Shown]) -> RenderableType:
    """Return what was done with each company."""
    return Group(*(part for one in shown for part in _company(one)))


def _company(shown: Shown) -> list[RenderableType]:
    report = shown.trained.report
    winner = "the rules win" if report.rules_win else f"{report.winner.name} wins"
    quality = shown.ingested.report
    parts: list[RenderableType] = [
        Panel(f"{shown.name}: {winner}", style="bold"),
        counts_view(quality),
        f"Found: {_found(quality)}",
        whole_line(f"Each of them: {shown.ingested.quarantine}\n"),
        training_view(shown.trained),
    ]
    return parts + [part for person in shown.people for part in _person(person)]


def _found(quality: QualityReport) -> str:
    counts = Counter[str]()
    for finding in quality.findings:
        counts[finding.rule] += finding.count
    return ", ".join(f"{rule} {count}" for rule, count in sorted(counts.items()))


def _person(person: Person) -> list[RenderableType]:
    parts: list[RenderableType] = [Text(f"\n{person.who}", style="bold")]
    parts.append(answer_view(*person.answers.values()))
    if person.opted_out is not None:
        parts.append(Text("\nThe same employee after opting out", style="bold"))
        parts.append(answer_view(*person.opted_out.values()))
    return parts


def go_on(shown: Shown) -> tuple[str, ...]:
    """Return the commands to go on with."""
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
        f"  hrreco opt-out {asked} && hrreco opt-in {asked}",
        f"  hrreco evaluate --models ease,als,lightfm,content --k 10 {as_of}",
        f"  {mlflow_ui(shown.trained.tracking_uri)}",
    )
