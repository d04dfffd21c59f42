"""What is served to browsers, as they are sent it."""

import re
import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hrreco.recommend.codes import EMPTY_CATALOGUE, LeftOut
from hrreco.service import create_app

SCRIPT = "/web/hrreco-suggestions.js"
LMS = "https://lms.example.com"
LANGUAGES = ("en", "fi", "sv")


@pytest.fixture(scope="module")
def embedding(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service of a workspace that lets in the pages of one LMS."""
    other = Path(shutil.copytree(folder, tmp_path_factory.mktemp("embedding") / "acme"))
    with (other / "hrreco.toml").open("a") as settings:
        settings.write(f'\n[web]\nallowed_origins = ["{LMS}"]\n')
    with TestClient(create_app(other)) as client:
        yield client


def test_the_component_is_kept_by_browsers_and_asked_for_anew(client: TestClient) -> None:
    first = client.get(SCRIPT)
    assert first.headers["content-type"] == "text/javascript; charset=utf-8"
    assert first.headers["x-content-type-options"] == "nosniff"
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    tag = first.headers["etag"]
    assert re.fullmatch('"[0-9a-f]{32}"', tag)
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(SCRIPT, headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(SCRIPT, headers={"If-None-Match": '"other"'}).content == first.content
    assert client.head(SCRIPT).headers["etag"] == tag


@pytest.mark.parametrize("page", ["/example", "/me"])
def test_a_page_may_do_nothing_but_what_it_is_for(client: TestClient, page: str) -> None:
    answer = client.get(page)
    policy = dict(
        rule.split(" ", 1) for rule in answer.headers["content-security-policy"].split("; ")
    )
    assert policy.pop("default-src") == "'none'"
    assert policy.pop("base-uri") == policy.pop("form-action") == "'none'"
    assert policy.pop("require-trusted-types-for") == "'script'"
    assert set(policy) == {"script-src", "style-src", "connect-src", "img-src", "frame-ancestors"}
    assert set(policy.values()) == {"'self'"}
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert " style=" not in answer.text
    assert re.findall(r"<script(?! src=)", answer.text) == []


def test_the_lms_may_hold_a_page_in_a_frame(embedding: TestClient) -> None:
    assert (
        embedding.get("/me")
        .headers["content-security-policy"]
        .endswith(f"; frame-ancestors 'self' {LMS}")
    )


@pytest.mark.parametrize("name", ["me.html", "nothing.js", "..%2Fapp.py", "%2e%2e/app.py"])
def test_nothing_else_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/web/{name}").status_code == 404


def asked_by(client: TestClient, origin: str) -> tuple[str | None, str | None]:
    """Return which origin may ask, before and with a question."""
    asks = {
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization",
    }
    before = client.options(
        "/v1/employees/E1/opt-outs/profiling", headers={"Origin": origin, **asks}
    )
    asked = client.get("/health", headers={"Origin": origin})
    allowed = "access-control-allow-origin"
    assert "access-control-allow-credentials" not in {*before.headers, *asked.headers}
    return before.headers.get(allowed), asked.headers.get(allowed)


def test_only_named_origins_may_ask(client: TestClient, embedding: TestClient) -> None:
    assert asked_by(embedding, LMS) == (LMS, LMS)
    for other in ("https://evil.example", "https://lms.example.com.evil.example", "null"):
        assert asked_by(embedding, other) == (None, None)
    assert asked_by(client, LMS) == (None, None)


def texts(name: str) -> dict[str, dict[str, str]]:
    """Return the texts of a script, by language and key; of several forms, all together."""
    text = (resources.files("hrreco.service") / "web" / name).read_text(encoding="utf-8")
    found = {}
    for lang in LANGUAGES:
        (block,) = re.findall(rf"^( *){lang}: \{{\n(.*?)^\1\}},", text, re.M | re.S)
        indent = len(block[0]) + 2
        said = r'(".*?"|\[.*?\]),$'
        rows = re.findall(rf'^ {{{indent}}}"?([\w-]+)"?: {said}', block[1], re.M | re.S)
        found[lang] = dict(rows)
    return found


@pytest.mark.parametrize("name", ["hrreco-suggestions.js", "page.js", "example.js", "me.js"])
def test_every_language_has_every_text(name: str) -> None:
    found = texts(name)
    assert len(found["en"]) >= 8
    for lang in LANGUAGES:
        assert found[lang].keys() == found["en"].keys()
        for key, said in found["en"].items():
            other = found[lang][key]
            assert re.findall(r"\{\w+\}", other) == re.findall(r"\{\w+\}", said)
            assert other.startswith("[") == said.startswith("[")


def test_whatever_is_left_out_is_told_in_words() -> None:
    named = {code.code for code in LeftOut} - {"eligible"} | {EMPTY_CATALOGUE}
    renamed = {"dismissed": "rejected", "wrong_level": "rejected_level"}
    assert {renamed.get(code, code) for code in named} <= texts("hrreco-suggestions.js")[
        "en"
    ].keys()
