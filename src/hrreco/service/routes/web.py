"""The web component, and the pages of the service's own that show what it does."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import resources
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from hrreco.service.problems import Problem
from hrreco.service.state import worker_of

router = APIRouter()

_PAGES = {"/example": "example.html", "/me": "me.html"}
_TYPES = {"js": "text/javascript", "css": "text/css", "html": "text/html", "svg": "image/svg+xml"}

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; frame-ancestors 'self'"
)
"""A page may run, show and reach what this service serves, and nothing else."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",  # kept, and asked for anew: mostly it is still the same
}


class _File(NamedTuple):
    content: bytes
    tag: str
    media_type: str


@cache
def _files() -> dict[str, _File]:
    """Return what is served, by name."""
    found = {}
    for file in (resources.files("hrreco.service") / "web").iterdir():
        content = file.read_bytes()
        media_type = f"{_TYPES[file.name.rpartition('.')[2]]}; charset=utf-8"
        found[file.name] = _File(content, f'"{sha256(content).hexdigest()[:32]}"', media_type)
    return found


async def _page(request: Request) -> Response:
    origins = (await worker_of(request)).workspace.settings.web.allowed_origins
    policy = " ".join((_POLICY, *origins))
    return _answer(
        request, _files()[_PAGES[request.url.path]], {"Content-Security-Policy": policy}
    )


async def _part(request: Request) -> Response:
    file = _files().get(request.path_params["name"])
    if file is None or file.media_type.startswith("text/html"):
        raise Problem(404, "nothing is here; the component is /web/hrreco-suggestions.js")
    # Any page may hold the script: it knows nothing, and asks for nothing without a token.
    return _answer(request, file, {"Cross-Origin-Resource-Policy": "cross-origin"})


def _answer(request: Request, file: _File, more: dict[str, str]) -> Response:
    headers = {**_HEADERS, **more, "ETag": file.tag}
    held = request.headers.get("if-none-match", "").split(",")
    if any(one.strip().removeprefix("W/") in (file.tag, "*") for one in held):
        return Response(status_code=304, headers=headers)
    return Response(file.content, headers=headers, media_type=file.media_type)


for _path in _PAGES:
    router.add_route(_path, _page, include_in_schema=False)
router.add_route("/web/{name}", _part, include_in_schema=False)
