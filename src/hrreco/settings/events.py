"""What each kind of event means: evidence of interest, a block, a target of evaluation."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Status = Literal["taken", "in_progress", "dismissed", "wrong_level", "none"]


class EventMeaning(BaseModel):
    """The meaning of one kind of event."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    evidence: float = Field(
        0.0, ge=0.0, le=1.0, description="Evidence of interest in the course, 0 to 1."
    )
    status: Status = Field(
        "none", description="What the event does to the course for this employee from then on."
    )
    relevant: bool = Field(
        False, description="Whether evaluation counts the event as a course worth suggesting."
    )
    declares_skills: bool = Field(
        False, description="Whether the course's skills count as declared by the employee."
    )
    by_rating: bool = Field(
        False, description="Whether the rating against the person's mean moves the evidence."
    )


def default_event_meanings() -> dict[str, EventMeaning]:
    """Return the register that ships with hrreco, by kind of event."""
    done = EventMeaning(evidence=1.0, status="taken", relevant=True)
    under_way = EventMeaning(evidence=0.5, status="in_progress")
    dismissed = EventMeaning(status="dismissed")
    return {
        "completed": done,
        "passed": done,
        "started": under_way,
        "enrolled": under_way,
        "rated": EventMeaning(by_rating=True),
        "failed": EventMeaning(evidence=0.5),
        "waived": EventMeaning(status="taken"),
        "dropped": EventMeaning(),
        "dismissed": dismissed,
        "not_relevant": dismissed,
        "already_known": EventMeaning(status="taken", declares_skills=True),
        "wrong_level": EventMeaning(status="wrong_level"),
    }
