"""One folder on disk per company, and one function per use case.

A use case is imported when it is first used: a command waits for no more than it needs.
"""

from typing import TYPE_CHECKING

from hrreco._lazily import lazily

if TYPE_CHECKING:
    from hrreco.workspace.api_keys import add_api_key, revoke_api_key, show_api_keys
    from hrreco.workspace.audit import audit_head, audit_lines, check_audit
    from hrreco.workspace.comparison import compare_runs
    from hrreco.workspace.decisions import replay
    from hrreco.workspace.doctor import diagnose, is_usable
    from hrreco.workspace.erasure import erase_person
    from hrreco.workspace.evaluate import evaluate_workspace
    from hrreco.workspace.feedback import feedback_event
    from hrreco.workspace.keys import rotate_key, show_keys
    from hrreco.workspace.live import LiveAdvisor
    from hrreco.workspace.optouts import opt_in, opt_out, opted_out
    from hrreco.workspace.profile import known_of
    from hrreco.workspace.promotion import promote, roll_back
    from hrreco.workspace.purging import purge
    from hrreco.workspace.recommend import Written, recommend_all
    from hrreco.workspace.rights import correct_person, export_person
    from hrreco.workspace.skills import apply_esco, match_to_esco, skill_coverage
    from hrreco.workspace.tuning import tune
    from hrreco.workspace.verification import verify_certificate
    from hrreco.workspace.workspace import Workspace

_HOMES = {
    "LiveAdvisor": ".live",
    "feedback_event": ".feedback",
    "known_of": ".profile",
    "Workspace": ".workspace",
    "Written": ".recommend",
    "add_api_key": ".api_keys",
    "apply_esco": ".skills",
    "audit_head": ".audit",
    "audit_lines": ".audit",
    "check_audit": ".audit",
    "compare_runs": ".comparison",
    "diagnose": ".doctor",
    "erase_person": ".erasure",
    "evaluate_workspace": ".evaluate",
    "correct_person": ".rights",
    "export_person": ".rights",
    "is_usable": ".doctor",
    "match_to_esco": ".skills",
    "opt_in": ".optouts",
    "opt_out": ".optouts",
    "opted_out": ".optouts",
    "promote": ".promotion",
    "purge": ".purging",
    "roll_back": ".promotion",
    "skill_coverage": ".skills",
    "verify_certificate": ".verification",
    "tune": ".tuning",
    "recommend_all": ".recommend",
    "replay": ".decisions",
    "revoke_api_key": ".api_keys",
    "rotate_key": ".keys",
    "show_api_keys": ".api_keys",
    "show_keys": ".keys",
}

__all__ = [
    "LiveAdvisor",
    "Workspace",
    "Written",
    "add_api_key",
    "apply_esco",
    "audit_head",
    "audit_lines",
    "check_audit",
    "compare_runs",
    "correct_person",
    "diagnose",
    "erase_person",
    "evaluate_workspace",
    "export_person",
    "feedback_event",
    "is_usable",
    "known_of",
    "match_to_esco",
    "opt_in",
    "opt_out",
    "opted_out",
    "promote",
    "purge",
    "recommend_all",
    "replay",
    "revoke_api_key",
    "roll_back",
    "rotate_key",
    "show_api_keys",
    "show_keys",
    "skill_coverage",
    "tune",
    "verify_certificate",
]

__getattr__ = lazily(__name__, _HOMES)
