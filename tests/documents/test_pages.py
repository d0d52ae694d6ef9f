"""Documents of pages: PDF and OFD. All texts are fictional."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from jingwei.documents import Document, read_document

LONG = "全市规模以上工业企业稳步增长，产业结构持续优化，创新能力不断增强，绿色转型取得积极进展，"


def canvas(path: Path) -> Canvas:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = Canvas(str(path), pagesize=A4)
    page.setFont("STSong-Light", 12)
    return page


def write(
    page: Canvas, lines: Iterable[str], top: float = 760, left: float = 72, size: int = 12
) -> float:
    page.setFont("STSong-Light", size)
    for line in lines:
        page.drawString(left, top, line)
        top -= 1.6 * size
    return top


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_running_heads_feet_and_footnotes(tmp_path: Path):
    """A sentence goes on over a page turn, past head, foot and footnote."""
    page = canvas(tmp_path / "a.pdf")
    for number in range(1, 5):
        write(page, [f"云岭市人民政府公报 2031年第{number}期"], top=815, size=9)
        first = "　　" if number == 1 else ""
        write(page, [first + LONG[: 36 - len(first)], LONG[:38], LONG[:36]])
        write(page, [f"[{number}]本指标按可比价格计算。"], top=110, size=8)
        write(page, [str(number)], top=40, left=290, size=9)
        page.showPage()
    page.save()
    document = read_document(tmp_path / "a.pdf")
    (text,) = texts(document)
    assert "公报" not in text and "可比价格" not in text
    assert text.count("全市规模以上工业企业") == 12
    assert "公报" in document.source  # the page as it is printed


def test_pages_after_a_wide_one_keep_their_margins(tmp_path: Path):
    page = canvas(tmp_path / "a.pdf")
    page.setPageSize((842, 595))
    write(page, ["　　" + LONG + LONG[:12], LONG + LONG[:14], "实现平稳发展。"], top=500)
    page.showPage()
    page.setPageSize(A4)
    write(page, ["　　" + LONG[:34], LONG[:37], "实现跨越发展。"])
    page.save()
    assert [text[-7:] for text in texts(read_document(tmp_path / "a.pdf"))] == [
        "实现平稳发展。",
        "实现跨越发展。",
    ]


def test_two_columns(tmp_path: Path):
    page = canvas(tmp_path / "a.pdf")
    left = ["　　" + LONG[:14]] + [LONG[:16]] * 12 + ["左栏到此结束。"]
    right = ["　　" + LONG[:14]] + [LONG[:16]] * 12 + ["右栏到此结束。"]
    for index, (one, other) in enumerate(zip(left, right, strict=True)):
        page.drawString(72, 760 - 19 * index, one)
        page.drawString(320, 760 - 19 * index, other)
    page.save()
    assert [text[-7:] for text in texts(read_document(tmp_path / "a.pdf"))] == [
        "左栏到此结束。",
        "右栏到此结束。",
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages(tmp_path: Path, turn: int):
    """A table set sideways: what counts is how the page is shown."""
    page = canvas(tmp_path / "a.pdf")
    width, height = A4
    page.setPageRotation(turn)
    shown = {90: (0, width, 90), 180: (width, height, 180), 270: (height, 0, 270)}
    page.translate(*{90: (width, 0), 180: (width, height), 270: (0, height)}[turn])
    page.rotate(shown[turn][2])
    write(page, ["　　" + LONG[:34], LONG[:36], "实现跨越发展。", "二、目标"], top=500)
    page.save()
    assert [text[-7:] for text in texts(read_document(tmp_path / "a.pdf"))] == [
        "实现跨越发展。",
        "二、目标",
    ]


def test_quotation_marks_drawn_last(tmp_path: Path):
    """Some programs draw what needs another font after the rest of the line."""
    page = canvas(tmp_path / "a.pdf")
    for index in range(3):
        page.drawString(72, 760 - 20 * index, "加快建设")
        page.drawString(72 + 60, 760 - 20 * index, "智慧工厂")
        page.drawString(72 + 120, 760 - 20 * index, "，实现全面升级。")
        page.drawString(72 + 48, 760 - 20 * index, "“")
        page.drawString(72 + 108, 760 - 20 * index, "”")
    page.save()
    joined = "".join(texts(read_document(tmp_path / "a.pdf")))
    assert joined == "加快建设“智慧工厂”,实现全面升级。" * 3


def test_three_line_table_without_posts(tmp_path: Path):
    """Only lines across: the columns are found by what stands below each other."""
    page = canvas(tmp_path / "a.pdf")
    write(page, ["　　到2030年，主要目标如下，经充分论证后确定，请各部门遵照执行，狠抓落实。"])
    for y in (720, 700, 600):
        page.line(72, y, 520, y)
    columns = (80, 130, 330, 400, 470)
    rows = [
        ("序号", "指标名称", "单位", "2030年", "属性"),
        ("1", "轴承产业产值", "亿元", "1500", "预期性"),
        ("2", "单位产值能耗下降幅度", "%", "完成任务", "约束性"),
        ("3", "新增示范工厂", "家", "50左右", "预期性"),
    ]
    for index, row in enumerate(rows):
        for x, text in zip(columns, row, strict=True):
            page.drawString(x, 706 - 26 * index, text)
    page.save()
    (grid,) = [b.table for b in read_document(tmp_path / "a.pdf").blocks if b.table]
    assert [tuple(cell.text for cell in row) for row in grid.rows] == rows


def ofd(path: Path, *pages: str) -> Path:
    """A minimal OFD. Each page is the XML of its objects."""
    parts = {
        "OFD.xml": "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": "<ofd:Document xmlns:ofd='http://www.ofdspec.org/2016'><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(
            f"<ofd:Page ID='{n}' BaseLoc='Pages/Page_{n}/Content.xml'/>" for n in range(len(pages))
        )
        + "</ofd:Pages></ofd:Document>",
    }
    for number, content in enumerate(pages):
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page xmlns:ofd='http://www.ofdspec.org/2016'><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    with zipfile.ZipFile(path, "w") as package:
        for name, xml in parts.items():
            package.writestr(name, xml)
    return path


def printed(text: str, x: float, y: float, size: float = 4.2) -> str:
    delta = f"g {len(text) - 1} {size}" if len(text) > 1 else ""
    return (
        f"<ofd:TextObject Boundary='{x} {y} 180 {size + 1}' Size='{size}'>"
        f"<ofd:TextCode X='0' Y='{size}' DeltaX='{delta}'>{text}</ofd:TextCode></ofd:TextObject>"
    )


def drawn(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f"<ofd:PathObject Boundary='{x0} {y0} {x1 - x0 + 0.1} {y1 - y0 + 0.1}' LineWidth='0.2'>"
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def test_ofd(tmp_path: Path):
    lines = ["　　" + LONG[:33], LONG[:35], LONG[:35]]
    first = [
        printed("一、现状", 25, 30),
        *(printed(t, 25, 40 + 8 * n) for n, t in enumerate(lines)),
    ]
    second = [printed("实现跨越发展。", 25, 30)]
    rows = [
        ("指标名称", "单位", "2030年"),
        ("轴承产业产值", "亿元", "1500"),
        ("示范工厂", "家", "50"),
    ]
    for number, row in enumerate(rows):
        second += [printed(t, 27 + 50 * c, 61 + 10 * number) for c, t in enumerate(row)]
    second += [drawn(25, 60 + 10 * n, 175, 60 + 10 * n) for n in range(4)]
    second += [drawn(25 + 50 * n, 60, 25 + 50 * n, 90) for n in range(4)]
    document = read_document(ofd(tmp_path / "a.ofd", "".join(first), "".join(second)))
    assert (document.media, document.part_kind, len(document.parts)) == ("ofd", "page", 2)
    assert texts(document)[0] == "一、现状"
    assert texts(document)[1].endswith("实现跨越发展。")
    grid = document.blocks[-1].table
    assert grid is not None
    assert [tuple(cell.text for cell in row) for row in grid.rows] == rows
    span = document.span(document.blocks[-1].table.rows[1][0].content, 0, 4)
    assert (span.page, span.quote) == (2, "轴承产业")
