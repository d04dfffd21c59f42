"""``python -m hrreco.cli`` is `hrreco`."""

from hrreco.cli import run

run()
