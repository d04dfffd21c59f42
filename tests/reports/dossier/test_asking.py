"""Whom the service believes, and who may ask for what: as it is in force, in every language."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from hrreco import Workspace
from hrreco.reports.dossier import facts_of, papers_of
from hrreco.reports.dossier.asking import Asking, System, asking_of
from hrreco.settings import LANGUAGES, Language
from hrreco.workspace import add_api_key, revoke_api_key
from hrreco.workspace.roles import GRANTED, OF_SYSTEMS, Role
from tests.conftest import AS_OF
from tests.reports.dossier.conftest import (
    DPIA,
    RECORD,
    SHEET,
    codes,
    numbers,
    papers,
    with_settings,
)

OIDC = """
[auth]
mode = "oidc"
[auth.oidc]
issuer = "https://login.example.com/realms/acme"
audience = "hrreco-acme"
jwks = "https://clerk:letmein@login.example.com:8443/certs?api_key=letmein"
algorithms = ["ES384", "EdDSA"]
employee_claim = "employee_number"
role_claim = "hrreco_job"
leeway_seconds = 17
[limits]
requests_per_minute = 61
requests_per_minute_of_systems = 6_100
request_bytes = 5_000_001
timeout_seconds = 7.5
[web]
allowed_origins = ["https://lms.example.com", "http://old-lms.example.com"]
"""
MODES = {"keys": "", "local": "[auth]\nmode = 'local'\n", "oidc": OIDC}
OPEN = {"en": "**Open point:**", "fi": "**Avoin kohta:**", "sv": "**Öppen punkt:**"}


def section(record: str) -> str:
    """Return the section of a record that says who may ask for what."""
    (found,) = [s for s in re.split("^## ", record, flags=re.MULTILINE) if "`hrreco serve`" in s]
    return found


def row(text: str, first: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.startswith(f"| `{first}` |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def asked(workspace: Workspace, toml: str) -> Asking:
    return asking_of(with_settings(workspace, toml))


def test_roles_are_believed_by_what_the_mode_lets_them_show(ingested: Workspace) -> None:
    for mode, toml in MODES.items():
        found = asked(ingested, toml)
        assert found.mode == mode
        assert {one.role: set(one.scopes) for one in found.roles} == GRANTED
        shown = {one.role: one.proven_by for one in found.roles}
        token = () if mode == "keys" else ("token",)
        assert shown == {role: ("key",) * (role in OF_SYSTEMS) + token for role in Role}
    about = {one.role: one.about for one in found.roles}
    assert about == {
        "employee": "oneself",
        "manager": "unit",
        "lms": "everybody",
        "admin": "everybody",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_says_what_each_role_may_ask_for(
    ingested: Workspace, language: Language
) -> None:
    workspace = with_settings(ingested, "min_people = 7\n")
    text = section(papers(workspace, language)[RECORD])
    for role, scopes in GRANTED.items():
        assert codes(row(text, role)[2]) == sorted(f"`{scope}`" for scope in scopes)
    assert row(text, "employee")[1] != row(text, "manager")[1] != row(text, "lms")[1]
    assert re.search(r"\b7\b", text)


def test_what_follows_is_said_in_plain_words(ingested: Workspace) -> None:
    text = section(papers(ingested)[RECORD])
    for said in (
        "An employee sees only themself",
        "A manager sees only figures of their own department and team, each about at least 5",
        "Scores are in no answer",
        "The service's own log names nobody",
        "only a hash (SHA-256) is kept",
        "No pages but the service's own may ask from a browser.",
        "No system has an API key.",
    ):
        assert said in text
    sheet = papers(ingested)[SHEET]
    assert "neither colleagues nor your manager can ask it about you" in sheet
    assert "No system has an API key." in sheet
    assert "under a pseudonym, for 400 days" in sheet


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mode_for_trying_out_is_an_open_point(ingested: Workspace, language: Language) -> None:
    for mode, toml in MODES.items():
        found = papers(with_settings(ingested, toml.partition("[web]")[0]), language)
        for text in (section(found[RECORD]), found[DPIA]):
            assert f"`{mode}`" in text
            assert (OPEN[language] in text) == (mode == "local"), mode


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_issuer_the_limits_and_the_pages_are_told_without_secrets(
    ingested: Workspace, language: Language
) -> None:
    text = section(papers(with_settings(ingested, OIDC), language)[RECORD])
    for said in (
        *("https://login.example.com/realms/acme", "https://login.example.com:8443/certs"),
        *("hrreco-acme", "ES384", "EdDSA", "employee_number", "hrreco_job"),
        *("https://lms.example.com", "http://old-lms.example.com"),
    ):
        assert f"`{said}`" in text
    assert {"17", "61", "6100", "5000001"} <= set(numbers(text, language))
    assert re.search(r"\b7[.,]5 s\b", text)
    (unencrypted,) = [line for line in text.splitlines() if OPEN[language] in line]
    assert codes(unencrypted) == ["`http://old-lms.example.com`"]
    assert "letmein" not in text and "clerk" not in text


def test_keys_of_an_issuer_in_a_file_that_is_not_there_are_an_open_point(
    ingested: Workspace,
) -> None:
    file = ingested.path / "issuer-keys.json"
    toml = re.sub(r'jwks = ".*"', f"jwks = '{file}'", OIDC)
    said = "the file `issuer-keys.json` with the issuer's public keys is not there"
    workspace = with_settings(ingested, toml)
    text = papers(workspace)[RECORD]
    assert f"**Open point:** {said}" in text
    assert str(ingested.path) not in text
    file.write_text("{}", encoding="utf-8")
    text = papers(workspace)[RECORD]
    assert said not in text
    assert "public keys come from the file `issuer-keys.json`" in text


def test_systems_with_a_key_are_named_and_no_key_is(ingested: Workspace) -> None:
    secrets = [
        add_api_key(ingested, name, role, scopes)[1]
        for name, role, scopes in (
            ("moodle-4", "lms", ["suggestions", "feedback"]),
            ("prometheus", "admin", ["metrics"]),
            ("old-lms", "lms", []),
        )
    ]
    revoke_api_key(ingested, "old-lms")
    facts = facts_of(ingested, as_of=AS_OF)
    moodle, prometheus = facts.asking.systems
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", moodle.since)
    assert moodle == System("moodle-4", "lms", ("suggestions", "feedback"), moodle.since)
    assert prometheus.scopes == ("metrics",)
    for language in LANGUAGES:
        found = {name.partition(".")[0]: t for name, t in papers_of(facts, language).texts.items()}
        role, scopes, since = row(section(found[RECORD]), "moodle-4")[1:]
        assert (role, scopes) == ("`lms`", "`suggestions`, `feedback`")
        assert moodle.since[:4] in since
        assert "`moodle-4`, `prometheus`" in found[SHEET]
        assert "`opt-outs`" in found[RECORD].rpartition("## ")[2]
        everything = "".join(found.values()) + json.dumps(facts.to_json())
        assert "old-lms" not in everything
        assert not any(secret in everything for secret in secrets)


def test_a_key_is_dated_by_the_days_of_the_company(
    ingested: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    class AtNight(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime(2026, 3, 30, 22, 30, tzinfo=UTC)

    monkeypatch.setattr("hrreco.workspace.api_keys.datetime", AtNight)
    add_api_key(ingested, "moodle", "lms")
    (moodle,) = asking_of(ingested).systems
    assert moodle.since == "2026-03-31"


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("mode", MODES)
def test_every_language_has_the_same_facts(
    ingested: Workspace, mode: str, language: Language
) -> None:
    add_api_key(ingested, "moodle-4", "lms")
    workspace = with_settings(ingested, MODES[mode])
    english, other = papers(workspace), papers(workspace, language)
    for name in (RECORD, DPIA, SHEET):
        assert numbers(other[name], language) == numbers(english[name]), name
        assert codes(other[name]) == codes(english[name]), name


def test_the_facts_are_plain_json(ingested: Workspace) -> None:
    add_api_key(ingested, "moodle", "lms", ["events"])
    told = facts_of(with_settings(ingested, OIDC), as_of=AS_OF).to_json()["asking"]
    assert json.loads(json.dumps(told))["systems"][0]["scopes"] == ["events"]
    assert told["limits"]["request_bytes"] == 5_000_001
    assert told["issuer"]["keys_from"] == "https://login.example.com:8443/certs"
