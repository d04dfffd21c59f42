"""Suggestions for everyone who is employed, written to a file."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from hrreco.advisor import Advisor
from hrreco.settings import AsOf, Language, Progress, check_target, silent, write_whole

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Written:
    """How many employees were answered, and how many rows that made."""

    employees: int
    rows: int


def recommend_all(
    workspace: Workspace,
    out: Path,
    *,
    k: int = 5,
    lang: Language | None = None,
    as_of: AsOf = None,
    progress: Progress = silent,
) -> Written:
    """Write the suggestions for everyone who has not left to a Parquet file.

    Its rows are those of `Advisor.recommend_all`. The file appears whole or not at all.

    Raises
    ------
    WorkspaceError
        When the file cannot be written, or its name ends in anything but ``.parquet``.
    """
    check_target(out, ".parquet")
    advisor = Advisor(
        workspace.model(),
        workspace.data(),
        workspace.opt_outs,
        workspace.oversight,
        workspace.answers,
    )
    rows = advisor.recommend_all(k, lang=lang, as_of=as_of, progress=progress)
    content = BytesIO()  # polars' own writing to a disk hides what failed
    rows.write_parquet(content)
    workspace.flush()
    write_whole(out, content.getvalue(), private=True)
    # Everyone has a row: of courses, or of what left them out.
    return Written(rows["employee_id"].n_unique(), len(rows))
