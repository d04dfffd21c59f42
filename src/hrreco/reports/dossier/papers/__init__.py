"""The four papers of a dossier, as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hrreco.reports.dossier.facts import Facts
from hrreco.reports.dossier.papers.card import card
from hrreco.reports.dossier.papers.dpia import dpia
from hrreco.reports.dossier.papers.record import record
from hrreco.reports.dossier.papers.sheet import sheet
from hrreco.settings import Texts

PAPERS: Mapping[str, Callable[[Facts, Texts], str]] = {
    "record-of-processing": record,
    "dpia-facts": dpia,
    "model-card": card,
    "information-sheet": sheet,
}
"""By the name of the file, before the language."""
