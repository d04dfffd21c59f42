from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hrreco.privacy.audit import ERASURE, AuditLog
from hrreco.store import Store
from hrreco.store.chain import drop_payloads


@pytest.fixture
def log(tmp_path: Path) -> Iterator[AuditLog]:
    with Store.open(tmp_path / "hrreco.db") as store:
        yield AuditLog(store, tmp_path)


@pytest.fixture
def filled(log: AuditLog) -> AuditLog:
    """Return a log of seven lines; the second and the fourth were about somebody erased."""
    with log.writing() as transaction:
        transaction.append("training", {"version": 1})
        transaction.append("opt_out", {"purposes": ["training"]}, employee_id="E1")
        transaction.append("opt_out", {"purposes": ["profiling"]}, employee_id="E2")
    with log.writing() as transaction:
        transaction.append("opt_in", {"purposes": ["training"]}, employee_id="E1")
        transaction.append("training", {"version": 2})
    with log.writing() as transaction:
        known = log.store.pseudonyms.all_of(transaction.connection, ["E1"])
        gone = drop_payloads(transaction.connection, known)
        transaction.append(ERASURE, {"lines": gone})
        transaction.append("training", {"version": 3})
    return log
