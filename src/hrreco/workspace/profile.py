"""What is known of an employee, as they are shown it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from hrreco.data import Catalogue, EmployeeRecord
from hrreco.data.records import EventRow
from hrreco.errors import checked_id
from hrreco.profiles import EmployeeProfile, build_profile
from hrreco.settings import AsOf, Moment
from hrreco.workspace.optouts import opted_out

if TYPE_CHECKING:
    from hrreco.privacy import Purpose
    from hrreco.training import TrainedModel
    from hrreco.workspace.live import LiveAdvisor
    from hrreco.workspace.workspace import Workspace

_PLAIN = ("role", "department", "location", "grade", "language", "hours_per_month")


@dataclass(frozen=True)
class KnownOf:
    """What is known of one employee, and what serves them.

    Attributes
    ----------
    model
        The one that serves; None where nothing does yet.
    personal
        Whether what is known of them may shape their suggestions: neither did they refuse, nor is
        it paused.
    """

    record: EmployeeRecord
    profile: EmployeeProfile
    opted_out: tuple[Purpose, ...]
    catalogue: Catalogue
    zone: ZoneInfo
    model: TrainedModel | None
    personal: bool

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values; what was done last comes first."""
        record = self.record
        return {
            "employee_id": record.employee_id,
            **{name: getattr(record, name) for name in _PLAIN},
            "started_on": _day(record.started_on),
            "left_on": _day(record.left_on),
            "preferred_formats": list(record.preferred_formats),
            "preferred_times": list(record.preferred_times),
            "history": [self._event(event) for event in reversed(record.events)],
            "skills": [
                {"skill": name, "level": skill.level, "source": skill.source}
                for name, skill in sorted(self.profile.skills.items())
            ],
            "opted_out": list(self.opted_out),
            "served_by": {
                "kind": "model" if self._is_served_by_model() else "rules",
                "bundle_id": self.model and self.model.bundle_id,
            },
        }

    def _is_served_by_model(self) -> bool:
        return self.personal and self.model is not None and self.model.is_learned

    def _event(self, event: EventRow) -> dict[str, Any]:
        position = self.catalogue.position.get(event.course_id)
        return {
            "course_id": event.course_id,
            "title": None if position is None else self.catalogue.titles[position],
            "kind": event.kind,
            "on": event.occurred_at.astimezone(self.zone).date().isoformat(),
            "rating": event.rating,
        }


def known_of(
    workspace: Workspace, live: LiveAdvisor, employee_id: str, *, as_of: AsOf = None
) -> KnownOf:
    """Return what is known of an employee.

    Raises
    ------
    UnknownIdError
        When nobody has that id.
    """
    record = workspace.people.employee(checked_id(employee_id, "employee"))
    catalogue, settings = live.data.catalogue, workspace.settings
    now = Moment.of(as_of, settings.timezone)
    refused = opted_out(workspace, employee_id)
    return KnownOf(
        record,
        build_profile(record, catalogue, settings, now),
        refused,
        catalogue,
        ZoneInfo(settings.timezone),
        live.model,
        "profiling" not in refused and not workspace.oversight.rulings(employee_id).paused,
    )


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
