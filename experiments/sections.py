"""What a study found, in the form that the page of benchmarks is made from."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple


class Table(NamedTuple):
    """A table of texts."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass
class Section:
    """One study.

    Attributes
    ----------
    command
        How anybody can run it.
    text
        Paragraphs.
    metrics
        Figures by name, for tracking.
    """

    title: str
    command: str
    text: list[str]
    tables: list[Table] = field(default_factory=list)
    metrics: dict[str, float] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write the section as JSON."""
        document = {**asdict(self), "tables": [table._asdict() for table in self.tables]}
        path.write_text(
            json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )

    def show(self) -> None:
        """Print the section as a person reads it."""
        print(f"## {self.title}", *self.text, sep="\n\n")
        for table in self.tables:
            print(f"\n{table.title}\n")
            for row in (table.columns, ["---"] * len(table.columns), *table.rows):
                print("|", " | ".join(row), "|")


def run(study: Callable[[Path | None], Section], about: str, *, needs_folder: bool) -> None:
    """Run a study on the folder that the command line names; show what it found, or write it."""
    parser = argparse.ArgumentParser(description=about.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs=None if needs_folder else "?", type=Path, metavar="FOLDER")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    found = study(asked.folder)
    if asked.out:
        found.write(asked.out)
    else:
        found.show()


def figure(interval: tuple[float, float, float]) -> str:
    """Return a mean of 0 to 1 with its interval, such as ``.1250 [.1200, .1300]``."""
    mean, low, high = (f"{value:.4f}".removeprefix("0") for value in interval)
    return f"{mean} [{low}, {high}]"


def difference(interval: tuple[float, float, float]) -> str:
    """Return a difference with its interval, such as ``+.0050 [+.0010, +.0090]``."""
    mean, low, high = (f"{value:+.4f}".replace("0.", ".", 1) for value in interval)
    return f"{mean} [{low}, {high}]"
