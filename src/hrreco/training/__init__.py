"""The recipe: windows of time, fits, a contest with the rules, a gate, and what serves."""

from hrreco.training.config import TrainConfig
from hrreco.training.contest import Challenge
from hrreco.training.forgetting import Forgotten, forget_rows
from hrreco.training.history import SPLITS, SplitName, checked_split, evaluate_history
from hrreco.training.material import settings_fingerprint
from hrreco.training.on_files import evaluate_files
from hrreco.training.proof import Proof, compare_with_refit
from hrreco.training.recipe import RULES, RULES_RECIPE, Recipe
from hrreco.training.report import TrainingReport
from hrreco.training.run import Training, challenge, compare, refit, train
from hrreco.training.search import search
from hrreco.training.trained import TrainedModel
from hrreco.training.tuning import Found

__all__ = [
    "RULES",
    "RULES_RECIPE",
    "SPLITS",
    "Challenge",
    "Forgotten",
    "Found",
    "Proof",
    "Recipe",
    "SplitName",
    "TrainConfig",
    "TrainedModel",
    "Training",
    "TrainingReport",
    "challenge",
    "checked_split",
    "compare",
    "compare_with_refit",
    "evaluate_files",
    "evaluate_history",
    "forget_rows",
    "refit",
    "search",
    "settings_fingerprint",
    "train",
]
