"""Files that are whole or not there: atomic writes, paths that stay inside, one run at a time.

A write goes to a temporary file beside its target, is flushed to the disk and then renamed
over it (POSIX rename is atomic); the directory is flushed last, so that the new name survives
a power cut. A process killed in between leaves the old content and a hidden temporary file,
which the next run of the workspace removes.
"""

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from jingwei.core import InvalidRequest, JingweiError

TEMPORARY = ".jingwei-tmp"


class CannotWrite(JingweiError):
    """The disk or its permissions refuse a write; nothing that was there is damaged."""


class OutsideWorkspace(InvalidRequest):
    """A path that leaves its root, by ``..``, an absolute path or a symbolic link."""


class Busy(JingweiError):
    """Another process holds the lock."""


def inside(root: Path, relative: str | Path) -> Path:
    """``root / relative``, provided that nothing on the way leads out of ``root``.

    Symbolic links below ``root`` are refused even if they point back inside: what a link
    points to can change between the check and the write. Raises OutsideWorkspace.
    """
    written = str(relative)
    parts = Path(written).parts
    if not parts or ".." in parts or Path(written).is_absolute() or "\0" in written:
        raise OutsideWorkspace(
            f"路径必须在工作区之内，不能是绝对路径，也不能含「..」。工作区：{root}",
            f"the path must stay inside the workspace {root}: neither absolute nor with '..'",
            where=written.replace("\0", "\\0"),
        )
    path = root
    for part in parts:
        path = path / part
        if path.is_symlink():
            raise OutsideWorkspace(
                "这是符号链接，工作区内不使用链接；请用真实的文件或文件夹替换它",
                "this is a symbolic link, which a workspace does not follow; "
                "put the real file or folder in its place",
                where=str(path),
            )
    return path


def write_atomically(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``, whole or not at all. Raises CannotWrite."""
    _replace(path, lambda file: file.write(content))


def copy_atomically(source: Path, path: Path) -> None:
    """Copy a file of any size over ``path``, whole or not at all. Raises CannotWrite."""

    with source.open("rb") as original:
        _replace(path, lambda file: shutil.copyfileobj(original, file, 1 << 20))


def _replace(path: Path, fill: Callable[[BinaryIO], object]) -> None:
    temporary = path.with_name(f".{secrets.token_hex(6)}{TEMPORARY}")
    try:
        # "x" makes a file of our own with the permissions of the user's umask
        with temporary.open("xb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
        _flush_directory(path.parent)
    except OSError as fault:
        raise CannotWrite(
            f"写入失败（{fault.strerror}），原有内容未动；请检查磁盘空间与文件夹权限",
            f"cannot write ({fault.strerror}); what was there is untouched. "
            "Check the free space and the permissions of the folder",
            where=str(path),
        ) from fault
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _flush_directory(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle of a directory to flush
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_leftovers(folder: Path) -> None:
    """Remove temporary files of killed runs; only for who holds the lock of the folder."""
    for leftover in folder.glob(f".*{TEMPORARY}"):
        leftover.unlink(missing_ok=True)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def locked(path: Path, wait: float = 10.0) -> Generator[None]:
    """Hold the advisory lock ``path`` (BSD flock); ends with the process, also a killed one.

    Waits up to ``wait`` seconds, then raises Busy with the number of the process that holds
    it. Windows has no flock: there two runs at once are the user's care.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("a+") as file:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    file.seek(0)
                    raise Busy(
                        f"另一个 jingwei 正在使用这个工作区（进程 {file.read().strip()}）；请等它结束后再运行",
                        "another jingwei is at work in this workspace; run again when it has ended",
                        where=str(path.parent.parent),
                    ) from None
                time.sleep(0.05)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
