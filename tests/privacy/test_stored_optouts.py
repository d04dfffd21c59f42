from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hrreco.errors import SettingsError
from hrreco.privacy.audit import AuditLog, verify
from hrreco.privacy.optouts import PURPOSES
from hrreco.privacy.stored_optouts import StoredOptOuts
from hrreco.store import Store
from hrreco.store.chain import lines


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hrreco.db"


@pytest.fixture
def opt_outs(path: Path) -> Iterator[StoredOptOuts]:
    with Store.open(path) as store:
        yield StoredOptOuts(AuditLog(store, path.parent))


def test_opting_out_is_by_purpose(opt_outs: StoredOptOuts) -> None:
    opt_outs.opt_out("E1", ["profiling"])
    assert opt_outs.is_out("E1", "profiling")
    assert not opt_outs.is_out("E1", "training")
    assert opt_outs.opted_out("profiling") == {"E1"}
    assert opt_outs.opted_out("training") == frozenset()


def test_opting_out_means_every_purpose_unless_one_is_named(opt_outs: StoredOptOuts) -> None:
    opt_outs.opt_out("E1")
    opt_outs.opt_out("E1")
    assert all(opt_outs.is_out("E1", purpose) for purpose in PURPOSES)
    opt_outs.opt_in("E1")
    opt_outs.opt_in("E1")
    assert not any(opt_outs.opted_out(purpose) for purpose in PURPOSES)


def test_a_misspelt_purpose_changes_nothing(opt_outs: StoredOptOuts) -> None:
    with pytest.raises(SettingsError, match="did you mean 'training'"):
        opt_outs.opt_out("E1", ["profiling", "trainig"])  # type: ignore[list-item]
    assert not opt_outs.is_out("E1", "profiling")
    with pytest.raises(SettingsError):
        opt_outs.is_out("E1", "everything")  # type: ignore[arg-type]


def test_another_opener_sees_a_change_at_its_next_call(
    opt_outs: StoredOptOuts, path: Path
) -> None:
    with Store.open(path) as store:
        elsewhere = StoredOptOuts(AuditLog(store, path.parent))
        assert not elsewhere.is_out("E1", "training")
        opt_outs.opt_out("E1")
        assert elsewhere.is_out("E1", "training")
        assert elsewhere.opted_out("training") == {"E1"}


def test_every_change_is_a_line_of_the_audit_log(opt_outs: StoredOptOuts, path: Path) -> None:
    opt_outs.opt_out("E1", ["profiling"])
    opt_outs.opt_in("E1")
    with Store.open(path) as store:
        log = AuditLog(store, path.parent)
        assert verify(log).last == 2
        with store.reading() as connection:
            told = [(line.kind, payload) for line, payload in lines(connection)]
    assert [kind for kind, _ in told] == ["opt_out", "opt_in"]
    assert "E1" not in str(told)
