"""Sections that studies wrote, as one page of Markdown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Section = dict[str, Any]

RESULTS = Path(__file__).parent / "results"
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"

STUDIES = {
    "speed": "Speed",
    "limits": "Limits",
    "quality": "Quality on real data",
    "cold_start": "New hires and new courses",
    "learning_paths": "Learning paths",
    "service": "The service",
}
"""Studies in the order of the page, and what each is called where it never ran."""

_INTRODUCTION = """# Benchmarks

`make benchmarks` runs every study, writes this page and logs both to MLflow;
`make benchmarks STUDIES=speed` runs one and keeps what the others found last. Whether a goal is
met is computed from what was measured.
"""


def render(sections: Mapping[str, Section]) -> str:
    """Return the page; a study without a section is named as missing."""
    parts = [_INTRODUCTION]
    for study, title in STUDIES.items():
        section = sections.get(study)
        parts.append(_section(section) if section else f"## {title}\n\nNot run yet.\n")
    return "\n".join(parts)


def read_sections(results: Path = RESULTS) -> dict[str, Section]:
    """Return the last section of every study that has one."""
    paths = {study: results / f"{study}.json" for study in STUDIES}
    return {
        study: json.loads(path.read_text(encoding="utf-8"))
        for study, path in paths.items()
        if path.exists()
    }


def _section(section: Section) -> str:
    parts = [f"## {section['title']}", _ran(section)]
    if "failed" in section:
        parts.append(f"**{section['failed']}**")
    parts += section["text"]
    for table in section["tables"]:
        parts += [f"### {table['title']}", _table(table["columns"], table["rows"])]
    return "\n\n".join(parts) + "\n"


def _ran(section: Section) -> str:
    ran = section.get("ran")
    when = f", on {ran['date']}: {ran['machine']}" if ran else ""
    return f"`{section['command']}`{when}."


def _table(columns: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
