"""The recipe: windows of time, fits, a contest with the rules, a gate, and what serves.

What is named here is imported when it is first used: a fit waits for nothing that judges.
"""

from typing import TYPE_CHECKING

from hrreco._lazily import lazily

if TYPE_CHECKING:
    from hrreco.training.config import TrainConfig
    from hrreco.training.contest import Challenge
    from hrreco.training.forgetting import Forgotten, forget_rows
    from hrreco.training.history import SPLITS, SplitName, checked_split, evaluate_history
    from hrreco.training.material import settings_fingerprint
    from hrreco.training.on_files import evaluate_files
    from hrreco.training.proof import Proof, compare_with_refit
    from hrreco.training.recipe import RULES, RULES_RECIPE, Recipe
    from hrreco.training.refitting import refit
    from hrreco.training.report import TrainingReport
    from hrreco.training.run import Training, challenge, compare, train
    from hrreco.training.searching import search
    from hrreco.training.trained import TrainedModel
    from hrreco.training.tuning import Found

_HOMES = {
    "Challenge": ".contest",
    "Forgotten": ".forgetting",
    "Found": ".tuning",
    "Proof": ".proof",
    "RULES": ".recipe",
    "RULES_RECIPE": ".recipe",
    "Recipe": ".recipe",
    "SPLITS": ".history",
    "SplitName": ".history",
    "TrainConfig": ".config",
    "TrainedModel": ".trained",
    "Training": ".run",
    "TrainingReport": ".report",
    "challenge": ".run",
    "checked_split": ".history",
    "compare": ".run",
    "compare_with_refit": ".proof",
    "evaluate_files": ".on_files",
    "evaluate_history": ".history",
    "forget_rows": ".forgetting",
    "refit": ".refitting",
    "search": ".searching",
    "settings_fingerprint": ".material",
    "train": ".run",
}

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

__getattr__ = lazily(__name__, _HOMES)
