"""The workspace: a plain folder that a person can read, diff and keep in git.

    jingwei.toml   region, declared readings, offices
    documents/     texts as issued
    plans/*.yaml   compiled plans, reviewed by a person
    definitions/   indicators, classifications, rules
    data/          observations, registers
    reports/       what is written for readers
    .jingwei/      caches and the lock: rebuilt, never edited by hand; and state.sqlite, which is kept

What a person decided about a plan lives in the plan files themselves, where it can be read and
compared; there is no journal beside them. Who accepted an import, notes and disputes are in the
small state (``store.state``).
"""

import unicodedata
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jingwei.core import InvalidRequest
from jingwei.store.cache import Cache
from jingwei.store.files import (
    copy_atomically,
    inside,
    locked,
    remove_leftovers,
    sha256_of,
    write_atomically,
)
from jingwei.store.settings import Settings, read_settings, settings_text

SETTINGS = "jingwei.toml"
STATE = ".jingwei"
FOLDERS = ("documents", "plans", "definitions", "data", "reports")


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace that exists. ``root`` is its real, absolute path."""

    root: Path
    settings: Settings

    @classmethod
    def create(cls, folder: Path, region: str = "") -> "Workspace":
        """Make ``folder`` a workspace (``jingwei init``); files already there stay as they are.

        ``region`` is the full name of the place, "" if not stated. Raises InvalidRequest where
        a workspace exists already, or a file stands in the way.
        """
        settings = folder / SETTINGS
        if settings.exists():
            raise InvalidRequest(
                "这里已经是一个工作区，未作改动；请直接使用，或换一个文件夹",
                "this is a workspace already and was left as it is; use it, or choose another folder",
                where=str(settings),
            )
        for path in (folder, *(folder / name for name in (*FOLDERS, STATE))):
            try:
                path.mkdir(parents=True, exist_ok=True)
            except OSError as fault:
                raise InvalidRequest(
                    f"不能在这里建文件夹（{fault.strerror}）；请换一个位置或检查权限",
                    f"no folder can be made here ({fault.strerror}); "
                    "choose another place or check its permissions",
                    where=str(path),
                ) from fault
        write_atomically(folder / STATE / ".gitignore", b"*\n")
        # the settings come last: they are what makes the folder a workspace
        write_atomically(settings, settings_text(region).encode())
        return cls.open(folder)

    @classmethod
    def open(cls, start: Path | None = None) -> "Workspace":
        """The workspace that holds ``start`` (default: the current folder), as git finds its own.

        Raises InvalidRequest if there is none, InvalidFile if its settings cannot be read.
        """
        begin = (start or Path.cwd()).resolve()
        for folder in (begin, *begin.parents):
            if (folder / SETTINGS).is_file():
                return cls(folder, read_settings(folder / SETTINGS))
        raise InvalidRequest(
            f"这里和上级文件夹都没有 {SETTINGS}，还不是工作区；请先运行 jingwei init {begin}",
            f"neither this folder nor one above it holds {SETTINGS}; "
            f"make a workspace first: jingwei init {begin}",
            where=str(begin),
        )

    @property
    def documents(self) -> Path:
        return inside(self.root, "documents")

    @property
    def plans(self) -> Path:
        return inside(self.root, "plans")

    @property
    def definitions(self) -> Path:
        return inside(self.root, "definitions")

    @property
    def data(self) -> Path:
        return inside(self.root, "data")

    @property
    def reports(self) -> Path:
        return inside(self.root, "reports")

    @property
    def cache(self) -> Cache:
        """Derived results; see ``cache_key``."""
        return Cache(inside(self.root, f"{STATE}/cache"))

    def path(self, relative: str | Path) -> Path:
        """A path below the root. Raises OutsideWorkspace."""
        return inside(self.root, relative)

    def shown(self, path: Path) -> str:
        """``path`` as messages name it: relative to the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()

    def document_files(self) -> tuple[Path, ...]:
        """The documents, by name; hidden files and folders are no documents."""
        return self._listed("documents", "*")

    def plan_files(self) -> tuple[Path, ...]:
        """The plan files that exist, by name."""
        return self._listed("plans", "*.yaml")

    def plan_path(self, document: str) -> Path:
        """Where the plan compiled from a document is kept: the full name and ``.yaml``.

        The ending of the document stays, so that the same text as PDF and DOCX is two plans.
        """
        return inside(self.root, f"plans/{document}.yaml")

    def _listed(self, folder: str, pattern: str) -> tuple[Path, ...]:
        found = sorted(path.name for path in (self.root / folder).glob(pattern))
        paths = (
            inside(self.root, f"{folder}/{name}") for name in found if not name.startswith(".")
        )
        return tuple(path for path in paths if path.is_file())

    def add_document(self, source: Path) -> Path:
        """Copy a document into ``documents/`` under its own name; gives the file there.

        A file with the same bytes that is there already, under whatever name, is given back
        and nothing is copied: one text never counts twice. Raises InvalidRequest if the name
        is taken by another text or the source is no file.
        """
        if not source.is_file():
            raise InvalidRequest(
                "没有这个文件；请检查路径",
                "there is no such file; check the path",
                where=str(source),
            )
        if source.name.startswith("."):
            raise InvalidRequest(
                "隐藏文件不作为文件编译；请改名后再加入",
                "a hidden file is not taken for a document; rename it first",
                where=str(source),
            )
        digest, size = sha256_of(source), source.stat().st_size
        for present in self.document_files():
            if present.stat().st_size == size and sha256_of(present) == digest:
                return present
        # one spelling of a name on every system: macOS gives decomposed characters
        target = inside(self.root, f"documents/{unicodedata.normalize('NFC', source.name)}")
        if target.exists():
            raise InvalidRequest(
                f"与工作区中的 {target} 同名而内容不同；若是另一份文件请改名后再加入，"
                "若是新版本请先移走旧的",
                f"{target} has the same name and other content; rename this one if it is another "
                "document, or move the old one away if this is its new edition",
                where=str(source),
            )
        target.parent.mkdir(exist_ok=True)
        copy_atomically(source, target)
        return target

    @contextmanager
    def locked(self, wait: float = 10.0) -> Generator[None]:
        """Hold the workspace for a run that writes; waits ``wait`` seconds, then raises Busy.

        Not to be nested. Temporary files left by a killed run are removed on the way in.
        """
        state = inside(self.root, STATE)
        state.mkdir(exist_ok=True)
        with locked(state / "lock", wait):
            for name in FOLDERS:
                remove_leftovers(self.root / name)
            yield
