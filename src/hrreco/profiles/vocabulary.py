"""The order of courses, features and skills that a fitted model knows. It names no person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

EVERYONE = "everyone"
"""The kind of the one feature that every learner has: what is common in the organisation."""

ROLE = "role"
"""The kind of the features that say an employee's role."""

OTHER = "other"
"""The value that rare values of a feature are pooled into."""


class Feature(NamedTuple):
    """One value of one kind of feature, such as ``role``: ``Nurse``."""

    kind: str
    value: str


@dataclass(frozen=True)
class Vocabulary:
    """Positions of courses, features and skills in every matrix of one fit.

    Attributes
    ----------
    courses
        Course ids that models know, sorted; sensitive courses are not among them.
    features
        Features of learners. The first is `EVERYONE`.
    skills
        Skills that courses teach or roles need, sorted.
    """

    courses: tuple[str, ...]
    features: tuple[Feature, ...] = (Feature(EVERYONE, ""),)
    skills: tuple[str, ...] = ()

    @cached_property
    def course_position(self) -> dict[str, int]:
        """Return the position of each course id."""
        return {course_id: i for i, course_id in enumerate(self.courses)}

    @cached_property
    def feature_position(self) -> dict[Feature, int]:
        """Return the position of each feature."""
        return {feature: i for i, feature in enumerate(self.features)}

    @cached_property
    def skill_position(self) -> dict[str, int]:
        """Return the position of each skill."""
        return {skill: i for i, skill in enumerate(self.skills)}

    @cached_property
    def of_role(self) -> NDArray[np.bool_]:
        """Return which features the rules may see, `EVERYONE` and roles: bool [features]."""
        return np.array(
            [feature.kind in (EVERYONE, ROLE) for feature in self.features], dtype=bool
        )

    def feature(self, kind: str, value: str | None) -> int | None:
        """Return the position of a feature; a value not known is `OTHER`, if that exists."""
        if value is None:
            return None
        here = self.feature_position.get(Feature(kind, value))
        return here if here is not None else self.feature_position.get(Feature(kind, OTHER))

    def to_json(self) -> dict[str, Any]:
        """Return the vocabulary as plain JSON values."""
        return {
            "courses": list(self.courses),
            "features": [list(feature) for feature in self.features],
            "skills": list(self.skills),
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Vocabulary:
        """Build a vocabulary from what `to_json` gave."""
        return cls(
            courses=tuple(values["courses"]),
            features=tuple(Feature(kind, value) for kind, value in values["features"]),
            skills=tuple(values["skills"]),
        )
