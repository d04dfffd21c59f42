"""The public keys of an issuer, fetched anew as it changes them."""

from __future__ import annotations

import asyncio
import json
import logging
import time
import urllib.request
from collections.abc import Callable, Sequence
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import jwt

from hrreco.errors import SettingsError

_SECONDS = 5.0
"""How long a fetch may take, and whoever waits for one."""
_SECONDS_BETWEEN = 15.0
"""No guess at a key's name makes hrreco ask the issuer more often than this."""
_SECONDS_FRESH = 300.0
"""Keys older than this are fetched anew, while they go on serving."""
_MOST_BYTES = 1_000_000
_LEAST_RSA_BITS = 2048

_UNREADABLE = (
    *(OSError, HTTPException),
    *(ValueError, TypeError, KeyError, AttributeError, RecursionError),
)
"""What reading raises: of the way, and of a document that is no set of keys."""

_NOT_NOW = "the issuer's keys cannot be fetched; those from before serve"

_LOG = logging.getLogger("hrreco.service")

Keys = dict[tuple[str, str], Any]
"""Public keys by ``kid`` and the algorithm that they are for."""


class Jwks:
    """The keys of one issuer.

    While it cannot be reached, those that it had before serve.

    Parameters
    ----------
    source
        An https address, or a file; never anything that a token says.
    algorithms
        Those that are accepted.

    Raises
    ------
    SettingsError
        When the file holds no key that could be used. An address may come to have some.
    """

    def __init__(
        self,
        source: str | Path,
        algorithms: Sequence[str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._algorithms = algorithms
        self._clock = clock
        self._keys: Keys = {}
        self._tried = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        error = self._fetch()
        if error is not None and isinstance(source, Path):
            raise SettingsError(
                f"auth.oidc.jwks: {source} holds no public key for {', '.join(algorithms)}; "
                "it is a JSON Web Key Set, each key with a kid"
            )
        if error is not None:
            _LOG.warning(_NOT_NOW, exc_info=error)

    @property
    def is_empty(self) -> bool:
        """Whether no key was ever fetched."""
        return not self._keys

    async def key(self, kid: str, algorithm: str) -> Any | None:
        """Return a public key; None where the issuer has none of that name.

        A name that is not known is looked for anew, though not often.
        """
        found = self._keys.get((kid, algorithm))
        due = _SECONDS_BETWEEN if found is None else _SECONDS_FRESH
        if self._clock() - self._tried >= due and self._fetching is None:
            self._fetching = asyncio.create_task(self._fetch_beside())
        if found is None and self._fetching is not None:
            await asyncio.wait([self._fetching], timeout=_SECONDS)
            found = self._keys.get((kid, algorithm))
        return found

    async def _fetch_beside(self) -> None:
        try:
            if (error := await asyncio.to_thread(self._fetch)) is not None:
                _LOG.warning(_NOT_NOW, exc_info=error)
        finally:
            self._fetching = None

    def _fetch(self) -> Exception | None:
        """Take over the keys of the issuer; return why not, where there is none to be used."""
        self._tried = self._clock()
        try:
            self._keys = _usable(json.loads(_read(self._source)), self._algorithms)
        except _UNREADABLE as error:
            return error
        return None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leads nowhere: keys come from the address in the settings, or from nowhere."""

    def redirect_request(self, *_: Any) -> None:
        """Refuse."""


def _read(source: str | Path) -> bytes:
    if isinstance(source, Path):
        with source.open("rb") as file:
            return file.read(_MOST_BYTES)
    opener = urllib.request.build_opener(_NoRedirect)
    request = urllib.request.Request(source, headers={"Accept": "application/json"})
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            read: bytes = answer.read(_MOST_BYTES)
            return read
    except HTTPError as error:
        error.close()
        raise


def _usable(document: dict[str, Any], algorithms: Sequence[str]) -> Keys:
    """Return the keys of a set for each accepted algorithm that they fit.

    Raises
    ------
    ValueError
        When there is none.
    """
    found = {
        (one["kid"], algorithm): key
        for one in document["keys"]
        if isinstance(one.get("kid"), str) and one.get("use", "sig") == "sig"
        for algorithm in algorithms
        if one.get("alg", algorithm) == algorithm
        and (key := _public_key(one, algorithm)) is not None
    }
    if not found:
        raise ValueError("no key can be used")
    return found


def _public_key(one: dict[str, Any], algorithm: str) -> Any | None:
    """Return a key for an algorithm; None where it is of another kind, weak, or secret."""
    try:
        made = jwt.PyJWK(one, algorithm)
        key = made.Algorithm.prepare_key(made.key)
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    is_weak = algorithm.startswith(("RS", "PS")) and key.key_size < _LEAST_RSA_BITS
    return None if is_weak or hasattr(key, "sign") else key
