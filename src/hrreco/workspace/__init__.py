"""One folder on disk per company, and one function per use case."""

from hrreco.workspace.doctor import diagnose, is_usable
from hrreco.workspace.evaluate import evaluate_workspace
from hrreco.workspace.optouts import opt_in, opt_out
from hrreco.workspace.recommend import Written, recommend_all
from hrreco.workspace.workspace import Workspace

__all__ = [
    "Workspace",
    "Written",
    "diagnose",
    "evaluate_workspace",
    "is_usable",
    "opt_in",
    "opt_out",
    "recommend_all",
]
