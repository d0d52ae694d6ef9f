"""The demo city: 绫州市, fictional, one seed and one story (``demo/STORY.md``).

Its documents are written from readable templates (``texts/``) filled by a small model
(``city.toml``, ``model.py``). What is planted in them is written down in ``truth.toml``, so that
a test can hold Jingwei's answers against it.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jingwei.app.demo.texts import pieces

NOTICE = "本文件为虚构，仅供演示"


@dataclass(frozen=True, slots=True)
class Issue:
    """How a text of the demo was issued: template, file name, and for plain text its layout."""

    text: str
    file: str
    encoding: str = "utf-8"
    width: int | None = None


ISSUED = (
    Issue("plan-13", "先进制造业十三五规划.pdf"),
    Issue("plan-14", "先进制造业十四五规划.docx"),
    Issue("outline", "十四五规划纲要节选.html"),
    Issue("press", "十四五规划新闻通稿.txt", width=34),
    Issue("communique", "2025年统计公报.txt", encoding="gb18030"),
)
DRAFT = Issue("draft", "制造业情况汇报送审稿.docx")


def write_documents(folder: Path) -> list[Path]:
    """Write the five issued documents into ``folder``; the same bytes every time."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(issue, folder / issue.file) for issue in ISSUED]


def write_draft(folder: Path) -> Path:
    """Write the unissued report that is proof-read against the documents (送审核数)."""
    folder.mkdir(parents=True, exist_ok=True)
    return _write(DRAFT, folder / DRAFT.file)


def write_text(text: str, path: Path) -> Path:
    """Write any text of the demo in the format of the path's suffix, e.g. plan-14 as PDF."""
    return _write(Issue(text, path.name, width=34), path)


def truth() -> dict[str, Any]:
    """What is planted in the documents and what a careful reader must say of it.

    Keys: ``document``, ``settlement``, ``lineage``, ``finding``, ``no_alarm``, ``press`` and
    ``draft``; ``truth.toml`` explains their fields.
    """
    return tomllib.loads(files("jingwei.app.demo").joinpath("truth.toml").read_text("utf-8"))


def _write(issue: Issue, path: Path) -> Path:
    text = pieces(issue.text)
    match path.suffix:
        case ".pdf":
            from jingwei.app.demo.pdf import write_pdf

            write_pdf(text, path, NOTICE)
        case ".docx":
            from jingwei.app.demo.word import write_docx

            write_docx(text, path, NOTICE)
        case ".html":
            from jingwei.app.demo.page import write_html

            write_html(text, path, NOTICE)
        case ".txt":
            from jingwei.app.demo.page import write_txt

            write_txt(text, path, encoding=issue.encoding, width=issue.width)
        case other:
            raise ValueError(f"the demo writes pdf, docx, html and txt, not {other!r}")
    return path
