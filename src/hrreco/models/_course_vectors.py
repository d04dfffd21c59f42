"""Courses as vectors of their texts and skills, and how alike they are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import sparse

from hrreco.models._matrices import largest
from hrreco.profiles import CourseProfiles, Csr

_BLOCK = 256
"""Courses whose similarity to all others is looked at together."""

_LONGEST_TEXT = 10_000
"""Characters of a course's text that are read."""


def course_vectors(courses: CourseProfiles, terms: int) -> Csr:
    """Return float32 CSR [courses x terms and skills], rows of length 1 or 0."""
    from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
    from sklearn.preprocessing import normalize

    parts = [TfidfTransformer().fit_transform(courses.teaches)] if courses.teaches.nnz else []
    texts = [text[:_LONGEST_TEXT] for text in courses.texts]
    if any(text.strip() for text in texts):  # scikit-learn refuses to find no term at all
        of_texts = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, max_features=terms
        )
        parts.append(of_texts.fit_transform(texts))
    if not parts:
        return Csr((len(texts), 0), dtype=np.float32)
    return Csr(normalize(sparse.hstack(parts, format="csr")), dtype=np.float32)


def nearest(vectors: Csr, most: int, tick: Callable[[], None]) -> Csr:
    """Return the `most` largest cosines of each course to the others, float32 CSR."""
    everyone = vectors.T.tocsr()
    rows = [sparse.csr_matrix((0, vectors.shape[0]), dtype=np.float32)]
    for first in range(0, vectors.shape[0], _BLOCK):
        tick()
        similar = (vectors[first : first + _BLOCK] @ everyone).tocoo()
        others = similar.row + first != similar.col
        parts = (similar.data[others], (similar.row[others], similar.col[others]))
        rows.append(largest(Csr(parts, shape=similar.shape), most))
    return Csr(sparse.vstack(rows, format="csr"), dtype=np.float32)
