"""Lines that are copied from the terminal, such as those that hold a path."""

from __future__ import annotations

from rich.text import Text


def whole_line(text: str) -> Text:
    """Return a line that stays whole however narrow the terminal is, so that it can be copied."""
    return Text(text, no_wrap=True, overflow="ignore")
