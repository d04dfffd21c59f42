"""The tables of `hrreco.toml` that have a form of their own."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_MOST_DAYS = 36_500
_MOST_HOURS = 744.0


class EligibilitySettings(BaseModel):
    """How long events keep a course from being suggested."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    in_progress_days: int = Field(
        90, ge=0, le=_MOST_DAYS, description="Days for which a started course is not suggested."
    )
    dismissed_days: int = Field(
        180, ge=0, le=_MOST_DAYS, description="Days for which a dismissed course is not suggested."
    )
    renew_before_days: int = Field(
        60,
        ge=0,
        le=_MOST_DAYS,
        description="Days before expiry from which mandatory training is due again.",
    )


class PathSettings(BaseModel):
    """Hours that learning paths count with."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hours_per_month: float = Field(
        4.0,
        gt=0,
        le=_MOST_HOURS,
        description="Hours for learning in a month, of whoever has none named.",
    )
    onboarding_hours: float = Field(
        20.0,
        gt=0,
        le=_MOST_HOURS,
        description="Hours for learning in each 30 days of onboarding, beside mandatory training.",
    )
    course_hours: float = Field(
        1.0,
        gt=0,
        le=_MOST_HOURS,
        description="Hours that a course takes where the catalogue does not say.",
    )


class QualitySettings(BaseModel):
    """Bounds outside which a date in the data is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    earliest: date = Field(
        date(1970, 1, 2), description="Events and dates before this day are quarantined."
    )
    latest: date = Field(date(2100, 12, 31), description="Dates after this day are quarantined.")


class AuditSettings(BaseModel):
    """How long the audit log reaches back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decisions_keep_days: int = Field(
        400,
        ge=184,
        le=_MOST_DAYS,
        description="Days for which an answer is kept with all that it was made from.",
    )
    proofs_keep_days: int = Field(
        3650,
        ge=730,
        le=_MOST_DAYS,
        description="Days for which the lines of the log are kept, and so the proofs of erasure.",
    )

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.proofs_keep_days < self.decisions_keep_days:
            raise ValueError(
                "proofs_keep_days is below decisions_keep_days; no line may go before its answer"
            )
        return self
