"""What there is to know of a plan as a whole."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, NamedTuple

from hrreco.profiles import EmployeeProfile
from hrreco.settings import Texts


class Note(NamedTuple):
    """Something that whoever reads a plan should know of it.

    Attributes
    ----------
    code
        ``before_hiring``; the same in every language.
    text
        A sentence for the employee, in the plan's language.
    """

    code: str
    text: str

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {"code": self.code, "text": self.text}


def before_hiring(
    kind: Literal["path", "onboarding"], day: date, profile: EmployeeProfile, texts: Texts
) -> tuple[Note, ...]:
    """Return a note where a plan is for a day before the employee's first one."""
    hired = profile.started_on
    if hired is None or hired <= day:
        return ()
    text = texts.say(f"note.before_hiring_{kind}", day=texts.day(day), hired=texts.day(hired))
    return (Note("before_hiring", text),)
