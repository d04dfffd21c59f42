"""Suggestions over HTTP."""

from collections.abc import Callable

from starlette.testclient import TestClient

Header = Callable[[str, str], dict[str, str]]


def test_an_employee_sees_their_own(client: TestClient, bearer: Header, ids: list[str]) -> None:
    asked = f"/v1/employees/{ids[0]}/recommendations?k=3&lang=fi"
    answer = client.get(asked, headers=bearer(ids[0], "employee"))
    assert answer.status_code == 200
    shown = answer.json()
    assert shown["employee_id"] == ids[0]
    assert 0 < len(shown["recommendations"]) <= 3
    assert "score" not in answer.text


def test_nobody_elses(client: TestClient, bearer: Header, ids: list[str]) -> None:
    refused = [
        client.get(f"/v1/employees/{one}/recommendations", headers=bearer(ids[0], "employee"))
        for one in (ids[1], "nobody")
    ]
    assert [one.status_code for one in refused] == [403, 403]
    assert refused[0].content == refused[1].content


def test_an_lms_is_told_of_a_slip(client: TestClient, bearer: Header, ids: list[str]) -> None:
    slip = ids[0].lower()
    answer = client.get(f"/v1/employees/{slip}/recommendations", headers=bearer("lms", "lms"))
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert f"did you mean '{ids[0]}'?" in answer.json()["detail"]


def test_without_a_token_nothing(client: TestClient, ids: list[str]) -> None:
    answer = client.get(f"/v1/employees/{ids[0]}/recommendations")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
