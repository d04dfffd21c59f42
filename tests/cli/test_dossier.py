"""`hrreco dossier` as a person calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

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
    assert " ".join(said[7:]) == "23 platser återstår för företaget att fylla i."
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


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('mode = "oidc"\n', 'auth: mode = "oidc" and the table [auth.oidc] come together'),
        (
            'mode = "oidc"\n[auth.oidc]\naudience = "acme"\njwks = "keys.json"\n',
            "auth.oidc.issuer: Field required",
        ),
    ],
)
def test_a_service_that_its_settings_cannot_make_is_said_in_one_line(
    toml: str, said: str, ingested: Workspace, tmp_path: Path
) -> None:
    (ingested.path / "hrreco.toml").write_text(f"[auth]\n{toml}", encoding="utf-8")
    done = run("dossier", "--out", tmp_path / "papers", workspace=ingested.path)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [f"hrreco: {ingested.path / 'hrreco.toml'}: {said}"]
    assert not (tmp_path / "papers").exists()
