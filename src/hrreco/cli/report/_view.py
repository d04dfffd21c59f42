"""Figures of groups as a person sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from hrreco.cli._lines import FittedTable
from hrreco.cli.texts import words_in
from hrreco.reports import GroupFigures, GroupReport
from hrreco.settings import Language, Texts

FIGURES = ("people", "completions", "on_time", "hours")


def groups_view(report: GroupReport, lang: Language) -> RenderableType:
    """Return the figures of each group, and why some are not there."""
    texts = words_in(lang)
    period = {"since": texts.day(report.since), "until": texts.day(report.until)}
    table = FittedTable(title=texts.say("groups.title", **period), title_justify="left")
    for dimension in report.by:
        table.add_column(texts.say(f"groups.{dimension}"), overflow="fold")
    for name in FIGURES:
        table.add_number(texts.say(f"groups.{name}"))
    before: set[str] = set(report.by)
    for one in report.groups:
        if one.group.keys() != before:
            table.add_section()
            before = set(one.group)
        table.add_row(*_names(report, one, texts), *_numbers(one, texts))
    why = Text(texts.say("groups.why", fewest=report.min_people))
    return Group(table, why) if report.groups else why


def _names(report: GroupReport, one: GroupFigures, texts: Texts) -> Iterator[str]:
    for dimension in report.by:
        if dimension in one.group:
            yield one.group[dimension] or texts.say("groups.none")
        else:
            yield texts.say("groups.all")


def _numbers(one: GroupFigures, texts: Texts) -> Iterator[str]:
    yield texts.number(one.people)
    few = one.completions == 0  # which is as few as 9, rounded down
    yield _shown(one.completions, lambda count: "< 10" if few else texts.number(count))
    yield _shown(one.on_time, texts.percent)
    yield _shown(one.hours, texts.number)


def _shown(figure: float | None, write: Callable[[float], str]) -> str:
    return "–" if figure is None else write(figure)
