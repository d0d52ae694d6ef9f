"""DOCX as Word and WPS write it. All texts are fictional."""

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from jingwei.documents import Document, read_document


def written(path: Path, *body: str, numbering: str = "") -> Document:
    """A document with the given XML in its body."""
    document = docx.Document()
    inner = document.element.body
    for xml in body:
        name, rest = xml[1:].split(">", 1) if ">" in xml.split(" ")[0] else xml[1:].split(" ", 1)
        closing = ">" if ">" in xml.split(" ")[0] else " "
        inner.insert(len(inner) - 1, parse_xml(f"<{name} {nsdecls('w', 'wp', 'a')}{closing}{rest}"))
    if numbering:
        part = document.part.numbering_part.element
        for xml in numbering.split("\n"):
            part.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))
    document.save(str(path))
    return read_document(path)


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(*inner: str) -> str:
    return f"<w:p>{''.join(inner)}</w:p>"


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_what_is_read_of_a_paragraph(tmp_path: Path):
    """Insertions yes; deletions, notes, field codes and hidden text no."""
    document = written(
        tmp_path / "a.docx",
        paragraph(
            run("产值达到"),
            "<w:del w:id='1' w:author='a'><w:r><w:delText>900</w:delText></w:r></w:del>",
            f"<w:ins w:id='2' w:author='a'>{run('1500')}</w:ins>",
            run("亿元"),
            "<w:r><w:footnoteReference w:id='3'/></w:r>",
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>",
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE 7</w:instrText></w:r>",
            "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
            f"<w:hyperlink>{run('，占比')}</w:hyperlink><w:smartTag>{run('三成')}</w:smartTag>",
            run("。"),
        ),
    )
    assert texts(document) == ["产值达到1500亿元,占比三成。"]


def test_line_break_ends_a_line(tmp_path: Path):
    document = written(
        tmp_path / "a.docx",
        paragraph(
            run("一、目标"),
            "<w:r><w:br/></w:r>",
            run("产值达到1500亿元。"),
            "<w:r><w:br w:type='page'/></w:r>",
        ),
    )
    assert texts(document) == ["一、目标", "产值达到1500亿元。"]


def test_text_box_is_a_box(tmp_path: Path):
    box = "".join(paragraph(run(text)) for text in ("专栏1 创新工程", "建设平台10个。"))
    drawing = f"<w:r><w:pict><w:txbxContent>{box}</w:txbxContent></w:pict></w:r>"
    document = written(
        tmp_path / "a.docx",
        paragraph(run("一、任务")),
        paragraph(run("加强创新。"), drawing),
        paragraph(run("优化布局。")),
    )
    assert [(b.text, b.box) for b in document.blocks] == [
        ("一、任务", ""),
        ("加强创新。", ""),
        ("专栏1创新工程", "专栏1创新工程"),
        ("建设平台10个。", "专栏1创新工程"),
        ("优化布局。", ""),
    ]


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def test_merged_cells_and_two_header_rows(tmp_path: Path):
    restart, goes_on, across = (
        "<w:vMerge w:val='restart'/>",
        "<w:vMerge/>",
        "<w:gridSpan w:val='2'/>",
    )
    document = written(
        tmp_path / "a.docx",
        paragraph(run("一、目标")),
        paragraph(run("主要指标")),
        paragraph(run("单位：亿元")),
        table(
            cell("类别", restart)
            + cell("指标", restart)
            + cell("目标", across)
            + cell("属性", restart),
            cell("", goes_on)
            + cell("", goes_on)
            + cell("2025年")
            + cell("2030年")
            + cell("", goes_on),
            cell("规模", restart) + cell("产值") + cell("900") + cell("1500") + cell("预期性"),
            cell("", goes_on) + cell("利润") + cell("90") + cell("150") + cell("预期性"),
            cell("注：按可比价计算。", "<w:gridSpan w:val='5'/>"),
        ),
    )
    block = document.blocks[1]
    assert block.table is not None and block.table.header_rows == 2
    assert block.text == "主要指标单位:亿元"
    assert [[c.text for c in row] for row in block.table.rows] == [
        ["类别", "指标", "目标", "目标", "属性"],
        ["类别", "指标", "2025年", "2030年", "属性"],
        ["规模", "产值", "900", "1500", "预期性"],
        ["规模", "利润", "90", "150", "预期性"],
    ]
    assert [c.merged for c in block.table.rows[3]] == [True, False, False, False, False]
    assert document.blocks[2].text == "注:按可比价计算。"


def test_deleted_rows_and_nested_tables(tmp_path: Path):
    deleted = "<w:trPr><w:del w:id='1' w:author='a'/></w:trPr>"
    document = written(
        tmp_path / "a.docx",
        table(
            cell("指标") + cell("2030年"),
            deleted + cell("旧指标") + cell("1"),
            cell("产值") + cell("1500"),
        ),
        paragraph(run("布局如下。")),
        table(
            cell("左。")
            + f"<w:tc>{table(cell('指标') + cell('2030年'), cell('企业数') + cell('50'))}{paragraph()}</w:tc>"
        ),
    )
    grids = [[[c.text for c in row] for row in b.table.rows] for b in document.blocks if b.table]
    assert grids == [[["指标", "2030年"], ["产值", "1500"]], [["指标", "2030年"], ["企业数", "50"]]]


def test_pieces_of_a_table_are_joined(tmp_path: Path):
    header = cell("序号") + cell("指标") + cell("2030年")
    document = written(
        tmp_path / "a.docx",
        table(header, cell("1") + cell("产值") + cell("1500")),
        paragraph(),
        table(header, cell("2") + cell("企业数") + cell("50")),
    )
    (block,) = document.blocks
    assert block.table is not None
    assert [row[0].text for row in block.table.rows] == ["序号", "1", "2"]


NUMBERING = "\n".join(
    [
        "<w:abstractNum w:abstractNumId='90'>"
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='%1、'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='（%2）'/></w:lvl>"
        "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%3.'/></w:lvl>"
        "<w:lvl w:ilvl='3'><w:start w:val='1'/><w:numFmt w:val='bullet'/><w:lvlText w:val='·'/></w:lvl>"
        "</w:abstractNum>",
        "<w:num w:numId='91'><w:abstractNumId w:val='90'/></w:num>",
        "<w:num w:numId='92'><w:abstractNumId w:val='90'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='11'/></w:lvlOverride></w:num>",
    ]
)


def counted(level: int, text: str, number: int = 91) -> str:
    properties = (
        f"<w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr></w:pPr>"
    )
    return paragraph(properties, run(text))


def test_numbers_that_word_counts(tmp_path: Path):
    document = written(
        tmp_path / "a.docx",
        counted(0, "目标"),
        counted(1, "规模"),
        counted(1, "效益"),
        counted(2, "税收"),
        counted(3, "稳步增长。"),
        counted(0, "任务"),
        counted(1, "创新"),
        counted(0, "附则", 92),
        numbering=NUMBERING,
    )
    assert [(b.level, b.text) for b in document.blocks] == [
        (1, "一、目标"),
        (2, "(一)规模"),
        (2, "(二)效益"),
        (3, "1.税收"),
        (0, "稳步增长。"),
        (1, "二、任务"),
        (2, "(一)创新"),
        (1, "十一、附则"),
    ]


@pytest.mark.parametrize(("style", "level"), [("Heading 1", 1), ("Heading 2", 2)])
def test_headings_by_style(tmp_path: Path, style: str, level: int):
    document = docx.Document()
    document.add_paragraph("前言如下，请审阅。")
    document.add_paragraph("结语", style=style)
    document.add_paragraph("以上安排，请认真落实。")
    document.save(str(tmp_path / "a.docx"))
    heading = read_document(tmp_path / "a.docx").blocks[1]
    assert (heading.kind, heading.level, heading.text) == ("heading", level, "结语")


def test_contents_are_dropped(tmp_path: Path):
    document = docx.Document()
    style = document.styles.add_style("toc 1", 1)
    document.add_paragraph("一、目标\t1", style=style)
    document.add_paragraph("一、目标")
    document.add_paragraph("产值达到1500亿元。")
    document.save(str(tmp_path / "a.docx"))
    assert texts(read_document(tmp_path / "a.docx")) == ["一、目标", "产值达到1500亿元。"]
