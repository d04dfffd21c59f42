"""In what capacity somebody asks the service, and what for."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """In what capacity somebody asks."""

    EMPLOYEE = "employee"
    MANAGER = "manager"
    LMS = "lms"
    ADMIN = "admin"


class Scope(StrEnum):
    """What may be asked for."""

    SUGGESTIONS = "suggestions"
    """Recommendations, reasons why not, gaps, paths and onboarding; careers, of oneself alone."""

    FEEDBACK = "feedback"
    OPT_OUTS = "opt-outs"
    EXPORT = "export"
    """All that is held about one person."""

    ERASURE = "erasure"
    EVENTS = "events"
    """Handing in what employees did with courses, as rows or as xAPI statements."""

    CATALOGUE = "catalogue"
    """Handing in courses and employees."""

    REPORTS = "reports"
    """Figures of groups."""

    METRICS = "metrics"


ABOUT_ONESELF = frozenset({Scope.SUGGESTIONS, Scope.FEEDBACK, Scope.OPT_OUTS, Scope.EXPORT})
"""What an employee may ask for: never of somebody else."""

GRANTED: dict[Role, frozenset[Scope]] = {
    Role.EMPLOYEE: ABOUT_ONESELF,
    Role.MANAGER: frozenset({Scope.REPORTS}),
    Role.LMS: frozenset({Scope.SUGGESTIONS, Scope.FEEDBACK, Scope.OPT_OUTS, Scope.EVENTS}),
    Role.ADMIN: frozenset(
        {Scope.CATALOGUE, Scope.REPORTS, Scope.EXPORT, Scope.ERASURE, Scope.METRICS}
    ),
}
"""The most that each role may ask for; a token or key may name less, and never more."""

OF_SYSTEMS = frozenset({Role.LMS, Role.ADMIN})
"""Roles that systems have: their subject is the name of one, and they have API keys."""
