"""How alike names and labels are as texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_TIE = 1e-4  # tells apart what is equally like, and nothing that anybody is shown
_AT_ONCE = 256  # names: their likenesses to 100,000 labels take 100 MB


def likest(
    names: Sequence[str], terms: pl.DataFrame, most: int, floor: float
) -> list[list[tuple[str, float]]]:
    """Return the concepts that bear the labels most like each name, best first.

    The likeness is the mean of two cosines of TF-IDF vectors (scikit-learn's, sublinear): of
    words, and of runs of three characters within words. A word that no label has counts against
    it, so that ``Sr. DBA`` is no certain ``DBA``. Of concepts that are equally like, one whose
    preferred label is it comes first.

    Parameters
    ----------
    names
        As `keys_of` makes them.
    terms
        See `Concepts.terms`.
    most, floor
        How many concepts at most for a name, and how like at least, 0 to 1.
    """
    starts = np.flatnonzero(terms["uri"].ne_missing(terms["uri"].shift()))
    uris = terms["uri"].gather(starts).to_list()
    of_names, of_terms = _vectors(names, terms["key"].to_list())
    first = np.where(terms["preferred"], _TIE, 0).astype(np.float32)
    found: list[list[tuple[str, float]]] = []
    for start in range(0, len(names), _AT_ONCE):
        likeness = (of_names[start : start + _AT_ONCE] @ of_terms.T).toarray() + first
        of_concepts = np.maximum.reduceat(likeness, starts, axis=1)
        found += [_best(row, uris, most, floor) for row in of_concepts]
    return found


def _vectors(names: Sequence[str], labels: Sequence[str]) -> tuple[csr_array, csr_array]:
    """Return one vector for each name and label; their products are the likenesses."""
    from scipy.sparse import csr_array, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer

    half = np.float32(np.sqrt(0.5))
    forms = (
        {"analyzer": "word", "token_pattern": r"\S+"},
        {"analyzer": "char_wb", "ngram_range": (3, 3)},
    )
    parts = [
        TfidfVectorizer(**form, lowercase=False, sublinear_tf=True, dtype=np.float32)
        .fit_transform([*names, *labels])
        .multiply(half)
        for form in forms
    ]
    vectors = csr_array(hstack(parts))
    return vectors[: len(names)], vectors[len(names) :]


def _best(
    likeness: NDArray[np.float32], uris: Sequence[str], most: int, floor: float
) -> list[tuple[str, float]]:
    order = np.argsort(-likeness, kind="stable")[:most]
    return [(uris[at], min(float(likeness[at]), 1.0)) for at in order if likeness[at] >= floor]
