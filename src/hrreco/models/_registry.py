"""Finding models by name. A public module of this package is a model of the same name."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from hrreco.errors import UnknownIdError, close_match
from hrreco.models._contract import Recommender
from hrreco.settings import parse

_ONLY_AROUND_OTHERS = frozenset({"fallback"})
"""Models that training puts around another one: bundles name them, people do not."""


@cache
def names() -> tuple[str, ...]:
    """Return the names of all models, sorted."""
    from hrreco import models

    modules = (module.name for module in pkgutil.iter_modules(models.__path__))
    return tuple(sorted(name for name in modules if not name.startswith("_")))


def offered() -> tuple[str, ...]:
    """Return the names of the models that people may ask for, sorted."""
    return tuple(name for name in names() if name not in _ONLY_AROUND_OTHERS)


@cache
def recommender(name: str) -> type[Recommender]:
    """Return the model of that name.

    Raises
    ------
    UnknownIdError
        When there is no such model; names the close match.
    """
    if name not in names():
        hint = close_match(name, offered()) or f"; there are {', '.join(offered())}"
        raise UnknownIdError(f"unknown model {name!r}{hint}")
    module = import_module(f"hrreco.models.{name}")
    return next(
        found
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Recommender) and _is_named(found, name)
    )


def configured(name: str, settings: Mapping[str, Any]) -> Recommender:
    """Return the model of that name with these settings, not fitted.

    Raises
    ------
    UnknownIdError
        When there is no such model.
    SettingsError
        When a setting is unknown or out of range.
    """
    model = recommender(name)
    return model(parse(dict(settings), model.Config, source=f"settings of {name}"))


def _is_named(model: type[Recommender], name: str) -> bool:
    return getattr(model, "name", None) == name
