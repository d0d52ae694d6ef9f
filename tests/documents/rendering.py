"""A plan described once and rendered as TXT, HTML, DOCX and PDF.

The tests of the readers hold the four renderings against each other. All names and numbers
are fictional.
"""

import html
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HAN = "一二三四五六七八九十"


@dataclass(frozen=True)
class Heading:
    """``level`` 1 for 一、, 2 for （一）, 3 for 1. ; the text holds its number."""

    level: int
    text: str


@dataclass(frozen=True)
class Body:
    text: str


@dataclass(frozen=True)
class Box:
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """``rows`` without their category; ``groups`` are the categories with their sizes."""

    caption: str
    header: tuple[str, ...]
    groups: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]

    def lines(self) -> Iterator[tuple[str, ...]]:
        """Rows with the category in the first of its group only."""
        index = 0
        for name, size in self.groups:
            for number in range(size):
                yield (name if number == 0 else "", *self.rows[index])
                index += 1


Part = Heading | Body | Box | Grid


@dataclass(frozen=True)
class Plan:
    title: str
    parts: tuple[Part, ...]


# --- TXT ----------------------------------------------------------------------------------


def as_text(plan: Plan) -> str:
    """One line a paragraph, tables with tabs."""
    lines = [plan.title]
    for part in plan.parts:
        if isinstance(part, Heading | Body):
            lines.append(part.text)
        elif isinstance(part, Box):
            lines += [part.title, *part.paragraphs]
        else:
            lines += [part.caption, "\t".join(part.header)]
            lines += ["\t".join(row) for row in part.lines()]
    return "\n".join(lines) + "\n"


def as_wrapped_text(plan: Plan, width: int, blank_lines: bool = True, page: int = 0) -> str:
    """Lines cut at ``width`` characters; a page number after every ``page`` lines."""
    lines = [f"{plan.title}"]
    for part in plan.parts:
        if isinstance(part, Heading):
            lines += wrapped(part.text, width)
        elif isinstance(part, Body):
            lines += wrapped("　　" + part.text, width)
        elif isinstance(part, Box):
            lines.append(part.title)
            for text in part.paragraphs:
                lines += wrapped("　　" + text, width)
        else:
            lines += [part.caption, *_spaced(part, width)]
    if page:
        lines = list(_paged(lines, page))
    return ("\n\n" if blank_lines else "\n").join(lines) + "\n"


def _paged(lines: Sequence[str], page: int) -> Iterator[str]:
    for index, line in enumerate(lines):
        yield line
        if index % page == page - 1:
            yield f"— {index // page + 1} —"


def _spaced(grid: Grid, width: int) -> Iterator[str]:
    """Rows as a page gives them: single spaces, long names on lines of their own."""
    yield " ".join(grid.header)
    for category, number, name, *rest in grid.lines():
        if category:
            yield from wrapped(category, 2)
        if len(name) + 12 > width:
            yield number
            *above, last = wrapped(name, width)
            yield from above
            yield " ".join([last, *rest])
        else:
            yield " ".join([number, name, *rest])


def wrapped(text: str, width: int) -> list[str]:
    """Cut at ``width`` Chinese characters, not inside of Latin words and numbers."""
    lines: list[str] = []
    line, room = "", float(width)
    for piece in re.findall(r"[A-Za-z0-9.%\-+]+|.", text):
        size = sum(0.5 if character.isascii() else 1 for character in piece)
        if size > room and line.strip():
            lines.append(line)
            line, room = "", float(width)
        line += piece
        room -= size
    return [*lines, line] if line else lines


# --- HTML ---------------------------------------------------------------------------------


def as_html(plan: Plan) -> str:
    out = [f"<html><head><title>{html.escape(plan.title)} - 新闻</title></head><body>"]
    out.append(f"<h1 style='text-align:center'>{html.escape(plan.title)}</h1>")
    for part in plan.parts:
        if isinstance(part, Heading):
            out.append(f"<p><strong>{html.escape(part.text)}</strong></p>")
        elif isinstance(part, Body):
            out.append(f"<p>&#12288;&#12288;{html.escape(part.text)}</p>")
        elif isinstance(part, Box):
            inner = "".join(
                f"<p>{html.escape(text)}</p>" for text in (part.title, *part.paragraphs)
            )
            out.append(f"<table border=1><tr><td>{inner}</td></tr></table>")
        else:
            out += [f"<p>{html.escape(part.caption)}</p>", _html_table(part)]
    return "\n".join([*out, "</body></html>"])


def _html_table(grid: Grid) -> str:
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in grid.header)
    sizes = iter(size for _, size in grid.groups)
    rows = [f"<tr>{head}</tr>"]
    for category, *cells in grid.lines():
        first = f'<td rowspan="{next(sizes)}">{html.escape(category)}</td>' if category else ""
        rows.append(f"<tr>{first}{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


# --- DOCX ---------------------------------------------------------------------------------


def as_docx(plan: Plan, path: Path) -> Path:
    import docx

    document = docx.Document()
    document.add_paragraph(plan.title, style="Title")
    for part in plan.parts:
        if isinstance(part, Heading):
            document.add_heading(part.text, part.level)
        elif isinstance(part, Body):
            document.add_paragraph(part.text)
        elif isinstance(part, Box):
            cell = document.add_table(1, 1, style="Table Grid").cell(0, 0)
            cell.text = part.title
            for text in part.paragraphs:
                cell.add_paragraph(text)
        else:
            document.add_paragraph(part.caption)
            _docx_table(document, part)
    document.save(str(path))
    return path


def _docx_table(document, grid: Grid) -> None:
    table = document.add_table(len(grid.rows) + 1, len(grid.header), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, grid.header, strict=True):
        cell.text = text
    for row, cells in zip(table.rows[1:], grid.lines(), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    first = 1
    for _, size in grid.groups:
        if size > 1:
            merged = table.cell(first, 0).merge(table.cell(first + size - 1, 0))
            merged.text = merged.text.strip()
        first += size


# --- PDF ----------------------------------------------------------------------------------


def as_pdf(plan: Plan, path: Path, ruled: bool = True, size: int = 12, filler: int = 0) -> Path:
    """``filler`` points of space before each table move it over a page turn."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import (
        Paragraph,
        Preformatted,
        SimpleDocTemplate,
        Spacer,
        Table,
        TableStyle,
    )

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    font = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    body = ParagraphStyle("body", fontSize=size, leading=size * 1.6, **font)
    head = ParagraphStyle("head", fontSize=size + 4, leading=size * 2, alignment=1, **font)
    cell = ParagraphStyle("cell", fontSize=size - 2, leading=size, **font)

    def paragraph(text: str, style: ParagraphStyle) -> Paragraph:
        return Paragraph(html.escape(text), style)

    def lines(text: str, style: ParagraphStyle, width: int) -> Preformatted:
        """Cut by us: reportlab's own wrapping of Chinese text loses spaces between words."""
        return Preformatted("\n".join(wrapped(text, width)), style)

    story: list = [paragraph(plan.title, head), Spacer(1, size)]
    for part in plan.parts:
        if isinstance(part, Heading | Body):
            story.append(lines("　　" + part.text, body, 440 // size))
        elif isinstance(part, Box):
            inside = (part.title, *("　　" + text for text in part.paragraphs))
            texts = [lines(text, cell, 420 // (size - 2)) for text in inside]
            frame = Table([[text] for text in texts], colWidths=[440])
            frame.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 1, colors.black)]))
            story += [Spacer(1, size), frame, Spacer(1, size)]
        else:
            story += [Spacer(1, filler)] if filler else []
            story.append(paragraph(part.caption, head))
            rows = [[paragraph(text, cell) for text in row] for row in (part.header, *part.lines())]
            table = Table(rows, colWidths=[60, 35, 165, 70, 75, 50], repeatRows=1)
            commands = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
            if ruled:
                commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
                first = 1
                for _, count in part.groups:
                    if not filler:
                        commands.append(("SPAN", (0, first), (0, first + count - 1)))
                    first += count
            else:
                commands += [
                    ("TOPPADDING", (0, 0), (-1, -1), 6),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
                ]
            table.setStyle(TableStyle(commands))
            story += [table, Spacer(1, size)]

    def foot(canvas, document) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(297, 30, f"— {document.page} —")

    SimpleDocTemplate(str(path), pagesize=A4).build(story, onFirstPage=foot, onLaterPages=foot)
    return path


# --- fictional plans ------------------------------------------------------------------------

_PLACES = ["云岭市", "东陵县", "海州区", "临江新区", "北原开发区"]
_FIELDS = ["轴承", "羊绒", "光学玻璃", "海洋渔具", "竹木家居", "智能水表", "陶瓷基板", "冷链装备"]
_VERBS = ["培育", "建设", "引进", "改造", "认定"]
_THINGS = ["示范工厂", "服务平台", "重点实验室", "绿色园区", "专业市场"]
_UNITS = ["家", "个", "项", "座"]
_HEADS = [
    "夯实产业基础",
    "优化空间布局",
    "推动融合发展",
    "强化要素保障",
    "激发主体活力",
    "扩大开放合作",
]
_NAMES = [
    "规模以上工业增加值",
    "单位产值用水量下降幅度",
    "规模以上企业研究开发经费占营业收入比重",
    "新增技术中心数量",
    "重点行业骨干企业关键工序数字化装备普及率",
]


def fictional_plan(seed: int) -> Plan:
    """A plan drawn by lot; the same seed gives the same plan."""
    lot = random.Random(seed)  # noqa: S311
    parts: list[Part] = [Body(_paragraph(lot))]
    for first in range(lot.randint(2, 3)):
        parts.append(Heading(1, f"{HAN[first]}、{lot.choice(_HEADS)}"))
        if first == 0:
            parts += [Body(_paragraph(lot)), _grid(lot)]
        for second in range(lot.randint(1, 3)):
            parts.append(Heading(2, f"（{HAN[second]}）{lot.choice(_HEADS)}"))
            parts += [Body(_paragraph(lot)) for _ in range(lot.randint(1, 2))]
            for third in range(lot.choice([0, 0, 2])):
                parts.append(Heading(3, f"{third + 1}．{lot.choice(_HEADS)}"))
                parts.append(Body(_paragraph(lot)))
            if lot.random() < 0.3:
                title = f"专栏{lot.randint(1, 9)} {lot.choice(_FIELDS)}提升工程"
                parts.append(Box(title, tuple(_paragraph(lot) for _ in range(lot.randint(1, 2)))))
    return Plan(f"{lot.choice(_PLACES)}{lot.choice(_FIELDS)}产业发展“十五五”规划", tuple(parts))


def _paragraph(lot: random.Random) -> str:
    return "".join(_sentence(lot) for _ in range(lot.randint(1, 5)))


def _sentence(lot: random.Random) -> str:
    place, goods, verb, thing = (lot.choice(each) for each in (_PLACES, _FIELDS, _VERBS, _THINGS))
    number, unit = lot.randint(2, 9999), lot.choice(_UNITS)
    return lot.choice(
        [
            f"到2030年，{place}{goods}产业产值达到{number}亿元，{verb}{thing}{number % 90 + 2}{unit}左右。",
            f"支持{goods}企业与科研院所合作，{verb}{thing}{number % 40 + 2}{unit}以上，年均增长{number % 20}.5％；",
            f"推广Smart Factory和Wi-Fi 6等技术，在{goods}、{lot.choice(_FIELDS)}等领域{verb}一批{thing}。",
            f"“十五五”期间，{place}力争{goods}产业规模突破{number}万元，占全市比重提高{number % 9 + 1}个百分点。",
        ]
    )


def _grid(lot: random.Random) -> Grid:
    groups = tuple(
        (name, lot.randint(1, 3)) for name in lot.sample(["规模效益", "创新能力", "绿色发展"], 2)
    )
    count = sum(size for _, size in groups)
    rows: list[tuple[str, ...]] = []
    for number in range(1, count + 1):
        name = lot.choice(_NAMES)
        unit, value = lot.choice(
            [
                ("%", "3.5以上"),
                ("亿元", "1200"),
                ("家", "90左右"),
                ("%", "完成省下达目标"),
                ("亿元/平方公里", "76.7"),
            ]
        )
        rows.append((str(number), name, unit, value, lot.choice(["预期性", "约束性"])))
    header = ("类别", "序号", "指标名称", "单位", "2030年目标", "属性")
    return Grid("“十五五”主要指标", header, groups, tuple(rows))
