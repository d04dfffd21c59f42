"""The audit log: a chain of lines that shows every edit, and lets what it is about be erased."""

from hrreco.privacy.audit.log import AuditLog, Transaction
from hrreco.privacy.audit.verify import ERASURE, PURGE, Verified, verify

__all__ = ["ERASURE", "PURGE", "AuditLog", "Transaction", "Verified", "verify"]
