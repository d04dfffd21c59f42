"""Whom a statement is of."""

from __future__ import annotations

from hrreco.data.xapi.parts import Object, iri, object_of, object_type, text
from hrreco.errors import DataError

_IDENTIFIERS = ("account", "mbox", "mbox_sha1sum", "openid")


def is_one_person(actor: Object) -> bool:
    """Return whether an actor is an agent, and no group.

    Raises
    ------
    DataError
        When it is neither, or it is told more than once who it is.
    """
    kind = object_type(actor, "actor", "Agent", ("Group",))
    told = [name for name in _IDENTIFIERS if name in actor]
    if len(told) > 1:
        raise DataError(f"actor: is told by {' and '.join(told)}; one of them alone may say who")
    return kind == "Agent"


def employee_id(actor: Object) -> str:
    """Return whom an agent stands for: the name of the account, or the whole mail address."""
    if "account" in actor:
        account = object_of(actor["account"], "actor.account")
        iri(account.get("homePage"), "actor.account.homePage")
        return text(account.get("name"), "actor.account.name")
    if "mbox" in actor:
        address = text(actor["mbox"], "actor.mbox")
        if not address.startswith("mailto:"):
            raise DataError("actor.mbox: is no mailto: address")
        return address.removeprefix("mailto:")
    raise DataError("actor: name the employee's id as account.name, with its account.homePage")
