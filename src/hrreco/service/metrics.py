"""Figures for Prometheus: how many requests, and how long they took."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.types import Scope as RequestScope

from hrreco.service.access import door_of
from hrreco.service.auth import Scope

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The variable of the environment that names the folder in which workers put figures together."""

RIGHTS = frozenset({Scope.OPT_OUTS, Scope.EXPORT, Scope.ERASURE})
"""What people have a right to: counted as one, or a figure might tell that somebody opted out."""

_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


disable_created_metrics()  # type: ignore[no-untyped-call]  # the moment of a first request


class Metrics:
    """Requests by what was asked for and how it ended, in all workers together."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._seconds = Histogram(
            "hrreco_request_seconds",
            "Seconds that requests took, by route and class of status.",
            ("route", "status"),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._series: dict[tuple[Callable[..., Any] | None, int], Histogram] = {}

    def note(self, scope: RequestScope, status: int, seconds: float) -> None:
        """Count a request."""
        kind = scope.get("endpoint"), status // 100
        series = self._series.get(kind)
        if series is None:
            series = self._seconds.labels(_label(scope), f"{kind[1]}xx")
            self._series[kind] = series
        series.observe(seconds)

    def text(self) -> bytes:
        """Return all figures in the form that Prometheus reads."""
        if FOLDER not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # it has no types
        return generate_latest(together)


def _label(scope: RequestScope) -> str:
    route = scope.get("route")
    if route is None:
        return "none"
    if (door := door_of(route)) is not None and door.scope in RIGHTS:
        return "rights"
    return str(getattr(route, "path_format", "none"))
