"""What people decide over the model, in memory and in a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hrreco.data import LearningData
from hrreco.errors import OversightError, UnknownIdError
from hrreco.privacy import NO_RULINGS, Overseer, Oversight, OversightList, Rulings
from hrreco.privacy.audit import AuditLog, verify
from hrreco.privacy.stored_oversight import StoredOversight
from hrreco.store import Store
from hrreco.store.chain import lines
from tests.paths.companies import company

MAIJA = {"by": "Maija Virtanen", "reason": "a reason of hers"}
COURSES: dict[str, dict[str, Any]] = {
    "A": {},
    "B": {},
    "OLD": {"active": False},
    "QUIET": {"sensitive": True},
    "DUTY": {"mandatory_for": ["role:Nurse"], "prerequisites": ["NEXT"]},
    "NEXT": {"prerequisites": ["FIRST"]},
    "FIRST": {},
    "CLERKS": {"mandatory_for": ["role:Clerk"]},
}


@pytest.fixture
def data() -> LearningData:
    return company(COURSES)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "hrreco.db") as store:
        yield store


@pytest.fixture(params=["in memory", "in a store"])
def decided(request: pytest.FixtureRequest, store: Store, tmp_path: Path) -> Oversight:
    if request.param == "in memory":
        return OversightList()
    return StoredOversight(AuditLog(store, tmp_path))


@pytest.fixture
def overseer(decided: Oversight, data: LearningData) -> Overseer:
    return Overseer(decided, data)


def test_nobody_has_decided_anything_at_first(decided: Oversight) -> None:
    assert decided.decisions() == ()
    assert decided.rulings("E1") is NO_RULINGS


def test_decisions_are_in_force_until_lifted(decided: Oversight, overseer: Overseer) -> None:
    suppressed = overseer.suppress("A", **MAIJA)
    assert decided.rulings("E1") == decided.rulings("E2") == Rulings(suppressed=frozenset("A"))
    override = overseer.override("E1", "B", instead="A", **MAIJA)
    of_one = Rulings(suppressed=frozenset("A"), overridden=frozenset("B"), instead=("A",))
    assert decided.rulings("E1") == of_one
    assert decided.rulings("E2") == Rulings(suppressed=frozenset("A"))
    pause = overseer.pause(**MAIJA)
    assert decided.rulings("E1").paused
    assert decided.rulings("E2").paused
    assert overseer.decisions() == (suppressed, override, pause)
    for one in (pause, override, suppressed):
        assert overseer.lift(one.number, by="Maija Virtanen") == one
    assert decided.rulings("E1") is NO_RULINGS


def test_a_decision_says_who_took_it_when_and_why(overseer: Overseer) -> None:
    told = overseer.suppress("A", by=" Maija Virtanen ", reason="out of date").to_json()
    assert told.pop("since").endswith("+00:00")
    assert told == {
        "number": 1,
        "action": "suppress",
        "by": "Maija Virtanen",
        "reason": "out of date",
        "course_id": "A",
        "employee_id": None,
        "instead": None,
    }


@pytest.mark.parametrize(
    ("course_id", "said"),
    [
        ("DUTY", "'DUTY' is mandatory training and cannot be decided away"),
        ("CLERKS", "'CLERKS' is mandatory training"),
        ("NEXT", "'NEXT' must be taken before 'DUTY', which is mandatory training"),
        ("FIRST", "'FIRST' must be taken before 'DUTY'"),
    ],
)
def test_mandatory_training_cannot_be_suppressed(
    overseer: Overseer, course_id: str, said: str
) -> None:
    with pytest.raises(OversightError, match=said):
        overseer.suppress(course_id, **MAIJA)
    assert overseer.decisions() == ()


def test_nor_overridden_for_whom_it_is_mandatory(overseer: Overseer) -> None:
    for course_id in ("DUTY", "NEXT", "FIRST"):
        with pytest.raises(OversightError, match="mandatory training"):
            overseer.override("E1", course_id, **MAIJA)
    assert overseer.override("E1", "CLERKS", **MAIJA).course_id == "CLERKS"


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ("A", "'A' is the same course"),
        ("OLD", "'OLD' is not offered"),
        ("QUIET", "'QUIET' is sensitive"),
    ],
)
def test_what_can_be_suggested_to_nobody_is_no_choice(
    overseer: Overseer, instead: str, said: str
) -> None:
    with pytest.raises(OversightError, match=said):
        overseer.override("E1", "A", instead=instead, **MAIJA)


def test_unknown_ids_are_named_with_the_close_match(overseer: Overseer) -> None:
    with pytest.raises(UnknownIdError, match="'DUTTY'; did you mean 'DUTY'"):
        overseer.suppress("DUTTY", **MAIJA)
    with pytest.raises(UnknownIdError, match="'E11'; did you mean 'E1'"):
        overseer.override("E11", "A", **MAIJA)
    with pytest.raises(UnknownIdError, match="'FIRTS'; did you mean 'FIRST'"):
        overseer.override("E1", "A", instead="FIRTS", **MAIJA)
    with pytest.raises(UnknownIdError, match="no decision 7 is in force; there are: none"):
        overseer.lift(7, by="Maija Virtanen")


@pytest.mark.parametrize("blank", ["", "  "])
def test_nothing_is_decided_or_lifted_by_nobody(overseer: Overseer, blank: str) -> None:
    with pytest.raises(OversightError, match="say the name of whoever decides"):
        overseer.suppress("A", by=blank, reason="x")
    with pytest.raises(OversightError, match="say why"):
        overseer.suppress("A", by="Maija Virtanen", reason=blank)
    pause = overseer.pause(**MAIJA)
    with pytest.raises(OversightError, match="say the name"):
        overseer.lift(pause.number, by=blank)
    assert overseer.decisions() == (pause,)


def test_what_is_decided_already_is_not_decided_again(overseer: Overseer) -> None:
    overseer.suppress("A", **MAIJA)
    with pytest.raises(OversightError, match=r"by Maija Virtanen \(decision 1\); lift it first"):
        overseer.suppress("A", **MAIJA)
    overseer.override("E1", "A", **MAIJA)
    with pytest.raises(OversightError, match=r"decision 2"):
        overseer.override("E1", "A", instead="B", **MAIJA)


def test_another_process_sees_a_decision_at_its_next_call(
    store: Store, data: LearningData, tmp_path: Path
) -> None:
    here = StoredOversight(AuditLog(store, tmp_path))
    with Store.open(tmp_path / "hrreco.db") as opened:
        elsewhere = StoredOversight(AuditLog(opened, tmp_path))
        assert not elsewhere.rulings("E1").paused
        pause = Overseer(here, data).pause(**MAIJA)
        assert elsewhere.rulings("E1").paused
        here.lift(pause.number, "Maija Virtanen")
        assert not elsewhere.rulings("E1").paused


def test_each_decision_is_a_line_of_the_audit_log(
    store: Store, data: LearningData, tmp_path: Path
) -> None:
    log = AuditLog(store, tmp_path)
    overseer = Overseer(StoredOversight(log), data)
    override = overseer.override("E1", "A", **MAIJA)
    overseer.lift(override.number, by="Aino Niemi")
    with pytest.raises(OversightError):
        overseer.suppress("DUTY", **MAIJA)
    with store.reading() as connection:
        told = [(line.kind, payload) for line, payload in lines(connection) if payload]
    assert [kind for kind, _ in told] == ["oversight", "oversight_lifted"]
    assert all(payload.pseudonym and "E1" not in payload.payload for _, payload in told)
    assert "Maija Virtanen" in told[0][1].payload
    assert "Aino Niemi" in told[1][1].payload
    assert verify(log).last == 2
