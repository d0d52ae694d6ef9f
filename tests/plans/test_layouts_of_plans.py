"""Plans as they are copied and issued: Markdown, typed tables, action plans, mid-term reviews.

All places and figures are fictional.
"""

import unicodedata
from pathlib import Path

import pytest

from jingwei.core import Statement
from jingwei.documents import read_document, read_text
from jingwei.plans.compiling import read_statements


def read(text: str, name: str = "plan.txt") -> list[Statement]:
    return read_statements(read_text(text, name))


def statements_of(goal: str) -> list[Statement]:
    return read(f"云溪市“十四五”工业规划\n\n一、发展目标\n\n{goal}\n")


def rows(found: list[Statement]) -> list[tuple[object, ...]]:
    return [
        (each.subject, each.role, each.op, each.value, each.unit, str(each.period))
        for each in found
    ]


MARKDOWN = """\
# 云溪州“十四五”工业发展规划

## 一、现实基础

### （一）发展成效

**规模稳步扩大。** 2020年，全州工业增加值518亿元。

**产能全国领先。** 锗产能达到68吨，建成省级中心9家。

## 二、发展目标

到2025年，规模以上工业增加值年均增长6%以上。

| 类别 | 指标 | 单位 | 2020年 | 2025年 | 属性 |
|:---|---|:---:|---:|---:|---|
| 规模 | 制造业增加值 | 亿元 | 210 | **300以上** | 预期性 |
|  | 数据中心机架 | 万架 | 1.2 | 达到2020年的2.5倍 | 预期性 |

> 专栏1 绿色工程
>
> 建设绿色园区3个。
"""


class TestMarkdown:
    def test_marks_are_no_words_and_headings_tell_facts_from_goals(self) -> None:
        found = rows(read(MARKDOWN, "plan.md"))
        assert ("锗产能", "observation", "=", 68, "吨", "2020") in found
        assert ("省级中心数量", "observation", "=", 9, "家", "2020") in found
        assert ("规模以上工业增加值年均增速", "target", ">=", 6, "%", "2021-2025") in found
        assert ("绿色园区数量", "target", "=", 3, "个", "2025") in found
        assert not [each for each in found if "*" in str(each[0]) or "---" in str(each[0])]

    def test_the_rows_of_its_table_are_read_and_its_rule_is_no_row(self) -> None:
        found = [each for each in read(MARKDOWN) if each.rule == "指标表"]
        assert rows(found) == [
            ("制造业增加值", "observation", "=", 210, "亿元", "2020"),
            ("制造业增加值", "target", ">=", 300, "亿元", "2025"),
            ("数据中心机架数量", "observation", "=", 1.2, "万架", "2020"),
            ("数据中心机架数量", "target", "x", 2.5, "", "2025"),
        ]

    def test_every_quote_stands_at_its_offsets_in_the_file(self) -> None:
        for each in read(MARKDOWN):
            for span in each.evidence if isinstance(each.evidence, tuple) else (each.evidence,):
                cut = unicodedata.normalize("NFKC", MARKDOWN[span.start : span.end])
                bare = "".join(cut.replace("*", "").split())
                assert each.quote in bare.replace("|", "") or each.quote in bare

    def test_a_text_without_marks_keeps_its_signs(self) -> None:
        text = "云溪市“十四五”工业规划\n\n一、目标\n\n到2025年，5*8小时窗口建成3个，评价#1。\n"
        assert read_text(text).source == text


class TestTypedTables:
    TABLE = "指标 | 2025年目标 | 2020年基数\n--- | --- | ---\n锗产值(亿元) | 60左右 | 46.8\n研发强度(%) | ≥3 | 2.1\n"
    EXPECTED = (
        ("锗产值", "target", "~", 60, "亿元", "2025"),
        ("锗产值", "observation", "=", 46.8, "亿元", "2020"),
        ("研发强度", "target", ">=", 3, "%", "2025"),
        ("研发强度", "observation", "=", 2.1, "%", "2020"),
    )

    def test_bars_between_cells_make_a_table(self) -> None:
        text = f"云溪市“十四五”锗产业规划\n\n一、目标\n\n{self.TABLE}\n二、任务\n"
        assert tuple(rows(read(text))) == self.EXPECTED

    @pytest.mark.parametrize("joint", ["\n", "<br>"])
    def test_also_inside_a_page(self, joint: str) -> None:
        page = (
            "<html><body><p>云溪市“十四五”锗产业规划</p><p>一、目标</p>"
            f"<div>{self.TABLE.strip().replace(chr(10), joint)}</div><p>二、任务</p></body></html>"
        )
        assert tuple(rows(read(page, "plan.html"))) == self.EXPECTED

    def test_a_menu_of_one_line_is_none(self) -> None:
        page = "<html><body><p>首页 | 新闻 | 政务</p><p>云溪市“十四五”锗产业规划</p></body></html>"
        assert all(block.table is None for block in read_text(page, "plan.html").blocks)

    def test_front_matter_names_the_plan(self) -> None:
        text = "---\ntitle: 云溪市锗产业发展“十四五”规划\ndate: 2021-06-16\n---\n\n二、主要任务\n\n每年组织12项以上攻关，建设5家实验室。\n"
        assert rows(read(text)) == [
            ("每年攻关数量", "target", ">=", 12, "项", "2021-2025"),
            ("实验室数量", "target", "=", 5, "家", "2025"),
        ]


ACTION = """\
云溪市推进工业设备更新行动方案

为贯彻国家部署，制定本方案。

一、总体要求

到2027年，全市工业设备投资较2023年增长25%以上，关键工序数控化率达到70%。

主要目标表
指标\t单位\t2023年\t2024年\t2025年\t2027年
关键工序数控化率\t%\t58.8\t62\t65\t70
新增数字化车间（累计）\t个\t—\t30\t70\t150以上
设备投资增速（较2023年）\t%\t—\t5\t12\t25以上

二、重点任务

（一）更新设备

更新改造锅炉600台，建设中试平台20个，淘汰1000立方米以下高炉、100吨以下转炉。

（二）提升检测

检测设备投资年均增长8%，新增机器人300台。
"""


class TestActionPlans:
    def test_its_years_run_from_the_base_of_its_goals(self) -> None:
        found = rows(read(ACTION))
        assert ("检测设备投资年均增速", "target", "=", 8, "%", "2024-2027") in found
        assert ("机器人数量", "target", "+", 300, "台", "2024-2027") in found

    def test_its_tasks_are_goals_though_no_title_names_its_years(self) -> None:
        assert ("中试平台数量", "target", "=", 20, "个", "2027") in rows(read(ACTION))

    def test_a_renewal_is_no_increase(self) -> None:
        (renewed,) = [each for each in read(ACTION) if each.value == 600]
        assert renewed.op == "="

    def test_a_size_that_says_what_is_phased_out_is_no_statement(self) -> None:
        assert not [each for each in read(ACTION) if each.value in (1000, 100)]

    def test_steps_of_a_table_are_goals_of_their_own_year(self) -> None:
        found = rows([each for each in read(ACTION) if each.rule == "指标表"])
        assert found[:4] == [
            ("关键工序数控化率", "observation", "=", 58.8, "%", "2023"),
            ("关键工序数控化率", "target", "=", 62, "%", "2024"),
            ("关键工序数控化率", "target", "=", 65, "%", "2025"),
            ("关键工序数控化率", "target", "=", 70, "%", "2027"),
        ]
        assert [(each[2], each[5][-4:]) for each in found[4:7]] == [
            ("+", "2024"), ("+", "2025"), ("+", "2027"),
        ]  # fmt: skip
        assert [each[5] for each in found[7:]] == ["2024", "2024-2025", "2024-2027"]


MIDTERM = """\
云溪市“十四五”制造业规划实施情况中期评估报告

一、总体进展

《规划》提出，到2025年制造业产值突破600亿元，建成5个产业集群。

截至2023年6月底，累计建成智能工厂196个，完成2025年目标的91.4%。能耗两年累计下降7.6%，
与“下降14%以上”的目标尚有差距。

表1 主要指标完成情况
指标 | 单位 | 2020年基期 | 2022年实际 | 2025年目标
锗产值 | 亿元 | 33.0 | 32.6 | ≥39
"""


class TestMidTermReviews:
    def test_what_lies_ahead_of_the_review_is_a_goal(self) -> None:
        found = rows(read(MIDTERM))
        assert ("制造业产值", "target", ">=", 600, "亿元", "2025") in found
        assert ("产业集群数量", "target", "=", 5, "个", "2025") in found
        assert ("锗产值", "target", ">=", 39, "亿元", "2025") in found
        assert ("锗产值", "observation", "=", 32.6, "亿元", "2022") in found

    def test_what_it_reports_is_of_its_own_year(self) -> None:
        found = {each.value: (each.role, str(each.period)) for each in read(MIDTERM)}
        assert found[196][0] == found[91.4][0] == "observation"
        assert found[196][1][-4:] == found[91.4][1][-4:] == "2023"
        assert found[7.6] == ("observation", "2022-2023")
        assert found[14][0] == "target"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a bracket's date is the bracket's
        (
            "2025年营业收入突破300亿元（2020年为106亿元），培育企业30家。",
            [("target", 300, "2025"), ("observation", 106, "2020"), ("target", 30, "2025")],
        ),
        # a date that a goal is held against does not govern
        (
            "锚定二〇三五年远景目标，到2025年建成一流园区。产值突破200亿元，税收年均增长8%。",
            [("target", 200, "2025"), ("target", 8, "2021-2025")],
        ),
        # towns by their size
        ("高速公路对20万人口以上城市覆盖率超过98%。", [("target", 98, "2025")]),
    ],
)
def test_dates_and_sizes_that_only_name(text: str, expected: list[tuple[object, ...]]) -> None:
    found = statements_of(text)
    assert [(each.role, each.value, str(each.period)) for each in found] == expected


def test_a_unit_for_each_month_belongs_to_the_unit() -> None:
    (found,) = statements_of("晶圆产能达到每月25万片以上。")
    assert (found.op, found.value, found.unit) == (">=", 25, "万片/月")


def test_per_head_ends_with_its_list() -> None:
    found = statements_of("每万人拥有专利32件，建成中心12家、实验室3家。")
    assert [each.unit for each in found] == ["件/万人", "家", "家"]


def test_a_part_of_a_row_keeps_the_unit_of_the_row() -> None:
    text = (
        "云溪市“十四五”交通规划\n\n一、目标\n\n指标\t2020年\t2025年\t属性\n"
        "1.铁路里程（万公里）\t14.6\t16.5\t预期性\n其中：高速铁路里程\t3.8\t5.0\t预期性\n"
    )
    parts = [each for each in read(text) if each.subject == "高速铁路里程"]
    assert [(each.value, each.unit) for each in parts] == [(3.8, "万公里"), (5.0, "万公里")]


def test_a_news_text_of_this_year_sets_goals_for_it() -> None:
    text = (
        "记者 王云\n\n4月11日，云溪市人大会议开幕，回顾去年工作，提出今年目标。\n\n"
        "2032年，云溪市计划安排重大项目88个。去年完成投资50亿元。\n"
    )
    found = [(each.role, each.value, str(each.period)) for each in read(text)]
    assert found == [("target", 88, "2032"), ("observation", 50, "2031")]


PRESS = """\
---
title: '“十四五”锗产业发展成就：产量连续9年全省第一'
date: Tue, 09 Sep 2025 10:20:00 GMT
---

<div><p>9月9日，云溪市召开“高质量完成‘十四五’规划”发布会。</p>
<p><strong>综合实力跃上新台阶</strong></p>
<p>锗产值由2020年的31亿元增长到2024年的40亿元。截至2025年6月底，企业达到52家。建成33家中心。</p>
<p><strong>展望</strong></p>
<p>下一步，到2027年建成基地3个。</p></div>
"""


def test_the_headline_that_a_page_gives_of_itself_tells_what_it_looks_back_on() -> None:
    found = {each.value: (each.role, str(each.period)) for each in read(PRESS, "press.html")}
    assert found[31] == ("observation", "2020")
    assert found[40] == ("observation", "2024")
    assert found[33] == ("observation", "2025")
    assert found[3] == ("target", "2027")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("锗制取规模由2020年的不足3万吨/年提高到10万吨/年左右。",
         [("锗制取规模", "<", 3, "万吨/年", "2020"), ("锗制取规模", "~", 10, "万吨/年", "2025")]),
        ("本地配套率由目前的不足30%提高到60%以上。",
         [("本地配套率", "<", 30, "%", "2020"), ("本地配套率", ">=", 60, "%", "2025")]),
        ("制造业机器人密度提高到每万人260台。", [("制造业机器人密度", "=", 260, "台/万人", "2025")]),
        ("形成每年5万吨绿氢产能。", [("绿氢产能", "=", 5, "万吨/年", "2025")]),
        ("第一阶段：到2022年，产业快速发展。建成25座加氢站。",
         [("加氢站数量", "=", 25, "座", "2022")]),
    ],
)  # fmt: skip
def test_paths_from_now_on_and_amounts_for_each(text: str, expected: list[object]) -> None:
    found = statements_of(text)
    assert [(e.subject, e.op, e.value, e.unit, str(e.period)) for e in found] == expected


GROUPED = [
    ["指标名称", "单位", "2030年（预计）", "2035年", "年均增速或累计", "指标属性"],
    ["一、经济发展"],
    ["1.地区生产总值", "亿元", "4860", "6500", "5.5%左右", "预期性"],
    ["2.全员劳动生产率", "万元/人", "18.6", "24", "[5.2%]", "预期性"],
    ["二、创新驱动"],
    ["3.制造业增加值占地区生产总值比重", "%", "29.4", "基本稳定", "—", "预期性"],
    ["4.居民收入增长", "%", "—", "—", "与经济增长基本同步", "预期性"],
    ["三、绿色低碳"],
    ["5.单位地区生产总值能耗降低", "%", "—", "—", "〔17〕", "约束性"],
]
GROUPED_HEAD = (
    "云溪市“十六五”规划\n\n一、发展目标\n\n制造业增加值占比保持基本稳定。\n\n表1 主要指标\n"
)


def grouped_rows() -> str:
    rows = (
        f"<td colspan=6>{row[0]}</td>"
        if len(row) == 1
        else "".join(f"<td>{cell}</td>" for cell in row)
        for row in GROUPED
    )
    return "".join(f"<tr>{row}</tr>" for row in rows)


@pytest.mark.parametrize("between", ["\t", " ", "    ", " | "])
def test_groups_of_rows_part_a_typed_table_and_state_nothing(between: str, tmp_path: Path) -> None:
    """Whatever stands between the cells, and as in a page, where the name of a group spans them all."""
    typed = GROUPED_HEAD + "\n".join(between.join(row) for row in GROUPED) + "\n\n二、任务\n"
    page = (
        "<html><body><h1>云溪市“十六五”规划</h1><h2>一、发展目标</h2>"
        "<p>制造业增加值占比保持基本稳定。</p><p>表1 主要指标</p>"
        f"<table>{grouped_rows()}</table><h2>二、任务</h2></body></html>"
    )
    expected = [
        ("制造业增加值占比", "qual", None, "", "2035", "基本稳定"),
        ("地区生产总值", "=", 4860, "亿元", "2030", None),
        ("地区生产总值", "=", 6500, "亿元", "2035", None),
        ("地区生产总值年均增速", "~", 5.5, "%", "2031-2035", None),
        ("全员劳动生产率", "=", 18.6, "万元/人", "2030", None),
        ("全员劳动生产率", "=", 24, "万元/人", "2035", None),
        ("全员劳动生产率年均增速", "=", 5.2, "%", "2031-2035", None),
        ("制造业增加值占地区生产总值比重", "=", 29.4, "%", "2030", None),
        ("制造业增加值占地区生产总值比重", "qual", None, "%", "2035", "基本稳定"),
        ("居民收入增长", "qual", None, "%", "2031-2035", "与经济增长基本同步"),
        ("单位地区生产总值能耗降低幅度", "=", 17, "%", "2031-2035", None),
    ]
    for name, text in (("a.txt", typed), ("a.html", page)):
        (tmp_path / name).write_text(text, "utf-8")
        found = read_statements(read_document(tmp_path / name))
        assert [
            (s.subject, s.op, s.value, s.unit, str(s.period), s.text) for s in found
        ] == expected


def test_a_cell_with_two_values_is_one_of_each_name() -> None:
    text = (
        "云溪市“十六五”规划\n\n一、发展目标\n\n指标\t单位\t2030年\t2035年\t属性\n"
        "货物吞吐量/集装箱吞吐量\t亿吨/万标箱\t3.42/268\t4.5/400\t预期性\n"
        "园区单位土地产值\t亿元/平方公里\t75\t80\t预期性\n"
    )
    found = read(text)
    assert [(s.subject, s.value, s.unit) for s in found] == [
        ("货物吞吐量", 3.42, "亿吨"),
        ("货物吞吐量", 4.5, "亿吨"),
        ("集装箱吞吐量", 268, "万标箱"),
        ("集装箱吞吐量", 400, "万标箱"),
        ("园区单位土地产值", 75, "亿元/平方公里"),
        ("园区单位土地产值", 80, "亿元/平方公里"),
    ]
    assert all("3.42/268" in s.quote for s in found[:4])
