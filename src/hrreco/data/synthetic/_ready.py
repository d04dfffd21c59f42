"""A synthetic company, ready to learn from."""

from __future__ import annotations

from typing import Any

from hrreco.data.learning_data import LearningData
from hrreco.data.synthetic._company import company
from hrreco.data.synthetic._config import CompanyConfig
from hrreco.settings import parse


def synthetic_company(
    employees: int = 1_500, *, courses: int = 300, seed: int = 1
) -> LearningData:
    """Return the data of a made-up company, to try things out on and to study models by.

    Its history ends on 2026-03-31. What people take follows from their role, their interests
    (which location and grade lean towards), planted sequences of courses, and chance.

    Parameters
    ----------
    employees
        Everyone, also who has left: 150 to 100,000.
    courses
        The whole catalogue: 60 to 8,000.
    seed
        Another one gives another company of the same kind.

    Raises
    ------
    SettingsError
        When `employees`, `courses` or `seed` is out of range.

    Examples
    --------
    >>> from hrreco import synthetic_company
    >>> len(synthetic_company(200).employees)
    200
    """
    settings = {"employees": employees, "courses": courses, "seed": seed}
    config = parse(settings, CompanyConfig, source="the synthetic company")
    tables: dict[str, Any] = company(config).tables
    return LearningData.from_frames(**tables, as_of=config.as_of)
