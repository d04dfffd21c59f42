"""Measure hrreco beside RecTools, LensKit, bare implicit and scipy, in turns, on generated data.

    python experiments/speed.py --out section.json

The peers have environments of their own, below `.venv-peers`, which `make peers` installs. Without
one, a peer is named as not installed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import monotonic
from typing import Any

from peers.company import Size, write_company
from peers.goals import goals_table
from peers.library import OURS, TITLES, Library
from peers.measure import Row, run
from peers.plan import SIZES, Blend, measurements, starting
from peers.tables import Measured, memory_table, metrics, speed_table

COMMAND = "python experiments/speed.py --out experiments/results/speed.json"

_TEXT = (
    "Every library gets the same generated companies: 40 topics, roles that prefer some of "
    "them, popularity like Zipf's, histories of very different length, easy courses first; a "
    "pair of employee and course occurs once. hrreco reads them as its tables, with a role, "
    "skills, prerequisites, validity and one mandatory course for each role; the others as a "
    "frame of the same ids, and bare implicit and scipy as a ready matrix. A fit of hrreco, "
    "RecTools and LensKit begins with the frame; hrreco's frame was checked when it was read. "
    "Every process has fitted the small model of the first table before, so that no fit pays for "
    "imports; the fresh ones of the first table find the bytecode of all libraries, as installed "
    "ones do. The first fit of a company by hrreco also takes fingerprints of its tables and "
    "numbers its events, for all that come after; it is the most in the brackets.",
    "All run in one run, each in a process of its own, and take turns round by round, in "
    "reverse every other round; fits take 15 at the smallest size and five at the others, what "
    "else has more than one takes three. A cell has the median of the rounds and, in brackets, "
    "the least and the most of them; a ratio is the median of the rounds' ratios, above 1 where "
    "hrreco is faster. One employee's answer is the median over 50 employees; hrreco's has "
    "eligibility rules and reasons, the others' has neither, and leaves out what was taken. "
    "Answers for everyone are made by each library's own call for many; 'of' says how many "
    "employees were asked. Memory is the most that the asked process held, with the data; "
    "LensKit's further processes are not in it. Forgetting is the median over nine employees, "
    "one after the other, of what taking one out of the model takes; the others cannot.",
    "ALS has 64 factors, 15 rounds and the same confidence in all, and hrreco a ridge of its "
    "own, which takes no time. hrreco takes two steps of conjugate gradients in each round, "
    "preconditioned, where implicit and RecTools take three: what that changes is told in "
    "models.md. EASE has the same ridge, without dropout; item-kNN is cosine with 200 "
    "neighbours. OpenBLAS is held to one thread around implicit in every library alike, as it "
    "is up to ten times slower otherwise; EASE has as many threads as each library takes by "
    "itself. LensKit answers with the employee vectors of its training, which its documentation "
    "calls faster, and in two processes where that is. RecTools is installed without its extra "
    "for PyTorch, which nothing here needs, and LensKit in the last release for this Python.",
)

_MOST_SECONDS = 120 * 60.0
"""After which no library is asked any more; what is left out is named in the tables."""


def main() -> None:
    """Write the section."""
    asked = _arguments()
    until = monotonic() + _MOST_SECONDS
    with ExitStack() as stack:
        log = stack.enter_context(TemporaryFile("w+", encoding="utf-8"))
        libraries = {name: Library(name, asked.peers, until, log) for name in TITLES}
        for library in libraries.values():
            stack.callback(library.close)
        about = {name: lib.about() for name, lib in libraries.items()}
        blend = Blend()
        measured = [Measured(None, [run(one, libraries) for one in starting(about)])]
        measured += [_measured(size, libraries, blend) for size in asked.sizes]
    section = _section(measured, about, blend)
    asked.out.write_text(json.dumps(section, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--peers", type=Path, default=Path(".venv-peers"))
    parser.add_argument(
        "--sizes", type=Size.parse, nargs="+", default=SIZES, help="EMPLOYEESxCOURSESxEVENTS"
    )
    return parser.parse_args()


def _measured(size: Size, libraries: Mapping[str, Library], blend: Blend) -> Measured:
    """Measure all rows of one size."""
    rows: list[Row] = []
    with TemporaryDirectory() as folder:
        write_company(size, Path(folder))
        for library in libraries.values():
            library.use(Path(folder))
        for measurement in measurements(size, blend):
            print(f"{size.name}: {measurement.title}", flush=True)
            rows.append(run(measurement, libraries))
            if measurement.key == "train":
                blend.learn(rows[-1].found[OURS].last)
    return Measured(size, rows)


def _section(
    measured: Sequence[Measured], about: Mapping[str, Mapping[str, Any]], blend: Blend
) -> dict[str, Any]:
    sized = [one for one in measured if one.size]
    return {
        "title": "Speed",
        "command": COMMAND,
        "text": [*_TEXT, f"The blend is what `train` found: {blend.told}", _versions(about)],
        "tables": [
            goals_table(measured),
            *(speed_table(one) for one in measured),
            *(memory_table(one) for one in sized),
        ],
        "metrics": dict(pair for one in measured for pair in metrics(one)),
    }


def _versions(about: Mapping[str, Mapping[str, Any]]) -> str:
    told = []
    for name, said in about.items():
        versions = said.get("versions", {})
        found = ", ".join(f"{what} {version}" for what, version in versions.items())
        told.append(f"{TITLES[name]}: {found or said['failed']}")
    return f"Versions. {'; '.join(told)}."


if __name__ == "__main__":
    main()
