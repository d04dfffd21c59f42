"""Which courses there are to choose from."""

from __future__ import annotations

from .checker import Checker
from .companies import AS_OF, ME, advisor_of, company, teaching


def test_a_course_that_many_ways_lead_to_is_looked_at_once() -> None:
    # Two courses a level, and each builds on both of the level before: 2 to the 40th ways.
    courses = {
        f"{level:02}{side}": {
            "hours": 0.1,
            "prerequisites": [f"{level - 1:02}{one}" for one in "AB"] if level else [],
        }
        for level in range(40)
        for side in "AB"
    }
    courses["39A"]["skills"] = teaching(("sql", None))
    data = company(courses, needs=[("sql", None)])
    path = advisor_of(data).path(ME, as_of=AS_OF, hours_per_month=20)
    assert path.closed == ("sql",)
    assert Checker(data).problems(path) == []
