"""What a file is, by its content. The extension only decides between kinds that look alike."""

import zipfile
from pathlib import Path
from typing import Literal

Kind = Literal[
    "pdf", "docx", "ofd", "xlsx", "pptx", "odf", "zip", "ole", "encrypted", "rtf", "picture", "text"
]

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HEAD = 1024


def kind_of(path: Path) -> Kind:
    """The kind of a file. A broken zip is still a zip: its reader says what is wrong."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if head.startswith(_OLE):
            rest = file.read(8 * 1024 * 1024)
            return "encrypted" if _ENCRYPTED_PACKAGE in head + rest else "ole"
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package_kind(path)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_PICTURES):
        return "picture"
    return "text"


def _package_kind(path: Path) -> Kind:
    by_extension: dict[str, Kind] = {".docx": "docx", ".ofd": "ofd"}
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except zipfile.BadZipFile:
        return by_extension.get(path.suffix.lower(), "docx")
    if "OFD.xml" in names:
        return "ofd"
    folders = {name.partition("/")[0] for name in names}
    for folder, kind in (("word", "docx"), ("xl", "xlsx"), ("ppt", "pptx")):
        if folder in folders:
            return kind  # pyright: ignore[reportReturnType]
    if "content.xml" in names and "mimetype" in names:
        return "odf"
    return by_extension.get(path.suffix.lower(), "zip")
