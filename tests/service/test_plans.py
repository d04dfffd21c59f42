"""Plans over HTTP: the very form of the command line."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from hrreco import Advisor, Workspace
from hrreco.service import create_app
from hrreco.workspace import export_person

Header = Callable[[str, str], dict[str, str]]


@pytest.fixture(scope="module")
def advisor(folder: Path) -> Iterator[Advisor]:
    """Answers as the command line does."""
    workspace = Workspace.open(folder)
    yield workspace.advisor()
    workspace.flush()
    workspace.store.close()


def _same(shown: dict[str, Any], told: Any) -> bool:
    given = told.to_json()
    decision = shown.pop("decision_id")
    return len(decision) == len(given.pop("decision_id")) and shown == given


def test_they_are_those_of_the_command_line(
    client: TestClient, bearer: Header, ids: list[str], advisor: Advisor
) -> None:
    me, header = ids[0], bearer(ids[0], "employee")

    def asked(what: str, **query: Any) -> dict[str, Any]:
        answer = client.get(f"/v1/employees/{me}/{what}", params=query, headers=header)
        assert answer.status_code == 200, answer.text
        assert "score" not in answer.text
        shown: dict[str, Any] = answer.json()
        return shown

    assert _same(asked("gap"), advisor.gap(me))
    assert _same(asked("careers", lang="fi"), advisor.careers(me, lang="fi"))
    assert _same(asked("onboarding", lang="sv"), advisor.onboarding(me, lang="sv"))
    assert _same(asked("why-not/C00001", k=3), advisor.why_not(me, "C00001", 3))
    role = next(iter(advisor.careers(me).within_reach)).role
    wishes = {"target_role": role, "hours_per_month": 6, "months": 3, "start": "2027-02-01"}
    path = asked("path", **wishes, lang="fi")
    assert path["target_role"] == role
    assert _same(path, advisor.path(me, **wishes, lang="fi"))  # type: ignore[arg-type]


def test_what_was_planned_is_in_the_log(folder: Path, bearer: Header, ids: list[str]) -> None:
    me = ids[2]
    with TestClient(create_app(folder)) as other:
        other.get(f"/v1/employees/{me}/careers", headers=bearer(me, "employee"))
    workspace = Workspace.open(folder)
    (line,) = export_person(workspace, me).held.log
    workspace.store.close()
    assert line["about"]["call"] == "careers"


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("path?target_role=nobody%20does%20this", 404, "nobody does this"),
        ("path?months=61", 422, "months"),
        ("path?hours_per_month=nan", 422, "hours_per_month"),
        ("path?hours_per_month=inf", 422, "hours_per_month"),
        ("path?start=9999-12-31", 422, "9999"),
        ("path?start=someday", 422, "start"),
        ("gap?target_role=%00", 404, "unknown role"),
        ("why-not/nothing", 404, "unknown course"),
        ("careers?lang=xx", 422, "lang"),
    ],
)
def test_what_cannot_be_planned_is_said(
    client: TestClient, bearer: Header, ids: list[str], asked: str, status: int, words: str
) -> None:
    answer = client.get(f"/v1/employees/{ids[0]}/{asked}", headers=bearer(ids[0], "employee"))
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
