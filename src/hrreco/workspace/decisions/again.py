"""Giving an answer again, from what was kept of it."""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hrreco.advisor import Advisor, Answered, Prepared, Rows
from hrreco.errors import AuditError, BundleError, UnknownIdError, WorkspaceError
from hrreco.privacy import OptOutList
from hrreco.privacy.audit import Kind
from hrreco.privacy.audit.commitment import commitment
from hrreco.recommend import by_employee, table_of_answers
from hrreco.store.chain import salted_with
from hrreco.store.moments import from_stored
from hrreco.store.snapshots import read_snapshot
from hrreco.training import TrainedModel
from hrreco.workspace.decisions.inputs import oversight_of, record_of
from hrreco.workspace.decisions.payload import ID_BYTES, letters_of, told_of
from hrreco.workspace.decisions.snapshot import KeptCompany, Snapshot

if TYPE_CHECKING:
    from hrreco.workspace.workspace import Workspace

_SOMEBODY = "employee"
"""Whom an answer is given to again: who it was, nobody needs to know."""

_TOLERANCE = 1e-5
"""Scores and shares may differ by so much, as on another machine; nothing else may."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of an answer that was asked for again.

    Attributes
    ----------
    at
        When it was given.
    call
        What was asked, such as ``recommend``.
    bundle, version
        The model that answered.
    answer
        What was told then, in plain JSON values.
    difference
        Where the answer of now differs; None where it is the same.
    """

    decision_id: str
    at: datetime
    call: str
    arguments: dict[str, Any]
    bundle: str
    version: int | None
    answer: dict[str, Any]
    difference: str | None

    @property
    def same(self) -> bool:
        """Whether it is the same answer."""
        return self.difference is None

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values; scores are not among them."""
        shown = {key: value for key, value in self.answer.items() if key != "scores"}
        return {**asdict(self), "at": self.at.isoformat(), "answer": shown, "same": self.same}


def replay(workspace: Workspace, decision_id: str) -> Replayed:
    """Give an answer again from its line of the log, its snapshot and its model, and compare.

    Raises
    ------
    UnknownIdError
        When nothing is kept of such an answer.
    BundleError, WorkspaceError
        When the model, or what it was looked up in, is no longer kept.
    AuditError
        When what was kept was changed.
    """
    at, kept = _kept(workspace, decision_id)
    again = json.loads(json.dumps(_again(workspace, decision_id, kept)))
    before = {key: kept[key] for key in again}
    return Replayed(
        decision_id,
        at=at,
        call=kept["call"],
        arguments=kept["arguments"],
        bundle=kept["bundle"],
        version=kept["version"],
        answer=kept["answer"],
        difference=_difference(before, again),
    )


def _kept(workspace: Workspace, decision_id: str) -> tuple[datetime, dict[str, Any]]:
    """Return when an answer was given, and what its line holds."""
    if re.fullmatch(rf"[0-9a-f]{{{2 * ID_BYTES}}}", decision_id) is None:
        raise UnknownIdError(
            f"{decision_id!r} is no id of an answer; one is {2 * ID_BYTES} hexadecimal digits, as "
            "decision_id of hrreco recommend --json"
        )
    with workspace.store.reading() as connection:
        found = salted_with(connection, bytes.fromhex(decision_id))
    if found is None or found[0].kind != Kind.ANSWER:
        raise UnknownIdError(
            f"no answer {decision_id!r} is kept here: it was purged or erased, or has another id"
        )
    line, payload = found
    if commitment(payload) != line.commitment:
        raise AuditError(f"audit log: what line {line.seq} is about was changed")
    return from_stored(line.at), json.loads(payload.payload)


def _again(workspace: Workspace, decision_id: str, kept: dict[str, Any]) -> dict[str, Any]:
    model = _model(workspace, decision_id, kept["bundle"])
    company = _company(workspace, decision_id, kept)
    out = OptOutList([] if kept["personal"] else [_SOMEBODY])
    call, arguments = kept["call"], kept["arguments"]
    heard = _Listener()
    advisor = Advisor(model, company, out, oversight_of(kept["rulings"]), heard)
    method = "recommend" if call == "recommend_all" else call
    told = getattr(advisor, method)(_SOMEBODY, **arguments)
    if call == "recommend_all":
        ((_, rows),) = by_employee(table_of_answers([told], arguments["k"]))
        told = Rows(tuple(rows))
    return {"answer": told_of(told), "removed": letters_of(heard.answered.removed)}


class _Listener:
    """Hears what an advisor has answered, and from what."""

    answered: Answered

    def ready(self, prepared: Prepared) -> None:
        """Find nothing: nothing is kept."""

    def record(self, answered: Answered) -> str:
        """Hear an answer; it is kept nowhere."""
        self.answered = answered
        return ""


def _model(workspace: Workspace, decision_id: str, bundle_id: str) -> TrainedModel:
    folder = workspace.bundles / bundle_id
    if not folder.exists():
        raise BundleError(
            f"answer {decision_id} cannot be given again: the model that gave it, "
            f"{bundle_id[:12]}…, is no longer kept"
        )
    return TrainedModel.load(folder, bundle_id)


def _company(workspace: Workspace, decision_id: str, kept: dict[str, Any]) -> KeptCompany:
    digest = bytes.fromhex(kept["snapshot"])
    with workspace.store.reading() as connection:
        content = read_snapshot(connection, digest)
    if content is None:
        raise WorkspaceError(
            f"answer {decision_id} cannot be given again: the catalogue of then is no longer kept"
        )
    record = record_of(kept["inputs"], _SOMEBODY)
    return KeptCompany(Snapshot(digest, content), record)


def _difference(before: Any, now: Any, where: str = "") -> str | None:
    """Return the first place where two JSON values differ, in words; None where none does."""
    if isinstance(before, dict) and isinstance(now, dict) and before.keys() == now.keys():
        pairs = [(f"{where}.{key}".lstrip("."), before[key], now[key]) for key in before]
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = [(f"{where}[{i}]", *pair) for i, pair in enumerate(zip(before, now, strict=True))]
    elif isinstance(before, float) and isinstance(now, float):
        close = math.isclose(before, now, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
        return None if close else f"{where} was {before:.6g} and is {now:.6g}"
    else:
        return None if before == now else f"{where} was {_short(before)} and is {_short(now)}"
    found = (_difference(one, other, place) for place, one, other in pairs)
    return next((difference for difference in found if difference), None)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."
