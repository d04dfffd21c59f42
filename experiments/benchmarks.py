"""Run the studies, write docs/benchmarks.md, and log what was found to MLflow.

    python experiments/benchmarks.py --data FOLDER [STUDY ...]

Without a study named, all run. What each found is kept in experiments/results, and the page is made
from that, so one study can be run alone. FOLDER holds the real data sets, one in a folder each; a
study whose data are not there is named as such on the page.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from page import PAGE, RESULTS, STUDIES, Section, read_sections, render

_HERE = Path(__file__).parent
_ROOT = _HERE.parent
_NEEDS = {"quality": ("mooccubex", "concepts")}
"""The data sets of a study, by the name of their folder."""

_SECONDS = 40 * 60.0
"""The most for one study."""


def main() -> None:
    """Run what is asked for, and make the page anew."""
    asked = _arguments()
    RESULTS.mkdir(exist_ok=True)
    failed = []
    for study in asked.studies or STUDIES:
        section = study_section(study, asked.data)
        (RESULTS / f"{study}.json").write_text(
            json.dumps(section, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        failed += [f"{study}: {section['failed']}"] if "failed" in section else []
    sections = read_sections()
    PAGE.write_text(render(sections), encoding="utf-8")
    log_to_mlflow(sections, PAGE)
    if failed:
        sys.exit("\n".join(failed))


def study_section(study: str, data: Path | None) -> Section:
    """Run one study and return its section; one that says why, where it cannot be run."""
    script = _HERE / f"{study}.py"
    command = f"python experiments/{script.name}"
    needs = _NEEDS.get(study, ())
    missing = [name for name in needs if data is None or not (data / name).is_dir()]
    if missing:
        return _unable(study, command, f"Not run: {' and '.join(missing)} were not at hand.")
    if not script.exists():
        return _unable(study, command, "Not run: there is no such study.")
    out = RESULTS / f"{study}.json"
    before = out.stat().st_mtime_ns if out.exists() else None
    arguments = [*([str(data)] if needs else []), "--out", str(out)]
    try:
        subprocess.run([sys.executable, script, *arguments], check=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return _unable(study, command, f"Not finished within {_SECONDS / 60:g} minutes.")
    except subprocess.CalledProcessError as error:
        return _unable(study, command, f"Failed with exit code {error.returncode}.")
    if not out.exists() or out.stat().st_mtime_ns == before:
        return _unable(study, command, "Failed: it wrote nothing.")
    return {**json.loads(out.read_text(encoding="utf-8")), "ran": _ran()}


def log_to_mlflow(sections: dict[str, Section], page: Path) -> None:
    """Log the metrics of all sections, and the page, as one run in a store beside the code."""
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["DO_NOT_TRACK"] = "true"
    import mlflow

    store = _ROOT / "mlruns"
    store.mkdir(exist_ok=True)
    mlflow.set_tracking_uri(f"sqlite:///{store / 'benchmarks.db'}")
    if mlflow.get_experiment_by_name("benchmarks") is None:
        mlflow.create_experiment("benchmarks", artifact_location=(store / "artifacts").as_uri())
    mlflow.set_experiment("benchmarks")
    with mlflow.start_run():
        for study, section in sections.items():
            mlflow.log_metrics(section.get("metrics", {}))
            mlflow.set_tag(f"{study}.ran", section.get("ran", {}).get("date", "never"))
        mlflow.log_artifact(str(page))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("studies", nargs="*", choices=[[], *STUDIES], metavar="STUDY")
    parser.add_argument("--data", type=Path)
    return parser.parse_args()


def _unable(study: str, command: str, why: str) -> Section:
    return {"title": STUDIES[study], "command": command, "failed": why}


def _ran() -> dict[str, str]:
    """Return the day, and what the machine is."""
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = ("hrreco", "numpy", "scipy", "polars", "implicit", "mlflow")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    machine = f"{os.cpu_count()} cores, {gib:.0f} GiB, Python {platform.python_version()}"
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "machine": f"{machine}, {platform.machine()}; {versions}",
    }


if __name__ == "__main__":
    main()
