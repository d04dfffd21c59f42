"""Item-kNN: courses that are taken by the same people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from pydantic import Field

from hrreco.models._crossed import crossed
from hrreco.models._item_item import PairSums
from hrreco.models._matrices import (
    by_rows,
    largest,
    scaled,
)
from hrreco.models._sums import Sums, on_grid
from hrreco.models._support import PairConfig
from hrreco.profiles import Csr, Learners

_BITS = 16
"""Evidence is read in steps this fine, whose products add up exactly."""


class ItemknnConfig(PairConfig):
    """Settings of item-kNN."""

    similarity: Literal["cosine", "bm25"] = Field(
        "cosine",
        description="cosine, or the dot product of courses whose takers are weighted by BM25: "
        "people who took much tell less.",
        json_schema_extra={"search": {"choices": ["cosine", "bm25"]}},
    )
    neighbours: int = Field(
        200,
        ge=1,
        description="Similar courses kept for each course; the others count as 0.",
        json_schema_extra={"search": {"low": 20, "high": 1_000, "log": True}},
    )
    shrinkage: float = Field(
        20.0,
        ge=0,
        description="cosine: added to the product of norms, so that rare courses are alike "
        "to few.",
        json_schema_extra={"search": {"low": 1.0, "high": 300.0, "log": True}},
    )
    k1: float = Field(
        1.2,
        ge=0,
        description="bm25: saturation of evidence (Robertson and Zaragoza, 2009, section 3.4).",
    )
    b: float = Field(
        0.5, ge=0, le=1, description="bm25: how much courses with many takers are discounted."
    )


class Itemknn(PairSums):
    """Scores a course by its similarity to the courses of the history, added up.

    With C = X'X, the cosine of courses i and j is ``C_ij / (|x_i| |x_j| + shrinkage)``. Sarwar et
    al., "Item-based Collaborative Filtering Recommendation Algorithms", WWW 2001; the shrinkage is
    that of Bell and Koren, "Scalable Collaborative Filtering with Jointly Derived Neighborhood
    Interpolation Weights", ICDM 2007. For BM25, courses are the documents and people the terms:
    Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, eq. 3.15.
    """

    name = "itemknn"
    Config = ItemknnConfig
    config: ItemknnConfig

    def _forget(self, gone: Learners) -> bool:
        # BM25 weighs everybody by the average, which is no sum over people.
        return self.config.similarity == "cosine" and super()._forget(gone)

    def _sum_up(
        self, learners: Learners, least: int, tick: Callable[[], None]
    ) -> tuple[Sums, Csr]:
        X = learners.history
        X = Csr((on_grid(X.data, _BITS), X.indices, X.indptr), shape=X.shape)
        tick()
        if self.config.similarity == "bm25":
            X = self._bm25(X)
        pairs, took_both = crossed(X, X, least)
        tick()
        own = np.bincount(X.indices, X.data * X.data, X.shape[1])
        return Sums(pairs, own.astype(np.float64)), took_both

    def _bm25(self, X: Csr) -> Csr:
        k1, b = self.config.k1, self.config.b
        n_courses = X.shape[1]
        takers = np.asarray(X.sum(axis=0)).ravel()
        length = 1 - b + b * takers / max(takers.mean(), 1e-12)
        saturated = X.data * (k1 + 1) / (X.data + k1 * length[X.indices])
        taken = np.diff(X.indptr)
        rarity = np.log1p(n_courses / np.maximum(taken, 1))
        return scaled(
            Csr((saturated, X.indices, X.indptr), shape=X.shape), rarity, np.ones(n_courses)
        )

    def _weigh_pairs(self, sums: Sums) -> Csr:
        near = by_rows(
            sums.pairs,
            lambda rows, pairs: largest(self._alike(rows, pairs), self.config.neighbours),
        )
        # Each course that is scored keeps its own nearest, which are the rows: it is symmetric.
        weights = Csr(near.T, dtype=np.float32)
        weights.sort_indices()
        return weights

    def _alike(self, rows: slice, pairs: Csr) -> Csr:
        if self.config.similarity == "bm25":
            return pairs
        norm = np.sqrt(self._sums.of_course)
        both = np.repeat(norm[rows], np.diff(pairs.indptr))
        both *= norm[pairs.indices]
        both += self.config.shrinkage
        alike = np.divide(pairs.data, both, out=both)
        return Csr((alike, pairs.indices, pairs.indptr), shape=pairs.shape)
