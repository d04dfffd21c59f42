"""Whoever can be handed in can be served, can refuse, and can be erased, whatever their id."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

Header = Callable[[str, str], dict[str, str]]


@pytest.mark.parametrize("odd", ["a/b", "x/recommendations", "ä?b#c", "/", "-1"])
def test_an_id_may_hold_anything(client: TestClient, bearer: Header, odd: str) -> None:
    whom = f"/v1/employees/{quote(odd, safe='')}"
    oneself, admin = bearer(odd, "employee"), bearer("hr", "admin")
    put = client.put(whom, json={"role": "Nurse"}, headers=admin)
    assert (put.status_code, put.json()["stored"]) == (200, 1)
    answer = client.get(f"{whom}/recommendations", headers=oneself)
    assert answer.json()["employee_id"] == odd
    assert client.get(f"{whom}/why-not/C00001", headers=oneself).json()["employee_id"] == odd
    assert client.put(f"{whom}/opt-outs/profiling", headers=oneself).is_success
    assert client.get(f"{whom}/recommendations", headers=bearer("a", "employee")).is_error
    assert client.get(f"{whom}/export", headers=oneself).json()["employee_id"] == odd
    assert client.delete(whom, headers=admin).is_success
    assert client.get(f"{whom}/recommendations", headers=oneself).status_code == 404
