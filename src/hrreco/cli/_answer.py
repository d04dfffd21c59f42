"""Answers as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hrreco.recommend import Answer, Recommendation, texts_in


def answer_view(*answers: Answer) -> RenderableType:
    """Return the suggestions of one answer, or of the same one in several languages."""
    first = answers[0]
    parts: list[RenderableType] = [Text(f"Suggestions for {first.employee_id}, {first.as_of}")]
    for rank, same in enumerate(zip(*answers, strict=True), start=1):
        parts += _course(rank, same, [answer.lang for answer in answers])
    parts += [
        Text(texts_in(answer.lang).left_out(code)) for answer in answers for code in _whole(first)
    ]
    left_out = ", ".join(f"{code} {count}" for code, count in first.left_out.items())
    return Group(*parts, Text(f"Left out: {left_out or 'nothing'}", style="dim"))


def _whole(answer: Answer) -> Iterator[str]:
    """Return what leaves out all courses at once, and is worth a sentence."""
    return (code for code in ("left_company", "empty_catalogue") if code in answer.left_out)


def _course(
    rank: int, same: Sequence[Recommendation], languages: Sequence[str]
) -> Iterator[RenderableType]:
    """Yield the lines of one course, with its reasons in each language."""
    course = same[0]
    due = f", due {course.due_on.isoformat()}" if course.due_on else ""
    line = Text.assemble((f"{rank:>2}. {course.title}", "bold"), f"  {course.course_id}")
    yield line.append(f"  {course.kind}{due}", style="cyan")
    reasons = Table.grid(padding=(0, 2, 0, 0))  # so that a long text wraps within its column
    for lang, item in zip(languages, same, strict=True):
        for reason in item.reasons:
            reasons.add_row(lang, f"{reason.share:>4.0%}", Text(reason.text))
    yield Padding(reasons, (0, 0, 0, 6))
