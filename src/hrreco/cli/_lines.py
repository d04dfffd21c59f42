"""Lines and tables that keep together what belongs together, however narrow the terminal is."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

_WIDEST = 10_000
_GLUE = "\N{NO-BREAK SPACE}"


def whole_line(text: str, style: str = "") -> Text:
    """Return a line that stays whole however narrow the terminal is, so that it can be copied."""
    return Text(text, style, no_wrap=True, overflow="ignore")


class WholeTable(Table):
    """A table that is wider than the terminal rather than cut: half a number is none."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render the table as wide as it is."""
        return super().__rich_console__(console, options.update(max_width=_WIDEST))


class FittedTable(Table):
    """A table whose names wrap so that it fits the terminal; numbers stay whole."""

    def add_number(self, head: str) -> None:
        """Add a column of numbers; the words of its head stand one below the other."""
        self.add_column("\n".join(head.split()), justify="right", no_wrap=True)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render the table as wide as the terminal, or wider where not even numbers fit."""
        narrowest = Measurement.get(console, options.update(max_width=_WIDEST), self).minimum
        width = min(max(options.max_width, narrowest), _WIDEST)
        return super().__rich_console__(console, options.update(max_width=width))


@dataclass(frozen=True)
class Counts:
    """Names with a count each, in lines that break between them and never within one."""

    what: str
    counts: Mapping[str, int]
    nothing: str
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Render the lines."""
        items = ", ".join(f"{name}{_GLUE}{count}" for name, count in self.counts.items())
        lines = textwrap.wrap(
            f"{self.what}: {items or self.nothing}",
            options.max_width,
            break_long_words=False,
            break_on_hyphens=False,
        )
        # A terminal of another encoding has no such space.
        yield whole_line("\n".join(lines).replace(_GLUE, " "), self.style)
