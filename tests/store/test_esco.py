from __future__ import annotations

import json

import polars as pl
from sqlalchemy import select

from hrreco.store import MergeCounts, Store
from hrreco.store.tables import ingests
from tests.store.build import care_home, export, ingest_into


def needs(*rows: tuple[str, str, str]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=["role", "skill", "importance"], orient="row")
    whole = frame.with_columns(pl.lit(None, pl.Int32).alias("level"))
    return whole.select("role", "skill", "level", "importance").sort("role", "skill")


CLERK = (("Clerk", "filing", "essential"), ("Clerk", "typing", "optional"))


def test_needs_by_esco_are_a_part_of_what_roles_need(store: Store) -> None:
    ingest_into(store, care_home(), source="a", full=False)
    result = store.replace_esco_needs(needs(*CLERK))
    assert result.seq == store.last_ingest() == 2
    assert result.counts == {"role_skills": MergeCounts(new=2, changed=0, unchanged=0)}
    expected = [
        ("Clerk", "filing", None, "essential"),
        ("Clerk", "typing", None, "optional"),
        ("Nurse", "first aid", 2, "essential"),
    ]
    assert store.role_skills().rows() == store.read().role_skills.rows() == expected
    assert store.own_role_skills().rows() == expected[2:]


def test_they_replace_those_of_before(store: Store) -> None:
    store.replace_esco_needs(needs(*CLERK))
    changed = needs(("Clerk", "filing", "optional"), ("Cook", "filing", "essential"))
    counts = store.replace_esco_needs(changed).counts["role_skills"]
    assert counts == MergeCounts(new=1, changed=1, unchanged=0, marked=1)
    assert store.role_skills().equals(changed)
    again = store.replace_esco_needs(changed).counts["role_skills"]
    assert again == MergeCounts(new=0, changed=0, unchanged=2)
    store.replace_esco_needs(needs())
    assert store.role_skills().is_empty()


def test_a_role_s_own_needs_win_whichever_came_first(store: Store) -> None:
    by_esco = needs(("Nurse", "first aid", "essential"), ("Nurse", "lifting", "essential"))
    store.replace_esco_needs(by_esco)
    assert store.role_skills().equals(by_esco)
    ingest_into(store, care_home(), source="a", full=False)
    own = [("Nurse", "first aid", 2, "essential")]
    assert store.role_skills().rows() == own
    store.replace_esco_needs(by_esco)
    assert store.role_skills().rows() == store.read().role_skills.rows() == own


def test_an_equal_need_of_its_own_is_its_own(store: Store) -> None:
    store.replace_esco_needs(needs(("Clerk", "filing", "essential")))
    ingest_into(
        store, export(role_skills=[{"role": "Clerk", "skill": "filing"}]), source="a", full=False
    )
    store.replace_esco_needs(needs())
    assert store.role_skills().rows() == [("Clerk", "filing", None, "essential")]


def test_what_came_later_can_be_left_out(store: Store) -> None:
    store.replace_esco_needs(needs(CLERK[0]))
    store.replace_esco_needs(needs(*CLERK))
    assert store.read(up_to=1).role_skills["skill"].to_list() == ["filing"]
    assert store.read(up_to=2).role_skills["skill"].to_list() == ["filing", "typing"]


def test_each_replacement_is_an_ingest_that_changes_what_is_served(store: Store) -> None:
    ingest_into(store, care_home(), source="a", full=False)
    before = store.last_change_of_courses()
    store.replace_esco_needs(needs(*CLERK))
    store.replace_esco_needs(needs())  # rows that are gone are a change, too
    assert before < 3 == store.last_change_of_courses()
    with store._engine.connect() as connection:
        source, counts = connection.execute(
            select(ingests.c.source, ingests.c.counts).where(ingests.c.seq == 2)
        ).one()
    assert (source, json.loads(counts)["role_skills"]["new"]) == ("ESCO", 2)
