"""Answers as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hrreco.cli._lines import Counts
from hrreco.recommend import Answer, Recommendation, texts_in

_SHARES = "%: the reason's part of all that speaks for the course; at most three are shown."


def answer_view(*answers: Answer) -> RenderableType:
    """Return the suggestions of one answer, or of the same one in several languages."""
    first = answers[0]
    parts: list[RenderableType] = [Text(f"Suggestions for {first.employee_id}, {first.as_of}")]
    # A language is named only where there are several.
    languages = [[answer.lang] if len(answers) > 1 else [] for answer in answers]
    for rank, same in enumerate(zip(*answers, strict=True), start=1):
        parts += _course(rank, same, languages)
    parts += [Text(_SHARES, style="dim")] if first.items else _nothing(answers)
    return Group(*parts, Counts("Left out", first.left_out, style="dim"))


def _nothing(answers: Sequence[Answer]) -> list[RenderableType]:
    """Say that there is nothing, and why where one thing leaves out all courses at once."""
    for code in ("left_company", "empty_catalogue"):
        if code in answers[0].left_out:
            return [Text(texts_in(answer.lang).left_out(code)) for answer in answers]
    return [Text("Nothing to suggest now.")]


def _course(
    rank: int, same: Sequence[Recommendation], languages: Sequence[Sequence[str]]
) -> Iterator[RenderableType]:
    """Yield the lines of one course, with its reasons in each language."""
    course = same[0]
    due = f", due {course.due_on.isoformat()}" if course.due_on else ""
    line = Text.assemble((f"{rank:>2}. {course.title}", "bold"), f"  {course.course_id}")
    yield line.append(f"  {course.kind}{due}", style="cyan")
    reasons = Table.grid(padding=(0, 2, 0, 0))  # so that a long text wraps within its column
    for lang, item in zip(languages, same, strict=True):
        for reason in item.reasons:
            reasons.add_row(*lang, f"{reason.share:>4.0%}", Text(reason.text))
    yield Padding(reasons, (0, 0, 0, 6))
