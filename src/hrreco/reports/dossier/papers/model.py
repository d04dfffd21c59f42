"""What serves: the sections of the impact assessment about the model."""

from __future__ import annotations

import json
from datetime import date

from hrreco.reports.dossier.papers.page import Page


def computed(page: Page) -> None:
    """Write the section on what is computed."""
    serving, say = page.facts.serving, page.texts.say
    page.section("dpia.computed")
    page.say("dpia.computed_note")
    page.state()
    if serving.bundle_id is None:
        page.say("dpia.never_trained")
        return
    page.say("dpia.rules_serve" if serving.rules else "dpia.learned_serves")
    page.points(
        [
            say("dpia.no_version", bundle=serving.bundle_id)
            if serving.version is None
            else say("dpia.version", version=serving.version, bundle=serving.bundle_id),
            *([say("dpia.forgot")] if serving.after_forgetting else []),
            *_training(page),
        ]
    )
    page.table(
        ("model", "settings"),
        ((f"`{name}`", _settings(settings)) for name, settings in serving.models.items()),
    )


def _training(page: Page) -> list[str]:
    serving, texts = page.facts.serving, page.texts
    lines = []
    if serving.windows is not None and serving.compared:
        choose, gate = (
            texts.day(date.fromisoformat(serving.windows[name]))
            for name in ("choose_from", "gate_from")
        )
        lines.append(texts.say("dpia.windows", choose=choose, gate=gate))
    if serving.learned_from:
        counts = serving.learned_from
        lines.append(
            texts.say(
                "dpia.learned_from",
                people=page.count(counts["employees_with_completions"]),
                completions=page.count(counts["completions"]),
                courses=texts.number(counts["courses"] or 0),
            )
        )
    return lines


def _settings(settings: dict[str, object]) -> str:
    return ", ".join(f"`{name} = {json.dumps(value)}`" for name, value in settings.items()) or "–"


def small_data(page: Page) -> None:
    """Write whether there is enough data for a learned model."""
    serving = page.facts.serving
    if serving.bundle_id is None:
        return
    better = any(one.verdict == "better" for one in serving.compared)
    if serving.rules:
        page.say("dpia.small_rules")
    else:
        page.say("dpia.small_learned" if better else "dpia.small_promoted")
