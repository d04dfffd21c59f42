"""Figures of groups as answers show them."""

from __future__ import annotations

from hrreco.service.shown.base import Shown, example


class GroupShown(Shown):
    """One group, or a total; what may not be told, or is not there, is null."""

    group: dict[str, str | None]
    people: int
    completions: int | None
    on_time: float | None
    hours: float | None


class Groups(Shown):
    """Groups in which nothing about fewer than `min_people` people can be worked out."""

    model_config = example(
        {
            "by": ["department"],
            "since": "2025-04-01",
            "until": "2026-03-31",
            "min_people": 5,
            "groups": [
                {
                    "group": {"department": "Care"},
                    "people": 42,
                    "completions": 120,
                    "on_time": 0.9,
                    "hours": 11.5,
                }
            ],
        }
    )

    by: list[str]
    since: str
    until: str
    min_people: int
    groups: list[GroupShown]
