"""Documents from paths as people type them, and the version of the code that reads them."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from jingwei.core import InvalidRequest
from jingwei.documents import Document

_CODE = (".py", ".toml", ".html", ".css", ".js")


def existing_file(path: Path) -> Path:
    """``path`` if it is a file with a name that can be cited. Raises InvalidRequest."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        raise InvalidRequest(
            "文件名不是 UTF-8（常见于解压 GBK 编码的压缩包）；请改名后再试",
            "the name is not UTF-8 (as from an archive packed in another encoding); rename it",
            where=str(path),
        ) from None
    if path.is_dir():
        raise InvalidRequest(
            "这是文件夹，不是文件；请给出其中的文件，如 文件夹/*.pdf",
            "this is a folder, not a file; name the files in it, as in folder/*.pdf",
            where=str(path),
        )
    if not path.exists():
        raise InvalidRequest(
            "没有这个文件；请检查路径和文件名",
            "there is no such file; check the path and the name",
            where=str(path),
        )
    if not path.is_file():
        raise InvalidRequest(
            "这不是普通文件（设备或管道）；请先存成文件",
            "this is a device or a pipe; save it as a file first",
            where=str(path),
        )
    return path


def read(path: str | Path) -> Document:
    """Read a document as issued: PDF, DOCX, HTML, TXT or OFD.

    Raises UnreadableDocument or InvalidRequest, saying what is wrong and what to do.
    """
    from jingwei.documents import read_document

    file = existing_file(Path(path))
    try:
        return read_document(file)
    except OSError as fault:
        raise InvalidRequest(
            f"不能读取（{fault.strerror}）；请检查文件权限",
            f"cannot be read ({fault.strerror}); check its permissions",
            where=str(file),
        ) from fault


def unread_pages(document: Document) -> tuple[int, ...]:
    """Pages that are pictures without text and were not read, where most of the others were."""
    listed = document.metadata.get("pages_without_text", "")
    return tuple(int(page) for page in listed.split(", ") if page)


def told_unread(name: str, pages: tuple[int, ...]) -> tuple[str, str]:
    """That these pages were not read, and the remedy; both languages."""
    zh, en = "、".join(map(str, pages)), ", ".join(map(str, pages))
    return (
        f"{name} 第 {zh} 页只有图像、没有文字，没有读；装上文字识别后再运行：pip install 'jingwei[ocr]'"
        "（在源码目录中：uv sync --extra ocr），或换有文字层的版本",
        f"{name}: pages {en} are pictures without text and were not read; install the text "
        "recognition and run again: pip install 'jingwei[ocr]' (in a checkout: uv sync --extra ocr), "
        "or use a version with text",
    )


def told_left_out(name: str, rows: tuple[str, ...]) -> tuple[str, str]:
    """That no value of these rows was taken, and the remedy; both languages."""
    listed = "、".join(rows)
    return (
        f"{name} 的指标表里，这些行少了格（多半是复制时丢了空格或“—”），看不出数属于哪一栏，没有采用：{listed}。"
        "请对照原件补上“—”后再读",
        f"{name}: rows of the indicator table lack cells (a copy often loses empty ones), so that no "
        f"value could be told its column and none was taken: {listed}; put “—” where the original has "
        "an empty cell and read it again",
    )


def reader_version() -> str:
    """What decides how a document is read: the code, and whether scanned pages are recognised."""
    from jingwei.documents import recognizes_scans

    return f"{code_version()}|{'ocr' if recognizes_scans() else 'text'}"


@cache
def code_version() -> str:
    """A fingerprint of Jingwei's own code and tables: what other code derived is derived again."""
    digest = hashlib.sha256()
    for name, content in _sources(files("jingwei"), ""):
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        name = f"{prefix}/{entry.name}"
        if entry.is_dir():
            found += _sources(entry, name)
        elif entry.name.endswith(_CODE):
            found.append((name, entry.read_bytes()))
    return found
