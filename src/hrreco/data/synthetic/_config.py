"""What a synthetic company is like."""

from __future__ import annotations

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

COURSES_PER_SKILL = 100
"""Different titles that the catalogue has for one skill, rounded down."""


class CompanyConfig(BaseModel):
    """The size and the kind of a synthetic company. The same config gives the same bytes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    seed: int = Field(1, ge=0, description="Another seed gives another company of the same kind.")
    employees: int = Field(1_500, ge=150, le=100_000, description="Everyone, also who has left.")
    courses: int = Field(300, ge=60, le=10_000, description="All courses of the catalogue.")
    roles: int = Field(24, ge=10, le=40, description="Roles; some are held by fewer than five.")
    skills: int = Field(80, ge=30, le=120, description="Skills that elective courses teach.")
    months: int = Field(24, ge=4, le=120, description="Months of history before `as_of`.")
    as_of: date = Field(
        date(2026, 3, 31),
        ge=date(2010, 1, 1),
        le=date(2100, 1, 1),
        description="The last day of the history.",
    )
    electives_per_year: float = Field(
        12.0, gt=0, le=60, description="Courses an employee takes of their own accord, on average."
    )
    new_hires: float = Field(
        0.08, ge=0, le=0.5, description="Share of employees who started in the last 90 days."
    )
    attributes: bool = Field(
        False, description="Whether gender and age band are known, for audits of fairness."
    )
    dirty: bool = Field(
        False, description="Whether the written files also hold one bad row of every kind."
    )

    @model_validator(mode="after")
    def _enough_titles(self) -> Self:
        if self.courses > (most := self.skills * COURSES_PER_SKILL):
            raise ValueError(f"{self.skills} skills give at most {most} courses; raise skills")
        return self


def enough_history(*, seed: int = 1, dirty: bool = False) -> CompanyConfig:
    """Return a company with so much history that a learned model beats the rules."""
    return CompanyConfig(seed=seed, dirty=dirty)


def small_company(*, seed: int = 1, dirty: bool = False) -> CompanyConfig:
    """Return a company so small that a learned model does not beat the rules."""
    return CompanyConfig(
        seed=seed,
        employees=150,
        courses=60,
        roles=10,
        skills=30,
        months=12,
        electives_per_year=4.0,
        dirty=dirty,
    )
