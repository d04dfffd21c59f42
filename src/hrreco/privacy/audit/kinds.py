"""What lines of the audit log are about."""

from __future__ import annotations

from enum import StrEnum

from hrreco.errors import SettingsError, close_match


class Kind(StrEnum):
    """One kind for each thing that is done; what its payload holds is in docs/audit.md."""

    ANSWER = "answer"
    """An employee was answered; purged before all others."""

    ANSWER_PURGE = "answer_purge"
    """Answers past their time were let go of; by ``answers_up_to``, up to which line."""

    API_KEY = "api_key"
    """A system may ask the service."""

    API_KEY_REVOKED = "api_key_revoked"
    CORRECTION = "correction"
    ERASURE = "erasure"
    """Somebody was erased; by ``lines``, which lines no longer tell what they were about."""

    EXPORT = "export"
    FORGETTING = "forgetting"
    INGEST = "ingest"
    KEY_ROTATION = "key_rotation"
    OPT_IN = "opt_in"
    OPT_OUT = "opt_out"
    OVERSIGHT = "oversight"
    OVERSIGHT_LIFTED = "oversight_lifted"
    PROMOTION = "promotion"
    PURGE = "purge"
    """Rows past their retention were deleted; by ``lines``, as for an erasure."""

    ROLLBACK = "rollback"
    TRAINING = "training"


def checked_kind(kind: str) -> Kind:
    """Return `kind`.

    Raises
    ------
    SettingsError
        When there is no such kind; names the close match.
    """
    try:
        return Kind(kind)
    except ValueError:
        hint = close_match(kind, map(str, Kind)) or f"; there are {', '.join(Kind)}"
        raise SettingsError(f"the log has no kind {kind!r}{hint}") from None
