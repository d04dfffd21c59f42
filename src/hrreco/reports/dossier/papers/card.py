"""The model card, as it is kept with the run of the model that serves."""

from __future__ import annotations

from hrreco.reports.dossier.facts import Facts
from hrreco.reports.dossier.papers.page import Page
from hrreco.settings import Texts


def card(facts: Facts, texts: Texts) -> str:
    """Return the card as Markdown, after a sentence that says what it is."""
    page = Page(facts, texts)
    page.title("card.title")
    if facts.serving.card is None:
        page.say("card.none")
    else:
        page.say("card.english")
        page.text(_below(facts.serving.card))
    return page.whole()


def _below(text: str) -> str:
    """Return Markdown with each heading one level deeper."""
    return "\n".join(f"#{line}" if line.startswith("#") else line for line in text.splitlines())
