"""An answer is given again, the very same, from nothing but what was kept of it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from hrreco import Workspace
from hrreco.advisor import Advisor, Answered, Prepared
from hrreco.errors import AuditError, BundleError, UnknownIdError, WorkspaceError
from hrreco.privacy.audit import Kind, verify
from hrreco.recommend import Answer
from hrreco.store.chain import Payload, of_kind
from hrreco.store.trust_tables import audit_payloads, snapshots
from hrreco.tracking import MlflowStore
from hrreco.workspace import recommend_all, replay
from tests.conftest import AS_OF
from tests.workspace.conftest import QUICK

CALLS: dict[str, Callable[[Advisor, str], Any]] = {
    "recommend": lambda advisor, one: advisor.recommend(one, 4, lang="fi", as_of=AS_OF),
    "why_not": lambda advisor, one: advisor.why_not(one, "C00003", as_of=AS_OF),
    "path": lambda advisor, one: advisor.path(one, months=4, start="2026-02-01", as_of=AS_OF),
    "onboarding": lambda advisor, one: advisor.onboarding(one, as_of=AS_OF, seed=3),
    "careers": lambda advisor, one: advisor.careers(one, lang="sv", as_of=AS_OF),
    "gap": lambda advisor, one: advisor.gap(one, as_of=AS_OF),
}


def people(workspace: Workspace, how_many: int) -> list[str]:
    return list(workspace.data().employees["employee_id"][:how_many])


def kept(workspace: Workspace) -> list[Payload]:
    workspace.flush()
    with workspace.store.reading() as connection:
        return [payload for _, payload in of_kind(connection, Kind.ANSWER)]


def asked(workspace: Workspace, employee_id: str) -> str:
    """Ask for suggestions, and return the id of the answer."""
    answer = workspace.advisor().recommend(employee_id, as_of=AS_OF)
    workspace.flush()
    assert answer.decision_id
    return answer.decision_id


@pytest.mark.parametrize("call", CALLS)
def test_every_answer_is_given_again(trained: Workspace, call: str) -> None:
    advisor = trained.advisor()
    ids = people(trained, 6)
    trained.opt_outs.opt_out(ids[0])
    told = [CALLS[call](advisor, employee_id) for employee_id in ids]
    trained.flush()
    for answer in told:
        again = replay(trained, answer.decision_id)
        assert again.same, again.difference
        assert again.call == call
        assert again.version == 1
        shown = {k: v for k, v in answer.to_json().items() if k in again.answer}
        assert shown == {k: v for k, v in again.answer.items() if k != "scores"}
    assert verify(trained.audit_log).last >= len(ids)


def test_it_is_the_same_whatever_has_changed_since(
    trained: Workspace, learner_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = trained.advisor().recommend(learner_id, as_of=AS_OF)
    trained.flush()
    shown = before[0].course_id
    trained.opt_outs.opt_out(learner_id)
    (tmp_path / "events.csv").write_text(
        f"employee_id,course_id,kind,occurred_at\n{learner_id},{shown},completed,2026-03-01\n"
    )
    (tmp_path / "courses.csv").write_text(f"course_id,title,active\n{shown},Another name,false\n")
    trained.ingest(tmp_path, as_of=AS_OF)
    trained.train(QUICK, as_of=AS_OF)
    monkeypatch.setenv("HRRECO_ELIGIBILITY__DISMISSED_DAYS", "0")
    monkeypatch.setenv("HRRECO_TIMEZONE", "Asia/Tokyo")
    reopened = Workspace.open(trained.path)
    assert reopened.advisor().recommend(learner_id, as_of=AS_OF) != before
    again = replay(reopened, str(before.decision_id))
    assert again.same, again.difference
    assert again.answer["recommendations"][0]["title"] == before[0].title


def test_what_people_had_decided_is_part_of_the_answer(
    trained: Workspace, learner_id: str
) -> None:
    advisor, overseer = trained.advisor(), trained.overseer
    by = {"by": "A person", "reason": "a reason"}
    first, second = [i for i in advisor.recommend(learner_id, as_of=AS_OF) if i.score][:2]
    instead = next(
        course_id
        for course_id in reversed(trained.data().courses["course_id"].to_list())
        if advisor.why_not(learner_id, course_id, as_of=AS_OF).code == "below_cut"
    )
    overseer.suppress(first.course_id, **by)
    overseer.override(learner_id, second.course_id, instead=instead, **by)
    decided = advisor.recommend(learner_id, as_of=AS_OF)
    overseer.pause(**by)
    paused = advisor.recommend(learner_id, as_of=AS_OF)
    trained.flush()
    for decision in overseer.decisions():
        overseer.lift(decision.number, by="A person")
    assert instead in [item.course_id for item in decided]
    assert {first.course_id, second.course_id}.isdisjoint(item.course_id for item in decided)
    assert paused != decided
    for answer in (decided, paused):
        again = replay(trained, str(answer.decision_id))
        assert again.same, again.difference
        assert "A person" not in json.dumps(again.to_json())


def test_an_answer_is_not_made_from_less_when_rows_are_kept_for_less(
    trained: Workspace, learner_id: str
) -> None:
    number = asked(trained, learner_id)
    settings = trained.path / "hrreco.toml"
    column = "[necessity.events.occurred_at]\npurpose = 'history'\nkeep_days = 30\n"
    settings.write_text(f"{settings.read_text()}{column}")
    later = Workspace.open(trained.path)
    assert later.settings.kept["events"].row == 30
    again = replay(later, number)
    assert again.same, again.difference


def test_another_answer_is_seen_and_told_where(trained: Workspace, learner_id: str) -> None:
    class Lying:
        def ready(self, _: Prepared) -> None:
            raise AssertionError("an advisor that is asked at once is not made ready")

        def record(self, answered: Answered) -> str:
            told = answered.told
            assert isinstance(told, Answer)
            first, *rest = told.items
            lied = replace(told, items=(first._replace(title="Another"), *rest))
            assert trained.answers is not None
            return trained.answers.record(replace(answered, told=lied))

    honest = trained.advisor()
    liar = Advisor(honest._model, honest._data, trained.opt_outs, log=Lying())
    answer = liar.recommend(learner_id, as_of=AS_OF)
    trained.flush()
    found = replay(trained, str(answer.decision_id))
    assert not found.same
    assert found.difference is not None
    assert found.difference.startswith('answer.recommendations[0].title was "Another" and is "')


def test_everybody_of_a_table_has_a_line_that_gives_their_rows_again(
    trained: Workspace, tmp_path: Path
) -> None:
    trained.opt_outs.opt_out(people(trained, 1)[0])
    written = recommend_all(trained, tmp_path / "all.parquet", k=6, as_of=AS_OF)
    lines = kept(trained)
    assert len(lines) == written.employees
    assert len({payload.pseudonym for payload in lines}) == written.employees
    rows = sum(len(json.loads(payload.payload)["answer"]["rows"]) for payload in lines)
    assert rows == written.rows
    for payload in lines[::40]:
        again = replay(trained, payload.salt[:10].hex())
        assert again.same, again.difference


def test_a_line_names_nobody_and_has_one_form_whoever_opted_out(trained: Workspace) -> None:
    data, advisor = trained.data(), trained.advisor()
    ids = people(trained, 12)
    for employee_id in ids[:6]:
        trained.opt_outs.opt_out(employee_id)
    for employee_id in ids:
        for call in CALLS.values():
            call(advisor, employee_id)
    told = [json.loads(payload.payload) for payload in kept(trained)]
    assert len({(*one, *one["inputs"], one["call"], *one["answer"]) for one in told}) == len(CALLS)
    assert {one["personal"] for one in told} == {True, False}
    everybody = data.employees["employee_id"].to_list()
    for one in told:
        text = json.dumps(one)
        assert not [employee_id for employee_id in everybody if employee_id in text]


def test_ids_tell_nothing_of_what_happened_between(trained: Workspace) -> None:
    first, second = people(trained, 2)
    ids = [asked(trained, first)]
    trained.opt_outs.opt_out(second)
    ids.append(asked(trained, first))
    assert len({*ids}) == 2
    assert all(len(one) == 20 for one in ids)
    with trained.store.reading() as connection:
        seqs = {str(line.seq) for line, _ in of_kind(connection, Kind.ANSWER)}
    assert seqs.isdisjoint(ids)


@pytest.mark.parametrize("wrong", ["", "abc", "zz" * 10, "00" * 10, "00" * 32, "1"])
def test_an_answer_that_is_not_kept_is_one_line(trained: Workspace, wrong: str) -> None:
    asked(trained, people(trained, 1)[0])
    with pytest.raises(UnknownIdError, match=r"no answer .* is kept here|is no id of an answer"):
        replay(trained, wrong)


def test_the_line_of_an_opt_out_is_no_answer(trained: Workspace) -> None:
    trained.opt_outs.opt_out(people(trained, 1)[0])
    with trained.store.reading() as connection:
        ((_, payload),) = of_kind(connection, "opt_out")
    with pytest.raises(UnknownIdError):
        replay(trained, payload.salt[:10].hex())


def test_what_is_missing_is_named(trained: Workspace) -> None:
    number = asked(trained, people(trained, 1)[0])
    bundle = trained.bundles / str(trained.champion_id())
    bundle.rename(trained.path / "elsewhere")
    with pytest.raises(BundleError, match=f"answer {number} .* the model .* is no longer kept"):
        replay(trained, number)
    shutil.move(trained.path / "elsewhere", bundle)
    with trained.store.writing() as connection:
        connection.execute(delete(snapshots))
    with pytest.raises(WorkspaceError, match="the catalogue of then is no longer kept"):
        replay(trained, number)


def test_what_was_changed_is_not_believed(trained: Workspace) -> None:
    number = asked(trained, people(trained, 1)[0])
    with trained.store.writing() as connection:
        connection.execute(update(snapshots).values(content=b"\x78\x9c\x03\x00\x00\x00\x00\x01"))
    with pytest.raises(AuditError, match=r"snapshot .* was changed"):
        replay(trained, number)
    with trained.store.writing() as connection:
        connection.execute(update(audit_payloads).values(content=b"{}"))
    with pytest.raises(AuditError, match=r"what line \d+ is about was changed"):
        replay(trained, number)


def test_before_the_first_training_the_rules_are_kept_that_answered(ingested: Workspace) -> None:
    first, second = people(ingested, 2)
    ids = [asked(ingested, first), asked(ingested, second)]
    assert ingested.champion_id() is None
    assert len([*ingested.bundles.iterdir()]) == 1
    for number in ids:
        again = replay(ingested, number)
        assert again.same, again.difference
        assert again.version is None
    assert not [*ingested.path.glob(".training-*")]


def test_an_answer_that_cannot_be_kept_is_not_given(
    trained: Workspace, learner_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    advisor = trained.advisor()
    asked(trained, learner_id)
    key = trained.path / "audit.key"
    key.rename(trained.path / "away")
    advisor.recommend(learner_id, as_of=AS_OF)
    with pytest.raises(WorkspaceError, match=r"none is given: .*audit.key"):
        trained.flush()
    with pytest.raises(WorkspaceError, match=r"none is given: .*audit.key"):
        advisor.recommend(learner_id, as_of=AS_OF)
    (trained.path / "away").rename(key)
    advisor.recommend(learner_id, as_of=AS_OF)
    assert len(kept(trained)) == 3
    verify(trained.audit_log)


def test_what_an_answer_was_made_with_cannot_be_told(
    trained: Workspace, learner_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> int:
        raise sqlite3.OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(MlflowStore, "number_of", locked)
        with pytest.raises(WorkspaceError, match="none is given: database is locked"):
            trained.advisor().recommend(learner_id, as_of=AS_OF)
    assert asked(trained, learner_id)


def test_an_answer_to_somebody_who_was_erased_meanwhile_is_not_written(trained: Workspace) -> None:
    from hrreco.privacy.erasure import erase

    gone, stays = people(trained, 2)
    advisor = trained.advisor()
    asked(trained, gone)
    waiting = trained.answers
    assert waiting is not None
    with waiting._writer._changed:  # nothing is written meanwhile
        advisor.recommend(gone, as_of=AS_OF)
        advisor.recommend(stays, as_of=AS_OF)
        erase(trained.audit_log, gone)
    (payload,) = kept(trained)
    with trained.store.writing() as connection:
        assert payload.pseudonym == trained.store.pseudonyms.of(connection, stays)
    found = verify(trained.audit_log)
    assert found.last - found.readable == 1  # the answer from before the erasure


def test_a_workspace_in_memory_has_no_log(trained: Workspace, learner_id: str) -> None:
    advisor = Advisor(trained.model(), trained.data(), trained.opt_outs)
    answer = advisor.recommend(learner_id, as_of=AS_OF)
    assert answer.decision_id is None
    assert kept(trained) == []
    assert answer == trained.advisor().recommend(learner_id, as_of=AS_OF)
