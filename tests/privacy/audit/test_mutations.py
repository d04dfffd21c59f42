"""Whatever is done to an audit log, `hrreco audit verify` says so in one line."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hrreco import Workspace
from hrreco.cli import _run
from hrreco.privacy.audit import Kind
from hrreco.privacy.audit.verify import checkpoint_message
from hrreco.privacy.erasure import erase
from hrreco.store.chain import Checkpoint, cut_before, line_at
from tests.store.build import care_home, ingest_into

TABLES = ("audit_chain", "audit_payloads", "audit_checkpoints")
HEAD, KEY, DATABASE = "audit-head.json", "audit.key", "hrreco.db"

Mutation = Callable[[Path, random.Random], None]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose log has been cut once; some of what its lines are about was erased."""
    workspace = Workspace.init(tmp_path_factory.mktemp("audit") / "acme")
    ingest_into(workspace.store, care_home(employees=6), source="first", full=True)
    for number in range(24):
        workspace.opt_outs.opt_out(f"{number % 6:03d}", ["training"])
        workspace.log(Kind.TRAINING, version=number)
    with workspace.audit_log.writing() as transaction:
        line = line_at(transaction.connection, 9)
        assert line is not None
        mark = Checkpoint(line.seq, line.at, line.hash, b"")
        sign = workspace.audit_log.signer.sign
        signature = sign(transaction.connection, checkpoint_message(mark))
        cut_before(transaction.connection, mark._replace(signature=signature))
        transaction.append(Kind.ANSWER_PURGE, {"answers_up_to": 9, "lines_up_to": 9})
    erase(workspace.audit_log, "002", at=datetime.now(UTC) + timedelta(seconds=1))
    workspace.store.close()
    return workspace.path


def rows(path: Path) -> list[tuple[object, ...]]:
    """Return all that the log holds."""
    with closing(sqlite3.connect(path / DATABASE)) as database:
        return [row for table in TABLES for row in database.execute(f"SELECT * FROM {table}")]


def any_row(database: sqlite3.Connection, draw: random.Random) -> tuple[str, int]:
    table = draw.choice(TABLES)
    numbers = [seq for (seq,) in database.execute(f"SELECT seq FROM {table}")]
    return table, draw.choice(numbers)


def another(value: object, draw: random.Random) -> object:
    """Return a value that differs, be it by one bit or in kind."""
    if isinstance(value, bytes) and value and draw.random() < 0.5:
        at = draw.randrange(len(value))
        return value[:at] + bytes([value[at] ^ (1 << draw.randrange(8))]) + value[at + 1 :]
    if isinstance(value, int) and draw.random() < 0.5:
        return value ^ (1 << draw.randrange(40))
    others: list[object] = [0, -1, 1.5, "", "x\n\udc80y".encode("utf-8", "replace"), b"\xff" * 32]
    others += ["lines", draw.randbytes(draw.randrange(80))]
    return draw.choice([other for other in others if other != value])


def change_a_value(path: Path, draw: random.Random) -> None:
    with closing(sqlite3.connect(path / DATABASE)) as database, database:
        table, seq = any_row(database, draw)
        names = [name for _, name, *_ in database.execute(f"PRAGMA table_info({table})")]
        name = draw.choice([name for name in names if name != "seq"])
        asked = (f"SELECT {name} FROM {table} WHERE seq = ?", (seq,))
        ((value,),) = database.execute(*asked)
        changed = f"UPDATE {table} SET {name} = ? WHERE seq = ?"
        database.execute(changed, (another(value, draw), seq))


def delete_rows(path: Path, draw: random.Random) -> None:
    with closing(sqlite3.connect(path / DATABASE)) as database, database:
        table, seq = any_row(database, draw)
        what = draw.choice(["=", "<=", ">="])
        database.execute(f"DELETE FROM {table} WHERE seq {what} ?", (seq,))


def duplicate_a_row(path: Path, draw: random.Random) -> None:
    with closing(sqlite3.connect(path / DATABASE)) as database, database:
        table, seq = any_row(database, draw)
        ((*values,),) = database.execute(f"SELECT * FROM {table} WHERE seq = ?", (seq,))
        values[0] = draw.choice([0, -5, 1_000, 10_000_000_000])
        marks = ", ".join("?" * len(values))
        database.execute(f"INSERT INTO {table} VALUES ({marks})", values)


def swap_rows(path: Path, draw: random.Random) -> None:
    with closing(sqlite3.connect(path / DATABASE)) as database, database:
        numbers = [seq for (seq,) in database.execute("SELECT seq FROM audit_chain")]
        one, other = draw.sample(numbers, 2)
        for table in draw.choice([TABLES[:2], TABLES[:1]]):
            for before, after in ((one, -1), (other, one), (-1, other)):
                database.execute(f"UPDATE {table} SET seq = ? WHERE seq = ?", (after, before))


def change_bytes_of(name: str) -> Mutation:
    def change(path: Path, draw: random.Random) -> None:
        content = bytearray((path / name).read_bytes())
        for _ in range(draw.choice([1, 1, 4])):
            content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
        (path / name).write_bytes(content)

    return change


def change_pages_of_the_log(path: Path, draw: random.Random) -> None:
    """Damage the database where the log is, rather than anywhere."""
    with closing(sqlite3.connect(path / DATABASE)) as database:
        roots = database.execute("SELECT rootpage FROM sqlite_master WHERE name LIKE 'audit%'")
        page = draw.choice([root for (root,) in roots]) - 1
        ((size,),) = database.execute("PRAGMA page_size")
    content = bytearray((path / DATABASE).read_bytes())
    for _ in range(draw.choice([1, 3, 40])):
        content[page * size + draw.randrange(size)] = draw.randrange(256)
    (path / DATABASE).write_bytes(content)


def cut_file(path: Path, draw: random.Random) -> None:
    name = draw.choice([HEAD, KEY, DATABASE])
    content = (path / name).read_bytes()
    (path / name).write_bytes(content[: draw.randrange(len(content))])


def change_what_is_known_of_the_keys(path: Path, draw: random.Random) -> None:
    with closing(sqlite3.connect(path / DATABASE)) as database, database:
        value = draw.choice(["", "[", "[1]", "{}", '["zz"]', '["00"]', "\x00", "7", "[null]"])
        known = "UPDATE meta SET value = ? WHERE name = 'audit_keys'"
        database.execute(known, (value,))


OF_ROWS: tuple[Mutation, ...] = (change_a_value, delete_rows, duplicate_a_row, swap_rows)
OF_BYTES: tuple[Mutation, ...] = (
    *(change_bytes_of(HEAD), change_bytes_of(KEY), change_bytes_of(DATABASE)),
    *(change_pages_of_the_log, cut_file, change_what_is_known_of_the_keys),
)


def check(filled: Path, folder: Path, seed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Change a copy of the log, and see it refused: in the log itself by a line that names it."""
    draw = random.Random(seed)
    path = folder / "changed"
    shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(filled, path)
    mutate = draw.choice(draw.choice([OF_ROWS, OF_BYTES]))
    mutate(path, draw)
    capsys.readouterr()
    code = _run(["audit", "verify", "--workspace", str(path)])
    out, err = capsys.readouterr()
    if code == 0:
        # Bytes that nothing is read from, and none of them the log's.
        assert mutate in OF_BYTES, seed
        assert rows(path) == rows(filled), seed
        return
    said = (out + err).splitlines()
    assert len(said) == 1, (seed, said)
    if mutate in OF_ROWS:
        assert code == 1, (seed, said)
        assert said[0].startswith("Not whole: "), (seed, said)
    else:
        assert code in {1, 2}, (seed, said)
        assert said[0].startswith(("Not whole: ", "hrreco: ")), (seed, said)


def test_a_log_that_nobody_touched_is_whole(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(["audit", "verify", "--workspace", str(filled)]) == 0
    assert capsys.readouterr().out.startswith("Whole: lines 10 to 50, ")


@pytest.mark.parametrize("seed", range(3))
def test_every_change_is_refused_in_one_line(
    seed: int, filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(50):
        check(filled, tmp_path, f"{seed}-{number}", capsys)


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(100, 120))
def test_many_changes_are_refused_in_one_line(
    seed: int, filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(50):
        check(filled, tmp_path, f"{seed}-{number}", capsys)
