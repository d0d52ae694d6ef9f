"""Writes are whole or not at all, paths stay inside, one run at a time."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from jingwei.store import (
    Busy,
    Cache,
    CannotWrite,
    OutsideWorkspace,
    cache_key,
    inside,
    locked,
    write_atomically,
)

KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from jingwei.store import write_atomically
setattr(os, sys.argv[2], lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL))
write_atomically(Path(sys.argv[1]), b"new" * 100_000)
"""


@pytest.mark.parametrize("at", ["fsync", "replace"])
def test_a_killed_write_leaves_the_old_content(tmp_path: Path, at: str) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"old")
    run = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(path), at], check=False)
    assert run.returncode == -signal.SIGKILL
    assert path.read_bytes() == b"old"


def test_a_write_that_fails_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"old")

    def disk_full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(CannotWrite, match="No space left"):
        write_atomically(path, b"new")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"plan.yaml": b"old"}


def test_a_write_keeps_the_permissions_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("relative", ["../x", "a/../../x", "/etc/passwd", "", ".", "a\0b"])
def test_paths_that_leave_the_root_are_refused(tmp_path: Path, relative: str) -> None:
    with pytest.raises(OutsideWorkspace):
        inside(tmp_path, relative)


def test_a_link_on_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "plans").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(OutsideWorkspace, match="符号链接"):
        inside(tmp_path / "root", "plans/x.yaml")
    assert inside(tmp_path / "root", "data/x.csv") == tmp_path / "root" / "data" / "x.csv"


HOLDS_THE_LOCK = """
import sys, time
from pathlib import Path
from jingwei.store import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_waits_and_then_says_who_is_at_work(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS_THE_LOCK, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        with pytest.raises(Busy, match=str(other.pid)), locked(lock, wait=0.1):
            pass
        other.kill()  # the lock ends with the process that held it
    with locked(lock, wait=0.1):
        pass


def test_the_room_can_be_imported_where_there_is_no_flock() -> None:
    code = "import sys; sys.modules['fcntl'] = None; import jingwei.store, pathlib, tempfile\n"
    code += "with jingwei.store.locked(pathlib.Path(tempfile.mkdtemp()) / 'lock'): print('ran')"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "ran\n"


def test_opening_the_room_does_not_load_pydantic_or_yaml() -> None:
    code = "import jingwei.store, sys; print({'pydantic', 'ruamel.yaml', 'xlsxwriter'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_the_cache_gives_back_what_was_put(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    key = cache_key(b"document", "compiler 1")
    assert cache.get(key) is None
    cache.put(key, {"句": [1, None, "😀"]})
    assert cache.get(key) == {"句": [1, None, "😀"]}


def test_other_content_and_other_code_have_other_keys() -> None:
    keys = {cache_key(b"a", "1"), cache_key(b"a", "2"), cache_key(b"b", "1"), cache_key(b"a1", "")}
    assert len(keys) == 4


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-3], lambda b: b"", lambda b: b.replace(b"1", b"2")]
)
def test_a_damaged_entry_is_dropped(tmp_path: Path, damage) -> None:
    cache = Cache(tmp_path)
    key = cache_key(b"document", "1")
    cache.put(key, [1, 1, 1])
    (path,) = tmp_path.rglob("*.json")
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get(key) is None
    assert not path.exists()
    cache.put(key, [1])
    assert cache.get(key) == [1]
