"""The audit log: a chain of lines that shows every edit, and lets what it is about be erased."""

from hrreco.privacy.audit.log import AuditLog, Entry, Transaction
from hrreco.privacy.audit.verify import (
    ANSWER,
    ANSWER_PURGE,
    ERASURE,
    PURGE,
    Verified,
    verify,
)

__all__ = [
    "ANSWER",
    "ANSWER_PURGE",
    "ERASURE",
    "PURGE",
    "AuditLog",
    "Entry",
    "Transaction",
    "Verified",
    "verify",
]
