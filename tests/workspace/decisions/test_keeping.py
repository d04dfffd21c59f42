"""A group of answers is written once, however often it is handed over."""

from __future__ import annotations

from datetime import UTC, datetime

from hrreco import Workspace
from hrreco.privacy.audit import Entry, Kind, verify
from hrreco.privacy.audit.commitment import new_salt
from hrreco.store.chain import of_kind
from hrreco.workspace.decisions.keeping import MadeWith, keep_answers
from hrreco.workspace.decisions.snapshot import Snapshot

MADE_WITH = MadeWith("b" * 64, 1, Snapshot(bytes(32), b"catalogue"))


def entry(employee_id: str) -> Entry:
    return Entry(Kind.ANSWER, b'{"told": 1}', employee_id, datetime.now(UTC), new_salt())


def test_what_is_there_is_not_written_again(trained: Workspace) -> None:
    first, second, third = map(entry, trained.data().employees["employee_id"][:3])
    keep_answers(trained.audit_log, [first, second], [MADE_WITH])
    keep_answers(trained.audit_log, [first, second], [MADE_WITH])
    keep_answers(trained.audit_log, [second, third], [MADE_WITH])
    with trained.store.reading() as connection:
        salts = [payload.salt for _, payload in of_kind(connection, Kind.ANSWER)]
    assert salts == [first.salt, second.salt, third.salt]
    verify(trained.audit_log)
