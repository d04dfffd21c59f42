"""All that knows MLflow: runs, the registry, the model card.

Importing this package does not import MLflow; the first run that is logged does.
"""

from hrreco.tracking.card import CardFacts, model_card
from hrreco.tracking.registry import (
    CHALLENGER,
    CHAMPION,
    MODEL,
    Alias,
    ResolvedBundle,
    Version,
    resolve,
)
from hrreco.tracking.runs import LoggedRun, Metric, RunRecord
from hrreco.tracking.store import MlflowStore

__all__ = [
    "CHALLENGER",
    "CHAMPION",
    "MODEL",
    "Alias",
    "CardFacts",
    "LoggedRun",
    "Metric",
    "MlflowStore",
    "ResolvedBundle",
    "RunRecord",
    "Version",
    "model_card",
    "resolve",
]
