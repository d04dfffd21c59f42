"""Answers go when their time is over, the chain stays whole, and what is needed stays."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

from hrreco import Workspace
from hrreco.errors import AuditError, SettingsError, UnknownIdError
from hrreco.privacy.audit import verify
from hrreco.privacy.erasure import erase
from hrreco.settings import Moment, Settings
from hrreco.settings.sections import AuditSettings
from hrreco.store.chain import checkpoint, drop_kind
from hrreco.workspace import replay
from hrreco.workspace.decisions import purge_decisions
from tests.conftest import AS_OF


def later(days: float) -> Moment:
    return Moment.of(datetime.now(UTC) + timedelta(days=days), "UTC")


def answered(workspace: Workspace, row: int = 0) -> str:
    employee_id = workspace.data().employees["employee_id"][row]
    answer = workspace.advisor().recommend(employee_id, as_of=AS_OF)
    workspace.flush()
    return str(answer.decision_id)


def old_bundle(workspace: Workspace, name: str) -> None:
    """Leave a bundle that nobody has used since 2020."""
    folder = workspace.bundles / name
    shutil.copytree(workspace.bundles / str(workspace.champion_id()), folder)
    os.utime(folder, (1_577_836_800, 1_577_836_800))


def test_an_answer_is_kept_until_its_time_is_over(trained: Workspace) -> None:
    number = answered(trained)
    nothing = purge_decisions(trained, later(399), dry_run=False)
    assert (nothing.answers, nothing.lines, nothing.snapshots, nothing.bundles) == (0, 0, 0, ())
    assert replay(trained, number).same
    before = verify(trained.audit_log)
    planned = purge_decisions(trained, later(401), dry_run=True)
    assert verify(trained.audit_log) == before
    assert replay(trained, number).same
    done = purge_decisions(trained, later(401), dry_run=False)
    assert done == planned
    assert (done.answers, done.lines, done.snapshots) == (1, 0, 1)
    after = verify(trained.audit_log)
    assert (after.last, after.readable) == (before.last + 1, before.readable)
    with pytest.raises(UnknownIdError, match="purged"):
        replay(trained, number)
    assert purge_decisions(trained, later(401), dry_run=False).answers == 0


def test_answers_that_are_younger_stay_with_what_they_need(trained: Workspace) -> None:
    old_bundle(trained, "ab" * 32)
    number = answered(trained)
    old_bundle(trained, "cd" * 32)
    done = purge_decisions(trained, later(0), dry_run=False)
    assert done.bundles == ("ab" * 32, "cd" * 32)
    assert [path.name for path in trained.bundles.glob("*/")] == [trained.champion_id()]
    assert replay(trained, number).same


def test_the_champion_stays_though_nobody_asked_it(trained: Workspace) -> None:
    champion = trained.bundles / str(trained.champion_id())
    os.utime(champion, (1_577_836_800, 1_577_836_800))
    assert purge_decisions(trained, later(5_000), dry_run=False).bundles == ()
    assert trained.champion() is not None


def test_a_model_that_answered_lately_stays(ingested: Workspace) -> None:
    number = answered(ingested)
    (bundle,) = ingested.bundles.iterdir()
    os.utime(bundle, (1_577_836_800, 1_577_836_800))
    assert purge_decisions(ingested, later(399), dry_run=False).bundles == ()
    assert replay(ingested, number).same
    assert purge_decisions(ingested, later(401), dry_run=False).bundles == (bundle.name,)


def test_lines_are_cut_behind_a_signed_checkpoint(trained: Workspace) -> None:
    answered(trained)
    erase(trained.audit_log, trained.data().employees["employee_id"][1])
    last = verify(trained.audit_log).last
    head = (trained.path / "audit-head.json").read_bytes()
    assert purge_decisions(trained, later(3_600), dry_run=False).lines == 0
    done = purge_decisions(trained, later(3_700), dry_run=False)
    assert done.lines == last + 1
    found = verify(trained.audit_log)
    assert (found.first, found.last) == (last + 2, last + 2)
    answered(trained)
    assert verify(trained.audit_log).last == last + 3
    # An older head proves no more than that the log once began.
    (trained.path / "audit-head.json").write_bytes(head)
    assert verify(trained.audit_log).head == last
    with trained.store.reading() as connection:
        mark = checkpoint(connection)
    assert mark is not None
    assert mark.seq == last + 1


def test_answers_that_somebody_else_deleted_are_missed(trained: Workspace) -> None:
    answered(trained)
    purge_decisions(trained, later(401), dry_run=False)
    answered(trained)
    with trained.store.writing() as connection:
        drop_kind(connection, "answer", 1_000)
    with pytest.raises(AuditError, match="neither an erasure nor a purge"):
        verify(trained.audit_log)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"decisions_keep_days": 183}, "decisions_keep_days"),
        ({"proofs_keep_days": 729}, "proofs_keep_days"),
        (
            {"decisions_keep_days": 800, "proofs_keep_days": 730},
            "no line may go before its answer",
        ),
    ],
)
def test_answers_are_kept_for_six_months_at_least(given: dict[str, int], said: str) -> None:
    longest = date(2025, 9, 1) - date(2025, 3, 1)
    assert AuditSettings(decisions_keep_days=longest.days).decisions_keep_days == 184
    with pytest.raises(SettingsError, match=said):
        Settings(audit=given)
