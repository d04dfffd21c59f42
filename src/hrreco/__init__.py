"""The right training next, for every employee: with a reason, and a way out.

These names are all that is public. They are imported when they are first used, so that
``import hrreco`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrreco._lazily import lazily

if TYPE_CHECKING:
    from hrreco._version import __version__ as __version__
    from hrreco.advisor import Advisor
    from hrreco.data import LearningData, QualityReport
    from hrreco.data.synthetic import synthetic_company
    from hrreco.errors import HrrecoError
    from hrreco.evaluation import EvaluationReport
    from hrreco.paths import Careers, Gap, LearningPath, Onboarding
    from hrreco.privacy import OptOutList, OversightList
    from hrreco.recommend import Answer, Reason, Recommendation, WhyNot
    from hrreco.reports import GroupReport
    from hrreco.settings import Settings
    from hrreco.skills import Esco, SkillMapping, match_skills
    from hrreco.training import (
        Recipe,
        TrainConfig,
        TrainedModel,
        evaluate_files,
        evaluate_history,
        refit,
        train,
    )
    from hrreco.workspace import Workspace


_HOMES = {
    "Advisor": "hrreco.advisor",
    "Answer": "hrreco.recommend",
    "Careers": "hrreco.paths",
    "Esco": "hrreco.skills",
    "EvaluationReport": "hrreco.evaluation",
    "Gap": "hrreco.paths",
    "GroupReport": "hrreco.reports",
    "HrrecoError": "hrreco.errors",
    "LearningData": "hrreco.data",
    "LearningPath": "hrreco.paths",
    "Onboarding": "hrreco.paths",
    "OptOutList": "hrreco.privacy",
    "OversightList": "hrreco.privacy",
    "QualityReport": "hrreco.data",
    "Reason": "hrreco.recommend",
    "Recipe": "hrreco.training",
    "Recommendation": "hrreco.recommend",
    "Settings": "hrreco.settings",
    "SkillMapping": "hrreco.skills",
    "TrainConfig": "hrreco.training",
    "TrainedModel": "hrreco.training",
    "WhyNot": "hrreco.recommend",
    "Workspace": "hrreco.workspace",
    "evaluate_files": "hrreco.training",
    "evaluate_history": "hrreco.training",
    "match_skills": "hrreco.skills",
    "refit": "hrreco.training",
    "synthetic_company": "hrreco.data.synthetic",
    "train": "hrreco.training",
    "__version__": "hrreco._version",
}

__all__ = [
    "Advisor",
    "Answer",
    "Careers",
    "Esco",
    "EvaluationReport",
    "Gap",
    "GroupReport",
    "HrrecoError",
    "LearningData",
    "LearningPath",
    "Onboarding",
    "OptOutList",
    "OversightList",
    "QualityReport",
    "Reason",
    "Recipe",
    "Recommendation",
    "Settings",
    "SkillMapping",
    "TrainConfig",
    "TrainedModel",
    "WhyNot",
    "Workspace",
    "evaluate_files",
    "evaluate_history",
    "match_skills",
    "refit",
    "synthetic_company",
    "train",
]

__getattr__ = lazily(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
