"""The record of processing activities: GDPR Art. 30."""

from __future__ import annotations

from collections.abc import Iterator

from hrreco.reports.dossier.facts import Facts
from hrreco.reports.dossier.papers.asking import asking
from hrreco.reports.dossier.papers.page import Page
from hrreco.reports.dossier.security import Key
from hrreco.settings import Texts


def record(facts: Facts, texts: Texts) -> str:
    """Return the record as Markdown."""
    page = Page(facts, texts)
    page.title("record.title")
    page.section("record.controller")
    page.blanks("record.controller_name", "record.contact", "record.dpo", "record.joint")
    _who_and_why(page)
    _data(page)
    _recipients(page)
    asking(page)
    _stored(page)
    page.section("record.security")
    page.points(_security(page))
    page.section("record.optouts")
    page.say("record.optouts_note")
    page.points(texts.say(f"opt_out.{purpose}") for purpose in facts.opt_out_purposes)
    return page.whole()


def _who_and_why(page: Page) -> None:
    say, facts = page.texts.say, page.facts
    page.section("record.purposes")
    page.points(say(f"record.purpose_{what}") for what in ("suggest", "mandatory", "train"))
    page.state()
    page.section("record.subjects")
    managers = any(column.name == "manager_id" for column in facts.columns)
    page.points(
        [
            say("record.subject_employees", count=page.count(facts.volumes.employed)),
            *([say("record.subject_managers")] if managers else []),
            say("record.subject_overseers"),
        ]
    )


def _data(page: Page) -> None:
    say, facts = page.texts.say, page.facts
    page.section("record.columns")
    page.say("record.columns_note")
    for table, columns in page.columns():
        page.text(f"### `{table}`")
        page.table(
            ("column", "purpose", "basis", "kept", "registered"),
            (
                (
                    f"`{column.name}`",
                    page.purpose(column),
                    column.legal_basis or say("basis.default"),
                    page.kept(column),
                    say("by.company" if column.own else "by.hrreco"),
                )
                for column in columns
            ),
        )
    page.say("record.kept_note")
    page.section("record.besides")
    page.points(f"`{table}`: {say(f'held.{table}')}." for table in facts.kept_besides)
    answers, lines = (
        page.texts.number(facts.log_days[f"{what}_keep_days"]) for what in ("decisions", "proofs")
    )
    page.say("record.log", answers=answers, lines=lines)
    page.say("record.quarantine", days=page.texts.number(facts.quarantine_days))
    page.section("record.never")
    page.say("record.never_note", kinds=page.never())


def _recipients(page: Page) -> None:
    say, facts = page.texts.say, page.facts
    page.section("record.recipients")
    least = page.texts.number(facts.min_people)
    page.points(
        [
            say("record.recipient_self"),
            say("record.recipient_operators"),
            say("record.recipient_groups", least=least),
        ]
    )
    page.say("record.transfers_note")
    page.blanks("record.recipient_others", "record.transfers")


def _stored(page: Page) -> None:
    say, facts = page.texts.say, page.facts
    page.section("record.stored")
    kind, where = facts.storage.database, facts.storage.where
    page.points(
        [
            say("record.stored_database", kind=kind, where=where),
            say("record.stored_models", workspace=facts.workspace),
        ]
    )
    page.blanks("record.stored_machine")


def _security(page: Page) -> Iterator[str]:
    say, storage = page.texts.say, page.facts.storage
    for key in page.facts.keys:
        count = page.texts.number(key.in_use)
        yield say(f"record.key_{_state(key)}", name=say(f"key.{key.name}"), count=count)
    if storage.open_to_others is not None:
        yield say("record.file_open" if storage.open_to_others else "record.file_closed")
    if storage.encrypted_on_the_way is not None:
        yield say("record.wire_closed" if storage.encrypted_on_the_way else "record.wire_open")
    yield _audit(page)
    yield say(f"record.deleted.{storage.database.lower()}")


def _state(key: Key) -> str:
    if key.source != "file":
        return "environment" if key.source == "environment" else "none"
    return {True: "closed", False: "open", None: "unknown"}[key.closed]


def _audit(page: Page) -> str:
    say, audit = page.texts.say, page.facts.audit
    if audit.problem is not None:
        return say("record.audit_broken", problem=audit.problem)
    if audit.head is None or not audit.last:
        return say("record.audit_empty")
    return say("record.audit_whole", last=page.texts.number(audit.last), head=audit.head)
