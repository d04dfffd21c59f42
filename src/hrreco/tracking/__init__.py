"""All that knows MLflow: runs, the registry, the model card.

Importing this package does not import MLflow; the first run that is logged does.
"""

from hrreco.tracking.card import CardFacts, Standing, model_card
from hrreco.tracking.registry import MODEL, ResolvedBundle, Version, resolve
from hrreco.tracking.runs import (
    CHALLENGER,
    CHAMPION,
    Alias,
    Decision,
    LoggedModel,
    Metric,
    RunRecord,
    Saved,
)
from hrreco.tracking.store import MlflowStore

__all__ = [
    "CHALLENGER",
    "CHAMPION",
    "MODEL",
    "Alias",
    "CardFacts",
    "Decision",
    "LoggedModel",
    "Metric",
    "MlflowStore",
    "ResolvedBundle",
    "RunRecord",
    "Saved",
    "Standing",
    "Version",
    "model_card",
    "resolve",
]
