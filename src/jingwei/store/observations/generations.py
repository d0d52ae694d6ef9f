"""The files of the store: their names, which of them count, and whether they are whole.

    data/observations/generation                     the number of the generation that counts
    data/observations/g0001-000007-0123456789abcdef.parquet
                      generation, import, first 16 digits of the SHA-256 of the file

Imports of a generation are numbered without gaps, so that a file that went missing is noticed.
Files of a later generation are what a compaction was killed over, and count for nobody. The
generation before the present one stays on disk, for readers that began before the pointer moved.
"""

import json
import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jingwei.store.arrow import arrow, parquet
from jingwei.store.files import CannotWrite, sha256_of, write_atomically
from jingwei.store.observations.faults import DamagedObservations, LaterSchema

POINTER = "generation"
SCHEMA = 1
METADATA = b"jingwei"
_NAME = re.compile(r"g(\d{4})-(\d{6})-([0-9a-f]{16})\.parquet")

# files whose bytes were found whole by this process: path, size, time of change, inode
_whole: set[tuple[str, int, int, int]] = set()


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of the store and what it says of itself.

    ``months`` are the first and last month of its rows, ``precedences`` the least and the greatest
    precedence; None where its statistics do not tell.
    """

    path: Path
    generation: int
    number: int
    imports: tuple[Mapping[str, Any], ...]
    months: tuple[int, int] | None = None
    precedences: tuple[int, int] | None = None


def name_of(generation: int, number: int, digest: str) -> str:
    """The name of a file."""
    return f"g{generation:04}-{number:06}-{digest[:16]}.parquet"


def present(folder: Path) -> int:
    """The generation that counts; 0 where nothing was ever imported."""
    try:
        written = (folder / POINTER).read_text("utf-8", "replace")
    except FileNotFoundError:
        if folder.is_dir() and any(folder.glob("*.parquet")):
            raise DamagedObservations(
                f"有数据文件而没有指针文件 {POINTER}；请从备份恢复它，或写入正在使用的代号"
                "（文件名里 g 后面的数，通常是最小的那个）",
                f"there are files of observations but no pointer '{POINTER}'; restore it, or write "
                "the generation in use into it (the number behind g, mostly the smallest)",
                where=str(folder),
            ) from None
        return 0
    if not re.fullmatch(r"[1-9]\d{0,3}\n?", written):
        raise DamagedObservations(
            f"指针文件应只有一个代号，这里是「{written[:40]}」；请从备份恢复",
            f"the pointer should hold one number, not '{written[:40]}'; restore it from a backup",
            where=str(folder / POINTER),
        )
    return int(written)


def point(folder: Path, generation: int) -> None:
    """Move the pointer: from here on readers that begin see this generation."""
    write_atomically(folder / POINTER, f"{generation}\n".encode())


def files(folder: Path, without: Collection[str] = ()) -> tuple[Path, ...]:
    """The files that count, in the order of their imports, by name only.

    ``without`` names files that a person chose to leave out. Raises DamagedObservations for a
    gap in the numbers, a number given twice, or a file that Jingwei did not write.
    """
    while True:
        generation = present(folder)
        names = sorted(each.name for each in folder.glob("*.parquet")) if generation else []
        if present(folder) == generation:  # else a compaction ended in between
            break
    kept: dict[int, str] = {}
    for name in names:
        if name in without or name.startswith("."):
            continue
        parts = _NAME.fullmatch(name)
        if parts is None:
            raise DamagedObservations(
                "这个文件不是经纬写入的；请移到别处，再用 jingwei data import 导入",
                "Jingwei did not write this file; move it away and import it: jingwei data import",
                where=str(folder / name),
            )
        if int(parts[1]) == generation:
            number = int(parts[2])
            if number in kept:
                raise DamagedObservations(
                    f"第 {number} 次导入有两个文件：{kept[number]} 和 {name}（可能来自两份工作区的合并）；"
                    "请移走其中一个，再重新导入它的原始文件",
                    f"import {number} has two files, {kept[number]} and {name} (a merge of two "
                    "workspaces?); move one away and import its source again",
                    where=str(folder),
                )
            kept[number] = name
    left_out = {int(parts[2]) for each in without if (parts := _NAME.fullmatch(each))}
    for number in range(1, max(kept, default=0) + 1):
        if number not in kept and number not in left_out:
            raise DamagedObservations(
                f"第 {number} 次导入的文件（g{generation:04}-{number:06}-….parquet）不见了；"
                "请从备份恢复",
                f"the file of import {number} (g{generation:04}-{number:06}-….parquet) is gone; "
                "restore it from a backup",
                where=str(folder),
            )
    return tuple(folder / kept[number] for number in sorted(kept))


def checked(paths: Sequence[Path]) -> tuple[Kept, ...]:
    """What the files say of themselves, each found whole.

    Raises DamagedObservations naming the file, or LaterSchema.
    """
    return tuple(map(_checked, paths))


def _checked(path: Path) -> Kept:
    pa = arrow()
    pq = parquet()

    try:
        written = pq.read_metadata(path)
        about: Mapping[bytes, bytes] = written.metadata or {}
        told: Any = json.loads(about[METADATA])
        later = int(told["schema"])
    except (pa.ArrowException, OSError, KeyError, ValueError) as fault:
        raise _damaged(path) from fault
    if later > SCHEMA:
        raise LaterSchema(
            f"由更新版本的经纬写入（数据格式 {later}，本程序读到 {SCHEMA}）；请升级 jingwei",
            f"written by a later Jingwei (schema {later}, this one reads {SCHEMA}); upgrade jingwei",
            where=str(path),
        )
    state = path.stat()
    seen = (str(path), state.st_size, state.st_mtime_ns, state.st_ino)
    parts = _NAME.fullmatch(path.name)
    assert parts is not None  # ``files`` gives no others
    if seen not in _whole:
        if not sha256_of(path).startswith(parts[3]):
            raise _damaged(path)
        _whole.add(seen)
    begin, end, ranked = (_bounds(written, name) for name in ("first", "last", "precedence"))
    months = (begin[0], end[1]) if begin and end else None
    return Kept(path, int(parts[1]), int(parts[2]), tuple(told["imports"]), months, ranked)


def _bounds(written: Any, column: str) -> tuple[int, int] | None:
    """The least and greatest value of a column by the statistics of its row groups."""
    at = written.schema.names.index(column)
    groups = [written.row_group(k).column(at).statistics for k in range(written.num_row_groups)]
    if not groups or any(each is None or not each.has_min_max for each in groups):
        return None
    return min(each.min for each in groups), max(each.max for each in groups)


def _damaged(path: Path) -> DamagedObservations:
    return DamagedObservations(
        "数据文件已损坏；请从备份恢复。若要暂时不用它而读其余的，请写明 "
        f"--without {path.name}，结果会缺少这次导入的数",
        "this file of observations is damaged; restore it from a backup. To read the rest without "
        f"it say so: --without {path.name}; the values of that import are then absent",
        where=str(path),
    )


def commit(temporary: Path, folder: Path, generation: int, number: int) -> Path:
    """Flush a written file, give it its name, flush the directory: the import is there.

    Raises CannotWrite. A process killed before the rename leaves nothing that counts; one killed
    after it leaves all of it.
    """
    try:
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())
        path = folder / name_of(generation, number, sha256_of(temporary))
        temporary.replace(path)
        if os.name != "nt":  # Windows has no handle of a directory to flush
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
    except OSError as fault:
        raise cannot_write(folder, fault.strerror or str(fault)) from fault
    return path


def cannot_write(folder: Path, why: str) -> CannotWrite:
    """The disk refused: nothing was imported."""
    return CannotWrite(
        f"写入失败（{why}），什么也没有导入，已有的数据未动；请检查磁盘空间、内存与文件夹权限，再导入一次",
        f"cannot write ({why}); nothing was imported and what was there is untouched. Check the "
        "free space, the memory and the permissions of the folder, then import again",
        where=str(folder),
    )


def remove_dead(folder: Path) -> None:
    """Remove what killed imports and compactions left; only for who holds the lock."""
    for leftover in folder.glob(".*.jingwei-tmp"):
        leftover.unlink(missing_ok=True)
    if generation := present(folder):
        for path in folder.glob("*.parquet"):
            if (parts := _NAME.fullmatch(path.name)) and int(parts[1]) > generation:
                path.unlink(missing_ok=True)
