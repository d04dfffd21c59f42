"""A browser for the tests: Debian's Chromium, through Playwright.

`.ci/run` installs it and says that it is needed; elsewhere the tests that want one are skipped,
with the reason, where there is none.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

NEEDED = "TESTS_NEED_BROWSER"
CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def browsing() -> Iterator[Browser]:
    """Run a browser until the block ends; skip the tests that want one where there is none."""
    if not CHROMIUM.exists():
        assert NEEDED not in os.environ, f"{NEEDED} is set, and there is no {CHROMIUM}"
        pytest.skip("no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


Files = dict[str, tuple[str, str]]
"""What a page is made of: media type and text, by path."""


@contextmanager
def site(files: Files, headers: dict[str, str]) -> Iterator[int]:
    """Serve the pages of another origin until the block ends; yields the port."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, files, headers)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


class _Site(BaseHTTPRequestHandler):
    def __init__(self, files: Files, headers: dict[str, str], *given: Any) -> None:
        self._files = files
        self._more = headers
        super().__init__(*given)

    def do_GET(self) -> None:
        media_type, text = self._files.get(self.path, ("text/plain", ""))
        self.send_response(200 if self.path in self._files else 204)
        for name, value in {**self._more, "Content-Type": media_type}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *told: Any) -> None:
        """Say nothing."""
