"""A made-up ESCO of a few rows, written as the download's own files."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

BAKER, CAKES, COOK, CODER = (f"http://data.example/occupation/{name}" for name in "abcd")
KNEAD, OVENS, SQL, BREADS = (f"http://data.example/skill/{name}" for name in "klmn")

Concept = tuple[str, str, Sequence[str]]

OCCUPATIONS: tuple[Concept, ...] = (
    (BAKER, "night baker", ("baker, by night", "bread-maker", "maker of\u00a0rolls")),
    (CAKES, "cake baker", ("bread maker", "pastry hand")),
    (COOK, "galley cook", ("night baker", 'cook "afloat"', "café cook")),
    (CODER, "C# programmer", ()),
)
SKILLS: tuple[Concept, ...] = (
    (KNEAD, "knead dough", ("dough kneading", "make dough")),
    (OVENS, "use ovens safely", ("oven safety",)),
    (SQL, "SQL", ("structured query language",)),
    (BREADS, "types of bread", ()),
)
RELATIONS = (
    (BAKER, "essential", KNEAD),
    (BAKER, "essential", OVENS),
    (BAKER, "optional", BREADS),
    (CAKES, "essential", OVENS),
    (CAKES, "optional", KNEAD),
    (COOK, "essential", OVENS),
    (CODER, "essential", SQL),
)


def write_esco(
    folder: Path,
    *,
    occupations: Iterable[Concept] = OCCUPATIONS,
    skills: Iterable[Concept] = SKILLS,
    relations: Iterable[Sequence[str]] = RELATIONS,
) -> Path:
    """Write the three files into `folder`; return it."""
    folder.mkdir(exist_ok=True)
    for name, concepts in (("occupations", occupations), ("skills", skills)):
        rows = ((uri, label, "\n".join(others), "A, B") for uri, label, others in concepts)
        header = ("conceptUri", "preferredLabel", "altLabels", "description")
        (folder / f"{name}_en.csv").write_text(as_csv(header, rows), encoding="utf-8")
    header = ("occupationUri", "relationType", "skillUri")
    (folder / "occupationSkillRelations_en.csv").write_text(as_csv(header, relations))
    return folder


def pack(path: Path) -> Path:
    """Replace a file by one that is packed with gzip."""
    packed = path.with_name(f"{path.name}.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    path.unlink()
    return packed


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue()
