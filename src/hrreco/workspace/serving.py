"""Which bundle of a workspace serves: a file that points at it, changed as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hrreco.errors import BundleError
from hrreco.settings import write_whole

if TYPE_CHECKING:
    from hrreco.training import TrainedModel

_CHAMPIONS_KEPT = 20


class Serving:
    """The part of a workspace that knows what serves."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def bundles(self) -> Path:
        """The folder of bundles, each in a folder named by its id."""
        return self.path / "bundles"

    def champion_id(self) -> str | None:
        """Return the id of the bundle that serves, or None before the first training."""
        pointer = self._champion_file
        try:
            bundle_id = json.loads(pointer.read_text(encoding="utf-8"))["bundle_id"]
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            bundle_id = ""
        if not re.fullmatch("[0-9a-f]{64}", str(bundle_id)):
            raise BundleError(f"{pointer} is damaged; make a new model with: hrreco train")
        return str(bundle_id)

    def champions_before(self) -> tuple[int, ...]:
        """Return the numbers of the versions that served before the champion, the latest last."""
        try:
            pointer = json.loads(self._champion_file.read_text(encoding="utf-8"))
            return tuple(int(number) for number in pointer["before"])
        except (OSError, ValueError, KeyError, TypeError):
            return ()

    def set_champion(self, bundle_id: str, before: Iterable[int]) -> None:
        """Let a bundle serve from the next call on, in every process.

        Parameters
        ----------
        before
            The numbers of the versions that served before it, the latest last.
        """
        kept = list(before)[-_CHAMPIONS_KEPT:]
        pointer = {"bundle_id": bundle_id, "before": kept}
        write_whole(self._champion_file, json.dumps(pointer) + "\n")

    def retire_champion(self) -> None:
        """Let no model serve, in any process: the rules answer until the next training."""
        self._champion_file.unlink(missing_ok=True)

    def champion_mark(self) -> tuple[int, int] | None:
        """Return what changes whenever a champion is set, read in microseconds; None before."""
        try:
            found = self._champion_file.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

    @property
    def _champion_file(self) -> Path:
        return self.bundles / "champion.json"

    def champion(self) -> TrainedModel | None:
        """Return the model that serves, verified, or None before the first training."""
        from hrreco.training import TrainedModel

        bundle_id = self.champion_id()
        return TrainedModel.load(self.bundles / bundle_id, bundle_id) if bundle_id else None
