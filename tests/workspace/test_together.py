"""Commands started at once on a new workspace all succeed."""

from pathlib import Path

import pytest

from hrreco import Workspace
from tests.conftest import AS_OF
from tests.workspace.commands import start


def all_at_once(folder: Path, exports: Path, trainings: int = 4) -> None:
    config = folder.with_suffix(".toml")
    config.write_text('models = ["ease"]\n')
    train = ("train", "--config", config, "--as-of", AS_OF)
    same = [(4, ("init",)), (4, ("ingest", exports, "--as-of", AS_OF)), (trainings, train)]
    for number, command in same:
        processes = [start(*command, workspace=folder) for _ in range(number)]
        for process in processes:
            _, err = process.communicate()
            assert process.returncode == 0, f"{command[0]}: {err}"
    workspace = Workspace.open(folder)
    assert workspace.store.last_ingest() == 4
    assert workspace.champion() is not None


def test_several_at_once(exports: Path, tmp_path: Path) -> None:
    # That four make the store of MLflow at once is in the tests of tracking.
    all_at_once(tmp_path / "acme", exports, trainings=2)


@pytest.mark.torture
@pytest.mark.parametrize("turn", range(20))
def test_four_at_once_many_times(turn: int, exports: Path, tmp_path: Path) -> None:
    all_at_once(tmp_path / "acme", exports)
