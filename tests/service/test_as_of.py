"""A service that answers as of a day: `hrreco serve --as-of DATE`."""

from collections.abc import Callable
from pathlib import Path

from starlette.testclient import TestClient

from hrreco.service import create_app
from tests.conftest import AS_OF

Header = Callable[[str, str], dict[str, str]]


def test_it_answers_as_of_that_day_and_what_is_said_is_said_on_it(
    folder: Path, bearer: Header, ids: list[str]
) -> None:
    with TestClient(create_app(folder, as_of=AS_OF)) as client:
        mine, headers = f"/v1/employees/{ids[3]}", bearer(ids[3], "employee")

        def suggested() -> list[str]:
            answer = client.get(f"{mine}/recommendations?k=20", headers=headers).json()
            assert answer["as_of"] == str(AS_OF)
            return [
                one["course_id"] for one in answer["recommendations"] if one["kind"] == "elective"
            ]

        first = suggested()[0]
        said = {"course_id": first, "kind": "dismissed"}
        assert client.post(f"{mine}/feedback", headers=headers, json=said).status_code == 200
        assert first not in suggested()
        known = client.get(f"{mine}/profile", headers=headers).json()
        last = known["history"][0]
        assert (last["course_id"], last["kind"], last["on"]) == (first, "dismissed", str(AS_OF))
