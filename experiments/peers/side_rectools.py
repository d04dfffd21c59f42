"""RecTools' side: its wrappers of implicit, and its own EASE."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from implicit.als import AlternatingLeastSquares
from implicit.nearest_neighbours import CosineRecommender
from rectools.dataset import Dataset
from rectools.models import EASEModel, ImplicitALSWrapperModel, ImplicitItemKNNWrapperModel
from threadpoolctl import threadpool_limits

from peers.pairs import frame_of
from peers.settings import ALPHA, FACTORS, NEIGHBOURS, RIDGE, RIDGE_EASE, ROUNDS, K

DISTRIBUTIONS = ("RecTools", "pm-implicit", "numpy", "scipy", "pandas")
IMPORTS = "from rectools.models import ImplicitALSWrapperModel"
FIRST_MODEL = """
import pandas as pd
from implicit.als import AlternatingLeastSquares
from rectools.dataset import Dataset
from rectools.models import ImplicitALSWrapperModel
taken = pd.DataFrame({
    "user_id": [f"E{i}" for i in range(10)] * 5, "item_id": [f"C{i % 9}" for i in range(50)],
    "weight": 1.0, "datetime": "2024-05-01",
})
ImplicitALSWrapperModel(AlternatingLeastSquares(factors=4)).fit(Dataset.construct(taken))
"""


class _Ready(NamedTuple):
    model: Any
    data: Dataset
    calls_implicit: bool


class Side:
    """RecTools on one company."""

    def load(self, folder: Path) -> None:
        """Read the pairs into a frame."""
        self._frame = frame_of(folder, user="user_id", item="item_id", time="datetime")
        self._frame["weight"] = 1.0
        self._ids = self._frame["user_id"].unique()

    def fit(self, model: str) -> _Ready:
        """Fit one model on the frame."""
        calls_implicit = model != "ease"
        with threadpool_limits(1 if calls_implicit else None, "blas"):
            data = Dataset.construct(self._frame)
            return _Ready(_unfitted(model).fit(data), data, calls_implicit)

    def ready(self, fitted: _Ready) -> _Ready:
        """Return what answers."""
        return fitted

    def one(self, fitted: _Ready, employee: int) -> int:
        """Answer one employee; return how many courses there are."""
        return self.everyone(fitted, [employee])

    def everyone(self, fitted: _Ready, employees: Sequence[int]) -> int:
        """Answer many employees; return how many courses there are in all."""
        with threadpool_limits(1 if fitted.calls_implicit else None, "blas"):
            ids = self._ids[list(employees)]
            return len(fitted.model.recommend(ids, fitted.data, k=K, filter_viewed=True))


def _unfitted(model: str) -> Any:
    if model == "als":
        engine = AlternatingLeastSquares(
            factors=FACTORS,
            iterations=ROUNDS,
            regularization=RIDGE,
            alpha=1 + ALPHA,  # the confidence in what was taken, as for the others
            random_state=1,
        )
        return ImplicitALSWrapperModel(engine)
    if model == "ease":
        return EASEModel(regularization=RIDGE_EASE)
    return ImplicitItemKNNWrapperModel(CosineRecommender(K=NEIGHBOURS))
