"""A learning path as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile
from math import ceil

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hrreco.paths import LearningPath, MissingSkill, Omission, Session, Step

_DAYS, _HOURS = len("to 2026-03-31"), len("37.5 h")
"""At least so wide, so that the months stand under each other."""


def path_view(path: LearningPath) -> RenderableType:
    """Return the steps by month, the gap before and after, and what was left out."""
    title = f"Learning path for {path.employee_id}, {path.target_role}, from {path.start}"
    return Group(
        Text(title, style="bold"),
        *_months(path),
        *_gap(path),
        *_left_out(path),
        Text(f"\n{_how_good(path.optimality_gap)}"),
    )


def _months(path: LearningPath) -> Iterator[RenderableType]:
    if not path.steps:
        yield Text("No courses are planned.")
    for month, group in groupby(path.steps, key=lambda step: f"{step.starts_on:%B %Y}"):
        steps = list(group)
        hours = sum(step.hours for step in steps)
        yield heading(month, f"{number(hours)} of {number(path.hours_per_month)} hours")
        yield steps_table(steps)


def steps_table(steps: Sequence[Step]) -> RenderableType:
    """Return steps with their days, hours and reasons."""
    rows = Table.grid(padding=(0, 2, 0, 0))
    rows.add_column(min_width=_DAYS, no_wrap=True)
    rows.add_column(min_width=_HOURS, no_wrap=True, justify="right")
    for step in steps:
        rows.add_row(_days(step), f"{number(step.hours)} h", _told(step))
    return indented(rows)


def omission(one: Omission) -> RenderableType:
    """Return a course that did not fit, and why not."""
    return indented(Text(f"{one.title}  {one.course_id}: {one.text}"))


def _days(step: Step) -> str:
    until = "" if step.ends_on == step.starts_on else f"\nto {step.ends_on}"
    return f"{step.starts_on}{until}"


def _told(step: Step) -> Text:
    overdue = any(reason.code == "overdue" for reason in step.reasons)
    due = f", {'overdue since' if overdue else 'due'} {step.due_on}" if step.due_on else ""
    told = Text.assemble((step.title, "bold"), f"  {step.course_id}")
    told.append(f"  {step.kind}{due}", style="cyan")
    if step.session is not None:
        told.append(f"\n{_held(step.session)}")
    for reason in step.reasons:
        told.append(f"\n{reason.text}", style="dim")
    return told


def _held(session: Session) -> str:
    where = f", {session.location}" if session.location else ""
    day = "" if session.ends_on == session.starts_on else f"{session.ends_on} "
    return f"Session from {session.starts_at:%H:%M} to {day}{session.ends_at:%H:%M}{where}"


def _gap(path: LearningPath) -> Iterator[RenderableType]:
    if not path.gap.needed:
        yield Text(f"\nNo skills are known of the role {path.target_role}.")
        return
    before, after = len(path.gap_before), len(path.gap_after)
    yield heading("Skills", f"{before} of {path.gap.needed} missing before, {after} after")
    rows = Table.grid(padding=(0, 2, 0, 0))
    closed = {skill: step.ends_on for step in path.steps for skill in step.closes}
    for missing in path.gap.skills:
        day = closed.get(missing.skill)
        state = f"by {day}" if day else "still missing"
        rows.add_row(state, missing.importance, _skill(missing))
    yield indented(rows)


def _skill(missing: MissingSkill) -> Text:
    level = "" if missing.level is None else f", level {missing.level}"
    known = "" if missing.known_level is None else f" (now {missing.known_level})"
    return Text(f"{missing.skill}{level}{known}")


def _left_out(path: LearningPath) -> Iterator[RenderableType]:
    if not path.left_out:
        return
    yield Text("\nLeft out", style="bold")
    # After the mandatory courses come skills; a course behind one is told of in its text.
    for one in takewhile(lambda one: one.course_id is not None, path.left_out):
        yield omission(one)
    for one in path.left_out:
        if one.skill is not None:
            yield indented(Text(f"{one.skill}: {one.text}"))


def _how_good(optimality_gap: float) -> str:
    if optimality_gap == 0:
        return "By the rules of a path, no better choice of courses exists."
    percent = ceil(1_000 * optimality_gap) / 10  # rounded up, so that it is true
    return f"This choice of courses is within {percent:g}% of the best."


def heading(name: str, count: str) -> Text:
    """Return a line above what is counted."""
    return Text.assemble("\n", (name, "bold"), f": {count}")


def indented(part: RenderableType) -> Padding:
    """Return a part that stands below a heading."""
    return Padding(part, (0, 0, 0, 2))


def number(hours: float) -> str:
    """Return hours without needless decimals."""
    return f"{round(hours, 2):g}"
