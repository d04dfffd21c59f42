"""What every command shares: its common options, its errors, and how its outcome is shown."""

from __future__ import annotations

import functools
import inspect
import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hrreco.errors import DiskFullError, HrrecoError, WorkspaceError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from hrreco.advisor import Told
    from hrreco.settings import Progress
    from hrreco.workspace import Workspace

WORKSPACE_VARIABLE = "HRRECO_WORKSPACE"
_READER_GONE = 141  # as of a process that SIGPIPE ended

_WorkspaceOption = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        metavar="DIR",
        help=f"The workspace; else ${WORKSPACE_VARIABLE}, else the current folder.",
    ),
]
_AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Act as on this day (YYYY-MM-DD); else now."),
]
_JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@dataclass(frozen=True)
class Outcome:
    """What a command has to say.

    Attributes
    ----------
    payload
        What `--json` prints.
    view
        What a person sees instead.
    exit_code
        0, or 1 when the command ran and the answer is no.
    commands
        What to go on with: printed as it is, never wrapped, so that it can be copied.
    """

    payload: dict[str, Any]
    view: RenderableType
    exit_code: int = 0
    commands: tuple[str, ...] = ()


@dataclass(frozen=True)
class Call:
    """The common options of one call of a command, and whom long work tells of its progress.

    Attributes
    ----------
    named
        Whether `--workspace` names the folder; otherwise the environment does, or nobody.
    """

    workspace_path: Path
    named: bool
    as_of: str | None
    json: bool
    progress: Progress

    @functools.cached_property
    def workspace(self) -> Workspace:
        """The workspace the call is about."""
        from hrreco.workspace import Workspace

        try:
            return Workspace.open(self.workspace_path)
        except WorkspaceError as error:
            if self.named:
                raise
            by_variable = WORKSPACE_VARIABLE in os.environ
            hint = "names that folder" if by_variable else "or --workspace may name another one"
            raise WorkspaceError(f"{error}; ${WORKSPACE_VARIABLE} {hint}") from None

    def same_workspace(self, command: str) -> str:
        """Return a command as it can be copied: for the workspace that this call named."""
        if not self.named:
            return command
        return f"{command} --workspace {shlex.quote(str(self.workspace_path))}"

    def settle(self) -> None:
        """Have on disk what was answered, before anybody is told."""
        if "workspace" in self.__dict__:
            self.workspace.flush()


def answered(call: Call, told: Told, view: RenderableType) -> Outcome:
    """Return the outcome of a question about an employee, with how to ask for it again."""
    again = call.same_workspace(f"hrreco replay {told.decision_id}")
    return Outcome(told.to_json(), view, commands=(again,) if told.decision_id else ())


def command(
    app: typer.Typer, name: str, *, example: str
) -> Callable[[Callable[..., Outcome]], Callable[..., None]]:
    """Register a function as the command `name`, with the options all commands share.

    The function takes a `Call` first, and returns its `Outcome`.
    """

    def register(function: Callable[..., Outcome]) -> Callable[..., None]:
        @functools.wraps(function)
        def run(
            *args: Any, workspace: Path | None, as_of: str | None, as_json: bool, **own: Any
        ) -> None:
            path = workspace or Path(os.environ.get(WORKSPACE_VARIABLE, "."))
            try:
                _check_date(as_of)
                with _progress(f"{app.info.name} {name}") as progress:
                    call = Call(path, workspace is not None, as_of, as_json, progress)
                    outcome = function(call, *args, **own)
                    call.settle()
                _show(outcome, as_json=as_json)
            except Exception as error:
                failed = _in_words(error, path)
                if failed is None:
                    raise
                complain(failed)
                raise typer.Exit(2) from None

        # What typer reads the options from. mypy knows no such attribute of functions, though
        # PEP 362 names it: hence the silenced line.
        run.__signature__ = _with_common_options(function)  # type: ignore[attr-defined]
        epilog = f"Example: {example}"
        return app.command(name, epilog=epilog, no_args_is_help=False)(run)

    return register


def _in_words(error: Exception, workspace: Path) -> str | None:
    """Return what to say of an error, or None where it is no error that a user can mend."""
    from hrreco.settings import is_disk_full

    if isinstance(error, DiskFullError):
        return str(error)
    if is_disk_full(error, workspace):  # whatever a library has made of it
        return "the disk is full; free some space"
    if isinstance(error, HrrecoError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename or 'the system'}: {error.strerror or error}"
    return None


@contextmanager
def _progress(doing: str) -> Iterator[Progress]:
    """Give a progress bar on a terminal, and nothing to be seen elsewhere."""
    if not sys.stderr.isatty():
        from hrreco.settings import silent

        yield silent
        return
    from hrreco.cli._progress import progress_bar

    with progress_bar(doing) as bar:
        yield bar


def _show(outcome: Outcome, *, as_json: bool) -> None:
    _say(_document(outcome.payload) if as_json else _page(outcome))
    if outcome.exit_code:
        raise typer.Exit(outcome.exit_code)


def _check_date(as_of: str | None) -> None:
    """Refuse a wrong date, even where the command would not look at it."""
    if as_of is not None:
        from hrreco.settings import Moment

        Moment.of(as_of, "UTC")


def _document(payload: dict[str, Any]) -> str:
    """Return JSON that is valid in whatever encoding it is written."""
    utf8 = sys.stdout.encoding.lower().replace("-", "") == "utf8"
    return json.dumps(payload, ensure_ascii=not utf8, indent=2) + "\n"


def _page(outcome: Outcome) -> str:
    from rich.console import Console, Group

    # Titles and paths are a company's own: a bracket in one is no style.
    console = Console(markup=False, emoji=False, highlight=False)
    with console.capture() as page:
        console.print(Group(outcome.view), crop=False)  # a group keeps whole lines whole
    lines = [line.rstrip() for line in page.get().splitlines()]
    return "".join(f"{line}\n" for line in [*lines, *outcome.commands])


def _say(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has had enough, as in `hrreco … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(_READER_GONE) from None


def complain(message: str) -> None:
    """Say on stderr, in one line, what is wrong."""
    with suppress(OSError):  # the exit code says the same to whoever cannot be told in words
        sys.stderr.write(f"hrreco: {' '.join(message.split())}\n")


def _with_common_options(function: Callable[..., Outcome]) -> inspect.Signature:
    own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    common = [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
        )
        for name, annotation, default in (
            ("workspace", _WorkspaceOption, None),
            ("as_of", _AsOfOption, None),
            ("as_json", _JsonOption, False),
        )
    ]
    return inspect.Signature([*own, *common])
