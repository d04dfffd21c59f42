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
        ``before_hiring`` or ``left_company``; the same in every language.
    text
        A sentence for the employee, in the plan's language.
    """

    code: str
    text: str

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {"code": self.code, "text": self.text}


def notes_of(
    kind: Literal["path", "onboarding"], day: date, profile: EmployeeProfile, texts: Texts
) -> tuple[Note, ...]:
    """Return what there is to know of a plan from `day` on.

    One note where the employee has left, or where the day is before their first one.
    """
    if profile.left_on is not None and profile.has_left:
        return (
            Note("left_company", texts.say("note.left_company", day=texts.day(profile.left_on))),
        )
    hired = profile.started_on
    if hired is None or hired <= day:
        return ()
    text = texts.say(f"note.before_hiring_{kind}", day=texts.day(day), hired=texts.day(hired))
    return (Note("before_hiring", text),)
