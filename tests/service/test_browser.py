"""The web component and the service's own pages, in a real browser over a real service."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from hrreco import Workspace
from hrreco.cli._demo import go_on
from hrreco.recommend import Answer
from hrreco.settings import Language
from hrreco.workspace.demo import Shown
from hrreco.workspace.tokens import LocalTokens
from tests.conftest import AS_OF
from tests.service.browser import Files, browsing, site
from tests.service.running import free_port, running
from tests.workspace.commands import HRRECO

SCRIPT = "/web/hrreco-suggestions.js"
NARROW = {"width": 320, "height": 800}
REJECTED = re.compile("is not suggested any more")


@dataclass
class Service:
    """A service that is started and stopped, and what is known of its workspace."""

    folder: Path
    port: int
    pages: Files
    other_port: int
    people: list[str] = field(default_factory=list)
    _stack: ExitStack = field(default_factory=ExitStack)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._stack.enter_context(running(self.folder, port=self.port, as_of=AS_OF))

    def stop(self) -> None:
        self._stack.close()

    def token(self, employee: str, hours: float = 1.0) -> str:
        workspace = Workspace.open(self.folder)
        tokens = LocalTokens(workspace)
        workspace.store.close()
        return tokens.sign(employee, "employee", valid_for=timedelta(hours=hours))

    def answer(self, employee: str, lang: Language = "en", k: int = 6) -> Answer:
        workspace = Workspace.open(self.folder)
        answer = workspace.advisor().recommend(employee, k, lang=lang, as_of=AS_OF)
        workspace.flush()
        workspace.store.close()
        return answer

    def somebody(self) -> str:
        """Return an employee that no other test has asked for, with a history."""
        while True:
            employee = self.people.pop()
            found = self.answer(employee)
            codes = {reason.code for item in found for reason in item.reasons}
            if len(found) == 6 and {"completed_course", "required"} <= codes:
                return employee

    def opened(self, path: str, employee: str, **more: str) -> str:
        """Return the address of a page that is handed a token."""
        handed = {"employee": employee, "token": self.token(employee), **more}
        return f"{self.address}{path}#" + "&".join(f"{k}={v}" for k, v in handed.items())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def service(
    browser: Browser, trained_once: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """A service of a workspace of the module's own, which lets in the pages of one origin."""
    folder = Path(shutil.copytree(trained_once, tmp_path_factory.mktemp("browser") / "acme"))
    port, pages = free_port(), Files()
    strict = (
        f"default-src 'none'; script-src 'self' http://127.0.0.1:{port}; "
        f"connect-src http://127.0.0.1:{port}; require-trusted-types-for 'script'"
    )
    with site(pages, {"Content-Security-Policy": strict}) as other_port:
        with (folder / "hrreco.toml").open("a") as settings:
            settings.write(f'\n[web]\nallowed_origins = ["http://127.0.0.1:{other_port}"]\n')
        made = Service(folder, port, pages, other_port)
        workspace = Workspace.open(folder)
        made.people = workspace.people.tables().employees["employee_id"].to_list()
        workspace.store.close()
        made.start()
        yield made
        made.stop()


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    """A page that breaks no policy, asks nobody else, fails nowhere and leaves nothing behind."""
    context = browser.new_context(locale="en-GB", accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    told: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(f"uncaught: {error}"))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    assert not [one for one in told if not one.startswith("Failed to load resource")]
    own = (service.address, f"http://127.0.0.1:{service.other_port}", "http://localhost:", "blob:")
    assert not [one for one in asked if not one.startswith(own)]
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]
    context.close()


def titles(page: Page) -> Locator:
    return page.locator("hrreco-suggestions li[data-course] h3")


def card(page: Page, course_id: str) -> Locator:
    return page.locator(f"hrreco-suggestions li[data-course='{course_id}']")


def shows(page: Page, answer: Answer) -> None:
    expect(titles(page)).to_have_text([item.title for item in answer])


def elective(answer: Answer) -> int:
    return next(place for place, item in enumerate(answer) if item.kind == "elective")


def as_the_demo_says(service: Service, employee: str) -> str:
    """Return the address that the last command of `hrreco demo` prints."""
    shown = SimpleNamespace(
        people=[SimpleNamespace(answers={"en": service.answer(employee)})],
        workspace=service.folder,
        exports=Path("exports"),
        as_of=AS_OF,
        trained=SimpleNamespace(tracking_uri="sqlite:///x"),
    )
    command = go_on(cast(Shown, shown))[-1].replace("8080", str(service.port))
    there = {"PATH": f"{Path(HRRECO).parent}:{os.environ['PATH']}"}
    workspace = {"HRRECO_WORKSPACE": str(service.folder)}
    return subprocess.run(
        ["sh", "-c", command],
        env={**os.environ, **there, **workspace},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_suggestions_are_shown_at_the_address_that_the_demo_prints(
    page: Page, service: Service
) -> None:
    employee = service.somebody()
    answer = service.answer(employee)
    page.goto(as_the_demo_says(service, employee))
    shows(page, answer)
    for item in answer:
        shown = card(page, item.course_id)
        assert item.hours is not None
        expect(shown).to_contain_text(f"{item.hours:g} hour")
        expect(shown.get_by_role("link", name=item.title)).to_have_attribute(
            "href", item.url or ""
        )
        expect(shown.get_by_text("Mandatory", exact=True)).to_have_count(
            int(item.kind == "mandatory")
        )
        if item.due_on:
            expect(shown).to_contain_text(f"{item.due_on:%B} {item.due_on.day}, {item.due_on:%Y}")
    assert page.url == f"{service.address}/example"  # the token is gone from the address


@pytest.mark.parametrize(
    ("lang", "why"),
    [
        ("en", "Why am I seeing this?"),
        ("fi", "Miksi näen tämän?"),
        ("sv", "Varför ser jag detta?"),
    ],
)
def test_reasons_are_in_the_language_of_the_page(
    page: Page, service: Service, lang: Language, why: str
) -> None:
    employee = service.somebody()
    answer = service.answer(employee, lang)
    page.goto(service.opened("/example", employee, lang=lang))
    for item in answer:
        shown = card(page, item.course_id)
        shown.get_by_role("button", name=why).click()
        reasons = shown.locator(".why li")
        rest = sum(reason.share for reason in item.reasons) < 0.99
        expect(reasons).to_have_count(len(item.reasons) + rest)
        for reason, told in zip(item.reasons, reasons.all(), strict=False):
            expect(told).to_contain_text(reason.text)
            whole = f"{reason.share:.0%}".removesuffix("%")
            expect(told).to_contain_text(re.compile(rf"\b{whole}\s?%"))


def test_feedback_is_in_force_at_once_and_for_good(page: Page, service: Service) -> None:
    employee = service.somebody()
    answer = service.answer(employee)
    place = elective(answer)
    rejected = answer[place]
    page.goto(service.opened("/example", employee))
    shown = card(page, rejected.course_id)
    shown.get_by_role("button", name="Not for me").click()
    shown.get_by_role("button", name="Not relevant to me").click()
    expect(page.locator("hrreco-suggestions").get_by_role("status")).to_have_text(REJECTED)
    expect(shown).to_have_count(0)
    shows(page, service.answer(employee))
    expect(titles(page)).to_have_count(6)  # another one has come in its place
    expect(titles(page).nth(place)).to_be_focused()
    page.goto("about:blank")
    page.goto(service.opened("/example", employee))
    expect(titles(page)).to_have_count(6)
    expect(shown).to_have_count(0)


def test_opting_out_is_in_force_at_once_and_can_be_taken_back(
    page: Page, service: Service
) -> None:
    employee = service.somebody()
    before = service.answer(employee)
    page.goto(service.opened("/example", employee))
    shows(page, before)
    switch = page.get_by_role("switch", name="Personal suggestions")
    switch.click()
    expect(switch).not_to_be_checked()
    expect(page.get_by_text("Personal suggestions are off.")).to_be_visible()
    without = service.answer(employee)
    assert "completed_course" not in {reason.code for item in without for reason in item.reasons}
    shows(page, without)
    page.reload()  # the token is nowhere, so it is asked for
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto(service.opened("/example", employee))
    expect(switch).not_to_be_checked()
    switch.click()
    expect(switch).to_be_checked()
    shows(page, before)


def test_a_token_that_is_over_is_asked_for_and_what_was_begun_goes_on(
    page: Page, service: Service
) -> None:
    employee = service.somebody()
    rejected = service.answer(employee)[elective(service.answer(employee))]
    page.goto(service.opened("/example", employee))
    shown = card(page, rejected.course_id)
    shown.get_by_role("button", name="Not for me").click()
    old = service.token(employee, hours=-1)
    page.locator("hrreco-suggestions").evaluate("(one, token) => { one.token = token }", old)
    shown.get_by_role("button", name="Wrong level").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    expect(shown).to_be_hidden()  # from whoever sits there now
    page.get_by_label("Token").fill(service.token(employee))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(REJECTED)).to_be_visible()
    expect(shown).to_have_count(0)
    expect(page.get_by_text("You are signed out")).to_be_hidden()
    shows(page, service.answer(employee))


def embedded(service: Service, employee: str, script: str) -> None:
    """Make a page of an LMS that holds the component."""
    service.pages["/"] = (
        "text/html",
        f'<!doctype html><html lang="sv-FI"><title>LMS</title><script src="/own.js"></script>'
        f'<script src="{service.address}{SCRIPT}" defer></script>'
        f'<hrreco-suggestions employee="{employee}" k="6"></hrreco-suggestions>',
    )
    service.pages["/own.js"] = ("text/javascript", script)


HANDS_TOKENS = """
window.asked = [];
addEventListener("hrreco-token-needed", (event) => {
  asked.push(event.detail);
  event.target.token = asked.length === 1 ? "%s" : "%s";
});
"""


def test_a_page_of_another_origin_hands_tokens_when_they_are_asked_for(
    page: Page, service: Service
) -> None:
    employee = service.somebody()
    tokens = service.token(employee, hours=-1), service.token(employee)
    embedded(service, employee, HANDS_TOKENS % tokens)
    page.goto(f"http://127.0.0.1:{service.other_port}/")
    shows(page, service.answer(employee))
    expect(page.get_by_role("heading", name="Förslag till dig")).to_be_visible()
    needed = [{"employee": employee, "expired": False}, {"employee": employee, "expired": True}]
    assert page.evaluate("asked") == needed


def test_a_page_of_an_origin_that_is_not_named_is_told_nothing(
    browser: Browser, service: Service
) -> None:
    employee = service.somebody()
    embedded(service, employee, HANDS_TOKENS % ((service.token(employee),) * 2))
    page = browser.new_page()
    page.goto(f"http://localhost:{service.other_port}/")
    expect(page.get_by_text("Förslagen kan inte hämtas just nu")).to_be_visible()
    expect(titles(page)).to_have_count(0)
    page.close()


def test_somebody_else_s_suggestions_are_refused_in_words(page: Page, service: Service) -> None:
    mine, theirs = service.somebody(), service.somebody()
    address = service.opened("/example", mine).replace(f"employee={mine}", f"employee={theirs}")
    page.goto(address)
    expect(page.get_by_text("These suggestions are for somebody else")).to_be_visible()
    page.goto(service.opened("/example", theirs))
    expect(titles(page)).to_have_count(6)


def test_all_of_it_works_from_the_keyboard(page: Page, service: Service) -> None:
    employee = service.somebody()
    answer = service.answer(employee)
    page.goto(service.opened("/example", employee))
    expect(titles(page)).to_have_count(6)
    press = page.keyboard.press

    def tab_to(locator: Callable[[], Locator]) -> None:
        for _ in range(60):
            press("Tab")
            if locator().evaluate("one => one === one.getRootNode().activeElement"):
                return
        raise AssertionError("no way there")

    shown = card(page, answer[elective(answer)].course_id)
    tab_to(lambda: shown.get_by_role("button", name="Why am I seeing this?"))
    press("Enter")
    expect(shown.locator(".why")).to_be_visible()
    press("Tab")
    press("Space")  # not for me
    tab_to(lambda: shown.get_by_role("button", name="I know this already"))
    press("Enter")
    expect(shown).to_have_count(0)
    expect(titles(page).nth(elective(answer))).to_be_focused()
    switch = page.get_by_role("switch", name="Personal suggestions")
    tab_to(lambda: switch)
    press("Space")
    expect(switch).not_to_be_checked()
    expect(switch).to_be_focused()


def sound(page: Page) -> None:
    """Axe finds nothing, and nothing is cut off."""
    found = Axe().run(page).response["violations"]
    assert not [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, service: Service, scheme: str) -> None:
    employee = service.somebody()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(service.opened("/example", employee))
    expect(titles(page)).to_have_count(6)
    for button in page.locator("hrreco-suggestions button[aria-expanded]").all():
        button.click()
    sound(page)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    sound(page)
    page.goto(service.opened("/me", employee, lang="fi"))
    expect(page.get_by_role("heading", name="Osaaminen")).to_be_visible()
    sound(page)
    page.goto("about:blank")
    page.goto(f"{service.address}/me")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    sound(page)


def test_the_look_is_the_page_s_to_choose(page: Page, service: Service) -> None:
    employee = service.somebody()
    page.goto(service.opened("/example", employee, theme="dark"))
    link = titles(page).first.locator("a")
    expect(link).to_have_css("color", "rgb(232, 238, 241)")
    page.locator("hrreco-suggestions").evaluate(
        "one => { one.setAttribute('theme', 'light');"
        " one.style.setProperty('--hrreco-text', 'red') }"
    )
    expect(link).to_have_css("color", "rgb(255, 0, 0)")


def test_my_data_is_shown_and_mine_to_decide_on(page: Page, service: Service) -> None:
    employee = service.somebody()
    page.goto(service.opened("/me", employee))
    workspace = Workspace.open(service.folder)
    record = workspace.people.employee(employee)
    expect(page.get_by_text(record.role, exact=True)).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#history tr")).to_have_count(len(record.events))
    switch = page.get_by_role("switch", name="Learning from my history")
    switch.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(switch).not_to_be_checked()
    assert workspace.opt_outs.is_out(employee, "training")
    switch.click()
    expect(switch).to_be_checked()
    assert not workspace.opt_outs.is_out(employee, "training")
    workspace.store.close()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download everything").click()
    held = json.loads(download.value.path().read_text())
    assert held["employee_id"] == employee
    page.get_by_label("Language").select_option("fi")
    expect(page.get_by_role("heading", name="Omat valintasi")).to_be_visible()


def test_it_comes_back_by_itself_when_the_service_does(page: Page, service: Service) -> None:
    employee = service.somebody()
    answer = service.answer(employee)
    page.goto(service.opened("/example", employee))
    shown = card(page, answer[elective(answer)].course_id)
    shown.get_by_role("button", name="Not for me").click()
    service.stop()
    shown.get_by_role("button", name="Not now").click()
    expect(page.get_by_text("That was not saved. Try again.")).to_be_visible()
    suggestions = page.locator("hrreco-suggestions")
    suggestions.evaluate("one => one.setAttribute('lang', 'sv')")
    expect(page.get_by_text("Förslagen kan inte hämtas just nu")).to_be_visible()
    service.start()
    page.set_default_timeout(30_000)
    expect(titles(page)).to_have_count(6, timeout=30_000)
    expect(page.get_by_text("Förslagen kan inte hämtas just nu")).to_be_hidden()
