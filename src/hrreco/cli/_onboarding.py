"""The plan of a new hire's first days as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hrreco.cli._plan import StepRows, heading, indented, left_out, notes
from hrreco.cli.texts import words_in
from hrreco.paths import Onboarding
from hrreco.settings import Texts


def onboarding_view(plan: Onboarding) -> RenderableType:
    """Return the steps by stage, what is known already, and what did not fit."""
    words = words_in(plan.lang)
    first = words.short_day(plan.first_day)
    title = words.say("onboarding.title", employee=plan.employee_id, role=plan.role, day=first)
    return Group(
        Text(title, style="bold"),
        *notes(plan.notes, words),
        *_stages(plan, words),
        *_saved(plan, words),
        *left_out(plan.left_out, words),
    )


def _stages(plan: Onboarding, words: Texts) -> Iterator[RenderableType]:
    rows = StepRows(plan.steps, words)
    for stage in plan.stages:
        last = words.short_day(stage.ends_on)
        until = words.say("onboarding.stage", number=stage.days, day=last)
        spent = words.say("hours", stage.hours) if stage.steps else words.say("nothing")
        yield heading(until, spent)
        yield rows.table(stage.steps)


def _saved(plan: Onboarding, words: Texts) -> Iterator[RenderableType]:
    hours = words.say(
        "onboarding.saved_hours",
        hours=words.number(plan.hours_saved),
        total=words.number(plan.programme_hours),
    )
    yield heading(words.say("onboarding.saved"), hours)
    rows = Table.grid(padding=(0, 2, 0, 0))
    for course in plan.saved:
        rows.add_row(words.say("hours_short", course.hours), f"{course.title}  {course.course_id}")
        rows.add_row("", Text(course.text, style="dim"))
    yield indented(rows)
