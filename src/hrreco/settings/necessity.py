"""The necessity register: which personal columns may be read, and what for.

Finnish Act 759/2004 §3: an employer may process only data that is directly necessary for the
employment relationship, and consent does not lift that. A column that is not registered here or
in a company's own settings is refused by name.
"""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict, Field


class PersonalColumn(BaseModel):
    """Why one personal column may be processed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: str = Field(description="What the column is needed for.")
    legal_basis: str = Field(
        "GDPR Art. 6(1)(f), legitimate interest: training fit for the work",
        description="The legal basis, as the record of processing names it.",
    )


Register = dict[str, dict[str, PersonalColumn]]
"""By table, then by column."""


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
    }
    return {
        table: {column: PersonalColumn(purpose=why) for column, why in columns.items()}
        for table, columns in purposes.items()
    }


_NEVER = {
    "health": r"health|disab|sick|illness|diagnos|medical|pregnan|addict",
    "family": r"marital|married|spouse|(?<!job_)famil|child|civil_?status",
    "ethnicity or origin": r"race|ethnic|nationalit|citizenship|birth_?(place|country)|religio",
    "union membership": r"(trade|labou?r)_?union|union_?(member|fee|id)|^union$",
    "birth date or age": r"birth_?(date|day)|date_?of_?birth|^dob$|^age$",
    "gender or orientation": r"gender|^sex$|orientation",
    "pay": r"salar|wage|^pay|pay_?(zone|band|grade|rate)|bonus|compensation",
    "performance": r"performance|appraisal|employee_?rating|potential_?(score|rating)",
    "inferred style or personality": r"learning_?style|personalit|mbti|big_?five",
}
_PATTERNS = {what: re.compile(pattern, re.IGNORECASE) for what, pattern in _NEVER.items()}


def never_necessary(column: str) -> str | None:
    """Return what kind of always-refused data a column's name points to, or None.

    Camel case and blanks are read as underscores, so ``RaceDesc``, ``race desc`` and
    ``race_desc`` are one.

    Examples
    --------
    >>> never_necessary("MaritalDesc")
    'family'
    >>> never_necessary("role") is None
    True
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[\s\-.]+", "_", column.strip())
    return next((what for what, pattern in _PATTERNS.items() if pattern.search(words)), None)
