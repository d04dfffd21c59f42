"""An answer as a person sees it."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from hrreco.recommend import Answer


def answer_view(answer: Answer) -> RenderableType:
    """Return the suggestions with their reasons, and what was left out."""
    table = Table(show_lines=True)
    for column in ("", "course", "kind", "due", "because"):
        table.add_column(column, overflow="fold")
    for rank, item in enumerate(answer, start=1):
        because = "\n".join(f"{reason.text} ({reason.share:.0%})" for reason in item.reasons)
        due = item.due_on.isoformat() if item.due_on else ""
        course = Text(f"{item.title}\n{item.course_id}")
        table.add_row(str(rank), course, item.kind, due, Text(because))
    left_out = ", ".join(f"{code} {count}" for code, count in answer.left_out.items())
    parts: list[RenderableType] = [f"Suggestions for {answer.employee_id}, {answer.as_of}"]
    if len(answer):
        parts.append(table)
    return Group(*parts, f"Left out: {left_out or 'nothing'}")
