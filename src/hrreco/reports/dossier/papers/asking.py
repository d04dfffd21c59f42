"""Who may ask the HTTP service for what: a section of the record, and what others say of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hrreco.reports.dossier.asking import Issuer
from hrreco.reports.dossier.papers.page import Page, code


def asking(page: Page) -> None:
    """Write the section."""
    page.section("asking.title")
    page.say("asking.note")
    page.points(_believed(page))
    page.table(("asker", "about", "scopes", "proof"), _roles(page))
    _systems(page)
    page.section("asking.means", 3)
    least = page.texts.number(page.facts.min_people)
    page.points(
        [
            page.texts.say("asking.means_employee"),
            page.texts.say("asking.means_manager", least=least),
            *(page.texts.say(f"asking.means_{what}") for what in ("system", "scores", "logs")),
            *_bounds(page),
        ]
    )
    page.blanks("asking.proxy")


def believed(page: Page) -> str:
    """Return whom the service believes, and what of it must be changed."""
    asked, say = page.facts.asking, page.texts.say
    said = say(f"asking.mode_{asked.mode}")
    return f"{said} {say('asking.open_local')}" if asked.mode == "local" else said


def systems(page: Page) -> str:
    """Return the names of the systems that have an API key; empty where there is none."""
    return code(system.name for system in page.facts.asking.systems)


def _believed(page: Page) -> Iterator[str]:
    issuer, say = page.facts.asking.issuer, page.texts.say
    yield believed(page)
    if issuer is not None:
        yield from _issuer(page, issuer)
    yield say("asking.keys")


def _issuer(page: Page, issuer: Issuer) -> Iterator[str]:
    say = page.texts.say
    yield say(
        "asking.issuer",
        issuer=issuer.issuer,
        audience=issuer.audience,
        algorithms=code(issuer.algorithms),
        seconds=page.texts.number(issuer.leeway_seconds),
    )
    yield say(f"asking.issuer_{issuer.keys}", source=issuer.keys_from)
    yield say("asking.claims", employee=issuer.employee_claim, role=issuer.role_claim)


def _roles(page: Page) -> Iterator[tuple[str, str, str, str]]:
    say = page.texts.say
    for one in page.facts.asking.roles:
        yield (
            f"`{one.role}`",
            say(f"about.{one.about}"),
            "; ".join(say(f"scope.{scope}") for scope in one.scopes),
            say(f"proof.{'_or_'.join(one.proven_by) or 'none'}"),
        )


def _systems(page: Page) -> None:
    having = page.facts.asking.systems
    if not having:
        page.say("asking.no_system")
        return
    page.say("asking.systems")
    page.table(
        ("system", "asker", "scopes", "since"),
        (
            (
                f"`{one.name}`",
                f"`{one.role}`",
                code(one.scopes),
                page.texts.day(date.fromisoformat(one.since)),
            )
            for one in having
        ),
    )


def _bounds(page: Page) -> Iterator[str]:
    """Yield how much one caller may ask, and from which pages."""
    asked, say = page.facts.asking, page.texts.say
    limits = {name: page.texts.number(most) for name, most in asked.limits.items()}
    yield say("asking.limits", **limits)
    origins = asked.allowed_origins
    yield say("asking.origins", origins=code(origins)) if origins else say("asking.no_origin")
    if plain := [origin for origin in origins if origin.startswith("http://")]:
        yield say("asking.open_origins", origins=code(plain))
