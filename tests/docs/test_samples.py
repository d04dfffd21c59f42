"""The code samples of the README and of the docs run, as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrreco.data.synthetic import CompanyConfig, company
from tests.skills.esco_files import write_esco

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])
_SAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)

_ERROR = re.compile(r"print\(error\)  # (.*)")
"""What a sample says it prints."""


def samples(page: Path) -> list[str]:
    return _SAMPLE.findall(page.read_text(encoding="utf-8"))


@pytest.fixture
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like the one where `make demo` ran, with an ESCO of a few rows."""
    small = CompanyConfig(employees=400, courses=60, roles=10, skills=30, dirty=True)
    company(small).write(tmp_path / "demo" / "exports" / "enough-history")
    write_esco(tmp_path / "esco")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "page", [page for page in PAGES if samples(page)], ids=lambda page: page.name
)
def test_the_samples_of_a_page_run_in_order(
    page: Path, somewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, object] = {"__name__": page.stem}
    for number, sample in enumerate(samples(page), start=1):
        exec(compile(sample, f"{page.name}, sample {number}", "exec"), names)
        for error in _ERROR.findall(sample):
            assert error in capsys.readouterr().out.splitlines()


def test_the_readme_has_a_sample() -> None:
    assert samples(ROOT / "README.md")


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*PAGES, ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_nothing_that_ships_needs_what_does_not() -> None:
    shipped = [*PAGES, *(ROOT / "configs").rglob("*.toml"), *(ROOT / "experiments").glob("*.py")]
    assert not [path.name for path in shipped if "../shared" in path.read_text(encoding="utf-8")]
