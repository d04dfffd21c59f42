"""The pictures of the docs, taken of the demo: `make screenshots`."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page

from hrreco import Workspace
from hrreco.workspace.tokens import LocalTokens
from tests.conftest import AS_OF
from tests.service.browser import browsing
from tests.service.running import running

EMPLOYEE = "E000367"  # whom the demo suggests courses to
WIDE, NARROW = (1200, 1180), (390, 1000)


def main(workspace: Path, folder: Path) -> None:
    """Take all pictures."""
    opened = Workspace.open(workspace)
    token = LocalTokens(opened).sign(EMPLOYEE, "employee", valid_for=timedelta(hours=1))
    opened.store.close()
    with running(workspace, as_of=AS_OF) as service, browsing() as browser:

        def shown(path: str, lang: str, scheme: str, size: tuple[int, int] = WIDE) -> Page:
            page = _page(browser, scheme, size)
            handed = f"employee={EMPLOYEE}&lang={lang}&token={token}"
            page.goto(f"{service.address}{path}#{handed}")
            page.locator("li[data-course], #history tr").first.wait_for()
            return page

        shown("/example", "en", "light").screenshot(path=folder / "lms.png")
        dark = shown("/example", "sv", "dark")
        _open_first_elective(dark)
        dark.screenshot(path=folder / "dark.png")
        narrow = shown("/example", "fi", "light", NARROW)
        _open_first_elective(narrow)
        narrow.locator("hrreco-suggestions").evaluate("one => one.scrollIntoView()")
        narrow.screenshot(path=folder / "narrow.png")
        shown("/me", "en", "light").screenshot(path=folder / "my-data.png")


def _page(browser: Browser, scheme: str, size: tuple[int, int]) -> Page:
    return browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )


def _open_first_elective(page: Page) -> None:
    card = page.locator("li[data-course]:not(.mandatory)").first
    for button in card.locator("button[aria-expanded]").all():
        button.click()
    page.mouse.move(0, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
