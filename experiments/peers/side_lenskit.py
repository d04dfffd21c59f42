"""LensKit's side: its scorers in its pipeline for rankings, and its batch runner."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from lenskit import batch, recommend
from lenskit.als import ImplicitMFScorer
from lenskit.data import from_interactions_df
from lenskit.knn import EASEScorer, ItemKNNScorer
from lenskit.pipeline import Pipeline, topn_pipeline

from peers.pairs import frame_of
from peers.settings import ALPHA, FACTORS, NEIGHBOURS, RIDGE, RIDGE_EASE, ROUNDS, K

DISTRIBUTIONS = ("lenskit", "torch", "numpy", "scipy", "pandas")
IMPORTS = "from lenskit.als import ImplicitMFScorer"
FIRST_MODEL = """
import pandas as pd
from lenskit.als import ImplicitMFScorer
from lenskit.data import from_interactions_df
from lenskit.pipeline import topn_pipeline
taken = pd.DataFrame({
    "user_id": [f"E{i}" for i in range(10)] * 5, "item_id": [f"C{i % 9}" for i in range(50)],
})
topn_pipeline(ImplicitMFScorer(embedding_size=4)).train(from_interactions_df(taken))
"""

_WORTH_PROCESSES = 12.0
"""Seconds: its processes take five to start, and two halve the rest at best."""


class Side:
    """LensKit on one company."""

    def load(self, folder: Path) -> None:
        """Read the pairs into a frame."""
        logging.disable(logging.WARNING)
        self._frame = frame_of(folder, user="user_id", item="item_id", time="timestamp")
        self._ids = self._frame["user_id"].unique()

    def fit(self, model: str) -> Pipeline:
        """Fit one model on the frame."""
        pipeline = topn_pipeline(_unfitted(model), n=K)
        pipeline.train(from_interactions_df(self._frame.copy(deep=False)))
        return pipeline

    def ready(self, fitted: Pipeline) -> Pipeline:
        """Return what answers."""
        return fitted

    def one(self, fitted: Pipeline, employee: int) -> int:
        """Answer one employee; return how many courses there are."""
        return len(recommend(fitted, self._ids[employee], n=K))

    def everyone(self, fitted: Pipeline, employees: Sequence[int]) -> int:
        """Answer many employees; return how many courses there are in all."""
        start = perf_counter()
        self.one(fitted, employees[0])
        alone = (perf_counter() - start) * len(employees)
        jobs = 1 if alone < _WORTH_PROCESSES else None
        ids = list(self._ids[list(employees)])
        lists = batch.recommend(fitted, ids, n=K, n_jobs=jobs)
        return sum(len(answer) for answer in lists.lists())


def _unfitted(model: str) -> Any:
    if model == "als":
        return ImplicitMFScorer(
            embedding_size=FACTORS,
            epochs=ROUNDS,
            weight=ALPHA,
            regularization=RIDGE,
            user_embeddings="prefer",  # those of the training: faster, its documentation says
        )
    if model == "ease":
        return EASEScorer(regularization=RIDGE_EASE)
    return ItemKNNScorer(feedback="implicit", max_nbrs=NEIGHBOURS, save_nbrs=NEIGHBOURS)
