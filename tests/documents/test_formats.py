"""The law of the readers: the same text gives the same blocks, whatever it is written in."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rendering import (
    Body,
    Box,
    Grid,
    Heading,
    Plan,
    as_docx,
    as_html,
    as_pdf,
    as_text,
    as_wrapped_text,
    fictional_plan,
)

from jingwei.documents import Block, Document, read_document, read_text

SLOW = settings(
    max_examples=12,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def view(document: Document) -> list[tuple]:
    """All that the renderings must agree on."""
    return [(b.kind, b.level, b.text, b.box, b.section, grid(b)) for b in document.blocks]


def grid(block: Block) -> tuple | None:
    if block.table is None:
        return None
    rows = tuple(tuple((cell.text, cell.merged) for cell in row) for row in block.table.rows)
    return block.table.header_rows, rows


PLAN = Plan(
    "云岭市轴承产业发展“十五五”规划",
    (
        Body("为推动轴承产业发展，根据《云岭市国民经济和社会发展纲要》，制定本规划。"),
        Heading(1, "一、主要目标"),
        Body("到2030年，轴承产业产值达到1500亿元，年均增长7.5％左右，推广Wi-Fi 6和Smart Factory。"),
        Grid(
            "云岭市轴承产业主要指标",
            ("类别", "序号", "指标名称", "单位", "2030年目标", "属性"),
            (("规模效益", 2), ("绿色发展", 1)),
            (
                (
                    "1",
                    "规模以上企业每亿元主营业务收入有效发明专利拥有数量",
                    "件/亿元",
                    "1.5以上",
                    "预期性",
                ),
                ("2", "轴承产业产值", "亿元", "1500", "预期性"),
                ("3", "单位产值能耗下降幅度", "%", "完成省下达目标", "约束性"),
            ),
        ),
        Heading(1, "二、重点任务"),
        Heading(2, "（一）提升创新能力"),
        Body("支持企业建设重点实验室30个以上；突破精密轴承、陶瓷轴承等关键技术。"),
        Box(
            "专栏1 精密轴承工程",
            ("到2030年，建成示范工厂20家，培育服务商50家左右。", "推进数字化改造。"),
        ),
        Heading(2, "（二）优化空间布局"),
        Heading(3, "1．东部片区"),
        Body("重点发展高铁轴承，产业规模达到600亿元。"),
    ),
)


def test_blocks_of_a_plan():
    """What the one-line-a-paragraph text of the plan above must give, spelled out."""
    document = read_text(as_text(PLAN))
    assert document.title == "云岭市轴承产业发展“十五五”规划"
    outline = [(block.kind, block.level, block.box, block.text[:12]) for block in document.blocks]
    box = "专栏1精密轴承工程"
    assert outline == [
        ("heading", 0, "", "云岭市轴承产业发展“十五"),
        ("paragraph", 0, "", "为推动轴承产业发展,根据"),
        ("heading", 1, "", "一、主要目标"),
        ("paragraph", 0, "", "到2030年,轴承产业产"),
        ("table", 0, "", "云岭市轴承产业主要指标"),
        ("heading", 1, "", "二、重点任务"),
        ("heading", 2, "", "(一)提升创新能力"),
        ("paragraph", 0, "", "支持企业建设重点实验室3"),
        ("heading", 9, box, box),
        ("paragraph", 0, box, "到2030年,建成示范工"),
        ("paragraph", 0, box, "推进数字化改造。"),
        ("heading", 2, "", "(二)优化空间布局"),
        ("heading", 3, "", "1.东部片区"),
        ("paragraph", 0, "", "重点发展高铁轴承,产业规"),
    ]
    assert document.blocks[-1].section == ("二、重点任务", "(二)优化空间布局", "1.东部片区")
    table = document.blocks[4].table
    assert table is not None and table.header_rows == 1
    assert [cell.text for cell in table.rows[2]] == [
        "规模效益",
        "2",
        "轴承产业产值",
        "亿元",
        "1500",
        "预期性",
    ]
    assert [cell.merged for cell in table.rows[2]] == [True, False, False, False, False, False]


@pytest.mark.parametrize("width", [24, 29, 37, 45])
@pytest.mark.parametrize("blank_lines", [True, False])
@pytest.mark.parametrize("page", [0, 9])
def test_hard_wrapped_text(width: int, blank_lines: bool, page: int):
    wrapped = read_text(as_wrapped_text(PLAN, width, blank_lines, page))
    assert view(wrapped) == view(read_text(as_text(PLAN)))


def test_html():
    document = read_text(as_html(PLAN))
    assert (document.media, document.part_kind) == ("html", "paragraph")
    assert view(document) == view(read_text(as_text(PLAN)))


def test_docx(tmp_path: Path):
    document = read_document(as_docx(PLAN, tmp_path / "plan.docx"))
    assert (document.media, document.part_kind) == ("docx", "paragraph")
    assert view(document) == view(read_text(as_text(PLAN)))


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("filler", [0, 480])
def test_pdf(tmp_path: Path, ruled: bool, filler: int):
    """Ruled and unruled table, on one page and cut by a page turn, header repeated."""
    document = read_document(as_pdf(PLAN, tmp_path / "plan.pdf", ruled=ruled, filler=filler))
    assert (document.media, document.part_kind) == ("pdf", "page")
    assert len(document.parts) == (2 if filler else 1)
    assert view(document) == view(read_text(as_text(PLAN)))


@SLOW
@given(seed=st.integers(0, 10_000), width=st.integers(22, 46), page=st.sampled_from([0, 8, 13]))
def test_wrapped_text_of_any_plan(seed: int, width: int, page: int):
    plan = fictional_plan(seed)
    assert view(read_text(as_wrapped_text(plan, width, page=page))) == view(
        read_text(as_text(plan))
    )


@SLOW
@given(seed=st.integers(0, 10_000))
def test_html_and_docx_of_any_plan(tmp_path: Path, seed: int):
    plan = fictional_plan(seed)
    expected = view(read_text(as_text(plan)))
    assert view(read_text(as_html(plan))) == expected
    assert view(read_document(as_docx(plan, tmp_path / "plan.docx"))) == expected


@SLOW
@given(seed=st.integers(0, 10_000), ruled=st.booleans(), filler=st.sampled_from([0, 90, 260]))
def test_pdf_of_any_plan(tmp_path: Path, seed: int, ruled: bool, filler: int):
    plan = fictional_plan(seed)
    document = read_document(as_pdf(plan, tmp_path / "plan.pdf", ruled=ruled, filler=filler))
    assert view(document) == view(read_text(as_text(plan)))
