"""Run the studies, write docs/benchmarks.md, and log what was found to MLflow.

    python experiments/benchmarks.py [--data FOLDER] [STUDY ...]

Without a study named, all run. What each found is kept in experiments/results, and the page is
made from that, so that one study can be run alone. FOLDER holds the real data sets, each in a
folder of its own. A study that cannot be run keeps what it found last, and the page says why.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from page import PAGE, RESULTS, STUDIES, Section, read_sections, render

_HERE = Path(__file__).parent
_ROOT = _HERE.parent
_READS_DATA = ("quality", "cold_start", "learning_paths")
_NEEDS_DATA = ("quality",)
_MOST_SECONDS = 130 * 60.0
"""Of one study."""


class _UnableError(Exception):
    """Says why a study has no result."""


def main() -> None:
    """Run what is asked for, and make the page anew."""
    asked = _arguments()
    RESULTS.mkdir(exist_ok=True)
    unable = []
    for study in asked.studies or STUDIES:
        try:
            section = _run(study, asked.data)
        except _UnableError as error:
            section = without_result(study, str(error), read_sections().get(study))
            unable.append(f"{study}: {error}")
        _write(RESULTS / f"{study}.json", section)
    sections = read_sections()
    PAGE.write_text(render(sections), encoding="utf-8")
    log_to_mlflow(sections, PAGE, _ROOT / "mlruns")
    if unable:
        sys.exit("\n".join(unable))


def without_result(study: str, why: str, before: Section | None) -> Section:
    """Return what is known of a study that could not be run: what it found before, if it did."""
    known = before or {
        "title": STUDIES[study],
        "command": f"python experiments/{study}.py",
        "text": [],
        "tables": [],
        "metrics": {},
    }
    return {**known, "failed": f"Not run on {_today()}: {why}."}


def log_to_mlflow(sections: Mapping[str, Section], page: Path, store: Path) -> None:
    """Log the metrics of all sections, and the page, as one run in a store of its own."""
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    import mlflow

    store.mkdir(exist_ok=True)
    mlflow.set_tracking_uri(f"sqlite:///{store / 'benchmarks.db'}")
    if mlflow.get_experiment_by_name("benchmarks") is None:
        mlflow.create_experiment("benchmarks", artifact_location=(store / "artifacts").as_uri())
    mlflow.set_experiment("benchmarks")
    with mlflow.start_run():
        for study, section in sections.items():
            found = section["metrics"]
            mlflow.log_metrics({re.sub(r"[^\w./-]", "_", name): found[name] for name in found})
            mlflow.set_tag(f"{study}.ran", section.get("ran", {}).get("date", "never"))
        mlflow.log_artifact(str(page))


def _run(study: str, data: Path | None) -> Section:
    """Run one study in a process of its own; return what it found."""
    has_data = data is not None and data.is_dir()
    if study in _NEEDS_DATA and not has_data:
        raise _UnableError("the real data were not at hand")
    with TemporaryDirectory() as folder:
        out = Path(folder) / "section.json"
        arguments = [data] if study in _READS_DATA and has_data else []
        command = [sys.executable, _HERE / f"{study}.py", *arguments, "--out", out]
        try:
            subprocess.run(command, check=True, timeout=_MOST_SECONDS)
        except subprocess.TimeoutExpired:
            raise _UnableError(f"it took more than {_MOST_SECONDS / 60:g} minutes") from None
        except subprocess.CalledProcessError as error:
            raise _UnableError(f"it ended with exit code {error.returncode}") from None
        return {**json.loads(out.read_text(encoding="utf-8")), "ran": _ran()}


def _write(path: Path, section: Section) -> None:
    text = json.dumps(section, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def _ran() -> dict[str, str]:
    """Return the day, and what the machine is."""
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = ("numpy", "scipy", "polars", "implicit", "rectools-lightfm", "mlflow", "ortools")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    machine = f"{os.cpu_count()} cores, {gib:.0f} GiB, {platform.machine()}"
    return {
        "date": _today(),
        "machine": f"{machine}, Python {platform.python_version()}, {versions}",
    }


def _today() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("studies", nargs="*", metavar="STUDY", help=", ".join(STUDIES))
    parser.add_argument("--data", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    unknown = [study for study in asked.studies if study not in STUDIES]
    if unknown:
        parser.error(f"there is no study {unknown[0]!r}; there are {', '.join(STUDIES)}")
    return asked


if __name__ == "__main__":
    main()
