"""What is known of a person, built from rows: for one answer, or for a fit over everyone."""

from hrreco.profiles.build import build_profile
from hrreco.profiles.courses import CourseProfiles
from hrreco.profiles.encode import encode_all, encode_one, role_only
from hrreco.profiles.features import build_vocabulary
from hrreco.profiles.history import Evidence
from hrreco.profiles.interest import evidence_until, rows_of_interest
from hrreco.profiles.learners import Csr, Learners, twin
from hrreco.profiles.pasts import pasts_of_all
from hrreco.profiles.profile import EmployeeProfile, HistoryEntry, KnownSkill
from hrreco.profiles.skills import unmet
from hrreco.profiles.vocabulary import EVERYONE, OTHER, ROLE, Feature, Vocabulary

__all__ = [
    "EVERYONE",
    "OTHER",
    "ROLE",
    "CourseProfiles",
    "Csr",
    "EmployeeProfile",
    "Evidence",
    "Feature",
    "HistoryEntry",
    "KnownSkill",
    "Learners",
    "Vocabulary",
    "build_profile",
    "build_vocabulary",
    "encode_all",
    "encode_one",
    "evidence_until",
    "pasts_of_all",
    "role_only",
    "rows_of_interest",
    "twin",
    "unmet",
]
