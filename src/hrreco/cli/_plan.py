"""What a path and an onboarding share as a person sees them: steps, notes, what did not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hrreco.paths import Note, Omission, Session, Step
from hrreco.settings import Texts


class StepRows:
    """Rows of steps; in each table of them days and hours are as wide as in all others.

    Parameters
    ----------
    steps
        All of them.
    """

    def __init__(self, steps: Sequence[Step], words: Texts) -> None:
        self._words = words
        days = (line for step in steps for line in self._days(step).splitlines())
        self._width_of_days = max(map(len, days), default=0)
        self._width_of_hours = max((len(self._hours(step)) for step in steps), default=0)

    def table(self, steps: Sequence[Step]) -> RenderableType:
        """Return some steps with their days, hours and reasons."""
        rows = Table.grid(padding=(0, 2, 0, 0))
        rows.add_column(min_width=self._width_of_days, no_wrap=True)
        rows.add_column(min_width=self._width_of_hours, no_wrap=True, justify="right")
        for step in steps:
            rows.add_row(self._days(step), self._hours(step), self._told(step))
        return indented(rows)

    def _days(self, step: Step) -> str:
        first, last = (self._words.short_day(day) for day in (step.starts_on, step.ends_on))
        return first if first == last else f"{first}\n{self._words.say('step.until', day=last)}"

    def _hours(self, step: Step) -> str:
        return self._words.say("hours_short", step.hours)

    def _told(self, step: Step) -> Text:
        told = Text.assemble((step.title, "bold"), f"  {step.course_id}")
        told.append(f"  {self._words.say(f'step.{step.kind}')}{self._due(step)}", style="cyan")
        if step.session is not None:
            told.append(f"\n{self._held(step.session)}")
        for reason in step.reasons:
            told.append(f"\n{reason.text}", style="dim")
        return told

    def _due(self, step: Step) -> str:
        if step.due_on is None:
            return ""
        overdue = any(reason.code == "overdue" for reason in step.reasons)
        key = "step.overdue" if overdue else "step.due"
        return f", {self._words.say(key, day=self._words.short_day(step.due_on))}"

    def _held(self, session: Session) -> str:
        key = "step.session" if session.ends_on == session.starts_on else "step.session_days"
        held = self._words.say(
            key,
            start=self._words.clock(session.starts_at.time()),
            end=self._words.clock(session.ends_at.time()),
            day=self._words.short_day(session.ends_on),
        )
        return f"{held}, {session.location}" if session.location else held


def notes(told: Sequence[Note], words: Texts) -> Iterator[RenderableType]:
    """Yield what there is to know of a plan as a whole."""
    return (Text(words.say("note", text=note.text)) for note in told)


def left_out(omissions: Sequence[Omission], words: Texts) -> Iterator[RenderableType]:
    """Yield what did not fit: courses that were wanted themselves, then skills."""
    if not omissions:
        return
    yield Text("\n" + words.say("left_out"), style="bold")
    # A course behind a skill stands after it, and is told of in its text.
    for one in takewhile(lambda one: one.course_id is not None, omissions):
        yield indented(Text(f"{one.title}  {one.course_id}: {one.text}"))
    for one in omissions:
        if one.skill is not None:
            yield indented(Text(f"{one.skill}: {one.text}"))


def heading(name: str, count: str) -> Text:
    """Return a line above what is counted."""
    return Text.assemble("\n", (name, "bold"), f": {count}")


def indented(part: RenderableType) -> Padding:
    """Return a part that stands below a heading."""
    return Padding(part, (0, 0, 0, 2))
