"""The `hrreco` command: one file per command, no logic.

What is heavy is imported by the command that needs it, when it runs.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typer import Context

_STOPPED = 130


def run() -> None:
    """Run the command line, and leave with its exit code: 0, 1, 2, or 130 when stopped."""
    _ready_streams()
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _STOPPED
    if code == _STOPPED:
        sys.stderr.write("hrreco: stopped\n")
    sys.exit(code)


def _ready_streams() -> None:
    """Have streams that take any text, and are there even where the caller closed them."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w")))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: list[str]) -> int:
    from typer import Abort, TyperException

    from hrreco.cli._app import app
    from hrreco.cli._call import complain

    for argument in arguments:
        if not _is_text(argument):
            complain(f"{argument!r} is not text in UTF-8")
            return 2
    try:
        return app(arguments or ["--help"], standalone_mode=False) or 0
    except TyperException as wrong_use:
        where = getattr(wrong_use, "ctx", None)  # only what a command refuses has one
        command = where.command_path if where else "hrreco"
        hint = _hint(getattr(wrong_use, "option_name", ""), where) if where else ""
        complain(f"{wrong_use.format_message().rstrip('.')}; {hint}see {command} --help")
    except Abort:
        return _STOPPED
    except OSError as failed:
        complain(f"{failed.filename or 'the system'}: {failed.strerror or failed}")
    return 2


def _hint(option: str, where: Context) -> str:
    """Return how to write an id that was taken for an option, where one may have been meant."""
    ids = [part for part in where.command.params if part.param_type_name == "argument"]
    if not ids or not option or option.startswith("--"):
        return ""
    names = " ".join(str(part.metavar) for part in ids)
    written = f"{where.command_path} [OPTIONS] -- {names}"
    return f"an id that begins with a dash comes last, after --: {written}; "


def _is_text(argument: str) -> bool:
    """Return whether an argument was text; the bytes of any other come as lone surrogates."""
    try:
        argument.encode()
    except UnicodeEncodeError:
        return False
    return True
