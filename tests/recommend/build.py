"""Hand-made catalogues, profiles and learners, in few words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from hrreco.data.catalogue import Catalogue
from hrreco.profiles.learners import Learners
from hrreco.profiles.profile import EmployeeProfile, HistoryEntry
from hrreco.profiles.vocabulary import Vocabulary
from hrreco.settings import Moment

NOW = Moment.of("2026-03-31", "Europe/Helsinki")
"""The end of 31 March 2026 in Helsinki."""

_COLUMNS: dict[str, tuple[Any, pl.DataType]] = {
    "course_id": (None, pl.String()),
    "title": (None, pl.String()),
    "description": ("", pl.String()),
    "skills": ([], pl.List(pl.Struct({"skill": pl.String(), "level": pl.Int64()}))),
    "prerequisites": ([], pl.List(pl.String())),
    "tags": ([], pl.List(pl.String())),
    "language": (None, pl.String()),
    "format": (None, pl.String()),
    "hours": (None, pl.Float64()),
    "url": (None, pl.String()),
    "active": (True, pl.Boolean()),
    "sensitive": (False, pl.Boolean()),
    "mandatory_for": ([], pl.List(pl.String())),
    "due_within_days": (None, pl.Int64()),
    "valid_for_days": (None, pl.Int64()),
    "equivalent_to": ([], pl.List(pl.String())),
}


def catalogue_of(courses: Mapping[str, Mapping[str, Any]]) -> Catalogue:
    """Build a catalogue from what is special about each course, by course id."""
    rows = [
        {name: given.get(name, default) for name, (default, _) in _COLUMNS.items()}
        | {"course_id": course_id, "title": given.get("title", f"Title {course_id}")}
        for course_id, given in courses.items()
    ]
    frame = pl.DataFrame(rows, schema={name: dtype for name, (_, dtype) in _COLUMNS.items()})
    return Catalogue.of(frame)


def entry(course_id: str, evidence: float = 1.0, **days_ago: float) -> HistoryEntry:
    """Return a history entry; ``taken=3`` means taken three days before `NOW`."""
    moments = {f"{what}_at": NOW.at - timedelta(days=days) for what, days in days_ago.items()}
    return HistoryEntry(course_id, evidence, completed="taken" in days_ago, **moments)


def profile_of(*entries: HistoryEntry, **about: Any) -> EmployeeProfile:
    """Return the profile of a nurse."""
    history = {one.course_id: one for one in entries}
    return EmployeeProfile("E1", NOW, **({"role": "Nurse"} | about), history=history)


def learner_of(
    profile: EmployeeProfile,
    vocabulary: Vocabulary,
    features: tuple[int, ...] = (0,),
    needs: tuple[int, ...] = (),
) -> Learners:
    """Return the profile's history, and features and skills by position, as one learner."""
    at = vocabulary.course_position
    history = {at[e.course_id]: e.evidence for e in profile.history.values() if e.course_id in at}
    return Learners(
        _row({i: value for i, value in history.items() if value > 0}, len(vocabulary.courses)),
        _row(dict.fromkeys(features, 1.0), len(vocabulary.features)),
        _row(dict.fromkeys(needs, 1.0), len(vocabulary.skills)),
    )


def _row(values: dict[int, float], width: int) -> sparse.csr_matrix:
    dense = np.zeros((1, width), dtype=np.float32)
    for column, value in values.items():
        dense[0, column] = value
    return sparse.csr_matrix(dense)
