"""What could not be read is told, with the way out: single pages, and whole documents."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

Run = Callable[..., Any]
BROKEN = b"%PDF-1.4\nnothing behind it"


@pytest.fixture(scope="module")
def partly_scanned(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A PDF with text whose last two pages are pictures, and the numbers of these pages."""
    folder = tmp_path_factory.mktemp("scan")
    picture = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(picture).rectangle((100, 100, 500, 120), fill=0)
    picture.save(folder / "scan.png")
    canvas = Canvas(str(folder / "scan.pdf"), pagesize=(600, 800))
    for _ in range(2):
        canvas.drawImage(str(folder / "scan.png"), 0, 0, 600, 800)
        canvas.showPage()
    canvas.save()
    (source,) = papers.glob("*.pdf")
    whole = pdfium.PdfDocument(source)
    count = len(whole)
    whole.import_pages(pdfium.PdfDocument(folder / "scan.pdf"))
    path = folder / "部分扫描.pdf"
    whole.save(path)
    return path, f"第 {count + 1}、{count + 2} 页"


@pytest.mark.skipif(importlib.util.find_spec("rapidocr") is not None, reason="the pages are read")
def test_pages_that_are_pictures_are_named_with_the_remedy(
    jingwei: Run, partly_scanned: tuple[Path, str], tmp_path: Path
) -> None:
    path, pages = partly_scanned
    ran = jingwei("statements", path)
    assert ran.code == 0 and pages in ran.err and "jingwei[ocr]" in ran.err
    city = tmp_path / "city"
    jingwei("init", city)
    compiled = jingwei("compile", "-w", city, path, "--format", "json")
    assert compiled.code == 0 and pages in compiled.err
    assert len(compiled.json[0]["unread_pages"]) == 2
    for _ in range(2):  # the second run has nothing to do, and tells it again
        ran = jingwei("run", "-w", city)
        assert ran.code == 0 and pages in ran.err
    report = (city / "reports" / "report.html").read_text("utf-8")
    assert report.count("页只有图像，没有读") == 2
    assert pages in jingwei("targets", "-w", city).err


def test_a_pdf_with_text_on_every_page_says_nothing(jingwei: Run, papers: Path) -> None:
    (source,) = papers.glob("*.pdf")
    assert jingwei("statements", source).err == ""


def test_what_cannot_be_read_is_not_copied_into_the_workspace(
    jingwei: Run, town: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "损坏.pdf"
    broken.write_bytes(BROKEN)
    before = sorted(each.name for each in (town / "documents").iterdir())
    ran = jingwei("compile", broken)
    assert ran.code == 2 and "损坏.pdf" in ran.err
    assert sorted(each.name for each in (town / "documents").iterdir()) == before
    assert jingwei("run").code == 0


def test_an_unreadable_document_is_told_by_every_run_with_the_way_out(
    jingwei: Run, town: Path
) -> None:
    broken = town / "documents" / "损坏.pdf"
    broken.write_bytes(BROKEN)
    for _ in range(2):
        ran = jingwei("run")
        assert ran.code == 2
        assert "移出 documents/" in ran.err and "move it out of documents/" in ran.err
        assert "损坏.pdf" in ran.out and "没有编译" in ran.out
    report = (town / "reports" / "report.html").read_text("utf-8")
    assert "份文件没有参加本报告：损坏.pdf" in report
    assert "移出 documents/" in jingwei("compile").err
    broken.unlink()
    ran = jingwei("run")
    assert (ran.code, ran.err) == (0, "")
    assert "损坏.pdf" not in (town / "reports" / "report.html").read_text("utf-8")
