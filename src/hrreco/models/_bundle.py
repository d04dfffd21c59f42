"""Fitted models on disk: plain arrays, a vocabulary, and a manifest that vouches for both.

A bundle is a flat folder. Nothing in it is code, and nothing in it is a time: the same fit gives
the same bytes. Its id is the SHA-256 of its manifest, which holds that of every other file.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray
from pydantic import ValidationError

from hrreco.errors import BundleError, HrrecoError
from hrreco.models._contract import Recommender
from hrreco.models._manifest import ArrayEntry, Manifest, Origin, RecipeEntry
from hrreco.models._registry import configured
from hrreco.profiles import Vocabulary
from hrreco.settings import sync

_MANIFEST = "manifest.json"
_VOCABULARY = "vocabulary.json"
_ARRAY_FILE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*\.npy")


@dataclass(frozen=True)
class Bundle:
    """A fitted model as it was read from disk.

    Attributes
    ----------
    bundle_id
        SHA-256 of the manifest.
    """

    model: Recommender
    manifest: Manifest
    bundle_id: str

    @property
    def origin(self) -> Origin:
        """What the model was fitted on."""
        return Origin(**{name: getattr(self.manifest, name) for name in Origin.model_fields})


def write_bundle(
    folder: Path,
    model: Recommender,
    origin: Origin,
) -> str:
    """Write a fitted `model` to a new `folder`, all of it or nothing, and return the bundle's id.

    Writing the same bundle again leaves it as it is.

    Raises
    ------
    NotFittedError
        When the model is not fitted.
    BundleError
        When `folder` exists and is not this very bundle.
    """
    files = {f"{name}.npy": _plain(array) for name, array in sorted(model.arrays().items())}
    contents = {name: _npy_bytes(array) for name, array in files.items()}
    vocabulary = _canonical(model.vocabulary.to_json())
    manifest = Manifest(
        recipe=RecipeEntry(name=model.name, config=model.config.model_dump(mode="json")),
        arrays={
            name: ArrayEntry(
                sha256=_sha256(contents[name]), dtype=array.dtype.str, shape=array.shape
            )
            for name, array in files.items()
        },
        vocabulary_sha256=_sha256(vocabulary),
        versions={name: version(name) for name in ("hrreco", "numpy", "scipy", *model.engines())},
        **dict(origin),
    )
    contents[_VOCABULARY] = vocabulary
    contents[_MANIFEST] = _canonical(manifest.model_dump(mode="json"))
    bundle_id = _sha256(contents[_MANIFEST])
    _write_folder(folder, contents, bundle_id)
    return bundle_id


def read_bundle(folder: Path, expected_id: str | None = None) -> Bundle:
    """Read the bundle in `folder`; every byte is checked before any is used.

    Parameters
    ----------
    expected_id
        The id that `write_bundle` gave, from a place that is trusted more than the folder.

    Raises
    ------
    BundleError
        When a file is missing, unknown, changed or of a form that cannot be read.
    """
    contents = _read_folder(folder)
    bundle_id = _sha256(contents[_MANIFEST])
    if expected_id is not None and bundle_id != expected_id:
        raise BundleError(
            f"{folder}: another bundle is expected here, {expected_id[:12]}…, "
            f"and this is {bundle_id[:12]}…"
        )
    manifest = _parsed_manifest(folder, contents[_MANIFEST])
    _check_files(folder, manifest, contents)
    arrays = {
        name.removesuffix(".npy"): _array(folder, name, entry, contents[name])
        for name, entry in manifest.arrays.items()
    }
    try:
        vocabulary = Vocabulary.from_json(json.loads(contents[_VOCABULARY]))
        unfitted = configured(manifest.recipe.name, manifest.recipe.config)
        model = unfitted.restore(unfitted.config, arrays, vocabulary)
    except (HrrecoError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise BundleError(f"{folder}: this version of hrreco cannot use it: {error}") from error
    return Bundle(model, manifest, bundle_id)


def read_origin(folder: Path) -> Origin:
    """Read what the bundle in `folder` says it was fitted on, without its arrays.

    Raises
    ------
    BundleError
        When there is no manifest, or it cannot be read.
    """
    try:
        content = (folder / _MANIFEST).read_bytes()
    except OSError as error:
        raise BundleError(f"{folder}: {_MANIFEST}: {error.strerror}") from None
    return _parsed_manifest(folder, content)


def _canonical(values: Any) -> bytes:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _plain(array: NDArray[Any]) -> NDArray[Any]:
    """Return `array` in C order and little-endian: there is one way to write it."""
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))


def _npy_bytes(array: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    npy.write_array(buffer, array, version=(1, 0), allow_pickle=False)
    return buffer.getvalue()


def _write_folder(folder: Path, contents: Mapping[str, bytes], bundle_id: str) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in contents.items():
            (unfinished / name).write_bytes(content)
            sync(unfinished / name)
        sync(unfinished)
        _put_in_place(unfinished, folder, bundle_id)
        sync(folder.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _put_in_place(unfinished: Path, folder: Path, bundle_id: str) -> None:
    unfinished.chmod(0o755)
    try:
        unfinished.replace(folder)
    except OSError:
        if not folder.exists():
            raise
        if folder.is_dir() and _sha256(_read_folder(folder)[_MANIFEST]) == bundle_id:
            return
        raise BundleError(
            f"{folder} exists and is another bundle; name a folder that does not exist"
        ) from None


def _read_folder(folder: Path) -> dict[str, bytes]:
    if folder.is_symlink() or not folder.is_dir():
        raise BundleError(f"{folder}: there is no bundle; a bundle is a folder")
    contents = {}
    for path in sorted(folder.iterdir()):
        known = path.name in (_MANIFEST, _VOCABULARY) or _ARRAY_FILE.fullmatch(path.name)
        if path.is_symlink() or not path.is_file() or not known:
            raise BundleError(f"{folder}: {path.name!r} does not belong in a bundle")
        contents[path.name] = path.read_bytes()
    for name in (_MANIFEST, _VOCABULARY):
        if name not in contents:
            raise BundleError(f"{folder}: {name} is missing")
    return contents


def _parsed_manifest(folder: Path, content: bytes) -> Manifest:
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in problem["loc"])
        raise BundleError(f"{folder}: {_MANIFEST}: {where}: {problem['msg']}") from None


def _check_files(folder: Path, manifest: Manifest, contents: Mapping[str, bytes]) -> None:
    hashes = {name: entry.sha256 for name, entry in manifest.arrays.items()}
    hashes[_VOCABULARY] = manifest.vocabulary_sha256
    for name in sorted(hashes.keys() | contents.keys() - {_MANIFEST}):
        if name not in contents:
            raise BundleError(f"{folder}: {name!r} is missing")
        if name not in hashes:
            raise BundleError(f"{folder}: {name!r} is not in the manifest")
        if _sha256(contents[name]) != hashes[name]:
            raise BundleError(f"{folder}: {name!r} was changed since it was written")


def _array(folder: Path, name: str, entry: ArrayEntry, content: bytes) -> NDArray[Any]:
    """Return the array in a file's bytes, without a copy, so read-only."""
    stream = io.BytesIO(content)
    try:
        form = npy.read_magic(stream)
        shape, fortran, dtype = npy.read_array_header_1_0(stream)
    except (ValueError, SyntaxError, TokenError) as error:
        raise BundleError(f"{folder}: {name!r} is not an array file: {error}") from None
    size = math.prod(shape) * dtype.itemsize
    if form != (1, 0) or fortran or dtype.str != entry.dtype or shape != entry.shape:
        raise BundleError(f"{folder}: {name!r} is not the array that the manifest describes")
    if stream.tell() + size != len(content):
        raise BundleError(f"{folder}: {name!r} is shorter or longer than its shape says")
    return np.frombuffer(content, dtype=dtype, offset=stream.tell()).reshape(shape)
