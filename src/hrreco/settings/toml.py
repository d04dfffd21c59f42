"""Settings from a TOML file or from Python, with errors that name the key and the close match."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from hrreco.errors import MissingFileError, SettingsError, close_match

Model = TypeVar("Model", bound=BaseModel)

ENVIRONMENT = "HRRECO_"
"""How the names of environment variables begin; an error that begins so blames one of them."""


class Checked(BaseModel):
    """Settings that a caller makes in Python: a mistake is a `SettingsError`, as in a file."""

    def __init__(self, **values: Any) -> None:
        try:
            super().__init__(**values)
        except ValidationError as error:
            where = self._variable(error.errors()[0]["loc"])
            problem = _first_problem(error, type(self))
            raise SettingsError(f"{where}: {problem}" if where else problem) from None

    @classmethod
    def _variable(cls, location: tuple[int | str, ...]) -> str | None:
        """Return the environment variable that set the value at `location`, if one did."""
        del location
        return None


def read_toml(path: Path, model: type[Model]) -> Model:
    """Read the file at `path` as a `model`.

    Raises
    ------
    MissingFileError
        When there is no such file.
    SettingsError
        When the file is not TOML, holds an unknown key or a value out of range; the message
        names the file, the key, and the close match.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise MissingFileError(f"{path}: no such file") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not a TOML file: {error}") from None
    return parse(values, model, source=str(path))


def parse(values: dict[str, Any], model: type[Model], *, source: str) -> Model:
    """Turn plain `values` into a `model`; `source` names their origin in errors.

    Raises
    ------
    SettingsError
        As for `read_toml`.
    """
    try:
        return model(**values)
    except SettingsError as error:
        if str(error).startswith(ENVIRONMENT):
            raise
        raise SettingsError(f"{source}: {error}") from None
    except ValidationError as error:
        raise SettingsError(f"{source}: {_first_problem(error, model)}") from None


def _first_problem(error: ValidationError, model: type[BaseModel]) -> str:
    problem = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in problem["loc"])
    if problem["type"] != "extra_forbidden":
        message = problem["msg"].removeprefix("Value error, ")
        return f"{where}: {message}" if where else message
    known = _keys_beside(problem["loc"], model)
    key = str(problem["loc"][-1])
    hint = close_match(key, known) or f"; known are {', '.join(sorted(known))}"
    return f"unknown key {where!r}{hint}"


def _keys_beside(location: tuple[int | str, ...], model: type[BaseModel]) -> Iterable[str]:
    """Return the keys that are allowed where the unknown key stood."""
    for part in location[:-1]:
        field = model.model_fields.get(str(part))
        nested = _model_within(field.annotation) if field else None
        model = nested or model
    return list(model.model_fields)


def _model_within(annotation: Any) -> type[BaseModel] | None:
    candidates = [annotation, *getattr(annotation, "__args__", ())]
    return next((c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)), None)
