"""The necessity register: which personal columns may be read, what for, and for how long.

Finnish Act 759/2004 §3: an employer may process only data that is directly necessary for the
employment relationship, and consent does not lift that. A column that is not registered here or
in a company's own settings is refused by name. GDPR Art. 5(1)(e): no longer than necessary.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

_MOST_DAYS = 36_500

TWO_YEARS = 730
"""After leaving: who comes back soon goes on, and claims about the employment can be answered."""

TEN_YEARS = 3_653
"""Of events: certificates and mandatory training must be proven long after they were taken."""

_ONE_YEAR = 365
"""Of free texts: beyond the 180 days that a dismissal counts for, nobody needs them."""


class PersonalColumn(BaseModel):
    """Why one personal column may be processed, and for how long."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: str = Field(description="What the column is needed for.")
    legal_basis: str = Field(
        "GDPR Art. 6(1)(f), legitimate interest: training fit for the work",
        description="The legal basis, as the record of processing names it.",
    )
    keep_days: int = Field(
        TWO_YEARS,
        ge=0,
        le=_MOST_DAYS,
        description="Days for which it is kept: of events after they occurred, else after the "
        "person left.",
    )


Register = dict[str, dict[str, PersonalColumn]]
"""By table, then by column; of ``fairness_attributes``, by attribute."""


_AUDIT = "audit of fairness; never handed to a model"


class Kept(NamedTuple):
    """For how many days the rows of one table are kept.

    Attributes
    ----------
    row
        Of a row as a whole.
    columns
        Of the columns that are emptied when their own time is over, by name; of
        ``fairness_attributes``, of the rows of each attribute.
    """

    row: int
    columns: Mapping[str, int]


IN_EVERY_ROW = {
    "employees": ("employee_id", "role", "left_on"),
    "events": ("event_id", "employee_id", "course_id", "kind", "occurred_at"),
    "employee_skills": ("employee_id", "skill", "source"),
    "fairness_attributes": ("employee_id",),
}
"""Columns that a row means nothing without: when the time of one is over, the row goes.

Without `left_on` somebody who left would seem to be back, and without `event_id` a replayed event
would be there twice.
"""


def kept_for(register: Register) -> dict[str, Kept]:
    """Return for how long each table is kept."""
    found = {}
    for table, columns in register.items():
        days = {name: column.keep_days for name, column in columns.items()}
        row = min(days.pop(name) for name in IN_EVERY_ROW[table])
        found[table] = Kept(row, days)
    return found


def default_register() -> Register:
    """Return the register that ships with hrreco."""
    purposes = {
        "employees": {
            "employee_id": "tells rows of one person apart from another's",
            "role": "suggests what the work needs",
            "department": "suggests what the work needs; rules of mandatory training",
            "manager_id": "group figures for a unit; never a feature of a model",
            "started_on": "due dates of mandatory training; onboarding",
            "left_on": "ends suggestions",
            "language": "suggests courses the person can follow",
            "location": "suggests courses the person can reach",
            "grade": "suggests courses of a fitting level",
            "hours_per_month": "keeps to the person's time for learning",
            "occupation_uri": "names the occupation's skills in ESCO",
            "preferred_formats": "a declared preference, soft",
            "preferred_times": "a declared preference, soft",
        },
        "events": {
            "event_id": "tells a repeated row from a new one",
            "employee_id": "whose event it is",
            "course_id": "the course it concerns",
            "kind": "what happened",
            "occurred_at": "order, renewals, and temporal evaluation",
            "progress": "whether a course is under way",
            "rating": "the person's own judgement of a course",
            "reason": "why a course was waived or dismissed",
            "source": "which system recorded it",
        },
        "employee_skills": {
            "employee_id": "whose skill it is",
            "skill": "leaves out what is known, finds what is missing",
            "level": "finds what is too low",
            "source": "declared, assessed or inferred",
        },
        "fairness_attributes": dict.fromkeys(("employee_id", "gender", "age_band"), _AUDIT),
    }
    return {
        table: {
            column: PersonalColumn(purpose=why, keep_days=_days(table, column))
            for column, why in columns.items()
        }
        for table, columns in purposes.items()
    }


def _days(table: str, column: str) -> int:
    if (table, column) == ("events", "reason"):
        return _ONE_YEAR
    if (table, column) == ("events", "progress"):
        return TWO_YEARS
    return TEN_YEARS if table == "events" else TWO_YEARS
