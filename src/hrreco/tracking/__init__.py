"""All that knows MLflow: runs, the registry, the model card.

Importing this package does not import MLflow; the first run that is logged does.
"""

from hrreco.tracking.card import CardFacts, Standing, forgetting_card, model_card
from hrreco.tracking.decisions import Decision
from hrreco.tracking.registry import MODEL, ResolvedBundle, Version, resolve
from hrreco.tracking.runs import (
    CARD,
    CHALLENGER,
    CHAMPION,
    FORGETTING,
    REPORT,
    Alias,
    LoggedModel,
    Metric,
    RunRecord,
    Saved,
)
from hrreco.tracking.searches import Searched
from hrreco.tracking.store import MlflowStore

__all__ = [
    "CARD",
    "CHALLENGER",
    "CHAMPION",
    "FORGETTING",
    "MODEL",
    "REPORT",
    "Alias",
    "CardFacts",
    "Decision",
    "LoggedModel",
    "Metric",
    "MlflowStore",
    "ResolvedBundle",
    "RunRecord",
    "Saved",
    "Searched",
    "Standing",
    "Version",
    "forgetting_card",
    "model_card",
    "resolve",
]
