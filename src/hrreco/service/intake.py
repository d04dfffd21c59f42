"""What callers are told of the rows that they handed in; made where the rows are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fastapi import Response

from hrreco.errors import DataError
from hrreco.service.json_answer import json_answer
from hrreco.service.problems import Problem, problem_of
from hrreco.workspace.handed import Form, Handed

if TYPE_CHECKING:
    from hrreco.workspace import Workspace
    from hrreco.workspace.intake import Rejected, Taken, Upserted

PASSED_OVER = "X-Hrreco-Passed-Over"
"""The header that counts the statements that are no event, by why: ``verb=3, group=1``."""


def answers_to_events(workspace: Workspace, handed: Sequence[Handed]) -> list[Response]:
    """Take in the events of several requests, and return the answer to each."""
    from hrreco.workspace.intake import take_events

    answer = {Form.ROWS: _to_rows, Form.STATEMENTS: _to_statements}
    taken = take_events(workspace, handed)
    return [answer[one.form](one, outcome) for one, outcome in zip(handed, taken, strict=True)]


def answer_to_upsert(
    workspace: Workspace, table: Upserted, body: bytes, row_id: str | None = None
) -> Response:
    """Store courses or employees, and return the answer."""
    from hrreco.workspace.intake import upsert

    return _told(upsert(workspace, table, body, row_id))


def _to_rows(_: Handed, taken: Taken | DataError) -> Response:
    return problem_of(taken).response() if isinstance(taken, DataError) else _told(taken)


def _told(taken: Taken) -> Response:
    told = taken.to_json()
    conflicts = [one for one in taken.rejected if one.conflict]
    if conflicts:
        return Problem(409, _first(conflicts), **told).response()
    if taken.single and taken.rejected:
        return Problem(422, _first(taken.rejected), **told).response()
    return json_answer(told)


def _to_statements(handed: Handed, taken: Taken | DataError) -> Response:
    """Return what the specification of xAPI says."""
    if isinstance(taken, DataError):
        return Problem(400, str(taken)).response()
    passed_over = Counter(taken.no_event).items()
    headers = {}
    if passed_over:
        headers[PASSED_OVER] = ", ".join(f"{why}={count}" for why, count in sorted(passed_over))
    if taken.rejected:
        conflicts = [one for one in taken.rejected if one.conflict]
        status, which = (409, conflicts) if conflicts else (400, taken.rejected)
        return Problem(status, _first(which), headers=headers, **taken.to_json()).response()
    if handed.statement_id is not None:
        return Response(status_code=204, headers=headers)
    return json_answer(taken.ids, headers)


def _first(rejected: Sequence[Rejected]) -> str:
    """Return in words what is wrong with the first row, and that there are others."""
    first, *others = rejected
    what = first.reason if first.column is None else f"{first.column}: {first.reason}"
    more = f" ({len(others):,} more such faults)" if others else ""
    return f"index {first.index}: {what}{more}"
