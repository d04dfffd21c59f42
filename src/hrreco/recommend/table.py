"""The suggestions for many employees as one table, which may be shown to others than them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import polars as pl

from hrreco.data import LearningData
from hrreco.recommend.answer import Answer, Recommendation
from hrreco.recommend.codes import LeftOut
from hrreco.recommend.mandatory import Duty
from hrreco.recommend.mandatory_of_all import RULES, DueOfAll
from hrreco.recommend.reasons import of_duty
from hrreco.recommend.suggester_of_all import Suggested
from hrreco.settings import Texts

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "employee_id": pl.String,
    "rank": pl.Int32,
    "course_id": pl.String,
    "title": pl.String,
    "kind": pl.String,
    "due_on": pl.Date,
    "reasons": pl.List(pl.Struct({"code": pl.String, "text": pl.String, "share": pl.Float64})),
    "left_out": pl.List(pl.String),
}

_TOLD = ("course_id", "title", "kind", "due_on", "reasons", "left_out")
"""What a row tells beside whom it is about, and its place."""

_EPOCH = date(1970, 1, 1).toordinal()


def table_of(suggested: Suggested, data: LearningData, today: date, texts: Texts) -> pl.DataFrame:
    """Return the rows of everybody whose answer is sure."""
    row, catalogue = suggested.row, data.catalogue
    new = np.diff(row, prepend=-1) != 0
    first = np.flatnonzero(new)[np.cumsum(new) - 1] if len(row) else row
    mandatory = np.zeros(len(row), dtype=bool)
    mandatory[suggested.due.who] = True
    days, reasons = _of_duties(suggested.due, len(row), today, texts)
    return pl.DataFrame(
        {
            "employee_id": data.employees["employee_id"].gather(row),
            "rank": np.arange(len(row)) - first + 1,
            "course_id": pl.Series(catalogue.course_ids, dtype=pl.String).gather(
                suggested.position
            ),
            "title": pl.Series(catalogue.titles, dtype=pl.String).gather(suggested.position),
            "kind": pl.Series(["elective", "mandatory"]).gather(mandatory.astype(np.intp)),
            "due_on": days,
            "reasons": reasons,
            "left_out": pl.Series([[]], dtype=SCHEMA["left_out"]).new_from_index(0, len(row)),
        },
        schema_overrides=SCHEMA,
    )


def _of_duties(due: DueOfAll, rows: int, today: date, texts: Texts) -> tuple[pl.Series, pl.Series]:
    """Return until when each suggestion is due, and why; nothing for an elective."""
    numbered = (due.due_on * 2 + due.renewal) * len(RULES) + due.rule
    alike, which = np.unique(numbered, return_inverse=True)
    told: list[list[dict[str, Any]]] = [[]]
    days: list[date | None] = [None]
    for number in alike.tolist():
        what, rule = divmod(number, len(RULES))
        day, renewal = divmod(what, 2)
        duty = Duty(0, date.fromordinal(day) if day else None, bool(renewal), RULES[rule])
        told.append([reason.to_json() for reason in of_duty(duty, today, texts)])
        days.append(duty.due_on)
    at = np.zeros(rows, dtype=np.intp)
    at[due.who] = which + 1
    return (
        pl.Series(days, dtype=pl.Date).gather(at),
        pl.Series(told, dtype=SCHEMA["reasons"]).gather(at),
    )


def with_answers(
    sure: pl.DataFrame, answers: Sequence[Answer], k: int, order: pl.Series
) -> pl.DataFrame:
    """Return a table with the rows of employees who were answered one by one, `k` courses each.

    Parameters
    ----------
    order
        The ids of all employees, in the order of the table.
    """
    if not answers:
        return sure
    alone = table_of_answers(answers, k)
    place = pl.DataFrame({"employee_id": order, "place": range(len(order))})
    both = pl.concat([sure, alone]).join(place, on="employee_id")
    return both.sort("place", "rank", nulls_last=True).drop("place")


def table_of_answers(answers: Iterable[Answer], k: int) -> pl.DataFrame:
    """Return the rows of employees who were answered one by one, `k` courses each."""
    return pl.DataFrame([row for answer in answers for row in _rows(answer, k)], schema=SCHEMA)


def by_employee(table: pl.DataFrame) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each employee of a table, with their rows in plain JSON values."""
    text = pl.col("due_on").dt.to_string("%Y-%m-%d")
    rows = table.with_columns(text).iter_rows(named=True)
    for employee_id, theirs in groupby(rows, key=itemgetter("employee_id")):
        yield employee_id, [{k: v for k, v in row.items() if k in _TOLD} for row in theirs]


def _rows(answer: Answer, k: int) -> list[dict[str, object]]:
    about = {"employee_id": answer.employee_id, "reasons": [], "left_out": []}
    rows = [{**about, **_suggestion(item), "rank": i} for i, item in enumerate(answer, start=1)]
    if len(answer) < k:
        rows.append({**about, "left_out": sorted({*answer.left_out, LeftOut.NO_EVIDENCE.code})})
    return rows


def _suggestion(item: Recommendation) -> dict[str, object]:
    told = item.reasons if item.kind == "mandatory" else ()
    return {
        "course_id": item.course_id,
        "title": item.title,
        "kind": item.kind,
        "due_on": item.due_on,
        "reasons": [reason.to_json() for reason in told],
    }
