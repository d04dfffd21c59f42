"""Which pages may show what the service has to say."""

import pytest
from pydantic import ValidationError

from hrreco.settings.web import WebSettings


def test_nobody_may_unless_named() -> None:
    assert WebSettings().allowed_origins == ()


def test_origins_are_as_a_browser_writes_them() -> None:
    named = ("https://lms.example.com", "http://localhost:8443", "https://[::1]:1", "https://X.fi")
    assert WebSettings(allowed_origins=named).allowed_origins[-1] == "https://x.fi"


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "null",
        "lms.example.com",
        "https://",
        "https://*.example.com",
        "https://lms.example.com/",
        "https://lms.example.com/course",
        "https://lms.example.com?a=1",
        "https://me@lms.example.com",
        "https://lms.example.com:no",
        "https://a.example; script-src *",
        "https://a.example https://b.example",
        "ftp://lms.example.com",
    ],
)
def test_what_is_no_origin_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="is no origin"):
        WebSettings(allowed_origins=(text,))
