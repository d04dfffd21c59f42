"""Answers as a person sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hrreco.cli._lines import Counts
from hrreco.cli.texts import words_in
from hrreco.recommend import Answer, Recommendation, texts_in
from hrreco.settings import Texts


def answer_view(*answers: Answer) -> RenderableType:
    """Return the suggestions of one answer, or of the same one in several languages.

    What stands beside the reasons is in the language of the first.
    """
    first = answers[0]
    words = words_in(first.lang)
    day = words.short_day(first.as_of)
    title = words.say("answer.title", employee=first.employee_id, day=day)
    parts: list[RenderableType] = [Text(title)]
    # A language is named only where there are several.
    languages = [[answer.lang] if len(answers) > 1 else [] for answer in answers]
    for rank, same in enumerate(zip(*answers, strict=True), start=1):
        parts += _course(rank, same, languages, words)
    shares = Text(words.say("answer.shares"), style="dim")
    parts += [shares] if first.items else _nothing(answers, words)
    left_out = Counts(words.say("left_out"), first.left_out, words.say("nothing"), style="dim")
    return Group(*parts, left_out)


def _nothing(answers: Sequence[Answer], words: Texts) -> list[RenderableType]:
    """Say that there is nothing, and why where one thing leaves out all courses at once."""
    for code in ("left_company", "empty_catalogue"):
        if code in answers[0].left_out:
            return [Text(texts_in(answer.lang).left_out(code)) for answer in answers]
    return [Text(words.say("answer.nothing"))]


def _course(
    rank: int, same: Sequence[Recommendation], languages: Sequence[Sequence[str]], words: Texts
) -> Iterator[RenderableType]:
    """Yield the lines of one course, with its reasons in each language."""
    course = same[0]
    day = course.due_on and words.short_day(course.due_on)
    due = f", {words.say('step.due', day=day)}" if day else ""
    line = Text.assemble((f"{rank:>2}. {course.title}", "bold"), f"  {course.course_id}")
    yield line.append(f"  {words.say(f'step.{course.kind}')}{due}", style="cyan")
    reasons = Table.grid(padding=(0, 2, 0, 0))  # so that a long text wraps within its column
    for lang, item in zip(languages, same, strict=True):
        for reason in item.reasons:
            reasons.add_row(*lang, f"{reason.share:>4.0%}", Text(reason.text))
    yield Padding(reasons, (0, 0, 0, 6))
