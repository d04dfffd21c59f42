"""Recommenders, the contract they keep, and the bundles they are stored in."""

from hrreco.models._blas import blas_threads
from hrreco.models._bundle import Bundle, read_bundle, read_origin, write_bundle
from hrreco.models._contract import Forgot, ModelConfig, Recommender
from hrreco.models._contributions import Contributions
from hrreco.models._explained import Explained
from hrreco.models._manifest import Manifest, Origin
from hrreco.models._near import Near
from hrreco.models._registry import configured, names, offered, recommender
from hrreco.models._training_data import FitLimits, TrainingData

__all__ = [
    "Bundle",
    "Contributions",
    "Explained",
    "FitLimits",
    "Forgot",
    "Manifest",
    "ModelConfig",
    "Near",
    "Origin",
    "Recommender",
    "TrainingData",
    "blas_threads",
    "configured",
    "names",
    "offered",
    "read_bundle",
    "read_origin",
    "recommender",
    "write_bundle",
]
