from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrreco.data import LearningData
from hrreco.data.schemas import SCHEMAS, dtypes
from hrreco.store.tables import LEARNING, contract_columns, fairness_attributes
from tests.store.build import MORNING, assert_same, export, ingest_into
from tests.store.places import Place, Places

ODD = [
    "007",
    "7",
    " a ",
    "Å\u0301",
    "👩🏽‍⚕️",
    "a|b",
    "x'; DROP TABLE events; --",
    "~",
    "1:",
    "NULL",
    "\n",
]
ids = st.sampled_from(ODD) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1
)
texts = st.none() | ids | st.just("")
lists = st.none() | st.lists(ids, max_size=3)
numbers = st.none() | st.floats(0, 1e9) | st.sampled_from([0.1, 5e-324])
whole = st.none() | st.integers(0, 2**31 - 1)
days = st.none() | st.dates(date(1900, 1, 1), date(2211, 1, 1))
moments = st.just(MORNING) | st.datetimes(
    datetime(1900, 1, 1), datetime(2211, 1, 1), timezones=st.just(UTC)
)
levels = st.none() | st.integers(0, 9)
taught = st.none() | st.lists(st.fixed_dictionaries({"skill": ids, "level": levels}), max_size=2)


def rows(n: int = 4, *, unique: Any, **columns: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(st.fixed_dictionaries(columns), max_size=n, unique_by=unique)


@st.composite
def exports(draw: st.DrawFn) -> LearningData:
    people = draw(st.lists(ids, min_size=1, max_size=4, unique=True))
    taken = draw(st.lists(ids, min_size=1, max_size=4, unique=True))
    person, course = st.sampled_from(people), st.sampled_from(taken)
    about_people = st.fixed_dictionaries(
        {
            **dict.fromkeys(["department", "manager_id", "language", "location", "grade"], texts),
            **dict.fromkeys(["preferred_formats", "preferred_times"], lists),
            **{"role": ids, "started_on": days, "left_on": days, "hours_per_month": numbers},
            "occupation_uri": texts,
        }
    )
    about_courses = st.fixed_dictionaries(
        {
            **dict.fromkeys(["description", "language", "format", "url"], texts),
            **dict.fromkeys(["prerequisites", "tags", "mandatory_for", "equivalent_to"], lists),
            **dict.fromkeys(["active", "sensitive"], st.booleans()),
            **dict.fromkeys(["due_within_days", "valid_for_days"], whole),
            **{"title": ids, "skills": taught, "hours": numbers},
        }
    )
    return export(
        employees=[{"employee_id": one, **draw(about_people)} for one in people],
        courses=[{"course_id": one, **draw(about_courses)} for one in taken],
        events=draw(
            rows(
                unique=lambda e: e["event_id"] or repr(e),
                event_id=st.none() | ids,
                employee_id=st.just(people[0]) | person,
                course_id=st.just(taken[0]) | course,
                kind=st.sampled_from(["completed", "enrolled", "rated"]),
                occurred_at=moments,
                progress=numbers,
                rating=numbers,
                reason=texts,
                source=texts,
            )
        ),
        employee_skills=draw(
            rows(
                unique=lambda s: (s["employee_id"], s["skill"]),
                employee_id=person,
                skill=ids,
                level=whole,
                source=ids,
            )
        ),
        role_skills=draw(
            rows(
                unique=lambda s: (s["role"], s["skill"]),
                role=ids,
                skill=ids,
                level=whole,
                importance=ids,
            )
        ),
        sessions=draw(
            rows(
                unique=lambda s: (s["course_id"], s["starts_at"], s["session_id"]),
                session_id=st.none() | st.uuids().map(str),
                course_id=course,
                starts_at=moments,
                ends_at=st.none() | moments,
                seats=whole,
                location=texts,
            )
        ),
    )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=exports())
def test_what_is_read_is_what_was_ingested(
    places: Places, place: Place, data: LearningData
) -> None:
    places.wipe(place)
    with place.open() as store:
        ingest_into(store, data, source="a", full=True)
        assert_same(store.read(), data)
        again = ingest_into(store, data, source="a", full=True).counts
        assert not any(table.new + table.changed + table.marked for table in again.values())
        for employee_id in data.employees["employee_id"]:
            assert store.employee(employee_id) == data.employee(employee_id)


def test_tables_have_the_columns_of_the_data_contract() -> None:
    tables = {**LEARNING, fairness_attributes.name: fairness_attributes}
    assert list(tables) == list(SCHEMAS)
    for name, table in tables.items():
        columns = {column.name: column.info["dtype"] for column in contract_columns(table)}
        assert list(columns.items()) == list(dtypes(name).items()), name
