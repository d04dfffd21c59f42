"""Learning paths: skill gaps, prerequisites, time budget, onboarding, careers, dates."""

from hrreco.paths.build import learning_path, skill_gap
from hrreco.paths.gap import Gap, MissingSkill
from hrreco.paths.offers import Offers
from hrreco.paths.path import LearningPath, Omission, Step, StepReason
from hrreco.paths.planner import Asker

__all__ = [
    "Asker",
    "Gap",
    "LearningPath",
    "MissingSkill",
    "Offers",
    "Omission",
    "Step",
    "StepReason",
    "learning_path",
    "skill_gap",
]
