"""What was planted in a synthetic company: the right answers."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class DirtyRow:
    """One row that was made bad on purpose.

    Attributes
    ----------
    file
        Such as ``events.csv``.
    row
        The number of the row in its file; the header is row 1.
    column
        The column that is wrong; None where the whole row is.
    rule
        The name of the quality rule that the row breaks.
    value
        The text that is wrong, as it stands in the file.
    removed
        Whether the row must be left out; some rules only note something.
    """

    file: str
    row: int
    column: str | None
    rule: str
    value: str
    removed: bool


@dataclass(frozen=True)
class Truth:
    """What was planted. What roles need stands in the company's own table `role_skills`.

    Attributes
    ----------
    course_groups
        ``course_id, group``: the hidden interest that a course serves.
    employee_groups
        ``employee_id, group, second_group``: the hidden interests of an employee. They cut
        across roles; location and grade lean towards some.
    next_steps
        ``course_id, next_course_id, probability``: who finished the first and may take the
        second takes it next with this probability.
    prior_knowledge
        ``employee_id, skill, level, declared``: skills that new hires had when they came, and
        whether `employee_skills` says so.
    dirty
        The bad rows of the written files, in the order of files and rows.
    """

    course_groups: pl.DataFrame
    employee_groups: pl.DataFrame
    next_steps: pl.DataFrame
    prior_knowledge: pl.DataFrame
    dirty: tuple[DirtyRow, ...]
