"""The information sheet for employees and their representatives: GDPR Art. 13, 14 and 22."""

from __future__ import annotations

from hrreco.reports.dossier.facts import Facts
from hrreco.reports.dossier.papers.asking import systems
from hrreco.reports.dossier.papers.page import Page
from hrreco.settings import Texts


def sheet(facts: Facts, texts: Texts) -> str:
    """Return the sheet as Markdown."""
    page = Page(facts, texts)
    page.title("sheet.title")
    page.say("sheet.law")
    page.section("sheet.short")
    page.points(texts.say(f"sheet.short_{number}") for number in (1, 2, 3))
    page.section("sheet.who")
    page.blanks("record.controller_name", "record.contact", "record.dpo")
    _data(page)
    _how(page)
    _sees(page)
    _rights(page)
    page.section("sheet.oversees")
    page.say("sheet.oversees_note", paused=page.yes_no(facts.oversight.paused))
    page.blanks("sheet.overseer")
    page.section("sheet.cooperation")
    page.say("sheet.cooperation_note")
    page.blanks("sheet.cooperation_day")
    return page.whole()


def _data(page: Page) -> None:
    page.section("sheet.data")
    page.say("sheet.data_note")
    for table, columns in page.columns():
        page.text(f"### `{table}`")
        page.table(
            ("column", "purpose", "kept"),
            ((f"`{column.name}`", page.purpose(column), page.kept(column)) for column in columns),
        )
    page.say("record.kept_note")
    page.say("sheet.never", kinds=page.never())


def _how(page: Page) -> None:
    say, facts = page.texts.say, page.facts
    then = "rules" if facts.serving.rules else "learned"
    page.section("sheet.how")
    page.points(
        [
            say("sheet.how_mandatory"),
            say("sheet.how_paused" if facts.oversight.paused else f"sheet.how_{then}"),
            say("sheet.how_reasons"),
            say("sheet.how_automated"),
        ]
    )


def _sees(page: Page) -> None:
    say, facts = page.texts.say, page.facts
    page.section("sheet.sees")
    page.say("sheet.sees_note", least=page.texts.number(facts.min_people))
    having = systems(page)
    page.points(
        [
            say("sheet.sees_self"),
            say("sheet.sees_systems", systems=having) if having else say("asking.no_system"),
            say("sheet.sees_scores"),
            say("sheet.sees_logs", days=page.texts.number(facts.log_days["decisions_keep_days"])),
        ]
    )


def _rights(page: Page) -> None:
    say = page.texts.say
    page.section("sheet.no")
    page.say("sheet.no_note")
    page.points(
        f"{say(f'opt_out.{purpose}')} `hrreco opt-out EMPLOYEE --purpose {purpose}`"
        for purpose in page.facts.opt_out_purposes
    )
    page.say("sheet.no_kept")
    page.section("sheet.rights")
    rights = ("see", "correct", "erase", "restrict", "object", "complain")
    page.points(say(f"sheet.right_{right}") for right in rights)
    page.say("sheet.rights_contact")
