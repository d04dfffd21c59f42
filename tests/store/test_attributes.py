"""Attributes for audits of fairness in the store: kept apart, replaced by key, erased with all."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest

from hrreco.data import FairnessAttributes
from hrreco.errors import DataError
from hrreco.store import Store
from tests.store.build import MORNING, care_home, erase_from, ingest_into


def attributes(*rows: tuple[str, str, str]) -> FairnessAttributes:
    columns = ["employee_id", "attribute", "value"]
    return FairnessAttributes(pl.DataFrame(rows, schema=columns, orient="row"))


GIVEN = attributes(("000", "gender", "female"), ("001", "age_band", "60"), ("001", "gender", "m"))


@pytest.fixture
def filled(store: Store) -> Store:
    ingest_into(store, care_home(), GIVEN, source="a", full=False)
    return store


def test_what_is_read_is_what_was_ingested(filled: Store) -> None:
    assert filled.fairness_attributes().rows.equals(GIVEN.rows)


def test_values_are_replaced_by_person_and_attribute(filled: Store) -> None:
    again = attributes(("000", "gender", "female"), ("001", "gender", "other"))
    done = ingest_into(filled, care_home(), again, source="b", full=False)
    counts = done.counts["fairness_attributes"]
    assert (counts.new, counts.changed, counts.unchanged) == (0, 1, 1)
    assert filled.fairness_attributes().rows["value"].to_list() == ["female", "60", "other"]


def test_an_export_without_them_changes_nothing(filled: Store) -> None:
    ingest_into(filled, care_home(), source="b", full=True)
    assert filled.fairness_attributes().rows.equals(GIVEN.rows)


def test_an_erased_person_has_none(filled: Store) -> None:
    erase_from(filled, "001", MORNING + timedelta(days=100))
    assert filled.fairness_attributes().rows["employee_id"].to_list() == ["000"]


def test_they_are_of_employees(store: Store) -> None:
    with pytest.raises(DataError, match="not stored"):
        ingest_into(store, care_home(), attributes(("E9", "gender", "x")), source="a", full=False)
