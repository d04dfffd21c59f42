"""A whole export: what may be learned from, and what only audits of fairness may see."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from hrreco.data.attributes import ATTRIBUTES, FairnessAttributes
from hrreco.data.known import Known
from hrreco.data.learning_data import TABLES, LearningData
from hrreco.settings import AsOf, Progress, Settings, silent


class Export(NamedTuple):
    """What a folder of exports holds. The report of `data` tells of all tables."""

    data: LearningData
    attributes: FairnessAttributes


def read_export(
    folder: Path | str,
    *,
    mapping: Path | str | None = None,
    settings: Settings | None = None,
    as_of: AsOf = None,
    known: Known | None = None,
    progress: Progress = silent,
) -> Export:
    """Read and check a folder of exports; see `LearningData.read`, of which these are the rows.

    Raises
    ------
    DataError, SettingsError
        As for `LearningData.read`.
    """
    from hrreco.data.pipeline import read_folder

    settings = settings or Settings()
    tables, report = read_folder(
        Path(folder),
        mapping=None if mapping is None else Path(mapping),
        settings=settings,
        as_of=as_of,
        known=known,
        progress=progress,
    )
    learned = {name: tables[name] for name in TABLES}
    data = LearningData(**learned, settings=settings, report=report)
    return Export(data, FairnessAttributes(tables[ATTRIBUTES], report))
