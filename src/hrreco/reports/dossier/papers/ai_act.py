"""The reasoning on Annex III of the EU AI Act, from the facts of this configuration."""

from __future__ import annotations

from collections.abc import Iterator

from hrreco.reports.dossier.papers.page import Page, code
from hrreco.reports.dossier.uses import Assessed


def ai_act(page: Page) -> None:
    """Write the section."""
    settings = page.facts.settings
    page.section("ai.title")
    page.say("ai.note")
    for point in ("3", "4"):
        page.section(f"ai.point{point}", 3)
        if point == "3":
            page.say("ai.point3_note")
        uses = [one for one in page.facts.ai_act if one.use.startswith(point)]
        page.table(("use", "facts", "result"), _rows(page, uses))
    page.say("ai.no_profiling" if page.facts.oversight.paused else "ai.profiling")
    changed = code(settings["changed"]) or page.texts.say("dpia.none")
    page.say("ai.settings", all=code(settings["all"]), changed=changed)
    page.section("ai.duty", 3)
    page.say("ai.duty_note")
    page.blanks("ai.duty_use", "ai.duty_decision")


def _rows(page: Page, uses: list[Assessed]) -> Iterator[tuple[str, str, str]]:
    say = page.texts.say
    for one in uses:
        facts = " ".join(_fact(page, fact) for fact in one.facts)
        yield say(f"ai.use.{one.use}"), facts, say("ai.open" if one.open else "ai.not")


def _fact(page: Page, fact: str) -> str:
    if fact == "groups":
        least = page.texts.number(page.facts.min_people)
        return page.texts.say("ai.fact.groups", least=least)
    if fact == "own":
        own = (f"{column.table}.{column.name}" for column in page.facts.columns if column.own)
        return page.texts.say("ai.fact.own", columns=code(own))
    return page.texts.say(f"ai.fact.{fact}")
