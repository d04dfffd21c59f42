"""What the verbs of ADL and cmi5 say of a course: the one table that decides it."""

from __future__ import annotations

_ADL = "http://adlnet.gov/expapi/verbs/"
_CMI5 = "https://w3id.org/xapi/adl/verbs/"
_TIN_CAN = "http://id.tincanapi.com/verb/"

VOIDED = f"{_ADL}voided"

WAIVED = f"{_CMI5}waived"

RATED = f"{_TIN_CAN}rated"

KINDS = {
    # Done. A moderator of cmi5 says "satisfied" once all is done that a course asks for; whoever
    # "attended" was there, which is all that a course in a classroom asks for.
    f"{_ADL}completed": "completed",
    f"{_CMI5}satisfied": "completed",
    f"{_ADL}attended": "completed",
    # Done, and shown to be: who "mastered" something has passed what tests it.
    f"{_ADL}passed": "passed",
    f"{_ADL}mastered": "passed",
    f"{_ADL}failed": "failed",
    # Not taken, and need not be.
    WAIVED: "waived",
    # Under way, unless the result says that it ended, and how. A course that sends "initialized"
    # was opened; "launched" only says that the LMS meant to open it.
    f"{_ADL}initialized": "started",
    f"{_ADL}attempted": "started",
    f"{_ADL}progressed": "started",
    f"{_ADL}registered": "enrolled",
    # The person's own judgement. A score ("scored", or with any other verb) is a test's judgement
    # of the person, and no rating.
    RATED: "rated",
}
"""The kind of event, by the IRI of the verb.

All others say nothing of the contract. "terminated", "suspended" and "exited" end a sitting, and
so does "abandoned", which cmi5 writes for a sitting that broke off: none says that the person
gave the course up. "experienced", "answered", "interacted" and the like are of single pages.
"""
