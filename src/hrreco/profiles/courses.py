"""Courses as models see them: texts, skills and tags, in the order of a vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from hrreco.data.catalogue import Catalogue
from hrreco.profiles.learners import Csr
from hrreco.profiles.vocabulary import Vocabulary


@dataclass(frozen=True)
class CourseProfiles:
    """What is known of each course of a vocabulary.

    Attributes
    ----------
    texts
        Title and description, one text per course; empty where nothing is known.
    teaches
        float32 CSR [courses x skills]: 1 where the course teaches the skill.
    tags
        The tags of each course.
    """

    texts: tuple[str, ...]
    teaches: Csr
    tags: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, catalogue: Catalogue, vocabulary: Vocabulary) -> CourseProfiles:
        """Read the profiles of a vocabulary's courses out of the catalogue."""
        rows = [catalogue.position[course_id] for course_id in vocabulary.courses]
        place = vocabulary.skill_position
        taught = [sorted({place[skill.skill] for skill in catalogue.skills[row]}) for row in rows]
        indices = np.fromiter(chain.from_iterable(taught), dtype=np.int32)
        indptr = np.cumsum([0, *map(len, taught)], dtype=np.int32)
        ones = np.ones(len(indices), dtype=np.float32)
        return cls(
            texts=tuple(f"{catalogue.titles[r]}\n{catalogue.descriptions[r]}" for r in rows),
            teaches=Csr((ones, indices, indptr), shape=(len(rows), len(place))),
            tags=tuple(catalogue.tags[r] for r in rows),
        )

    @classmethod
    def unknown(cls, courses: int) -> CourseProfiles:
        """Return profiles of courses of which nothing but the id is known."""
        return cls(
            texts=("",) * courses,
            teaches=sparse.csr_matrix((courses, 0), dtype=np.float32),
            tags=((),) * courses,
        )
