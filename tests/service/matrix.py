"""Who may ask what of whom: every route, as every caller, of every kind of id.

The table says what each route takes. A route that is not in it fails the test: whoever adds one
says here who may call it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from hrreco import Workspace
from hrreco.workspace import add_api_key
from hrreco.workspace.tokens import LocalTokens

ANYBODY = ""
MAY = {
    "employee": {"suggestions", "feedback", "opt-outs", "export"},
    "manager": {"reports"},
    "lms": {"suggestions", "feedback", "opt-outs", "events"},
    "admin": {"catalogue", "reports", "export", "erasure", "metrics"},
}
"""What each role may ask for, said here once more: a change of it must be meant."""

_OF = "/v1/employees/{employee_id}"
ROUTES = {
    f"GET {_OF}/recommendations": "suggestions",
    f"GET {_OF}/why-not/{{course_id}}": "suggestions",
    f"GET {_OF}/gap": "suggestions",
    f"GET {_OF}/path": "suggestions",
    f"GET {_OF}/onboarding": "suggestions",
    f"GET {_OF}/careers": "suggestions",
    f"POST {_OF}/feedback": "feedback",
    f"GET {_OF}/opt-outs": "opt-outs",
    f"PUT {_OF}/opt-outs/{{purpose}}": "opt-outs",
    f"DELETE {_OF}/opt-outs/{{purpose}}": "opt-outs",
    f"GET {_OF}/profile": "export",
    f"GET {_OF}/export": "export",
    f"DELETE {_OF}": "erasure",
    f"PUT {_OF}": "catalogue",
    "POST /v1/employees": "catalogue",
    "POST /v1/courses": "catalogue",
    "PUT /v1/courses/{course_id}": "catalogue",
    "POST /v1/events": "events",
    "POST /v1/xapi/statements": "events",
    "PUT /v1/xapi/statements": "events",
    "GET /v1/groups": "reports",
    "GET /metrics": "metrics",
    "GET /v1/xapi/statements": ANYBODY,  # which says that there are none
    "GET /v1/xapi/about": ANYBODY,
    "GET /health": ANYBODY,
    "GET /ready": ANYBODY,
    "GET /openapi.json": ANYBODY,
    "GET /example": ANYBODY,
    "GET /me": ANYBODY,
    "GET /web/{name}": ANYBODY,
}
"""The scope that each route takes."""

THEMSELVES_ALONE = {f"GET {_OF}/careers", f"GET {_OF}/profile"}
"""Routes that take an employee's own token."""

_A_FEW = {"lms-events", "admin-metrics", "lms-events of another tenant"}
"""Systems of one scope that stand for the others where few are asked."""

_ERASES = f"DELETE {_OF}"
_ID = re.compile(r"E\d{6}")
_MANAGER = re.compile(r'"manager_id":"E\d{6}"')
_HEADERS = {"X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
_ODD = (
    *("-1", "4294967296", "18446744073709551616", "0", "1e9", "NaN", "null", "*", "%", "%25"),
    *("E000001 ", " E000001", "e000001", "E000001\n", "E000001\0", "\0", "E000001;", "E000001,"),
    *("'", "' OR '1'='1", '"', "\\", "{employee_id}", "__proto__", "<script>", "${7*7}", "~"),
    *("..", "../E000001", "E000001/../E000001", "./", "//", "E000001?k=1", "E000001#", "%2e%2e"),
    *("ä", "\u0045\u0301", "Е000001", "１", "\u202e", "\ufeff", "\U0001f600", "a" * 1_001),
)


def served(app: FastAPI) -> set[str]:
    """Return all routes of an application."""
    return {
        f"{method} {route.path_format}"
        for route in iter_route_contexts(app.routes)
        for method in (route.methods or set()) - {"HEAD"}
    }


@dataclass(frozen=True)
class Caller:
    """Somebody who asks."""

    name: str
    headers: Mapping[str, str]
    role: str | None = None
    scopes: frozenset[str] = frozenset()
    subject: str | None = None


@dataclass
class Found:
    """What was asked, and what should not have been answered."""

    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    refusals: defaultdict[tuple[int, str], set[bytes]] = field(
        default_factory=lambda: defaultdict(set)
    )


def callers(folder: Path, other: Path, own: str) -> list[Caller]:
    """Return somebody in each role, each system with one scope, their like elsewhere, nobody."""
    found = [Caller("nobody", {})]
    for path, is_here in ((folder, True), (other, False)):
        workspace = Workspace.init(path)
        for name, (role, scopes) in _kinds():
            subject = own if role in ("employee", "manager") else name
            token = (
                LocalTokens(workspace).sign(subject, role, valid_for=timedelta(hours=1))
                if scopes is None
                else add_api_key(workspace, name, role, scopes)[1]
            )
            headers = {"Authorization": f"Bearer {token}"}
            granted = frozenset(MAY[role] if scopes is None else scopes)
            found.append(
                Caller(name, headers, role, granted, subject)
                if is_here
                else Caller(f"{name} of another tenant", headers)
            )
        workspace.store.close()
    return found


def _kinds() -> Iterator[tuple[str, tuple[str, list[str] | None]]]:
    for role, scopes in MAY.items():
        yield role, (role, None)
        if role in ("lms", "admin"):
            yield from ((f"{role}-{one}", (role, [one])) for one in sorted(scopes))


def ask_all(client: TestClient, everybody: list[Caller], known: list[str], *, few: bool) -> Found:
    """Ask everything as everybody, of everybody and of nobody."""
    found = Found()
    ids = [*known, "E999999", *(_ODD[:2] if few else _ODD)]
    asked = [one for one in everybody if not few or "-" not in one.name or one.name in _A_FEW]
    for caller, route in product(asked, sorted(served(client.app))):  # type: ignore[arg-type]
        for employee_id in ids if "{employee_id}" in route else ids[:1]:
            if route == _ERASES and "erasure" in caller.scopes and employee_id in known:
                continue  # who is erased is not there to be asked about
            found.asked += 1
            answer = _asked(client, caller, route, employee_id)
            if wrong := _wrong(found, caller, route, employee_id, answer):
                found.wrong.append(f"{caller.name}: {route} of {employee_id!r}: {wrong}")
    for kind, bodies in found.refusals.items():
        if len(bodies) != 1:
            found.wrong.append(f"{kind}: refused in {len(bodies)} ways")
    return found


def _asked(client: TestClient, caller: Caller, route: str, employee_id: str) -> httpx2.Response:
    method, _, template = route.partition(" ")
    filled: dict[str, Any] = {
        "employee_id": quote(employee_id, safe=""),
        "course_id": "C00001",
        "purpose": "profiling",
        "name": "hrreco-suggestions.js",
    }
    path = re.sub(r"\{([^}]+)\}", lambda match: filled[match[1]], template)
    content = b"{}" if method in ("POST", "PUT") else None
    headers = {**_HEADERS, **caller.headers}
    return client.request(method, path, headers=headers, content=content)


def _wrong(
    found: Found, caller: Caller, route: str, employee_id: str, answer: httpx2.Response
) -> str | None:
    """Return what is wrong with an answer, if anything is."""
    expected = _expected(caller, route, employee_id)
    if answer.status_code >= 500:
        return f"fails: {answer.status_code}"
    if employee_id == ".." and answer.status_code in (404, 405):
        return None  # which clients take as a step up
    if expected is None:
        if answer.status_code in (401, 403):
            return f"refused with {answer.status_code}, though it may"
    elif answer.status_code != expected:
        return f"answered {answer.status_code}, not {expected}"
    else:
        kind = f"{ROUTES[route]} {route in THEMSELVES_ALONE}" if expected == 403 else ""
        found.refusals[expected, kind].add(answer.content)
    if caller.role in (None, "employee", "manager"):
        text = _MANAGER.sub("", answer.text)  # whom their own row names
        told = set(_ID.findall(text)) - {caller.subject}
        if told and route != "GET /openapi.json":
            return f"tells of {sorted(told)}"
    return None


def _expected(caller: Caller, route: str, employee_id: str) -> int | None:
    """Return the status of a refusal; None where there is none."""
    scope = ROUTES[route]
    if scope == ANYBODY:
        return None
    if caller.role is None:
        return 401
    if scope not in caller.scopes or (route in THEMSELVES_ALONE and caller.role != "employee"):
        return 403
    of_another = "{employee_id}" in route and employee_id != caller.subject
    return 403 if caller.role == "employee" and of_another else None
