"""Whatever is done to a bundle, it is refused in one line: none loads, none crashes."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hrreco.errors import BundleError
from hrreco.models import read_bundle, write_bundle

from .company import origin
from .conftest import _fitted

Files = dict[str, bytes]
Mutation = Callable[[Files, random.Random], None]

MODELS = ("ease", "lightfm", "transitions", "content", "popularity")
MANIFEST = "manifest.json"


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Files]]:
    """The ids and the files of bundles of several models."""
    made = []
    for name in MODELS:
        folder = tmp_path_factory.mktemp("bundles") / name
        bundle_id = write_bundle(folder, _fitted(name), origin(ingest_seq=7))
        made.append((bundle_id, {path.name: path.read_bytes() for path in folder.iterdir()}))
    return made


def flip(files: Files, draw: random.Random) -> None:
    name = draw.choice(sorted(files))
    content = bytearray(files[name])
    for _ in range(draw.choice([1, 1, 16])):
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    files[name] = bytes(content)


def cut_or_extend(files: Files, draw: random.Random) -> None:
    name = draw.choice(sorted(files))
    content = files[name]
    longer = content + draw.randbytes(draw.randrange(1, 9))
    files[name] = draw.choice([content[: draw.randrange(len(content))], longer])


def rename_or_remove(files: Files, draw: random.Random) -> None:
    content = files.pop(draw.choice(sorted(files)))
    if draw.random() < 0.5:
        files[draw.choice(["x.npy", "manifest.pkl", ".hidden", "vocabulary.jsn"])] = content


def swap(files: Files, draw: random.Random) -> None:
    one, other = draw.sample(sorted(files), 2)
    files[one], files[other] = files[other], files[one]


def add(files: Files, draw: random.Random) -> None:
    name = draw.choice(["extra.npy", "model.pkl", "code.py", "A.npy"])
    files[name] = draw.choice([b"", *files.values()])


def change_the_manifest(files: Files, draw: random.Random) -> None:
    """Put other JSON anywhere, as somebody would who knows the form."""
    manifest = json.loads(files[MANIFEST])
    others: list[Any] = [None, -1, 0.5, "", "x" * 300, [], {}, [[]], True, "2026-01-01", 10**30]
    place: Any = manifest
    while True:
        keys = list(place) if isinstance(place, dict) else range(len(place))
        key = draw.choice(keys)
        if not isinstance(place[key], dict | list) or not place[key] or draw.random() < 0.3:
            break
        place = place[key]
    if isinstance(place, dict) and draw.random() < 0.4:
        place[draw.choice(["code", "name", f"{key}_"])] = place.pop(key)
    else:
        place[key] = draw.choice([other for other in others if other != place[key]])
    files[MANIFEST] = json.dumps(manifest).encode()


def change_an_array_and_its_hash(files: Files, draw: random.Random) -> None:
    """Put other numbers into an array, with the right hash."""
    manifest = json.loads(files[MANIFEST])
    name = draw.choice([name for name in sorted(files) if name != MANIFEST])
    content = bytearray(files[name])
    for _ in range(draw.choice([1, 8])):
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    files[name] = bytes(content)
    digest = hashlib.sha256(files[name]).hexdigest()
    if name.endswith(".npy"):
        manifest["arrays"][name]["sha256"] = digest
    else:
        manifest["vocabulary_sha256"] = digest
    files[MANIFEST] = json.dumps(manifest).encode()


MUTATIONS: tuple[Mutation, ...] = (
    *(flip, cut_or_extend, rename_or_remove, swap, add),
    *(change_the_manifest, change_the_manifest, change_an_array_and_its_hash),
)


def check(bundles: list[tuple[str, Files]], folder: Path, seed: str) -> None:
    """Change a bundle; refuse it by its id, and never trip over it even without."""
    draw = random.Random(seed)
    bundle_id, whole = draw.choice(bundles)
    files = dict(whole)
    draw.choice(MUTATIONS)(files, draw)
    assert files != whole, seed
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with pytest.raises(BundleError) as caught:
        read_bundle(folder, bundle_id)
    assert "\n" not in str(caught.value), seed
    try:
        read_bundle(folder)
    except BundleError as refused:
        assert "\n" not in str(refused), seed


@pytest.mark.parametrize("seed", range(6))
def test_every_change_is_refused_in_one_line(
    seed: int, bundles: list[tuple[str, Files]], tmp_path: Path
) -> None:
    for number in range(50):
        check(bundles, tmp_path / str(number), f"{seed}-{number}")


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(100, 120))
def test_many_changes_are_refused_in_one_line(
    seed: int, bundles: list[tuple[str, Files]], tmp_path: Path
) -> None:
    for number in range(50):
        check(bundles, tmp_path / str(number), f"{seed}-{number}")
