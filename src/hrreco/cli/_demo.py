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
from hrreco.cli._lines import Counts, whole_line
from hrreco.cli._quality import counts_view
from hrreco.cli._training import mlflow_ui, training_view
from hrreco.data import QualityReport
from hrreco.workspace.demo import Person, Shown

_SAME = "The same list: the rules serve everybody here."


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
        _found(quality),
        whole_line(f"Each of them: {shown.ingested.quarantine}\n"),
        training_view(shown.trained),
    ]
    return parts + [part for one in shown.people for part in person_view(one, report.rules_win)]


def _found(quality: QualityReport) -> Counts:
    counts = Counter[str]()
    for finding in quality.findings:
        counts[finding.rule] += finding.count or 0
    return Counts("Found", dict(sorted(counts.items())), "nothing")


def person_view(person: Person, rules_win: bool) -> list[RenderableType]:
    """Return the suggestions of one employee, and what becomes of them after opting out."""
    parts: list[RenderableType] = [Text(f"\n{person.who}", style="bold")]
    parts.append(answer_view(*person.answers.values()))
    if person.opted_out is not None:
        parts.append(Text("\nThe same employee after opting out", style="bold"))
        same = rules_win and person.opted_out == person.answers
        parts.append(_SAME if same else answer_view(*person.opted_out.values()))
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
        f"  hrreco doctor {shown.exports} {as_of}",
        f"  hrreco recommend {asked} --lang sv {as_of}",
        f"  hrreco why-not {asked} {answer[0].course_id} {as_of}",
        f"  hrreco opt-out {asked} && hrreco recommend {asked} {as_of} && hrreco opt-in {asked}",
        f"  hrreco evaluate --models ease,als,lightfm,content --k 10 {as_of}",
        f"  {mlflow_ui(shown.trained.tracking_uri)}",
        "",
        "Start the service, and open the address that this prints, in a browser:",
        f"  hrreco serve {as_of} &",
        f'  echo "http://127.0.0.1:8080/example#employee={asked}'
        f'&token=$(hrreco token {asked} --role employee)"',
    )
