"""API keys: made, told of, revoked, and each in the log."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrreco import Workspace
from hrreco.errors import SettingsError
from hrreco.privacy.audit import verify
from hrreco.workspace import (
    add_api_key,
    audit_lines,
    revoke_api_key,
    show_api_keys,
)
from hrreco.workspace.api_keys import PREFIX, find_api_key
from hrreco.workspace.roles import GRANTED, Role, Scope
from tests.workspace.commands import answer, run


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.init(tmp_path / "acme")


def test_a_key_is_found_by_what_was_shown_once(workspace: Workspace) -> None:
    key, secret = add_api_key(workspace, "moodle", "lms", ["events", "feedback"])
    assert secret.startswith(PREFIX)
    assert len(secret) == len(PREFIX) + 43
    assert find_api_key(workspace.store, secret) == key == show_api_keys(workspace)[0]
    assert (key.role, key.scopes) == (Role.LMS, {Scope.EVENTS, Scope.FEEDBACK})
    for other in (secret[:-1], secret + "A", secret.lower(), secret + "\n", "", PREFIX):
        assert find_api_key(workspace.store, other) is None
    revoke_api_key(workspace, "moodle")
    assert find_api_key(workspace.store, secret) is None
    assert show_api_keys(workspace) == []


def test_no_two_keys_are_alike_and_all_scopes_are_the_roles(workspace: Workspace) -> None:
    made = [add_api_key(workspace, f"hr-{number}", "admin") for number in range(5)]
    assert len({secret for _, secret in made}) == 5
    assert {key.scopes for key, _ in made} == {GRANTED[Role.ADMIN]}


def test_each_change_is_a_line_of_the_log_without_the_key(workspace: Workspace) -> None:
    _, secret = add_api_key(workspace, "moodle", "lms")
    revoke_api_key(workspace, "moodle")
    kinds = [line.kind for line in audit_lines(workspace, None, None)]
    assert kinds == ["api_key", "api_key_revoked"]
    assert verify(workspace.audit_log).last == 2
    assert secret.encode() not in (workspace.path / "hrreco.db").read_bytes()


def test_what_cannot_be_said_why(workspace: Workspace) -> None:
    add_api_key(workspace, "moodle", "lms")
    for name, role, scopes, said in (
        ("moodle", "lms", [], "there is an API key 'moodle'; revoke it first"),
        ("", "lms", [], "is no name of a system"),
        ("Matti Meikäläinen", "lms", [], "is no name of a system"),
        ("x", "employee", [], "API keys are for systems: admin or lms"),
        ("x", "lms", ["event"], "no scope 'event'; did you mean 'events'"),
        ("x", "lms", ["erasure"], "no scope 'erasure'; there are events, feedback"),
    ):
        with pytest.raises(SettingsError, match=said):
            add_api_key(workspace, name, role, scopes)
    with pytest.raises(SettingsError, match=r"no API key 'moodel'; did you mean 'moodle'"):
        revoke_api_key(workspace, "moodel")
    assert [one.name for one in show_api_keys(workspace)] == ["moodle"]
    assert len(list(audit_lines(workspace, None, None))) == 1


def test_the_commands(workspace: Workspace) -> None:
    made = answer(
        *("api-keys", "add", "moodle", "--role", "lms", "--scope", "events"),
        workspace=workspace.path,
    )
    secret = made.pop("key")
    assert set(made) == {"name", "role", "scopes", "since"}
    listed = answer("api-keys", "list", workspace=workspace.path)
    assert listed == {"api_keys": [made]}
    assert secret not in json.dumps(listed)
    assert answer("api-keys", "revoke", "moodle", workspace=workspace.path) == {
        "revoked": "moodle"
    }
    refused = run("api-keys", "revoke", "moodle", workspace=workspace.path)
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
