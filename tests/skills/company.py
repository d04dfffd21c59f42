"""A made-up bakery."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from hrreco import LearningData
from tests.skills.esco_files import BAKER, OVENS

LEFT = date.today() - timedelta(days=100)
"""When the stoker left; not so long ago that nothing may be kept of them."""
BEFORE = LEFT - timedelta(days=1)

_PEOPLE = [
    ("E1", "Baker", None, BAKER),
    ("E2", "Baker", None, None),
    ("E3", "Bread maker", None, None),
    ("E4", "Cake bakers", None, None),
    ("E5", "Galley Cook", None, "http://elsewhere"),
    ("E6", "Stoker", LEFT.isoformat(), None),
    ("E7", "Zzz", None, None),
]
_COLUMNS = ["employee_id", "role", "left_on", "occupation_uri"]


def bakery() -> LearningData:
    """Return employees of six roles, one of which nobody holds any more, and three skills."""
    return LearningData.from_frames(
        employees=pl.DataFrame(_PEOPLE, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row"),
        courses=pl.DataFrame(
            {
                "course_id": ["C1", "C2"],
                "title": ["Dough", "Delicate"],
                "skills": [f"Dough kneading|{OVENS}", "never named"],
                "sensitive": [False, True],
            }
        ),
        events=_NO_EVENTS,
        employee_skills=pl.DataFrame({"employee_id": ["E1"], "skill": ["sql"]}),
    )


def company(uris: Mapping[str, str], role: str = "Baker") -> LearningData:
    """Return employees of one role, with the occupations they bear, and no courses."""
    people = {"employee_id": list(uris), "role": role, "occupation_uri": list(uris.values())}
    no_course = pl.DataFrame(schema={"course_id": pl.String, "title": pl.String})
    return LearningData.from_frames(
        pl.DataFrame(people, schema=dict.fromkeys(people, pl.String)), no_course, _NO_EVENTS
    )


_NO_EVENTS = pl.DataFrame(
    schema=dict.fromkeys(("employee_id", "course_id", "kind", "occurred_at"), pl.String)
)
