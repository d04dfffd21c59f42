"""Settings that a company decides, and the registers that run time needs."""

from hrreco.settings.clock import AsOf, Moment
from hrreco.settings.events import EventMeaning
from hrreco.settings.files import check_target, is_disk_full, sync, write_whole
from hrreco.settings.necessity import PersonalColumn
from hrreco.settings.never import NEVER_KINDS, never_audited, never_necessary
from hrreco.settings.progress import Progress, silent
from hrreco.settings.settings import Language, Settings
from hrreco.settings.texts import LANGUAGES, Texts, read_texts
from hrreco.settings.toml import parse, read_toml

__all__ = [
    "LANGUAGES",
    "NEVER_KINDS",
    "AsOf",
    "EventMeaning",
    "Language",
    "Moment",
    "PersonalColumn",
    "Progress",
    "Settings",
    "Texts",
    "check_target",
    "is_disk_full",
    "never_audited",
    "never_necessary",
    "parse",
    "read_texts",
    "read_toml",
    "silent",
    "sync",
    "write_whole",
]
