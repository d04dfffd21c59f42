"""The audit log: a chain of lines that shows every edit, and lets what it is about be erased."""

from hrreco.privacy.audit.kinds import Kind, checked_kind
from hrreco.privacy.audit.log import AuditLog, Entry, Transaction
from hrreco.privacy.audit.verify import Verified, verify

__all__ = ["AuditLog", "Entry", "Kind", "Transaction", "Verified", "checked_kind", "verify"]
