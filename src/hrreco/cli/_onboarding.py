"""The plan of a new hire's first days as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hrreco.cli._path import heading, indented, number, omission, steps_table
from hrreco.paths import Onboarding


def onboarding_view(plan: Onboarding) -> RenderableType:
    """Return the steps by stage, what is known already, and what did not fit."""
    title = f"Onboarding of {plan.employee_id}, {plan.role}, from {plan.first_day}"
    return Group(Text(title, style="bold"), *_stages(plan), *_saved(plan), *_left_out(plan))


def _stages(plan: Onboarding) -> Iterator[RenderableType]:
    for stage in plan.stages:
        until = f"Until day {stage.days}, {stage.ends_on}"
        yield heading(until, f"{number(stage.hours)} hours" if stage.steps else "nothing")
        yield steps_table(stage.steps)


def _saved(plan: Onboarding) -> Iterator[RenderableType]:
    hours = f"{number(plan.hours_saved)} of the programme's {number(plan.programme_hours)}"
    yield heading("Hours saved by what is known", hours)
    rows = Table.grid(padding=(0, 2, 0, 0))
    for course in plan.saved:
        rows.add_row(f"{number(course.hours)} h", f"{course.title}  {course.course_id}")
        rows.add_row("", Text(course.text, style="dim"))
    yield indented(rows)


def _left_out(plan: Onboarding) -> Iterator[RenderableType]:
    if plan.left_out:
        yield Text("\nLeft out", style="bold")
    yield from map(omission, plan.left_out)
