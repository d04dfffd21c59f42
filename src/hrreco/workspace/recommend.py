"""Suggestions for everyone who is employed, written to a file."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from hrreco.advisor import Advisor
from hrreco.errors import WorkspaceError
from hrreco.recommend import Answer, Recommendation
from hrreco.recommend.codes import LeftOut
from hrreco.settings import AsOf, Language, Moment, Progress, silent, write_whole

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace

_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "employee_id": pl.String,
    "rank": pl.Int32,
    "course_id": pl.String,
    "title": pl.String,
    "kind": pl.String,
    "due_on": pl.Date,
    "reasons": pl.List(pl.Struct({"code": pl.String, "text": pl.String, "share": pl.Float64})),
    "left_out": pl.List(pl.String),
}
_REPORT_EVERY = 200

_Row = dict[str, object]


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

    One row a suggestion: `employee_id`, `rank` from 1, `course_id`, `title`, `kind`, `due_on`,
    and `reasons` (list of code, text, share). Whoever gets fewer than `k` has one more row at the
    end, which holds nothing but `left_out`, the codes of `Answer.left_out`; in all other rows it
    is empty. The file appears whole or not at all.

    Only mandatory courses have reasons, and codes have no counts; ``no_evidence`` is among the
    codes of everybody who gets fewer than `k`. What an answer is made of is for the employee
    alone: whose electives all come from the role has opted out of profiling, or is new, and no
    file for others may tell who.

    Raises
    ------
    WorkspaceError
        When the file cannot be written, or its name ends in anything but ``.parquet``.
    """
    if out.suffix.lower() != ".parquet":
        hint = out.with_suffix(".parquet").name if out.name else "all.parquet"
        raise WorkspaceError(f"{out}: a Parquet file is written; name it {hint}")
    if out.is_dir() or not out.parent.is_dir():
        raise WorkspaceError(f"{out}: cannot be written; name a file in a folder that exists")
    data = workspace.data()
    advisor = Advisor(workspace.model(), data, workspace.opt_outs)
    today = Moment.of(as_of, workspace.settings.timezone).today
    left = pl.col("left_on").is_not_null() & (pl.col("left_on") <= today)
    employed = data.employees.filter(~left)["employee_id"].to_list()
    rows: list[_Row] = []
    for done, employee_id in enumerate(employed):
        if done % _REPORT_EVERY == 0:
            progress("recommend", done, len(employed))
        rows += _rows(advisor.recommend(employee_id, k, lang=lang, as_of=as_of), k)
    content = BytesIO()  # polars' own writing to a disk hides what failed
    pl.DataFrame(rows, schema=_SCHEMA).write_parquet(content)
    write_whole(out, content.getvalue())
    return Written(len(employed), len(rows))


def _rows(answer: Answer, k: int) -> list[_Row]:
    about = {"employee_id": answer.employee_id, "reasons": [], "left_out": []}
    rows = [{**about, **_suggestion(item), "rank": i} for i, item in enumerate(answer, start=1)]
    if len(answer) < k:
        rows.append({**about, "left_out": sorted({*answer.left_out, LeftOut.NO_EVIDENCE.code})})
    return rows


def _suggestion(item: Recommendation) -> _Row:
    told = item.reasons if item.kind == "mandatory" else ()
    return {
        "course_id": item.course_id,
        "title": item.title,
        "kind": item.kind,
        "due_on": item.due_on,
        "reasons": [reason.to_json() for reason in told],
    }
