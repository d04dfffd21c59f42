"""`hrreco dossier` as a person calls it."""

from __future__ import annotations

from pathlib import Path

from hrreco import Workspace
from tests.conftest import AS_OF
from tests.workspace.commands import answer, run


def test_it_writes_in_the_language_of_the_company_or_in_the_one_asked_for(
    ingested: Workspace, tmp_path: Path
) -> None:
    (ingested.path / "hrreco.toml").write_text('language = "sv"\n', encoding="utf-8")
    papers = tmp_path / "new" / "papers"
    asked = ("dossier", "--out", papers, "--as-of", AS_OF)
    said = run(*asked, workspace=ingested.path).stdout.split()
    assert said[:3] == ["Skrivet", "till", f"{papers}:"]
    assert said[3:7] == [
        "record-of-processing.sv.md",
        "dpia-facts.sv.md",
        "model-card.sv.md",
        "information-sheet.sv.md",
    ]
    assert " ".join(said[7:]) == "22 platser återstår för företaget att fylla i."
    text = (papers / "information-sheet.sv.md").read_text(encoding="utf-8")
    assert text.startswith("# Information till arbetstagare")
    assert "På svenska." in text
    told = answer(*asked, "--lang", "fi", workspace=ingested.path)
    assert (told["language"], told["facts"]["language"]) == ("fi", "sv")
    assert all("Suomeksi." in Path(file).read_text(encoding="utf-8") for file in told["files"])
    assert len(list(papers.iterdir())) == 8
    wrong = run(*asked, "--lang", "no", workspace=ingested.path)
    assert wrong.returncode == 2
    assert len(wrong.stderr.splitlines()) == 1
