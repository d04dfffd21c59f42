"""An answer as its line of the audit log holds it."""

from __future__ import annotations

from typing import Any

import numpy as np

from hrreco.advisor import Answered
from hrreco.advisor.answered import Told
from hrreco.recommend import Answer, Codes
from hrreco.workspace.decisions.inputs import inputs_of, rulings_to_json

_FIRST_LETTER = ord("A")
ID_BYTES = 10
"""Of the salt, which nobody can guess: ids do not tell of each other, or how many there are."""


def decision_id(salt: bytes) -> str:
    """Return by which id an answer can be asked for."""
    return salt[:ID_BYTES].hex()


def payload_of(answered: Answered) -> dict[str, Any]:
    """Return what is kept of an answer: plain JSON values, the same keys for everybody.

    What many answers were made with is not among them: see `MadeWith`.
    """
    return {
        "call": answered.call,
        "arguments": dict(answered.arguments),
        "inputs": inputs_of(answered.served.record),
        "personal": answered.served.personal,
        "rulings": rulings_to_json(answered.rulings),
        "answer": told_of(answered.told),
        "removed": letters_of(answered.removed),
    }


def told_of(told: Told) -> dict[str, Any]:
    """Return what was told, without whom; scores are kept to be compared, and shown to nobody."""
    values = told.to_json()
    values.pop("employee_id", None)
    values.pop("decision_id", None)
    if isinstance(told, Answer):
        values["scores"] = [item.score for item in told]
    return values


def letters_of(codes: Codes) -> str:
    """Return a letter for each course of the catalogue: A where no rule removes it.

    B is the first of `LeftOut` after it, and so on.
    """
    return (codes.astype(np.uint8) + _FIRST_LETTER).tobytes().decode("ascii")
