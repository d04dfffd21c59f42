"""Learning paths: skill gaps, prerequisites, time budget, onboarding, careers, dates."""

from hrreco.paths.build import learning_path, skill_gap
from hrreco.paths.careers import Career, CareerCourse, Careers, careers_of
from hrreco.paths.gap import Gap, MissingSkill
from hrreco.paths.notes import Note
from hrreco.paths.obstacle import Obstacle
from hrreco.paths.offers import Offers
from hrreco.paths.onboard import onboarding_plan
from hrreco.paths.onboarding import Onboarding, Saved, Stage
from hrreco.paths.path import PICTURES, LearningPath, Omission, Step, StepReason
from hrreco.paths.planner import Asker
from hrreco.paths.sessions import Session

__all__ = [
    "PICTURES",
    "Asker",
    "Career",
    "CareerCourse",
    "Careers",
    "Gap",
    "LearningPath",
    "MissingSkill",
    "Note",
    "Obstacle",
    "Offers",
    "Omission",
    "Onboarding",
    "Saved",
    "Session",
    "Stage",
    "Step",
    "StepReason",
    "careers_of",
    "learning_path",
    "onboarding_plan",
    "skill_gap",
]
