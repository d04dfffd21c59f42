"""What a recommender is fitted on, and how much it may use."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

from hrreco.errors import FitTimeoutError
from hrreco.profiles import CourseProfiles, Learners, Vocabulary


@dataclass(frozen=True)
class FitLimits:
    """What one fit may use.

    Attributes
    ----------
    seconds
        The time after which a fit is stopped with `FitTimeoutError`.
    courses_per_learner
        The most courses of one history that a fit reads; the rest, those of the weakest
        evidence, are left out of the fit (never out of scoring).
    min_people
        The fewest people a count may stand for, in what is learned and in what is said of it.
    """

    seconds: float = 600.0
    courses_per_learner: int = 1_000
    min_people: int = 5


@dataclass(frozen=True)
class TrainingData:
    """What a recommender is fitted on.

    Attributes
    ----------
    learners
        Everyone who may be learned from; no row says who it is.
    courses
        What is known of the courses, in the vocabulary's order.
    vocabulary
        The order of courses, features and skills in all matrices.
    limits
        What the fit may use.
    stop_at
        The time, on the monotonic clock, at which the fit is stopped; set by the guard.
    """

    learners: Learners
    courses: CourseProfiles
    vocabulary: Vocabulary
    limits: FitLimits = field(default_factory=FitLimits)
    stop_at: float = math.inf

    def tick(self) -> None:
        """Stop the fit when its time is over; models call it between their rounds.

        Raises
        ------
        FitTimeoutError
            When `stop_at` has passed.
        """
        if time.monotonic() > self.stop_at:
            raise FitTimeoutError(
                f"the fit took longer than {self.limits.seconds:g} s; allow it more seconds, "
                f"or use a model of fewer factors, rounds or courses"
            )
