"""The necessity register: which personal columns may be read, and what for.

Finnish Act 759/2004 §3: an employer may process only data that is directly necessary for the
employment relationship, and consent does not lift that. A column that is not registered here or
in a company's own settings is refused by name.
"""

from __future__ import annotations

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
