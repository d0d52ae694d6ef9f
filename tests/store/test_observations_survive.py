"""Imports survive: kills, a full disk, two at once, readers beside them. By real processes."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Generator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from killing import ROWS
from revising import firm, value_of

from jingwei.core import Months, Scope
from jingwei.store import CannotWrite, Workspace
from jingwei.store.observations import Observations

HERE = Path(__file__).parent
TODAY = date(2025, 6, 1)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "yunxi")


def script(code: str, *arguments: object) -> subprocess.Popen[str]:
    head = "import sys\nfrom pathlib import Path\nfrom killing import *\n"
    return subprocess.Popen(
        [sys.executable, "-c", head + code, *map(str, arguments)],
        cwd=HERE, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def ended(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return out


def test_kills_at_random_moments_lose_nothing_that_was_acknowledged_and_leave_nothing_half() -> (
    None
):
    """200 kills: ``uv run python tests/store/killing.py 200``."""
    run = subprocess.run(
        [sys.executable, HERE / "killing.py", "25", "7"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    seen = {what: int(count) for what, count in re.findall(r"([^;:]+): (\d+)", run.stdout)}
    assert seen["kills"] == 25
    assert seen[" acknowledged imports"] >= 25, "the kills came too early to tell anything"


def test_the_order_is_write_flush_rename_flush_the_folder(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Observations(workspace)
    store.append([value_of(1)], dataset="a", imported_on=TODAY)
    calls: list[str] = []
    flush, rename = os.fsync, os.replace

    def fsync(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if path.is_dir():
            calls.append(f"flush {path.name}/")
        else:
            # all of it is written by now: the footer of a Parquet file comes last
            calls.append(f"flush {pq.read_metadata(path).num_rows} rows")
        flush(handle)

    def replace(source: Path, target: Path) -> None:
        assert Path(source).parent == Path(target).parent, "beside, so on the same disk"
        calls.append(f"rename to {Path(target).name[:13]}")
        rename(source, target)

    if not Path("/proc/self/fd").exists():
        pytest.skip("names of open files are looked up in /proc")
    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    store.append(
        [value_of(n, months=Months.year(n)) for n in (2001, 2002)], dataset="b", imported_on=TODAY
    )
    assert calls == ["flush 2 rows", "rename to g0001-000002-", "flush observations/"]


ONE_IMPORT = """
store = Observations(Workspace.open(Path(sys.argv[1])))
bring(store, 2)
os.write(1, b"acknowledged")
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_the_system_sees_that_order_before_the_import_is_acknowledged(workspace: Workspace) -> None:
    log = workspace.root / "calls.txt"
    head = "import sys\nfrom pathlib import Path\nfrom killing import *\n"
    traced = subprocess.run(
        ["strace", "-f", "-y", "-o", log, "-e", "trace=write,pwrite64,writev,fsync,rename,renameat,renameat2",
         sys.executable, "-c", head + ONE_IMPORT, workspace.root],
        cwd=HERE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "ptrace" in traced.stderr and traced.returncode:
        pytest.skip("tracing is not permitted here")
    assert traced.returncode == 0, traced.stderr
    lines = log.read_text("utf-8", "replace").splitlines()
    (renamed,) = [n for n, line in enumerate(lines) if re.search(r"rename.*/g0001-000001-", line)]
    temporary = re.findall(r'[^/"]+jingwei-tmp', lines[renamed])[0]
    writes = [n for n, each in enumerate(lines) if re.search(r"write", each) and temporary in each]
    flushed = [n for n, each in enumerate(lines) if "fsync(" in each and temporary in each]
    folder = [
        n for n, each in enumerate(lines) if re.search(r"fsync\(\d+<[^>]*/observations>", each)
    ]
    (told,) = [n for n, each in enumerate(lines) if '"acknowledged"' in each]
    assert writes
    assert max(writes) < flushed[0] < renamed
    assert any(renamed < n < told for n in folder)


IMPORTS = """
store = Observations(Workspace.open(Path(sys.argv[1])))
for number in range(int(sys.argv[2]), int(sys.argv[2]) + 5):
    bring(store, number)
    if number == 12:
        store.compact()
"""
READS = """
workspace = Workspace.open(Path(sys.argv[1]))
known, reads = {}, 0
while not (workspace.root / "done").exists() or reads < 2:
    found = counted(Observations(workspace))
    assert all(rows == ROWS for rows in found.values()), found
    assert known.items() <= found.items(), "what was seen stays"
    known, reads = found, reads + 1
print(reads)
"""


def test_two_imports_at_once_and_readers_beside_them_lose_nothing(workspace: Workspace) -> None:
    readers = [script(READS, workspace.root) for _ in range(2)]
    writers = [script(IMPORTS, workspace.root, start) for start in (10, 30)]
    for each in writers:
        ended(each)
    (workspace.root / "done").touch()
    assert all(int(ended(each)) > 1 for each in readers)
    store = Observations(workspace)
    datasets = {f"import-{start + n}" for start in (10, 30) for n in range(5)}
    assert {each.dataset for each in store.imports()} == datasets
    assert len(store.read(Scope.everything())) == 10 * ROWS


RACE = """
store = Observations(Workspace.open(Path(sys.argv[1])))
row = value_of(int(sys.argv[2]), series=firm("甲"))
try:
    store.append([row], dataset=sys.argv[2], imported_on=TODAY)
    print("taken")
except Exception as fault:
    print(type(fault).__name__)
"""


def test_of_two_contradicting_imports_at_once_one_is_refused(workspace: Workspace) -> None:
    racing = [script(RACE, workspace.root, value) for value in (1, 2)]
    assert sorted(ended(each).strip() for each in racing) == ["ConflictingVintages", "taken"]
    assert len(Observations(workspace).read(Scope.everything())) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_full_disk_refuses_the_import_whole_and_harms_nothing(small_disk: Path) -> None:
    store = Observations(Workspace.create(small_disk / "w"))
    acknowledged: list[int] = []
    with pytest.raises(CannotWrite, match="什么也没有导入"):
        for number in range(200):
            rows = [value_of(number + n / 7, series=firm(f"{number}-{n}")) for n in range(1000)]
            store.append(rows, dataset=f"{number}", imported_on=TODAY)
            acknowledged.append(number)
    assert acknowledged
    assert [int(each.dataset) for each in store.imports()] == acknowledged
    assert len(store.read(Scope.everything())) == 1000 * len(acknowledged)
    folder = small_disk / "w/data/observations"
    assert not [each for each in folder.iterdir() if each.name.startswith(".")]
    subprocess.run(["mount", "-o", "remount,size=4m", small_disk], check=True)
    store.append([value_of(1)], dataset="later", imported_on=TODAY)
    assert len(store.imports()) == len(acknowledged) + 1


def test_what_a_killed_process_spilled_is_removed_by_the_next_import(workspace: Workspace) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    dead = workspace.root / f".jingwei/spill/{gone.stdout.strip()}-00aa"
    alive = workspace.root / f".jingwei/spill/{os.getpid()}-00aa"
    for each in (dead, alive):
        each.mkdir(parents=True)
    Observations(workspace).append([value_of(1, series=firm("甲"))], dataset="a", imported_on=TODAY)
    assert not dead.exists()
    assert alive.exists()
