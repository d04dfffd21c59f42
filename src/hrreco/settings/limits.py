"""The table `[limits]` of `hrreco.toml`: what one caller may ask of the service."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class LimitSettings(BaseModel):
    """What one caller may ask of the service."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    requests_per_minute: int = Field(
        600, ge=1, description="Requests of one employee or manager in a minute."
    )
    requests_per_minute_of_systems: int = Field(
        120_000, ge=1, description="Requests of one LMS or admin key or token in a minute."
    )
    request_bytes: int = Field(
        8_000_000, ge=1_024, description="The largest body of a request, in bytes."
    )
    timeout_seconds: float = Field(
        30.0, gt=0, le=600, description="Seconds after which a request is given up."
    )
