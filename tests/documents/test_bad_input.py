"""Bad input: one clear sentence in both languages with the next step, never a traceback."""

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest
from rendering import as_docx, as_pdf, fictional_plan

from jingwei.core import UnreadableDocument
from jingwei.documents import Limits, read_document, read_text


def refusal(path: Path, limits: Limits | None = None) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path, limits)
    fault = caught.value
    assert path.stem in fault.where
    assert fault.zh.endswith("。") and fault.en.endswith(".")
    return fault


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return as_pdf(fictional_plan(1), tmp_path / "plan.pdf")


@pytest.fixture
def docx(tmp_path: Path) -> Path:
    return as_docx(fictional_plan(1), tmp_path / "plan.docx")


def repacked(path: Path, change: dict[str, bytes]) -> Path:
    """A package with some of its parts replaced or added."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in (parts | change).items():
            package.writestr(name, data)
    return path


def test_missing_and_empty(tmp_path: Path):
    assert "找不到" in refusal(tmp_path / "absent.pdf").zh
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    assert "空的" in refusal(empty).zh
    blank = tmp_path / "blank.txt"
    blank.write_text(" \n\n\t\n", encoding="utf-8")
    assert "没有文字" in refusal(blank).zh


def test_too_large(tmp_path: Path):
    path = tmp_path / "large.txt"
    path.write_text("字" * 1000, encoding="utf-8")
    assert "上限" in refusal(path, Limits(file=2000)).zh
    assert "上限" in refusal(path, Limits(text=2000)).zh


# --- PDF ----------------------------------------------------------------------------------


def test_encrypted_pdf(tmp_path: Path):
    from reportlab.pdfgen import canvas

    path = tmp_path / "secret.pdf"
    page = canvas.Canvas(str(path), encrypt="password")
    page.drawString(100, 700, "secret")
    page.save()
    assert "加密" in refusal(path).zh


@pytest.mark.parametrize("kept", [0.02, 0.3])
def test_truncated_pdf(pdf: Path, kept: float):
    data = pdf.read_bytes()
    pdf.write_bytes(data[: int(len(data) * kept)])
    assert "损坏" in refusal(pdf).zh


def test_pdf_without_pages(tmp_path: Path):
    path = tmp_path / "none.pdf"
    path.write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n%%EOF\n")
    assert "损坏" in refusal(path).zh


def test_too_many_pages(pdf: Path):
    assert "上限" in refusal(pdf, Limits(pages=0)).zh


def test_scanned_pdf(tmp_path: Path):
    """Pages that are pictures: read by OCR where it is installed, else refused with the remedy."""
    from PIL import Image, ImageDraw
    from reportlab.pdfgen import canvas

    picture = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(picture).rectangle((100, 100, 500, 120), fill=0)
    picture.save(tmp_path / "scan.png")
    path = tmp_path / "scanned.pdf"
    page = canvas.Canvas(str(path), pagesize=(600, 800))
    for _ in range(3):
        page.drawImage(str(tmp_path / "scan.png"), 0, 0, 600, 800)
        page.showPage()
    page.save()
    fault = refusal(path)
    assert "扫描" in fault.zh or "没有文字" in fault.zh
    assert "jingwei[ocr]" in fault.en or "no text" in fault.en


# --- packages ------------------------------------------------------------------------------


def test_truncated_docx(docx: Path):
    docx.write_bytes(docx.read_bytes()[:2000])
    assert "损坏" in refusal(docx).zh


def test_docx_without_body(docx: Path):
    repacked(docx, {"word/document.xml": b"<document/>"})
    assert "没有正文" in refusal(docx).zh


def test_an_archive_named_as_a_document(tmp_path: Path):
    path = tmp_path / "附件.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("说明.txt", "附件说明")
    refused = refusal(path)
    assert "压缩包" in refused.zh and "解压" in refused.zh


def test_docx_with_broken_xml(docx: Path):
    repacked(docx, {"word/document.xml": b"<w:document xmlns:w='x'><w:body>"})
    assert "损坏" in refusal(docx).zh


def test_zip_bomb(docx: Path):
    repacked(docx, {"word/media/bomb.bin": bytes(30_000_000)})
    assert "压缩炸弹" in refusal(docx).zh


def test_unzipped_size(docx: Path):
    assert "压缩炸弹" in refusal(docx, Limits(unzipped=1000)).zh


def test_too_many_parts(docx: Path):
    assert "压缩炸弹" in refusal(docx, Limits(parts=3)).zh


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_entity_expansion(docx: Path, part: str, encoding: str):
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{lol}]><x>&l11;</x>'
    repacked(docx, {part: xml.encode(encoding)})
    assert "DOCTYPE" in refusal(docx).zh


def test_deeply_nested_xml(docx: Path):
    depth = 3000
    xml = b"<w:body xmlns:w='x'>" + b"<w:p>" * depth + b"</w:p>" * depth + b"</w:body>"
    repacked(docx, {"word/document.xml": b"<w:document xmlns:w='x'>" + xml + b"</w:document>"})
    assert "损坏" in refusal(docx).zh


def test_encrypted_office_file(tmp_path: Path):
    path = tmp_path / "locked.docx"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(head + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    assert "加密" in refusal(path).zh


def test_ofd_without_its_parts(tmp_path: Path):
    path = tmp_path / "plan.ofd"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "OFD.xml", "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"
        )
    assert "Doc_0/Document.xml" in refusal(path).zh


@pytest.mark.parametrize(
    ("name", "parts", "word"),
    [
        ("archive.zip", {"a.txt": "text"}, "压缩包"),
        ("slides.pptx", {"ppt/presentation.xml": "<p/>"}, "演示文稿"),
    ],
)
def test_other_packages(tmp_path: Path, name: str, parts: dict[str, str], word: str):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as package:
        for part, text in parts.items():
            package.writestr(part, text)
    assert word in refusal(path).zh


# --- other kinds ---------------------------------------------------------------------------


def test_binary_and_picture(tmp_path: Path):
    noise = tmp_path / "noise.txt"
    noise.write_bytes(bytes(range(256)) * 40)
    assert "不是可识别的文本" in refusal(noise).zh
    picture = tmp_path / "scan.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "图片" in refusal(picture).zh


def test_error_page_called_pdf(tmp_path: Path):
    path = tmp_path / "plan.pdf"
    path.write_text("<html><body>404 Not Found</body></html>", encoding="utf-8")
    assert "扩展名是 .pdf" in refusal(path).zh and "网页（HTML）" in refusal(path).zh


@pytest.mark.parametrize("name", ["old.doc", "old.wps", "old.xls"])
def test_old_office_format_without_libreoffice(tmp_path: Path, name: str, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    fault = refusal(path)
    assert "LibreOffice" in fault.zh and "apt install libreoffice" in fault.en


def test_old_office_format_is_converted(docx: Path, tmp_path: Path, monkeypatch):
    """The converter is called once, in a folder of its own; its result is read."""
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "soffice"
    program.write_text(
        "#!/bin/sh\n"
        'while [ "$1" != "--outdir" ]; do shift; done\n'
        f'cp "{docx}" "$2/$(basename "$3" .doc).docx"\n',
        encoding="utf-8",
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    path = tmp_path / "old.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    document = read_document(path)
    assert (document.name, document.media) == ("old.doc", "docx")
    assert document.title == fictional_plan(1).title
    program.write_text("#!/bin/sh\necho broken >&2\nexit 1\n", encoding="utf-8")
    assert "broken" in refusal(path).zh


# --- read as what they are -------------------------------------------------------------------


PAGE = "<html><body><p>一、目标</p></body></html>"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("pdf.docx", "PDF"), ("pdf.txt", "PDF"), ("pdf.html", "PDF"), ("pdf.csv", "PDF"),
        ("docx.txt", "Word 文档（DOCX）"), ("docx.pdf", "Word 文档（DOCX）"), ("docx.doc", "Word 文档（DOCX）"),
        ("page.docx", "网页（HTML）"), ("page.pdf", "网页（HTML）"), ("page.xlsx", "网页（HTML）"),
        ("text.docx", "纯文本"), ("text.doc", "纯文本"), ("text.ofd", "纯文本"),
    ],
)  # fmt: skip
def test_a_name_that_promises_another_kind_is_refused_with_the_real_one(
    pdf: Path, docx: Path, tmp_path: Path, name: str, found: str
):
    path = tmp_path / name
    content = {"pdf": pdf.read_bytes(), "docx": docx.read_bytes(), "page": PAGE.encode(),
               "text": "一、目标\n到2030年，产值达到1500亿元。\n".encode()}  # fmt: skip
    path.write_bytes(content[path.stem])
    fault = refusal(path)
    assert path.suffix in fault.zh and found in fault.zh and "改成" in fault.zh
    assert path.suffix in fault.en and "rename" in fault.en


@pytest.mark.parametrize(
    ("name", "media"), [("pdf", "pdf"), ("docx.bak", "docx"), ("page.txt", "html"), ("text.html", "txt")]
)  # fmt: skip
def test_a_name_that_promises_nothing_is_read_by_content(
    pdf: Path, docx: Path, tmp_path: Path, name: str, media: str
):
    path = tmp_path / f"f-{name}"
    content = {"pdf": pdf.read_bytes(), "docx.bak": docx.read_bytes(), "page.txt": PAGE.encode(),
               "text.html": "一、目标\n到2030年，产值达到1500亿元。\n".encode()}  # fmt: skip
    path.write_bytes(content[name])
    assert read_document(path).media == media


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_encodings(tmp_path: Path, encoding: str):
    path = tmp_path / "plan.txt"
    path.write_bytes("一、目标\n到2030年，产值达到1500亿元。\n".encode(encoding))
    document = read_document(path)
    assert [block.text for block in document.blocks] == ["一、目标", "到2030年,产值达到1500亿元。"]


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8"])
def test_encoding_declared_in_html(tmp_path: Path, declared: str):
    path = tmp_path / "plan.html"
    text = f'<html><head><meta charset="{declared}"></head><body><p>镕基工程，达到5家。</p></body></html>'
    path.write_bytes(text.encode("utf-8" if declared == "utf-8" else "gb18030"))
    assert read_document(path).blocks[0].text == "镕基工程,达到5家。"


def test_scripts_are_never_read():
    page = io.StringIO()
    page.write("<html><head><style>p{}</style><script>alert('100家')</script></head><body>")
    page.write("<!-- 200家 --><template><p>300家</p></template><noscript>400家</noscript>")
    page.write(
        "<p onclick='x()'>正文。<script>500家</script></p><p style='display: none'>600家</p>"
    )
    page.write("<svg><text>700家</text></svg><textarea>800家</textarea></body></html>")
    document = read_text(page.getvalue())
    assert document.source == "正文。"


def test_deeply_nested_html():
    document = read_text("<html>" + "<div>" * 5_000 + "正文。" + "<table><tr><td>" * 200 + "内。")
    assert "正文。" in document.source
    with pytest.raises(UnreadableDocument, match="嵌套"):
        read_text("<html>" + "<div>" * 1_000_000)


def test_hostile_spans():
    cell = "<td rowspan=65000 colspan=65000>甲</td><td>乙</td>"
    document = read_text(f"<html><table>{f'<tr>{cell}</tr>' * 50}</table></html>")
    assert document.source.count("甲") == 50
