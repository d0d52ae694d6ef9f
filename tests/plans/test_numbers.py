"""Numbers as plans write them: value, unit and hedge, and what only looks like a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.plans.dates import dates
from jingwei.plans.numbers import Mention, mentions


def found(text: str) -> list[Mention]:
    return mentions(text, [(date.start, date.end) for date in dates(text)])


def told(text: str) -> list[tuple[float | None, float | None, float | None, str, str]]:
    return [(m.value, m.low, m.high, m.unit, m.op) for m in found(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit", "op"),
    [
        ("产值达到1.5万亿元", 1.5, "万亿元", "="),
        ("产值3,500亿元", 3500, "亿元", "="),
        ("突破2600家", 2600, "家", ">"),
        ("30多个项目", 30, "个", ">"),
        ("70余项标准", 70, "项", ">"),
        ("10余万台设备", 10, "万台", ">"),
        ("900个左右", 900, "个", "~"),
        ("约占12%", 12, "%", "~"),
        ("近3万家企业", 3, "万家", "~"),
        ("不少于500平方公里", 500, "平方公里", ">="),
        ("1.5件/亿元以上", 1.5, "件/亿元", ">="),
        ("控制在5.5%以内", 5.5, "%", "<="),
        ("不足3000万立方米", 3000, "万立方米", "<"),
        ("提高5.2个百分点", 5.2, "个百分点", "="),
        ("完成1000+场景", 1000, "", ">"),
        ("三分之二", 0.6667, "", "="),
        ("1/3以上", 0.3333, "", ">="),
        ("百分之二十", 20, "%", "="),
        ("近六成", 0.6, "", "~"),
        ("超七成五", 0.75, "", ">"),
        ("规模翻一番", 2, "", "x"),
        ("翻两番", 4, "", "x"),
        ("规模倍增", 2, "", "x"),
        ("总量减半", 0.5, "", "x"),
        ("突破万亿元", 1, "万亿元", ">"),
        ("十万家企业", 1, "十万家", "="),
    ],
)
def test_a_number_keeps_its_unit_and_hedge(text: str, value: float, unit: str, op: str) -> None:
    assert (value, None, None, unit, op) in told(text)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("建设5—10家中心", 5, 10, "家"),
        ("800亿~900亿元", 800, 900, "亿元"),
        ("3到5个集群", 3, 5, "个"),
        ("1—1.5个百分点", 1, 1.5, "个百分点"),
        ("10至15%", 10, 15, "%"),
    ],
)
def test_a_range_is_one_number(text: str, low: float, high: float, unit: str) -> None:
    assert told(text) == [(None, low, high, unit, "range")]


@pytest.mark.parametrize(
    "text",
    [
        "到2025年底", "2021-2025年", "“十四五”期间", "世界500强企业", "5G网络", "C919客机", "4K超高清",
        "构建“3+6”体系", "“1+5+X”布局", "第12届大会", "位居前三", "8大工程", "CO2排放", "AP1000机组",
        "5·12地震", "7×24小时", "2号线", "《2020年行动方案》", "党的二十大精神", "专栏3", "表2", "PM2.5治理",
    ],
)  # fmt: skip
def test_names_dates_and_slogans_hold_no_number(text: str) -> None:
    assert [m for m in found(text) if m.unit or m.form != "digits"] == []


def test_a_number_after_an_acronym_is_read() -> None:
    assert told("占GDP25%") == [(25, None, None, "%", "=")]


def test_a_subscript_does_not_run_into_the_number_behind_it() -> None:
    assert told("减排SO2 9.64万吨") == [(9.64, None, None, "万吨", "=")]


def test_letters_in_a_name_do_not_swallow_the_sentence() -> None:
    assert told("L2级以上车辆渗透率达到80%") == [(80, None, None, "%", "=")]


@given(
    st.floats(0.01, 99999).map(lambda x: round(x, 2)),
    st.sampled_from(["亿元", "家", "%", "个百分点", "平方公里", "万吨标准煤", "台/万人"]),
    st.sampled_from(["", "左右", "以上"]),
)
def test_what_is_printed_is_what_is_read(value: float, unit: str, hedge: str) -> None:
    printed = f"{value:g}" if value < 1e5 else f"{value:.2f}"
    [mention] = found(f"指标达到{printed}{unit}{hedge}。")
    assert mention.value == float(printed)
    assert mention.unit == unit
    assert mention.op == {"": "=", "左右": "~", "以上": ">="}[hedge]


@given(st.text(alphabet="0123456789.,%亿万家个一二三百千分之年“”+-—~至上下以近约超 、,。()"))
def test_no_text_breaks_the_lexer_and_spans_stay_inside(text: str) -> None:
    previous = 0
    for mention in found(text):
        assert 0 <= mention.start <= mention.number < mention.unit_end <= mention.end <= len(text)
        assert mention.number >= previous
        previous = mention.unit_end
