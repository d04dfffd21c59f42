"""A learning path as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import ceil

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hrreco.cli._gap import levels
from hrreco.cli._plan import StepRows, heading, indented, left_out, notes
from hrreco.cli.texts import words_in
from hrreco.paths import LearningPath
from hrreco.settings import Texts


def path_view(path: LearningPath) -> RenderableType:
    """Return the steps by month, the gap before and after, and what was left out."""
    words = words_in(path.lang)
    title = words.say(
        "path.title",
        employee=path.employee_id,
        role=path.target_role,
        day=words.short_day(path.start),
    )
    return Group(
        Text(title, style="bold"),
        *notes(path.notes, words),
        *_months(path, words),
        *_gap(path, words),
        *left_out(path.left_out, words),
        Text(f"\n{_how_good(path.optimality_gap, words)}"),
    )


def _months(path: LearningPath, words: Texts) -> Iterator[RenderableType]:
    if not path.steps:
        yield Text(words.say("path.no_steps"))
    rows = StepRows(path.steps, words)
    for month, group in groupby(path.steps, key=lambda step: step.starts_on.replace(day=1)):
        steps = list(group)
        hours = words.number(sum(step.hours for step in steps))
        spent = words.say("hours_of", path.hours_per_month, hours=hours)
        yield heading(words.month(month), spent)
        yield rows.table(steps)


def _gap(path: LearningPath, words: Texts) -> Iterator[RenderableType]:
    if not path.gap.needed:
        yield Text("\n" + words.say("path.no_needs", role=path.target_role))
        return
    missing = words.say(
        "path.missing",
        before=len(path.gap_before),
        after=len(path.gap_after),
        needed=path.gap.needed,
    )
    yield heading(words.say("path.skills"), missing)
    yield indented(_skills(path, words))


def _skills(path: LearningPath, words: Texts) -> Table:
    rows = Table.grid(padding=(0, 2, 0, 0))
    closed = {skill: step.ends_on for step in path.steps for skill in step.closes}
    for missing in path.gap.skills:
        day = closed.get(missing.skill)
        state = "path.open" if day is None else "path.closed"
        rows.add_row(
            words.say(state, day=day and words.short_day(day)),
            words.say(f"gap.{missing.importance}"),
            missing.skill,
            levels(missing, words),
        )
    return rows


def _how_good(optimality_gap: float, words: Texts) -> str:
    if optimality_gap == 0:
        return words.say("path.best")
    percent = ceil(1_000 * optimality_gap) / 10  # rounded up, so that it is true
    return words.say("path.within", percent=words.number(percent))
