"""Courses as models see them: texts, skills and tags, in the order of a vocabulary."""

from __future__ import annotations

from dataclasses import dataclass

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
        taught = sparse.lil_matrix((len(rows), len(vocabulary.skills)), dtype=np.float32)
        for here, row in enumerate(rows):
            for skill in catalogue.skills[row]:
                taught[here, vocabulary.skill_position[skill.skill]] = 1.0
        return cls(
            texts=tuple(f"{catalogue.titles[r]}\n{catalogue.descriptions[r]}" for r in rows),
            teaches=taught.tocsr(),
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
