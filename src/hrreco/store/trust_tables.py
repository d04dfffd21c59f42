"""The tables of trust: what was decided, by whom, and what proves it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, Text

from hrreco.store.tables import metadata

_DIGEST = 32

audit_chain = Table(
    "audit_chain",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("commitment", LargeBinary(_DIGEST), nullable=False),
    Column("hash", LargeBinary(_DIGEST), nullable=False),
)
"""One line for each thing that was done; each hash holds the one before. No personal data."""

audit_payloads = Table(
    "audit_payloads",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("pseudonym", LargeBinary(_DIGEST)),
    Column("salt", LargeBinary(_DIGEST), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("audit_payloads_by_pseudonym", "pseudonym"),
    Index("audit_payloads_by_salt", "salt"),
)
"""What a line of the chain is about. It can be deleted, with its salt: the chain stays whole.

An answer is asked for by the beginning of its salt, which tells nothing of when it was given.
"""

audit_checkpoints = Table(
    "audit_checkpoints",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("hash", LargeBinary(_DIGEST), nullable=False),
    Column("signature", LargeBinary(64), nullable=False),
)
"""Where the chain begins anew since older lines were purged, signed with the audit key."""

snapshots = Table(
    "snapshots",
    metadata,
    Column("digest", LargeBinary(_DIGEST), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""What answers were looked up in besides the person: catalogue, sessions, needs of roles."""

fits = Table(
    "fits",
    metadata,
    Column("bundle_id", Text, primary_key=True),
    Column("kept_as_of", Integer, nullable=False),
)
"""The day as of which rows past their retention were left out of what a bundle learned from."""


answer_inputs = Table(
    "answer_inputs",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("used_at", BigInteger, nullable=False),
)
"""When an answer was last made with a bundle or looked up in a snapshot: how long to keep it."""

sealed_bundles = Table(
    "sealed_bundles",
    metadata,
    Column("bundle_id", Text, primary_key=True),
)
"""Bundles that count somebody who was erased since: they may be replayed, and never serve."""

oversight = Table(
    "oversight",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("action", Text, nullable=False),
    Column("course_id", Text),
    Column("employee_id", Text),
    Column("instead", Text),
    Column("decided_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Index("oversight_by_employee", "employee_id"),
)
"""What named people decided over the model: in force while the row is there."""

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("employee_id", Text, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("row_key", LargeBinary(16)),
    Column("column", Text, nullable=False),
    Column("was", Text, nullable=False),
    Column("now", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
)
"""Values that were put right, as JSON: an export that repeats the wrong one changes nothing."""

api_keys = Table(
    "api_keys",
    metadata,
    Column("digest", LargeBinary(_DIGEST), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
)
"""Which systems the service believes, by SHA-256 of their keys: while the row is there."""
