"""Facts for the data protection impact assessment: GDPR Art. 35."""

from __future__ import annotations

from collections.abc import Iterator

from hrreco.reports.dossier.facts import Facts
from hrreco.reports.dossier.measured import Compared
from hrreco.reports.dossier.papers.ai_act import ai_act
from hrreco.reports.dossier.papers.asking import believed
from hrreco.reports.dossier.papers.model import computed, small_data
from hrreco.reports.dossier.papers.page import Page, code
from hrreco.settings import Texts

_RISKS = ("wrong", "used", "refusal", "model", "reason", "asking", "breach", "too_long")


def dpia(facts: Facts, texts: Texts) -> str:
    """Return the facts as Markdown."""
    page = Page(facts, texts)
    page.title("dpia.title")
    computed(page)
    _volumes(page)
    _necessity(page)
    _measured(page)
    _audits(page)
    page.section("dpia.risks")
    page.say("dpia.risks_note")
    page.table(("risk", "measures", "found"), _risks(page))
    _people(page)
    ai_act(page)
    page.section("dpia.conclusion")
    asked = ("need", "balance", "views", "dpo", "risk", "decision")
    page.blanks(*(f"dpia.c_{what}" for what in asked))
    return page.whole()


def _volumes(page: Page) -> None:
    volumes, number = page.facts.volumes, page.texts.number
    page.section("dpia.volumes")
    page.say(
        "dpia.volumes_note",
        least=number(page.facts.min_people),
        employed=page.count(volumes.employed),
        courses=number(volumes.courses),
    )
    rows = ((f"`{table}`", page.count(count)) for table, count in volumes.rows.items())
    page.table(("table", "rows"), rows)


def _necessity(page: Page) -> None:
    facts, say, number = page.facts, page.texts.say, page.texts.number
    own = [f"{column.table}.{column.name}" for column in facts.columns if column.own]
    added = code(own) if own else say("dpia.none")
    page.section("dpia.necessity")
    page.points(
        [
            say("dpia.necessity_register", count=number(len(facts.columns)), own=added),
            say("dpia.necessity_never", count=number(len(facts.never))),
            say("dpia.necessity_sensitive"),
            say("dpia.necessity_small", least=number(facts.min_people)),
        ]
    )
    page.blanks("dpia.necessity_question")


def _measured(page: Page) -> None:
    serving = page.facts.serving
    page.section("dpia.measured")
    if serving.compared and serving.metric:
        page.say("dpia.measured_note", metric=serving.metric, judged=page.count(serving.judged))
        rows = (_compared(page, one) for one in serving.compared)
        page.table(("model", "measure", "against", "verdict"), rows)
    else:
        page.say("dpia.no_comparison")
    small_data(page)


def _compared(page: Page, one: Compared) -> tuple[str, str, str, str]:
    verdict = "rules" if one.verdict is None else one.verdict.replace(" ", "_")
    return (
        f"`{one.model}`",
        page.span(one.measure) if one.measure else page.texts.say("verdict.not_assessable"),
        page.span(one.against_rules) if one.against_rules else "–",
        page.texts.say(f"verdict.{verdict}"),
    )


def _audits(page: Page) -> None:
    audits, say = page.facts.serving.audits, page.texts.say
    page.section("dpia.audits")
    fairness = [
        say(
            "dpia.fairness_of",
            attribute=one.attribute,
            measure=one.measure,
            span=page.span(one.ratio),
        )
        for one in audits.fairness or ()
    ]
    page.points(
        [
            f"{say('dpia.fairness')}: {_fairness(page)}",
            *fairness,
            f"{say('dpia.leakage')}: {page.found(audits.leakage)}",
            f"{say('dpia.faithful')}: {page.found(audits.faithful)}",
        ]
    )


def _fairness(page: Page) -> str:
    """Return the lowest ratio of any group, or that there is none."""
    spreads = page.facts.serving.audits.fairness
    if not spreads:
        return page.found(None if spreads is None else "not assessable")
    return page.span(min((one.ratio for one in spreads), key=lambda ratio: ratio.mean))


def _risks(page: Page) -> Iterator[tuple[str, str, str]]:
    facts, number = page.facts, page.texts.number
    days = [column.keep_days for column in facts.columns]
    found = {
        "wrong": _fairness(page),
        "used": page.texts.say("ai.fact.no_ranking"),
        "refusal": page.texts.say("record.optouts_note"),
        "model": page.found(facts.serving.audits.leakage),
        "reason": page.found(facts.serving.audits.faithful),
        "asking": believed(page),
        "breach": number(facts.audit.last),
        "too_long": f"{number(min(days))} – {number(max(days))}",
    }
    for risk in _RISKS:
        values = {"least": number(facts.min_people)} if risk == "used" else {}
        say = page.texts.say
        yield say(f"risk.{risk}"), say(f"risk.{risk}.measures", **values), found[risk]


def _people(page: Page) -> None:
    facts, number = page.facts, page.texts.number
    page.section("dpia.opting")
    page.say("dpia.opting_note")
    page.points(page.texts.say(f"opt_out.{purpose}") for purpose in facts.opt_out_purposes)
    page.section("dpia.erasures")
    page.say("dpia.erasures_note", count=page.count(facts.volumes.erasures))
    page.section("dpia.oversight")
    page.say(
        "dpia.oversight_note",
        paused=page.yes_no(facts.oversight.paused),
        suppressed=number(facts.oversight.suppressed),
        overridden=page.count(facts.oversight.overridden),
    )
    page.blanks("dpia.overseers")
