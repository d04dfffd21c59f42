"""From a folder of exports, or frames, to checked tables and a report."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from hrreco.data.attributes import ATTRIBUTES
from hrreco.data.columns import lay_out
from hrreco.data.folder import REQUIRED, find_files
from hrreco.data.frames import open_frame
from hrreco.data.intake import take_in
from hrreco.data.json_rows import Row, open_rows
from hrreco.data.known import EMPLOYEE_COLUMNS, Known
from hrreco.data.mapping import Mapping
from hrreco.data.quality import NOTHING_KNOWN, check_tables
from hrreco.data.readers import TableFile, open_file
from hrreco.data.report import QUARANTINE, Finding, QualityReport
from hrreco.data.schemas import SCHEMAS, dtypes
from hrreco.data.sheet import Sheet
from hrreco.data.wide import in_long_form
from hrreco.errors import MissingFileError
from hrreco.settings import AsOf, Moment, Progress, Settings, read_toml, silent

Tables = dict[str, pl.DataFrame]


def read_folder(
    folder: Path,
    *,
    mapping: Path | None,
    settings: Settings,
    as_of: AsOf,
    known: Known | None,
    progress: Progress,
) -> tuple[Tables, QualityReport]:
    """Read and check the tables of a folder (see `read_export`)."""
    given = read_toml(mapping, Mapping) if mapping else Mapping()
    paths, notes = find_files(folder, given, everything=known is None)
    files = {table: open_file(path) for table, path in paths.items()}
    now = Moment.of(as_of, settings.timezone)
    checked = _check(files, given, settings, now, known or NOTHING_KNOWN, progress)
    return _finished(checked, notes)


def read_frames(
    frames: MappingOf[str, Any],
    *,
    settings: Settings,
    as_of: AsOf,
    known: Known | None = None,
) -> tuple[Tables, QualityReport]:
    """Check frames as if they were files (see `LearningData.from_frames`).

    Parameters
    ----------
    known
        What a store already holds. With it, one table is enough.
    """
    for table in REQUIRED if known is None else ():
        if frames[table] is None:
            raise MissingFileError(f"{table}: give a frame; this table is required")
    files = {
        table: open_frame(table, frame) for table, frame in frames.items() if frame is not None
    }
    now = Moment.of(as_of, settings.timezone)
    checked = _check(files, Mapping(), settings, now, known or NOTHING_KNOWN, silent)
    return _finished(checked, [])


def read_attributes(
    frame: Any, people: pl.DataFrame, settings: Settings, as_of: AsOf
) -> tuple[pl.DataFrame, QualityReport]:
    """Check a frame of attributes of `people` (see `FairnessAttributes.from_frame`)."""
    known = replace(NOTHING_KNOWN, employees=people.select(*EMPLOYEE_COLUMNS))
    now = Moment.of(as_of, settings.timezone)
    files = {ATTRIBUTES: open_frame(ATTRIBUTES, frame)}
    tables, report = _finished(_check(files, Mapping(), settings, now, known, silent), [])
    return tables[ATTRIBUTES], report


@dataclass(frozen=True)
class Checked:
    """Tables whose rows are checked, but for repeated ones; and what else was found."""

    sheets: MappingOf[str, Sheet]
    links: list[Finding]
    notes: list[str]


def check_json(
    table: str, rows: MappingOf[int, Row], *, settings: Settings, known: Known
) -> tuple[Sheet, list[str]]:
    """Check rows of JSON values as if they were a file, against what a store already holds.

    Returns
    -------
    Sheet, list of str
        The rows by the numbers they were given, and what is to be noted.

    Raises
    ------
    PersonalColumnError
        As for a file.
    """
    now = Moment.of(None, settings.timezone)
    checked = _check({table: open_rows(table, rows)}, Mapping(), settings, now, known, silent)
    sheet = checked.sheets[table]
    found = [*sheet.findings(), *checked.links]
    return sheet, [*checked.notes, *(one.example for one in found if not one.removes_rows)]


def _check(
    files: MappingOf[str, TableFile],
    mapping: Mapping,
    settings: Settings,
    now: Moment,
    known: Known,
    progress: Progress,
) -> Checked:
    sections = {table: mapping.of(table) for table in files}
    if ATTRIBUTES in files:
        long = in_long_form(files[ATTRIBUTES], sections[ATTRIBUTES], settings)
        files, sections = {**files, ATTRIBUTES: long.file}, {**sections, ATTRIBUTES: long.mapping}
    layouts = {t: lay_out(t, file, sections[t], settings) for t, file in files.items()}
    sheets: dict[str, Sheet] = {}
    for done, (table, file) in enumerate(files.items()):
        progress(f"read {file.name}", done, len(files) + 1)
        sheets[table] = take_in(table, file, layouts[table].wanted, sections[table], settings)
    progress("check the rows", len(files), len(files) + 1)
    links = check_tables(sheets, settings, now, known)
    notes = [file.note for file in files.values() if file.note]
    notes += [note for layout in layouts.values() for note in layout.notes]
    return Checked(sheets, links, notes)


def _finished(checked: Checked, notes: list[str]) -> tuple[Tables, QualityReport]:
    """Return the tables, of repeated rows the last, and a report that begins with some notes."""
    sheets = checked.sheets
    for sheet in sheets.values():
        sheet.drop_duplicates()
    tables = {t: sheets[t].finished() if t in sheets else _empty(t) for t in SCHEMAS}
    none = [f"{one.file}: no row was accepted" for one in sheets.values() if not len(one.rows)]
    return tables, _report(sheets, checked.links, [*notes, *checked.notes, *none])


def _empty(table: str) -> pl.DataFrame:
    return pl.DataFrame(schema=dtypes(table))


def _report(
    sheets: MappingOf[str, Sheet], links: list[Finding], notes: list[str]
) -> QualityReport:
    found = [finding for sheet in sheets.values() for finding in sheet.findings()]
    quarantine = [pl.DataFrame(schema=QUARANTINE)]
    return QualityReport(
        tables={table: sheet.counts() for table, sheet in sheets.items()},
        findings=(*found, *links),
        notes=tuple(notes),
        quarantine=pl.concat([*quarantine, *(sheet.quarantined() for sheet in sheets.values())]),
        named={
            table: sheets[table].named() for table in ("employees", "courses") if table in sheets
        },
    )
