"""A page of Markdown, put together from top to bottom in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from hrreco.reports.dossier.facts import Facts
from hrreco.reports.dossier.measured import NOT_ASSESSABLE, Found, Span
from hrreco.reports.dossier.processing import Column
from hrreco.settings import Texts


class Page:
    """What is written so far, and how facts are said in the language of the page."""

    def __init__(self, facts: Facts, texts: Texts) -> None:
        self.facts = facts
        self.texts = texts
        self.blank = texts.say("blank")
        self._parts: list[str] = []

    def title(self, key: str) -> None:
        """Begin the page: what it is, from which workspace, and how to read it."""
        facts, say = self.facts, self.texts.say
        day = self.texts.day(facts.as_of)
        self._parts += [
            f"# {say(key)}",
            say("source", workspace=facts.workspace, day=day, version=facts.hrreco),
            say("blank_note", blank=self.blank),
        ]

    def section(self, key: str, level: int = 2) -> None:
        """Begin a section."""
        self._parts.append(f"{'#' * level} {self.texts.say(key)}")

    def say(self, key: str, **values: object) -> None:
        """Write a paragraph."""
        self.text(self.texts.say(key, **values))

    def text(self, paragraph: str) -> None:
        """Write a paragraph that is put together already."""
        self._parts.append(paragraph)

    def points(self, points: Iterable[str]) -> None:
        """Write a list."""
        self._parts.append("\n".join(f"- {point}" for point in points))

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Write a table; `heads` are keys."""
        head = [self.texts.say(f"head.{key}") for key in heads]
        lines = [head, ["---"] * len(head), *rows]
        self._parts.append("\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines))

    def blanks(self, *keys: str) -> None:
        """Write a table of what the company fills in."""
        self.table(("item", "answer"), [(self.texts.say(key), self.blank) for key in keys])

    def count(self, count: int | None) -> str:
        """Return a count of people or of their rows as it may be told."""
        if count is None:
            return self.texts.say("few", least=self.texts.number(self.facts.min_people))
        number = self.texts.number(count)
        return self.texts.say("at_least", count=number) if count else number

    def state(self) -> None:
        """Write whether what a person has done shapes what they are suggested."""
        if self.facts.oversight.paused:
            self.say("record.paused")
        else:
            self.say("record.personal_rules" if self.facts.serving.rules else "record.personal")

    def columns(self) -> Iterator[tuple[str, list[Column]]]:
        """Yield the personal columns of each table."""
        for table, columns in groupby(self.facts.columns, key=lambda column: column.table):
            yield table, list(columns)

    def yes_no(self, given: bool) -> str:
        """Return the word for it."""
        return self.texts.say("yes" if given else "no")

    def span(self, span: Span) -> str:
        """Return a figure with its interval."""
        mean, low, high = map(self.texts.figure, (span.mean, span.low, span.high))
        return self.texts.say("span", mean=mean, low=low, high=high)

    def found(self, found: Found) -> str:
        """Return a figure of an audit, or that there is none."""
        if isinstance(found, Span):
            return self.span(found)
        return self.texts.say("not_assessable" if found == NOT_ASSESSABLE else "not_measured")

    def purpose(self, column: Column) -> str:
        """Return what a column is for: in the company's words where it has some."""
        return column.purpose or self.texts.say(f"purpose.{column.table}.{column.name}")

    def kept(self, column: Column) -> str:
        """Return for how long a column is kept."""
        of_events = column.table == "events"
        return self.texts.say("kept.events" if of_events else "kept.others", column.keep_days)

    def never(self) -> str:
        """Return the kinds of data that are always refused, one after the other."""
        keys = (f"never.{kind.replace(' ', '_')}" for kind in self.facts.never)
        return self.texts.listed([self.texts.say(key) for key in keys])

    def whole(self) -> str:
        """Return the page."""
        return "\n\n".join(self._parts) + "\n"


def code(names: Iterable[str]) -> str:
    """Return names of columns and the like, as they are in files."""
    return ", ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    return " ".join(text.splitlines()).replace("|", "\\|")
