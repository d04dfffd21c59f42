"""The dossier: what controllers, supervisors and employees may ask to read, from the facts.

Record of processing (GDPR Art. 30), facts for the impact assessment (Art. 35) with the reasoning
on the EU AI Act, model card, and an information sheet for employees and their representatives.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hrreco.errors import WorkspaceError
from hrreco.reports.dossier.facts import Facts, facts_of
from hrreco.reports.dossier.papers import PAPERS
from hrreco.reports.dossier.texts import words_in
from hrreco.settings import Language, write_whole

__all__ = ["Facts", "Papers", "facts_of", "papers_of"]


@dataclass(frozen=True)
class Papers:
    """The papers in one language, by the names of their files."""

    texts: dict[str, str]
    language: Language

    @property
    def blanks(self) -> int:
        """How many places the company is left to fill in."""
        rows = f"| {words_in(self.language).say('blank')} |"
        return sum(text.count(rows) for text in self.texts.values())

    def write(self, folder: Path) -> None:
        """Write each paper whole, into a folder that is made where it is not there.

        Raises
        ------
        WorkspaceError
            When one is there that says something else: people may have filled it in.
        """
        for name, text in self.texts.items():
            file = folder / name
            if file.exists() and file.read_bytes() != text.encode():
                raise WorkspaceError(
                    f"{file}: is there already, and may hold what people have filled in; name "
                    "another folder"
                )
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.texts.items():
            write_whole(folder / name, text)


def papers_of(facts: Facts, language: Language) -> Papers:
    """Return the papers in a language; the same facts give the same bytes."""
    texts = words_in(language)
    found = {f"{name}.{language}.md": paper(facts, texts) for name, paper in PAPERS.items()}
    return Papers(found, language)
