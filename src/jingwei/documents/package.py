"""Zip packages of XML parts (DOCX, OFD), opened with suspicion.

The directory is weighed before anything is unpacked; no part may declare a document type,
which is where XML entities, and with them exploding files, come from.
"""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from jingwei.core import UnreadableDocument
from jingwei.documents.limits import Limits

_LARGE_PART = 1024 * 1024
_ENCRYPTED = 0x1


class Element(Protocol):
    """What is used of an XML element of lxml, which comes without types."""

    tag: Any
    text: str | None
    attrib: Mapping[str, str]

    def get(self, key: str) -> str | None: ...
    def iter(self) -> Iterator["Element"]: ...
    def __iter__(self) -> Iterator["Element"]: ...


class Package:
    """An open zip package. Raises UnreadableDocument for one that is broken or hostile."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, zlib.error, EOFError) as fault:
            raise _damaged(name) from fault
        self._sizes = {info.filename: info.file_size for info in self._zip.infolist()}
        self._weigh(limits)

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def names(self) -> list[str]:
        return list(self._sizes)

    def _weigh(self, limits: Limits) -> None:
        entries = self._zip.infolist()
        if any(info.flag_bits & _ENCRYPTED for info in entries):
            self._zip.close()
            raise UnreadableDocument(
                "文件已加密。请另存为无密码的版本后再读。",
                "the file is encrypted. Save it without a password and try again.",
                where=self.name,
            )
        packed = max(1, sum(info.compress_size for info in entries))
        unpacked = sum(info.file_size for info in entries)
        bomb = any(
            info.file_size > _LARGE_PART
            and info.file_size > limits.ratio * max(1, info.compress_size)
            for info in entries
        )
        if bomb or unpacked > limits.unzipped or len(entries) > limits.parts:
            self._zip.close()
            raise UnreadableDocument(
                f"压缩包解开后将有 {unpacked // 1_000_000} MB（压缩前后相差 {unpacked // packed} 倍，"
                f"{len(entries)} 个部件），疑为压缩炸弹，已拒绝打开。请核对文件来源。",
                f"the package would unpack to {unpacked // 1_000_000} MB ({unpacked // packed} times "
                f"its size, {len(entries)} parts) and looks like a zip bomb; it was not opened. "
                "Check where the file comes from.",
                where=self.name,
            )

    def read(self, part: str) -> bytes | None:
        """The bytes of a part, or None if the package has no such part."""
        if part not in self._sizes:
            return None
        try:
            return self._zip.read(part)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as fault:
            raise _damaged(self.name) from fault

    def xml(self, part: str) -> Element | None:
        """The root of an XML part; entities are neither declared nor resolved."""
        data = self.read(part)
        if data is None:
            return None
        if _declares_document_type(data):
            raise UnreadableDocument(
                f"部件 {part} 含有 DOCTYPE 声明（可能用于实体攻击），已拒绝读取。请核对文件来源。",
                f"the part {part} declares a DOCTYPE (a means of entity attacks); it was not read. "
                "Check where the file comes from.",
                where=self.name,
            )
        etree: Any = import_module("lxml.etree")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as fault:
            raise _damaged(self.name) from fault


def _declares_document_type(data: bytes) -> bool:
    return b"<!DOCTYPE" in data or any(
        "<!DOCTYPE".encode(encoding) in data for encoding in ("utf-16-le", "utf-16-be")
    )


def _damaged(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        "文件已损坏或不完整，无法解开。请重新下载，或换一个版本。",
        "the file is damaged or truncated and cannot be unpacked. Download it again or use another copy.",
        where=name,
    )


def local(tag: object) -> str:
    """The name of an XML element without its namespace; "" for comments."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
