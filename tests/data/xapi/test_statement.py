"""Single statements: what of them is an event, or why none is."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from hrreco.data.xapi import last_segment, read_statement
from hrreco.errors import DataError

ADL, CMI5 = "http://adlnet.gov/expapi/verbs/", "https://w3id.org/xapi/adl/verbs/"
CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
EXTENSION = "https://w3id.org/xapi/cmi5/result/extensions/"


def statement(verb: str = f"{ADL}completed", **more: Any) -> dict[str, Any]:
    return {
        "id": "7CCD3322-e1a5-411a-a67d-6a735c76f119",
        "actor": {"account": {"homePage": "https://lms.example", "name": "E1"}},
        "verb": {"id": verb},
        "object": {"id": "https://lms.example/courses/C%201/?from=mail#top"},
        "timestamp": "2026-03-14T09:30:00Z",
        **more,
    }


def test_what_of_it_is_an_event() -> None:
    read = read_statement(statement(context={"platform": "Moodle"}))
    assert read.id == "7ccd3322-e1a5-411a-a67d-6a735c76f119"
    assert last_segment(read.activity) == "C 1"
    assert read.row == {
        "event_id": read.id,
        "employee_id": "E1",
        "kind": "completed",
        "occurred_at": "2026-03-14T09:30:00Z",
        "source": "Moodle",
    }


@pytest.mark.parametrize(
    ("verb", "kind"),
    [
        (f"{ADL}completed", "completed"),
        (f"{ADL}attended", "completed"),
        (f"{CMI5}satisfied", "completed"),
        (f"{ADL}passed", "passed"),
        (f"{ADL}mastered", "passed"),
        (f"{ADL}failed", "failed"),
        (f"{CMI5}waived", "waived"),
        (f"{ADL}initialized", "started"),
        (f"{ADL}attempted", "started"),
        (f"{ADL}registered", "enrolled"),
        ("http://id.tincanapi.com/verb/rated", "rated"),
    ],
)
def test_verbs_that_say_something_of_a_course(verb: str, kind: str) -> None:
    row = read_statement(statement(verb)).row
    assert row is not None
    assert row["kind"] == kind


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        ({"success": True, "completion": True}, "passed"),
        ({"success": False}, "failed"),
        ({"completion": True}, "completed"),
        ({"completion": False}, "started"),
    ],
)
def test_a_result_may_say_that_an_attempt_ended(result: dict[str, Any], kind: str) -> None:
    row = read_statement(statement(f"{ADL}attempted", result=result)).row
    assert row is not None
    assert row["kind"] == kind


def test_the_contract_has_a_place_for_some_results_only() -> None:
    scored = {"score": {"scaled": 0.9, "raw": 4}, "extensions": {f"{EXTENSION}progress": 40}}
    waived = {"extensions": {f"{EXTENSION}reason": "Tested Out", f"{EXTENSION}progress": 40}}
    rows = [
        read_statement(statement(verb, result=result)).row or {}
        for verb, result in (
            (f"{ADL}passed", scored),
            (f"{ADL}progressed", scored),
            ("http://id.tincanapi.com/verb/rated", scored),
            (f"{CMI5}waived", waived),
        )
    ]
    told = [{k: row[k] for k in ("progress", "rating", "reason") if k in row} for row in rows]
    assert told == [{}, {"progress": 0.4}, {"rating": 4}, {"reason": "Tested Out"}]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"verb": {"id": f"{ADL}launched"}}, "verb"),
        ({"verb": {"id": f"{CMI5}abandoned"}}, "verb"),
        ({"actor": {"objectType": "Group", "mbox": "mailto:team@example.com"}}, "group"),
        ({"object": {"objectType": "Agent", "mbox": "mailto:a@example.com"}}, "object"),
        ({"object": {"objectType": "SubStatement"}}, "object"),
        (
            {
                "object": {
                    "id": "https://lms.example/blocks/1",
                    "definition": {"type": "https://w3id.org/xapi/cmi5/activitytype/block"},
                }
            },
            "block",
        ),
    ],
)
def test_what_is_no_event_is_told_in_a_word(more: dict[str, Any], why: str) -> None:
    read = read_statement(statement(**{"verb": f"{ADL}completed"}) | more)
    assert (read.row, read.no_event) == (None, why)


def test_a_mail_address_is_the_id_as_a_whole() -> None:
    row = read_statement(statement(actor={"mbox": "mailto:a.b@example.com"})).row
    assert row is not None
    assert row["employee_id"] == "a.b@example.com"


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ([], "the statement: is no object"),
        (statement(id="17"), "id: is no UUID"),
        (statement(id=17), "id: is no UUID"),
        (statement(actor=None), "actor: is no object"),
        (statement(actor={"mbox_sha1sum": "ebd31e95"}), "account.name"),
        (statement(actor={"account": {"name": "E1"}}), "homePage"),
        (statement(actor={"account": {"homePage": "https://a.b", "name": 1}}), "account.name"),
        (statement(actor={"mbox": "a@example.com"}), "mailto:"),
        (statement(actor={"objectType": 1}), "actor.objectType: is no text"),
        (statement(version="0.95"), "version: '0.95' is another than 1.0"),
        (statement(version="1.01"), "version: '1.01' is another than 1.0"),
        (statement(version=1.0), "version: is no text"),
        (statement(version=None), "version: is no text"),
        (statement(inProgress=False), "'inProgress' is no property of a statement"),
        (statement(Result={}), "'Result' is no property of a statement"),
        (statement(verb="completed"), "verb.id: is no IRI"),
        (statement(object={"id": "C1"}), "object.id: is no IRI"),
        (statement(object={"id": "https://[/C1", "definition": 1}), "definition: is no object"),
        (statement(result=[]), "result: is no object"),
        (statement(f"{ADL}voided"), "hrreco correct"),
    ],
)
def test_what_is_no_statement_is_told(given: Any, what: str) -> None:
    with pytest.raises(DataError, match=what.replace(".", r"\.")):
        read_statement(given)


IDENTIFIERS = {
    "account": {"homePage": "https://lms.example", "name": "E1"},
    "mbox": "mailto:a@example.com",
    "mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9",
    "openid": "https://openid.example/a",
}


@pytest.mark.parametrize("both", list(combinations(IDENTIFIERS, 2)))
@pytest.mark.parametrize("kind", ["Agent", "Group"])
@pytest.mark.parametrize("verb", ["completed", "launched"])
def test_an_actor_is_told_by_one_identifier(both: tuple[str, str], kind: str, verb: str) -> None:
    told = {name: IDENTIFIERS[name] for name in both}
    actor = {"objectType": kind, "name": "A", **told}
    with pytest.raises(DataError, match=f"actor: is told by {both[0]} and {both[1]}; one"):
        read_statement(statement(f"{ADL}{verb}", actor=actor))


@pytest.mark.parametrize("verb", ["completed", "launched"])
@pytest.mark.parametrize("part", ["actor", "object"])
def test_what_xapi_knows_nothing_of_is_passed_over_as_nothing(part: str, verb: str) -> None:
    other = {**statement()[part], "objectType": "Person"}
    with pytest.raises(DataError, match=f"{part}.objectType: 'Person' is none of xAPI; {part} is"):
        read_statement(statement(f"{ADL}{verb}", **{part: other}))


@pytest.mark.parametrize("version", ["1.0", "1.0.0", "1.0.3", "1.0.17"])
def test_a_statement_of_any_version_of_1_0_is_read(version: str) -> None:
    more = {"attachments": [], "stored": "2026-03-14T09:30:00Z", "authority": {}}
    assert read_statement(statement(version=version, context={}, result={}, **more)).row


def around(category: str = CATEGORY, grouping: Any = ()) -> dict[str, Any]:
    return {"contextActivities": {"category": [{"id": category}], "grouping": grouping}}


def test_a_publisher_s_ids_are_of_what_cmi5_defines() -> None:
    ids = ("https://acme.example/1", "https://acme.example/2")
    several = [{"id": one} for one in ids]
    assert read_statement(statement(context=around(grouping=several))).published == ids
    assert read_statement(statement(context=around(grouping=several[0]))).published == ids[:1]
    for other in ({}, around("https://w3id.org/xapi/cmi5/context/categories/moveon", several)):
        assert read_statement(statement(context=other)).published == ()


@pytest.mark.parametrize("grouping", ["https://acme.example/1", [1], [{"id": "1"}], [{}]])
def test_a_grouping_of_no_activities_is_told(grouping: Any) -> None:
    with pytest.raises(DataError, match=r"context\.contextActivities\.grouping"):
        read_statement(statement(context=around(grouping=grouping)))


def test_an_iri_that_cannot_be_taken_apart_has_no_segment() -> None:
    assert last_segment("https://[/C1") == ""


def test_a_statement_without_an_id_gets_one() -> None:
    first, second = (read_statement(statement(id=None)).id for _ in range(2))
    assert len(first) == 36
    assert first != second
