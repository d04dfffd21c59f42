"""The table `[web]` of `hrreco.toml`: which pages may show what the service has to say."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _known_origin(text: str) -> str:
    """Return an origin as browsers write it; a whole address or a pattern is none."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    origin = f"{parts.scheme}://{parts.netloc}" if host else ""
    if text != origin or parts.scheme not in ("https", "http") or set("*@;, '\"") & set(text):
        raise ValueError(
            f"{text!r} is no origin; write scheme and host as a browser does, such as "
            "'https://lms.example.com', with no path and no slash at the end"
        )
    return origin.lower()


Origin = Annotated[str, AfterValidator(_known_origin)]


class WebSettings(BaseModel):
    """Which pages may show what the service has to say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    allowed_origins: tuple[Origin, ...] = Field(
        (),
        description="Origins of the LMS's pages: they may use the web component, and hold the "
        "service's own pages in a frame.",
    )
