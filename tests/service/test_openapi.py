"""The OpenAPI document says all that can be asked, and every answer is as it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from hrreco.service.access import Allowed
from hrreco.service.auth import Role, Scope
from hrreco.service.document import doors
from hrreco.service.problems import MEDIA_TYPE

Header = Callable[[str, str], dict[str, str]]
Document = dict[str, Any]

CHECKS = (
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)


@pytest.fixture(scope="module")
def document(client: TestClient) -> Document:
    shown: Document = client.get("/openapi.json").json()
    return shown


def _operations(document: Document) -> Iterator[tuple[str, Document]]:
    for path, operations in document["paths"].items():
        for operation in operations.values():
            yield path, operation


def test_every_route_says_what_it_is(document: Document) -> None:
    ids = [operation["operationId"] for _, operation in _operations(document)]
    assert len(set(ids)) == len(ids)
    assert {"recommendations", "why_not", "opt_out", "erase"} <= set(ids)
    for path, operation in _operations(document):
        assert operation["summary"]
        assert operation["description"].endswith(".")
        for parameter in operation.get("parameters", []):
            assert parameter["description"], (path, parameter)
            given = parameter.get("examples") or parameter["schema"].get("examples")
            assert given, (path, parameter)
        for status, answer in operation["responses"].items():
            assert answer["description"]
            if status == "204":
                continue
            ((media_type, shown),) = answer["content"].items()
            good = "text/plain" if path == "/metrics" else "application/json"
            assert media_type == (good if status == "200" else MEDIA_TYPE)
            assert "example" in shown or _examples(document, shown["schema"]), (path, status)


def _examples(document: Document, schema: Document) -> list[Any]:
    named = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    examples: list[Any] = named["examples"]
    return examples


def test_every_example_is_as_the_document_says(document: Document) -> None:
    import jsonschema_rs

    for name, schema in document["components"]["schemas"].items():
        whole = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        for example in schema.get("examples", []):
            jsonschema_rs.validate(whole, example)


def test_every_route_below_v1_takes_a_token_and_tells_its_refusals(document: Document) -> None:
    for path, operation in _operations(document):
        if path.startswith("/v1") and path != "/v1/xapi/about":
            assert operation["security"] == [{"bearer": []}]
            assert {"401", "403", "413", "422", "429", "503"} <= operation["responses"].keys()
            assert ("404" in operation["responses"]) == ("{" in path)


def test_the_page_tells_every_route_with_its_scope_and_who_has_it(client: TestClient) -> None:
    page = Path("docs/service.md").read_text(encoding="utf-8")
    for route, door in doors(client.app):  # type: ignore[arg-type]
        for method in route.methods or ():
            row = f"| `{method} {route.path_format}` | {door.scope} | {', '.join(door.roles)} |"
            assert row in page, row


def test_nothing_is_loaded_from_elsewhere(client: TestClient) -> None:
    for page in ("/docs", "/redoc"):
        assert client.get(page).status_code == 404


@pytest.mark.parametrize("path", ["/health", "/me", "/v1/groups", "/v1/xapi/statements"])
def test_an_address_with_a_slash_too_many_is_none(client: TestClient, path: str) -> None:
    answer = client.get(f"{path}/", follow_redirects=False)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == MEDIA_TYPE


def test_what_load_balancers_ask_is_no_operation_of_its_own(document: Document) -> None:
    for path in ("/health", "/ready"):
        assert list(document["paths"][path]) == ["get"]


class Asking:
    """Asks every operation so many generated questions, and counts them."""

    def __init__(self, client: TestClient, bearer: Header, ids: list[str], cases: int) -> None:
        self.client, self.bearer, self.ids = client, bearer, ids
        self.cases = cases
        self.asked = 0

    def all(self, document: Document, *, derandomize: bool) -> int:
        door_of = {
            (route.path_format, method): door
            for route, door in doors(self.client.app)  # type: ignore[arg-type]
            for method in route.methods or ()
        }
        for found in schemathesis.openapi.from_dict(document).get_all_operations():
            operation = found.ok()
            door = door_of.get((operation.path, operation.method.upper()))
            self._operation(operation, door, derandomize)
        return self.asked

    def _operation(self, operation: Any, door: Allowed | None, derandomize: bool) -> None:
        @settings(
            max_examples=self.cases // 4 if _is_slow(operation) else self.cases,
            derandomize=derandomize,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def ask(data: st.DataObject) -> None:
            mode = data.draw(st.sampled_from(list(GenerationMode)))
            case = data.draw(operation.as_strategy(generation_mode=mode))
            _make_real(case, data, self.ids, door)
            kwargs = case.as_transport_kwargs(base_url="http://testserver")
            kwargs["headers"] = {**kwargs["headers"], **_token(case, data, self.bearer, door)}
            del kwargs["cookies"]
            if not isinstance(kwargs.get("data"), dict):
                kwargs["content"] = kwargs.pop("data", None)
            case.validate_response(self.client.request(**kwargs), checks=CHECKS)
            self.asked += 1

        ask()
        print(f"{operation.label}: {self.asked:,} so far", flush=True)


def _is_slow(operation: Any) -> bool:
    """Return whether an answer takes tenths of a second: of those, a quarter is asked."""
    return operation.definition.raw["operationId"] in {
        *("path", "onboarding", "careers", "export", "erase", "groups"),
    }


def _make_real(case: Any, data: st.DataObject, ids: list[str], door: Allowed | None) -> None:
    """Ask about somebody, most of the time: nothing else gets past the door."""
    given = case.path_parameters or {}
    if (
        "employee_id" in given
        and not (door and door.scope is Scope.ERASURE)
        and data.draw(st.integers(0, 3))
    ):
        given["employee_id"] = data.draw(st.sampled_from(ids[:20]))
    if "course_id" in given and data.draw(st.booleans()):
        given["course_id"] = data.draw(st.sampled_from(["C00001", "C00042", "C00099"]))
    if isinstance(case.body, dict) and "course_id" in case.body and data.draw(st.booleans()):
        case.body["course_id"] = data.draw(st.sampled_from(["C00001", "C00042", "C00099"]))


def _token(case: Any, data: st.DataObject, bearer: Header, door: Allowed | None) -> dict[str, str]:
    """Return the token of somebody who may ask, or now and then of somebody who may not."""
    if door is None:
        return {}
    role = data.draw(st.sampled_from(door.roles * 4 + list(Role)))
    own = str((case.path_parameters or {}).get("employee_id", "E000001"))
    return bearer(own if role is Role.EMPLOYEE else "E000001", role)


def test_every_answer_is_as_the_document_says(
    client: TestClient, bearer: Header, ids: list[str], document: Document
) -> None:
    assert Asking(client, bearer, ids, 16).all(document, derandomize=True) > 200


@pytest.mark.torture
def test_twenty_thousand_answers_are_as_the_document_says(
    client: TestClient, bearer: Header, ids: list[str], document: Document
) -> None:
    asked = Asking(client, bearer, ids, 1_300).all(document, derandomize=False)
    assert asked >= 20_000
