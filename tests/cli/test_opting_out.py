"""Commands about a person who opted out answer as where only the rules apply, all the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import typer
from sqlalchemy import Engine, event
from typer.testing import CliRunner

from hrreco import Advisor, Workspace
from hrreco.cli._app import app
from tests.advisor.test_opting_out import CALLS, COURSE, only_rules, with_nothing_declared
from tests.conftest import AS_OF

COMMANDS: dict[str, tuple[str, ...]] = {
    "recommend": ("recommend", "ME", "-k", "8"),
    "why_not": ("why-not", "ME", COURSE),
    "gap": ("skills", "gap", "ME"),
    "path": ("path", "ME", "--months", "3"),
    "onboarding": ("onboard", "ME"),
    "careers": ("careers", "ME"),
}
"""The same as commands."""

NO_QUESTIONS = {"opt-out", "opt-in", "export", "correct", "forget", "oversight override"}
"""Commands about a person that suggest nothing."""


@contextmanager
def statements() -> Iterator[list[str]]:
    """Note all that any database is asked and told."""
    said: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("call", CALLS)
def test_the_database_is_asked_and_told_the_same(
    call: str, trained: Workspace, learner_id: str
) -> None:
    advisor, ask = trained.advisor(), CALLS[call]
    ask(advisor, learner_id)  # what is prepared once is prepared now
    trained.flush()
    with statements() as before:
        ask(advisor, learner_id)
        trained.flush()
    advisor.opt_out(learner_id)
    with statements() as after:
        ask(advisor, learner_id)
        trained.flush()
    assert after == before
    assert before


def run(workspace: Workspace, *args: str) -> Any:
    common = ["--as-of", str(AS_OF), "--workspace", str(workspace.path)]
    return CliRunner().invoke(app, [*args, *common])


@pytest.mark.parametrize("call", CALLS)
def test_a_command_answers_in_the_form_of_a_company_with_no_model(
    call: str, trained: Workspace, learner_id: str
) -> None:
    command = [learner_id if word == "ME" else word for word in COMMANDS[call]]
    before = run(trained, *command)
    trained.advisor().opt_out(learner_id)
    champion = trained.champion()
    assert champion is not None
    nobody_knows = Advisor(only_rules(champion), with_nothing_declared(trained.data()))
    asked = run(trained, *command, "--json")
    answer = json.loads(asked.stdout)
    assert {**answer, "decision_id": None} == json.loads(
        json.dumps(CALLS[call](nobody_knows, learner_id).to_json())
    )
    shown = run(trained, *command)
    assert (shown.exit_code, asked.exit_code, shown.stderr, asked.stderr) == (0, 0, "", "")
    assert before.exit_code == 0
    for word in ("opted", "opt-out", "profil", "personal"):
        assert word not in shown.stdout.lower()


def test_these_are_all_commands_about_a_person() -> None:
    def about_a_person(command: Any, name: str) -> Iterator[str]:
        for below, one in getattr(command, "commands", {}).items():
            yield from about_a_person(one, f"{name} {below}".strip())
        if any(one.metavar == "EMPLOYEE" for one in command.params):
            yield name

    asking = {" ".join(words[: words.index("ME")]) for words in COMMANDS.values()}
    assert set(about_a_person(typer.main.get_command(app), "")) == asking | NO_QUESTIONS
