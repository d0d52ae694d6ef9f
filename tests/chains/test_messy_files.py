"""Files as people keep them: damaged codes, merged cells, second sheets, headings of their own."""

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from jingwei.chains.diagnosis import known_measures
from jingwei.chains.graph import (
    Edition,
    Head,
    Imported,
    Options,
    Vertex,
    import_lines,
    node_id,
    read_lines,
    template,
    what_is_read,
)
from jingwei.chains.graph.exporting import tables
from jingwei.core import InvalidFile, Row
from jingwei.core.uscc import check_character
from jingwei.store.tables import csv_bytes, xlsx_bytes

FULL = template("全链")
DAY = date(2025, 6, 30)
ROW = Row("seed.csv", "2025-01-01", "1")
NODES = [Vertex(node_id(n), "node", n, "零部件", "零部件", (ROW,)) for n in ("织机", "张力器")]
BASE = Edition.of(Head("织机", "1", "全链", "绫州市"), NODES)
Take = Callable[..., Imported]


def code(number: int) -> str:
    first = f"91990000MA{number:06d}X"
    return first + check_character(first)


@pytest.fixture
def take(tmp_path: Path) -> Take:
    def taken(
        content: str | bytes,
        name: str = "表.csv",
        base: Edition = BASE,
        decided: dict[str, str] | None = None,
        sheet: str = "",
        *,
        new_nodes: bool = False,
    ) -> Imported:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        options = Options(day=DAY, measures=known_measures(), new_nodes=new_nodes)
        lines = read_lines(path, sheet=sheet)
        return import_lines(lines, name, base, FULL, decided or {}, options)

    return taken


def book(sheets: dict[str, list[list[object]]], *merged: str) -> bytes:
    """A workbook; ``merged`` are ranges of its first sheet."""
    file = io.BytesIO()
    with Workbook(file) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        for cells in merged:
            first = made.worksheets()[0]
            row = int(re.findall(r"\d+", cells)[0]) - 1
            first.merge_range(cells, next(iter(sheets.values()))[row][0])
    return file.getvalue()


def grown(got: Imported) -> Edition:
    return Edition.of(BASE.head, got.vertices, got.edges, got.facts)


def makers(got: Imported) -> set[str]:
    return {e.from_ for e in got.edges if e.kind == "makes"}


def told(got: Imported) -> str:
    return "".join(f"{each.kind} {each.message}" for each in got.findings)


# -- codes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "written", "why"),
    [
        ("统一社会信用代码", "9.199E+17", "科学计数法"),
        ("企业代码", "9.199e17", "科学计数法"),
        ("统一社会信用代码", "91990000", "8位"),
        ("统一社会信用代码", "919900001234567000", "15位"),
        ("统一社会信用代码", code(1)[:-1] + ("0" if code(1)[-1] != "0" else "1"), "校验位"),
        ("企业代码", code(1)[:-1] + ("0" if code(1)[-1] != "0" else "1"), "校验位"),
        ("统一社会信用代码", code(1)[:-1] + "*", "不用的字符"),
    ],
)
def test_a_damaged_code_refuses_the_file_by_row(
    take: Take, heading: str, written: str, why: str
) -> None:
    rows = f"甲厂,{code(2)},织机\n乙厂,{written},织机\n丙厂,{written},织机\n"
    with pytest.raises(InvalidFile, match=why) as fault:
        take(f"企业,{heading},环节\n{rows}")
    assert "第3行" in fault.value.zh
    assert "第4行" in fault.value.zh
    assert "第2行" not in fault.value.zh


def test_a_code_that_a_spreadsheet_holds_as_a_number_is_refused_too(take: Take) -> None:
    rows: list[list[object]] = [["企业", "统一社会信用代码", "环节"], ["甲厂", 9.199e17, "织机"]]
    with pytest.raises(InvalidFile, match="文本"):
        take(book({"表": rows}), "表.xlsx")


def test_codes_of_other_registers_are_taken_and_told(take: Take) -> None:
    got = take("企业,企业代码,环节\n甲厂,600999.XX,织机\n")
    assert makers(got) == {"e:600999.XX"}
    assert "import_other_register" in told(got)
    assert "other_register" not in told(take(f"企业,企业代码,环节\n甲厂,{code(1)},织机\n"))


def test_one_code_with_two_names_is_asked_and_never_merged(take: Take) -> None:
    text = f"企业,统一社会信用代码,环节,份额\n甲厂,{code(1)},织机,30%\n乙厂,{code(1)},张力器,20%\n"
    got = take(text)
    assert {(e.from_, e.to) for e in got.edges} == {(f"e:{code(1)}", "n:织机")}
    assert (got.rows, got.taken) == (2, 1)
    assert "“甲厂”和“乙厂”" in told(got)
    assert [(w.name, w.candidates) for w in got.waiting] == [("乙厂", (f"e:{code(1)}",))]
    same = take(text, decided={"乙厂": f"e:{code(1)}"})
    assert {(e.from_, e.to) for e in same.edges} == {
        (f"e:{code(1)}", "n:织机"), (f"e:{code(1)}", "n:张力器"),
    }  # fmt: skip
    other = take(text, decided={"乙厂": "新"})
    assert makers(other) == {f"e:{code(1)}", "e~乙厂"}
    assert take(text, decided={"乙厂": "无"}).taken == 1
    later = take(f"企业,企业代码,环节\n丙厂,{code(1)},张力器\n", "后.csv", grown(got))
    assert "“甲厂”和“丙厂”" in told(later)
    wide = take(f"企业,企业代码,环节\n 甲 厂,{code(1)},张力器\n", "后.csv", grown(got))
    assert "two_names" not in told(wide), "the same name but for blanks"


# -- rows that hang on nothing -------------------------------------------------------------


def test_an_enterprise_without_its_node_among_others_refuses_the_file(take: Take) -> None:
    with pytest.raises(InvalidFile, match="向下填充") as fault:
        take("环节,企业,份额\n织机,甲厂,30%\n,乙厂,30%\n,丙厂,20%\n")
    assert "第3行" in fault.value.zh
    assert "第4行" in fault.value.zh
    alone = take("企业,环节,所在地\n甲厂,,东区\n乙厂,,东区\n")
    assert {e.kind for e in alone.edges} == {"located_in"}
    assert "import_nodeless" in told(alone)


def test_a_node_between_its_upstream_and_downstream_is_no_edge_past_it(take: Take) -> None:
    with pytest.raises(InvalidFile, match="拆成两行"):
        take("环节,上游,下游,关系\n织机,纱线,布,供应\n")


def test_merged_cells_of_a_workbook_are_filled_down_and_told(take: Take) -> None:
    rows: list[list[object]] = [
        ["绫州市织机产业链企业名录"], ["环节", "企业", "份额"], ["织机", "甲厂", 0.3], ["", "乙厂", 0.3],
        ["张力器", "丙厂", 0.5], ["合计", "", 1.1],
    ]  # fmt: skip
    got = take(book({"名录": rows}, "A1:C1", "A3:A4"), "名录.xlsx")
    assert {(e.from_, e.to) for e in got.edges} == {
        ("e~甲厂", "n:织机"), ("e~乙厂", "n:织机"), ("e~丙厂", "n:张力器"),
    }  # fmt: skip
    assert "import_filled 1行" in told(got)
    assert "import_total 1行" in told(got)
    with pytest.raises(InvalidFile, match="第4行"):
        take(book({"名录": rows}, "A1:C1"), "名录.xlsx")


# -- sheets and headings -------------------------------------------------------------------


def test_the_sheet_that_is_read_and_those_that_are_not_are_told(take: Take, tmp_path: Path) -> None:
    made = book({
        "说明": [["本表由协会填报"]],
        "名录": [["环节", "企业", "备注"], ["织机", "甲厂", "—"]],
        "补充": [["环节", "企业", "备注"], ["织机", "乙厂", "—"]],
    })  # fmt: skip
    assert makers(take(made, "两表.xlsx")) == {"e~甲厂"}
    read = what_is_read(tmp_path / "两表.xlsx")
    assert (read.sheets, read.apart, read.ignored) == (("名录",), ("说明", "补充"), ("备注",))
    assert makers(take(made, "两表.xlsx", sheet="补充")) == {"e~乙厂"}
    assert not what_is_read(tmp_path / "两表.xlsx", "补充").first
    with pytest.raises(InvalidFile, match="名录"):
        take(made, "两表.xlsx", sheet="没有")


def test_headings_below_a_title_are_found_in_text_too(take: Take) -> None:
    got = take("绫州市企业名录,,\n2025年,,\n企业,环节,份额\n甲厂,织机,30%\n")
    assert makers(got) == {"e~甲厂"}
    with pytest.raises(InvalidFile, match="第5行"):
        take("绫州市企业名录,,\n2025年,,\n企业,环节,份额\n甲厂,织机,30%\n乙厂,织机,300%\n")


@pytest.mark.parametrize(
    "head",
    [
        "公司,产品",
        "供应商,环节",
        "企业名称,所处环节",
        "企业全称,所在环节",
        "企业 company,环节 node",
    ],
)
def test_what_people_call_the_columns_is_known(take: Take, head: str) -> None:
    assert makers(take(f"{head}\n甲厂,织机\n")) == {"e~甲厂"}
    got = take(f"{head}\n甲厂,新件\n")
    assert [w.name for w in got.waiting] == ["新件"], "an unknown node waits"
    assert "n:新件" not in {v.id for v in got.vertices}


@pytest.mark.parametrize(
    "text",
    [
        "产品,经营主体\n新件,甲厂\n",
        "环节,负责人,份额\n织机,张三,30%\n",
        "上游,客户群\n织机,张力器\n",
        "份额,日期\n30%,2025\n",
        "甲,乙\n1,2\n",
    ],
)
def test_a_table_that_cannot_say_what_a_row_is_is_refused_with_the_names(
    take: Take, text: str
) -> None:
    with pytest.raises(InvalidFile, match=re.escape("环节、产品")) as fault:
        take(text)
    assert "供应商" in fault.value.zh
    assert ".toml" not in str(fault.value)


# -- indicators and words ------------------------------------------------------------------


def test_an_indicator_that_serves_nothing_is_named_with_the_nearest(take: Take) -> None:
    got = take(
        "环节,指标,数值,单位\n织机,本地配套比率,60,%\n织机,进口依赖度,60,%\n织机,H HI,0.2,\n"
    )
    assert "不认识的指标“本地配套比率”（1行）" in told(got)
    assert "是否指“本地配套率”" in told(got)
    assert "“进口依赖度”（" not in told(got)
    assert {f.measure for f in got.facts} == {"本地配套比率", "进口依赖度", "hhi"}


def test_a_word_of_a_scale_under_the_numbers_is_taken(take: Take) -> None:
    got = take("环节,指标,数值\n织机,名录完整,完整\n织机,技术水平,并跑\n")
    assert {(f.measure, f.word, f.value) for f in got.facts} == {
        ("名录完整", "完整", None), ("技术水平", "并跑", None),
    }  # fmt: skip
    with pytest.raises(InvalidFile, match=r"数值“大概”.*完整"):
        take("环节,指标,数值\n织机,名录完整,大概\n")


# -- rings ---------------------------------------------------------------------------------


def test_supply_that_goes_round_over_any_number_of_steps_is_told_once(take: Take) -> None:
    text = "起点,终点,关系\n" + "".join(f"件{k},件{(k + 1) % 5},供应\n" for k in range(5))
    [ring] = [f for f in take(text, new_nodes=True).findings if f.kind == "ring"]
    assert ring.message.count("→") == 5
    assert len(ring.sides) == 5
    line = text.replace("件4,件0,供应\n", "件1,件0,供应\n")
    assert {f.kind for f in take(line, new_nodes=True).findings} == {"mutual"}


# -- exports come back ---------------------------------------------------------------------


@pytest.fixture
def full(take: Take) -> Edition:
    firms = (
        "企业,统一社会信用代码,环节,所在地,所属地区,份额,日期\n"
        f"甲厂,{code(1)},织机,东区,绫州市,35%,2025-03-31\n=乙厂,,张力器,西区,绫州市,,2025-03-31\n"
    )
    edition = grown(take(firms, "企业.csv"))
    more = take("起点,终点,关系,是否成立\n张力器,织机,供应,否\n", "供应.csv", edition)
    facts = "环节,指标,数值,评定,单位,评定人\n织机,本地配套率,60,,%,\n织机,技术水平,,并跑,,专家组\n"
    return grown(take(facts, "指标.csv", grown(more)))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_sheets_of_an_export_come_back_in_any_order(
    take: Take, full: Edition, order: tuple[int, ...]
) -> None:
    sheets = tables(full)
    back = Edition.of(BASE.head, [])
    for k in order:
        back = grown(take(csv_bytes(sheets[k]), f"{sheets[k].name}.csv", back))
    assert [*back.every_edge()] == [*full.every_edge()]
    assert back.facts == full.facts
    assert {(v.id, v.name, v.stage) for v in back.vertices()} == {
        (v.id, v.name, v.stage) for v in full.vertices()
    }


def test_the_workbook_of_an_export_comes_back_whole(take: Take, full: Edition) -> None:
    back = grown(take(xlsx_bytes(tables(full)), "链.xlsx", Edition.of(BASE.head, [])))
    assert [*back.vertices()] == [*full.vertices()]
    assert [*back.every_edge()] == [*full.every_edge()]
    assert back.facts == full.facts
    assert back.content_hash == full.content_hash
