"""What every answer asks is run past SQLAlchemy, to the same rows."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import bindparam, select

from hrreco.errors import WorkspaceError
from hrreco.store import Store
from hrreco.store.record import read_employee
from hrreco.store.statement import Statement
from hrreco.store.tables import events
from tests.store.build import care_home, ingest_into

OF_ONE = (
    select(events.c.course_id, events.c.occurred_at, events.c.rating)
    .where(events.c.employee_id == bindparam("employee_id"), events.c.kind == bindparam("kind"))
    .order_by(events.c.course_id, events.c.occurred_at)
)


def test_rows_are_those_that_sqlalchemy_gives(store: Store) -> None:
    ingest_into(store, care_home(), source="a", full=False)
    statement = Statement(OF_ONE)
    asked = {"kind": "completed", "employee_id": "001"}
    with store.reading() as connection:
        expected = [tuple(row) for row in connection.execute(OF_ONE, asked)]
        assert statement.rows(connection, **asked) == expected != []
        assert statement.rows(connection, kind="completed", employee_id="nobody") == []


def test_what_the_driver_raises_is_told_in_words(store: Store) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("DROP TABLE events")
    with pytest.raises(WorkspaceError, match="database cannot be used"), store.reading() as broken:
        Statement(OF_ONE).rows(broken, employee_id="001", kind="completed")


def test_events_of_an_employee_are_read_from_one_index_alone(sqlite_store: Store) -> None:
    asked: list[str] = []
    ingest_into(sqlite_store, care_home(), source="a", full=False)
    with sqlite_store.reading() as connection:
        driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(asked.append)
        read_employee(connection, "001")
        driver.set_trace_callback(None)
        (of_events,) = (one for one in asked if "FROM events" in one)
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {of_events}").all()
    assert [row[-1] for row in plan] == [
        "SEARCH events USING COVERING INDEX events_in_order (employee_id=?)"
    ]
