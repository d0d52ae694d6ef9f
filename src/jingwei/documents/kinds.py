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


# What a name promises. Office programs save several of these under one old extension; the plain-text
# kinds (txt, md, csv, html) are told apart by their content, since a saved page often bears any of them.
_PROMISED: dict[str, frozenset[Kind]] = {
    ".pdf": frozenset({"pdf"}),
    ".docx": frozenset({"docx"}),
    ".ofd": frozenset({"ofd"}),
    ".xlsx": frozenset({"xlsx"}),
    ".pptx": frozenset({"pptx"}),
    ".doc": frozenset({"ole", "rtf"}),
    ".wps": frozenset({"ole", "rtf"}),
    ".rtf": frozenset({"rtf"}),
    ".xls": frozenset({"ole"}),
    ".et": frozenset({"ole"}),
    **dict.fromkeys((".txt", ".md", ".csv", ".tsv", ".html", ".htm"), frozenset[Kind]({"text"})),
}
_NAMES: dict[str, tuple[str, str, str]] = {
    "pdf": ("PDF", "a PDF", ".pdf"),
    "docx": ("Word 文档（DOCX）", "a Word document (DOCX)", ".docx"),
    "ofd": ("OFD", "an OFD", ".ofd"),
    "xlsx": ("Excel 工作簿（XLSX）", "an Excel workbook (XLSX)", ".xlsx"),
    "ole": (
        "旧版 Office 文件（DOC、XLS 或 WPS）",
        "an older office file (DOC, XLS or WPS)",
        ".doc 或 .xls",
    ),
    "rtf": ("RTF", "RTF", ".rtf"),
    "html": ("网页（HTML）", "a web page (HTML)", ".html"),
    "text": ("纯文本", "plain text", ".txt"),
}


def misnamed(path: Path, kind: Kind) -> tuple[str, str, str] | None:
    """What a file is whose name promises something else: in Chinese, in English, and its own extension.

    None where the name fits, promises nothing, or the kind is refused for a reason of its own
    (encrypted, a picture); also where nothing can be said of the content (a truncated file).
    """
    promised = _PROMISED.get(path.suffix.lower())
    if promised is None or kind in promised:
        return None
    if kind == "text":
        with path.open("rb") as file:
            head = file.read(_HEAD).lower()
        if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return None
        page = b"<html" in head or b"<!doctype html" in head or b"<body" in head
        return _NAMES["html" if page else "text"]
    return _NAMES.get(kind)
