"""The `hrreco` command: one file per command, no logic."""

from __future__ import annotations

import sys


def run() -> None:
    """Run the command line, and leave with its exit code: 0, 1 or 2."""
    from typer import Abort, TyperException

    from hrreco.cli._app import app
    from hrreco.cli._call import complain

    try:
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False)
    except TyperException as wrong_use:
        complain(f"{wrong_use.format_message().rstrip('.')}; see hrreco --help")
        code = 2
    except Abort:
        code = 130
    except OSError as failed:
        complain(f"{failed.filename or 'the system'}: {failed.strerror or failed}")
        code = 2
    sys.exit(code or 0)
