"""Suggestions for a crowd: personal ones, and the rules' for who refused to be profiled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from hrreco.data import LearningData
from hrreco.errors import checked_id
from hrreco.profiles import Learners, role_only
from hrreco.recommend.mandatory_of_all import DueOfAll, GroupDuties
from hrreco.recommend.standings import Standings
from hrreco.recommend.suggester import Suggester
from hrreco.recommend.suggester_of_all import Suggested, SuggesterOfAll
from hrreco.settings import Moment, Progress


@dataclass(frozen=True)
class Crowd:
    """Employees who are to be answered, none of whom has left.

    Attributes
    ----------
    data
        All rows, of everybody.
    as_of
        The moment to answer for.
    learners
        All employees of the data as the models see them.
    rows
        intp: whom to answer; rows of the employees table.
    personal
        bool [employees]: whether what is known of them may shape suggestions.
    """

    data: LearningData
    as_of: Moment
    learners: Learners
    rows: NDArray[np.intp]
    personal: NDArray[np.bool_]


def suggest_to_all(
    crowd: Crowd, personal: Suggester, rules: Suggester, k: int, progress: Progress
) -> Suggested:
    """Return what is suggested to everybody of a crowd, in the order of its rows.

    Parameters
    ----------
    personal, rules
        What answers those who may be profiled, and the others.
    """
    found, answered = [], 0
    progress("recommend", 0, len(crowd.rows))
    for some in _parts(crowd, personal, rules, k):
        found.append(some)
        answered += int(np.count_nonzero(np.diff(some.row, prepend=-1))) + len(some.doubtful)
        progress("recommend", answered, len(crowd.rows))
    return _together(found, crowd.rows)


def _parts(crowd: Crowd, personal: Suggester, rules: Suggester, k: int) -> Iterator[Suggested]:
    data = crowd.data
    standings, groups = Standings.of(data, crowd.as_of), GroupDuties.of(data, rules.duties)
    may = crowd.personal[crowd.rows]
    vocabulary = rules.ranking.ranker.vocabulary
    for suggester, learners, rows in (
        (personal, crowd.learners, crowd.rows[may]),
        (rules, role_only(crowd.learners, vocabulary), crowd.rows[~may]),
    ):
        of_all = SuggesterOfAll(suggester, data, standings, groups)
        yield from of_all.recommend(learners, rows, k)


def _together(parts: list[Suggested], rows: NDArray[np.intp]) -> Suggested:
    """Return all parts as one, the employees in the order of `rows`."""
    nothing = np.empty(0, dtype=np.intp)
    row = np.concatenate([nothing, *(part.row for part in parts)])
    position = np.concatenate([nothing, *(part.position for part in parts)])
    doubtful = np.concatenate([nothing, *(part.doubtful for part in parts)])
    before = np.cumsum([0, *(len(part.row) for part in parts)])
    due = [part.due._replace(who=part.due.who + n) for part, n in zip(parts, before, strict=False)]
    place = np.zeros(rows.max(initial=-1) + 1, dtype=np.intp)
    place[rows] = np.arange(len(rows))
    order = np.argsort(place[row], kind="stable")
    now = np.empty_like(order)
    now[order] = np.arange(len(order))
    together = DueOfAll(*(np.concatenate(column) for column in zip(*due, strict=True)))
    return Suggested(
        row[order], position[order], together._replace(who=now[together.who]), doubtful
    )


def asked_for(
    data: LearningData, employee_ids: Iterable[str] | None, moment: Moment
) -> pl.DataFrame:
    """Return `employee_id`, `row` and `employed` of those who are asked about, each once.

    Raises
    ------
    UnknownIdError
        When nobody has one of the ids; names the close match.
    """
    has_left = pl.col("left_on").is_not_null() & (pl.col("left_on") <= moment.today)
    everybody = data.employees.with_row_index("row").select(
        "employee_id", "row", employed=~has_left
    )
    if employee_ids is None:
        return everybody.filter("employed")
    given = [employee_ids] if isinstance(employee_ids, str) else employee_ids
    asked = list(dict.fromkeys(checked_id(one, "employee") for one in given))
    for unknown in (one for one in asked if not data.knows(one)):
        data.employee(unknown)  # raises, and names the close match
    named = pl.DataFrame({"employee_id": asked}, schema={"employee_id": pl.String})
    return named.join(everybody, on="employee_id", maintain_order="left")
