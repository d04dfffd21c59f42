"""What is handed in over HTTP: apart from what reads it, which takes long to import."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How events are written."""

    ROWS = "rows"
    STATEMENTS = "statements"


@dataclass(frozen=True, slots=True)
class Handed:
    """The body of a request that hands in events.

    Attributes
    ----------
    content_type
        Of statements; those with attachments come first in a body of several parts.
    statement_id
        The id of the one statement there is, where it was told beside the body.
    """

    body: bytes
    form: Form
    content_type: str = ""
    statement_id: str | None = None
