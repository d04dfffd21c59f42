from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, text, update

from hrreco.errors import AuditError, WorkspaceError
from hrreco.privacy.audit import AuditLog, Kind, verify
from hrreco.privacy.audit.commitment import chained
from hrreco.store.trust_tables import audit_chain, audit_payloads

Change = Callable[[Connection], object]


def test_an_empty_log_verifies(log: AuditLog) -> None:
    found = verify(log)
    assert (found.first, found.last, found.head, found.public_key) == (0, 0, 0, None)


def test_a_log_verifies_though_what_lines_were_about_is_erased(filled: AuditLog) -> None:
    found = verify(filled)
    assert (found.first, found.last, found.readable, found.head) == (1, 7, 5, 7)


def test_the_chain_holds_nothing_that_tells_of_the_erased(filled: AuditLog) -> None:
    with filled.store.reading() as connection:
        kept = set(connection.scalars(select(audit_payloads.c.seq)))
        lines = connection.execute(select(audit_chain)).all()
    assert kept == {1, 3, 5, 6, 7}
    assert [line.kind for line in lines][1:4] == ["opt_out", "opt_out", "opt_in"]


def shifted(connection: Connection) -> None:
    """Take line 5 out, and close the gap."""
    for table in (audit_payloads, audit_chain):
        connection.execute(delete(table).where(table.c.seq == 5))
        for seq in (6, 7):
            connection.execute(update(table).where(table.c.seq == seq).values(seq=seq - 1))


def swapped(connection: Connection) -> None:
    """Let lines 5 and 7 change places, each with what it is about."""
    for table in (audit_payloads, audit_chain):
        for before, after in ((5, 99), (7, 5), (99, 7)):
            connection.execute(update(table).where(table.c.seq == before).values(seq=after))


def forged(connection: Connection) -> None:
    """Replace the end by a line that is well chained."""
    before = connection.execute(select(audit_chain).where(audit_chain.c.seq == 6)).one()
    line = chained(before.hash, 7, 0, "training", bytes(32))
    connection.execute(delete(audit_payloads).where(audit_payloads.c.seq == 7))
    connection.execute(update(audit_chain).where(audit_chain.c.seq == 7).values(line._asdict()))


CHANGES: dict[str, tuple[Change, str]] = {
    "a gap": (
        lambda c: (
            c.execute(delete(audit_payloads).where(audit_payloads.c.seq == 5)),
            c.execute(delete(audit_chain).where(audit_chain.c.seq == 5)),
        ),
        "line 5 is missing",
    ),
    "a gap that was closed": (shifted, "line 5, or the one before it, was changed"),
    "a reorder": (swapped, "line 5, or the one before it, was changed"),
    "a cut tail": (
        lambda c: [c.execute(delete(t).where(t.c.seq > 5)) for t in (audit_payloads, audit_chain)],
        "its end was cut off: lines 6 to 7 are missing",
    ),
    "everything gone": (
        lambda c: [c.execute(delete(t)) for t in (audit_payloads, audit_chain)],
        "its end was cut off: lines 1 to 7 are missing",
    ),
    "a cut beginning": (
        lambda c: [c.execute(delete(t).where(t.c.seq < 3)) for t in (audit_payloads, audit_chain)],
        "lines 1 to 2 are missing",
    ),
    "a payload without its line": (
        lambda c: c.execute(delete(audit_chain).where(audit_chain.c.seq == 3)),
        "line 3 is missing, though",
    ),
    "a payload that was deleted": (
        lambda c: c.execute(delete(audit_payloads).where(audit_payloads.c.seq == 3)),
        "what line 3 is about was deleted, and neither an erasure nor a purge tells of it",
    ),
    "an erasure that was deleted": (
        lambda c: c.execute(delete(audit_payloads).where(audit_payloads.c.seq == 6)),
        "what line 2 is about was deleted",
    ),
    "another person": (
        lambda c: c.execute(
            update(audit_payloads).where(audit_payloads.c.seq == 3).values(pseudonym=bytes(32))
        ),
        "what line 3 is about was changed",
    ),
    "a forged end": (forged, "what line 7 is about was deleted|line 7 is another one"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_and_named(filled: AuditLog, name: str) -> None:
    change, said = CHANGES[name]
    with filled.store.writing() as connection:
        change(connection)
    with pytest.raises(AuditError, match=said):
        verify(filled)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_no_value_of_the_log_can_be_changed(filled: AuditLog, data: st.DataObject) -> None:
    """Change one value of one row, see it refused, and put it back."""
    table = data.draw(st.sampled_from([audit_chain, audit_payloads]))
    column = data.draw(st.sampled_from([c for c in table.columns if c.name != "seq"]))
    with filled.store.reading() as connection:
        seqs = list(connection.scalars(select(table.c.seq)))
    seq = data.draw(st.sampled_from(seqs))
    row = table.c.seq == seq
    with filled.store.reading() as connection:
        value = connection.scalar(select(column).where(row))
    changed = data.draw(others_than(value))
    with filled.store.writing() as connection:
        connection.execute(update(table).where(row).values({column.name: changed}))
    try:
        with pytest.raises(AuditError, match=rf"line {seq}|line {seq + 1}"):
            verify(filled)
    finally:
        with filled.store.writing() as connection:
            connection.execute(update(table).where(row).values({column.name: value}))


def others_than(value: object) -> st.SearchStrategy[object]:
    if isinstance(value, int):
        return st.integers(-(2**62), 2**62).filter(lambda other: other != value)
    if isinstance(value, str):
        return st.text(st.characters(codec="utf-8", exclude_characters="\0")).filter(
            lambda other: other != value
        )
    return st.binary(min_size=0, max_size=40).filter(lambda other: other != value)


def test_a_line_kept_elsewhere_shows_that_head_and_tail_were_both_rolled_back(
    filled: AuditLog,
) -> None:
    file = filled.folder / "audit-head.json"
    with filled.store.reading() as connection:
        seq, digest = connection.execute(
            select(audit_chain.c.seq, audit_chain.c.hash).order_by(audit_chain.c.seq.desc())
        ).first() or (0, b"")
    kept = (seq, digest.hex())
    verify(filled, kept)
    with filled.store.writing() as connection:
        for table in (audit_payloads, audit_chain):
            connection.execute(delete(table).where(table.c.seq > 6))
        line = connection.execute(select(audit_chain).where(audit_chain.c.seq == 6)).one()
        older = filled._signed(connection, 6, line.hash)
    file.write_text(json.dumps(older.to_json()) + "\n")
    verify(filled)
    with pytest.raises(AuditError, match="its end was cut off: line 7 is missing"):
        verify(filled, kept)
    with pytest.raises(AuditError, match="line 3 is another one"):
        verify(filled, (3, "00" * 32))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"seq": "7", "hash": "00", "signature": "00"}',
        '{"seq": true, "hash": "00", "signature": "00"}',
        '{"seq": 7, "hash": 3, "signature": "00"}',
        '{"seq": 7, "hash": "00", "signature": "00", "more": 1}',
    ],
)
def test_a_damaged_head_is_named(filled: AuditLog, content: str) -> None:
    (filled.folder / "audit-head.json").write_text(content)
    with pytest.raises(AuditError, match="is damaged"):
        verify(filled)


def test_a_head_that_somebody_else_signed_is_refused(filled: AuditLog) -> None:
    file = filled.folder / "audit-head.json"
    head = json.loads(file.read_text())
    head["signature"] = "00" * 64
    file.write_text(json.dumps(head) + "\n")
    with pytest.raises(AuditError, match="is not signed by us"):
        verify(filled)
    file.unlink()
    with pytest.raises(AuditError, match="is not there"):
        verify(filled)


def test_without_the_audit_key_nothing_is_verified(filled: AuditLog) -> None:
    (filled.folder / "audit.key").unlink()
    with pytest.raises(WorkspaceError, match=r"lacks a key \(audit\)"):
        verify(filled)


def test_keys_are_rotated_and_older_signatures_still_hold(filled: AuditLog) -> None:
    before = verify(filled).public_key
    with filled.store.writing() as connection:
        filled.signer.keyring.rotate(connection)
    assert verify(filled).public_key != before
    with filled.writing() as transaction:
        transaction.append(Kind.TRAINING, {"version": 4})
    assert verify(filled).head == 8


def test_a_change_that_fails_leaves_no_line(filled: AuditLog) -> None:
    def fail() -> None:
        with filled.writing() as transaction:
            transaction.append(Kind.TRAINING, {"version": 4})
            transaction.connection.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(WorkspaceError):
        fail()
    assert verify(filled).last == 7


def test_a_first_change_that_fails_leaves_a_log_that_verifies(log: AuditLog) -> None:
    def fail() -> None:
        with log.writing() as transaction:
            transaction.append(Kind.TRAINING, {"version": 1})
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert verify(log).last == 0


def test_a_head_that_lags_behind_is_no_fault(filled: AuditLog) -> None:
    file = filled.folder / "audit-head.json"
    lagging = file.read_bytes()
    with filled.writing() as transaction:
        transaction.append(Kind.TRAINING, {"version": 4})
    file.write_bytes(lagging)
    found = verify(filled)
    assert (found.last, found.head) == (8, 7)
