"""How an erasure, and the check of its certificate, are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from hrreco.cli._call import Outcome
from hrreco.cli._lines import whole_line

if TYPE_CHECKING:
    from hrreco.errors import AuditError
    from hrreco.workspace.erasure import ErasedHere
    from hrreco.workspace.verification import Confirmed

_OF_TABLES = {
    "employees": "employee",
    "events": "events",
    "employee_skills": "skills",
    "oversight": "decisions of people in charge",
    "corrections": "corrections",
    "fairness_attributes": "attributes for audits",
    "manager_id": "employees of whom they were the manager",
}


def erasure_view(done: ErasedHere) -> Group:
    """Return what was removed where, and what is left."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, what in _rows(done):
        table.add_row(name, what)
    when = done.certificate.audit_line["at"][:10]
    said = f"Was erased before, on {when}; then:" if done.before else "Erased for good."
    if not done.certificate.erased.get("own_row", True):  # an erasure of earlier does not tell
        said += " There was no row of their own: only references to them were removed."
    return Group(said, "", table, "", whole_line(f"Certificate: {done.file}"))


def _rows(done: ErasedHere) -> Iterator[tuple[str, str]]:
    erased, searched = done.certificate.erased, done.certificate.searched
    for name, count in erased["removed"].items():
        yield _OF_TABLES.get(name, name), f"{count:,}"
    yield "lines of the log made unreadable", f"{len(erased['lines']):,}"
    yield "models that may not serve again", f"{len(erased['sealed']):,}"
    model = erased["model"]
    if retired := model.get("retired"):
        yield "model", f"serves no longer: {retired}"
    elif model["before"] != model["after"]:
        yield "model", f"{model['before'][:12]}… became {model['after'][:12]}…"
    else:
        yield "model", "is the one from before"
    traces = ", ".join(searched["found"]) or "none"
    yield "traces left", f"{traces}, in {searched['files']:,} files"


def confirmed_view(holds: Confirmed) -> Table:
    """Return what holds, one line each."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for name, what in holds.to_json().items():
        if what is not None:
            table.add_row(name.replace("_", " "), _shown(what))
    return table


def _shown(what: object) -> str:
    return f"{what:.2g}" if isinstance(what, float) else str(what)


def refused(error: AuditError) -> Outcome:
    """Return the outcome of a check that something does not pass."""
    return Outcome({"holds": False, "why": str(error)}, f"Does not hold: {error}", 1)
