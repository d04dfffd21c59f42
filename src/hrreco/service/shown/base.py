"""What all that answers show has in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Shown(BaseModel):
    """What an answer holds, and nothing else."""

    model_config = ConfigDict(extra="forbid")


def example(shown: dict[str, Any]) -> ConfigDict:
    """Return the configuration of a `Shown` that is an answer as a whole, with an example."""
    return ConfigDict(json_schema_extra={"examples": [shown]})
