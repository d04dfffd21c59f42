from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hrreco.privacy.audit import AuditLog, Kind
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
        transaction.append(Kind.TRAINING, {"version": 1})
        transaction.append(Kind.OPT_OUT, {"purposes": ["training"]}, employee_id="E1")
        transaction.append(Kind.OPT_OUT, {"purposes": ["profiling"]}, employee_id="E2")
    with log.writing() as transaction:
        transaction.append(Kind.OPT_IN, {"purposes": ["training"]}, employee_id="E1")
        transaction.append(Kind.TRAINING, {"version": 2})
    with log.writing() as transaction:
        known = log.store.pseudonyms.all_of(transaction.connection, ["E1"])
        gone = drop_payloads(transaction.connection, known)
        transaction.append(Kind.ERASURE, {"lines": gone})
        transaction.append(Kind.TRAINING, {"version": 3})
    return log
