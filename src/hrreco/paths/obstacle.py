"""What keeps a course or a skill out of a plan: one code each, the same in every language."""

from __future__ import annotations

from enum import StrEnum


class Obstacle(StrEnum):
    """Why something that was wanted did not fit, from what is mended most easily on."""

    NO_ROOM = "no_room"
    """The hours are taken by what comes first."""

    CLASH = "clash"
    """All sessions with room for it are held while something else is planned."""

    PREREQUISITE_LATE = "prerequisite_late"
    """What it builds on ends too late for it."""

    OVER_BUDGET = "over_budget"
    """It takes longer than any month has room for."""

    FULL = "full"
    """All its sessions in this time are full."""

    NO_SESSION = "no_session"
    """It is held in sessions only, and none is in this time."""

    DUE_LATER = "due_later"
    """It is mandatory, and due only after this time."""

    ENDS_LATE = "ends_late"
    """It is in the plan, and ends only after this time."""

    EQUIVALENT_PLANNED = "equivalent_planned"
    """A course that counts as it is in the plan already."""

    PREREQUISITE_MISSING = "prerequisite_missing"
    """It builds on a course that cannot be taken in this time."""

    LANGUAGE = "language"
    """It is held in a language other than the employee's."""

    IN_PROGRESS = "in_progress"
    """It was started not long ago."""

    DISMISSED = "dismissed"
    """The employee does not want it for now."""

    WRONG_LEVEL = "wrong_level"
    """The employee has said that its level does not suit."""

    OVERRIDDEN = "overridden"
    """A person in charge keeps it from this employee."""

    SUPPRESSED = "suppressed"
    """A person in charge keeps it from everybody."""

    EQUIVALENT_TAKEN = "equivalent_taken"
    """A course that counts as it was taken."""

    TAKEN = "taken"
    """It was taken, and is valid."""

    LEFT_COMPANY = "left_company"
    """The employee has left."""

    LEVEL_NOT_TAUGHT = "level_not_taught"
    """Of a skill: no course leads to the level that is needed."""

    NOT_TAUGHT = "not_taught"
    """Of a skill: no course teaches it."""
