"""The OpenAPI document of the service."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel

from hrreco.service.access import Allowed, door_of
from hrreco.service.problems import MEDIA_TYPE
from hrreco.service.shown.base import Shown

TITLE = "hrreco"

_ABOUT = """\
The right training next, for every employee: with a reason, and a way out.

Every request below `/v1` takes `Authorization: Bearer TOKEN`, with a token or an API key. An
employee asks about themself only. Every error is a problem document (RFC 9457).
"""

_WHY = {
    400: ("A statement that is none, or cannot be stored.", "object: is missing"),
    401: ("No token, or one that cannot be believed.", "give a valid bearer token or API key"),
    403: ("The token may not ask for this.", "this token may not ask for this"),
    404: ("There is no such employee, course or role.", "unknown employee 'E00123'"),
    409: ("It contradicts what is stored.", "the event 'e1' is stored with other content"),
    413: ("The request is too large.", "the body is too large"),
    415: ("A body of another kind.", "send statements as application/json"),
    422: ("A value cannot be used.", "query.k: Input should be less than or equal to 100"),
    429: ("Too many requests.", "too many requests; try again in 2 seconds"),
    503: ("This cannot be answered now.", "this cannot be answered now; try again later"),
}


class Wrong(BaseModel):
    """One value that cannot be used."""

    where: str
    what: str


class ProblemDocument(BaseModel):
    """What went wrong, in the form of RFC 9457."""

    title: str
    status: int
    detail: str
    """What is wrong and what to do, with the close match where there is one."""
    errors: list[Wrong] | None = None


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what a route says of its errors."""
    return {status: _problem(status) for status in statuses}


def _problem(status: int) -> dict[str, Any]:
    description, detail = _WHY[status]
    example = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": schema, "example": example}},
    }


OF_EVERY = problems(401, 403, 413, 422, 429, 503)
"""The errors of every route that takes a token."""


def document_of(app: FastAPI) -> dict[str, Any]:
    """Return the document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=_ABOUT, routes=app.routes
        )
        parts = made.setdefault("components", {})
        schemas = parts.setdefault("schemas", {})
        schemas.update(_schema_of_problems())
        for model in Shown.__subclasses__():
            # FastAPI leaves null out of examples.
            schemas.get(model.__name__, {}).update(model.model_config.get("json_schema_extra", {}))
        parts["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
        for route, door in doors(app):
            for method in route.methods or ():
                operation = made["paths"][route.path_format][method.lower()]
                operation["security"] = [{"bearer": []}]
                operation["description"] += f"\n\nScope `{door.scope}`: {', '.join(door.roles)}."
        for operations in made["paths"].values():
            for operation in operations.values():
                operation["summary"] = operation["description"].partition("\n")[0].rstrip(".")
        app.openapi_schema = made
    return app.openapi_schema


def doors(app: FastAPI) -> Iterator[tuple[APIRoute, Allowed]]:
    """Yield the routes that take a token, each with whom it lets pass."""
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute) and (door := door_of(route)):
            yield route, door


def _schema_of_problems() -> dict[str, Any]:
    schema = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "ProblemDocument": schema}
