"""Messy tables are read from their own words; what they do not say is asked, never guessed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from jingwei.core import Category, Classification, Region
from jingwei.statistics.cards import Cards, library
from jingwei.statistics.intake import (
    Answers,
    Declared,
    FileReading,
    open_book,
    published_in,
    understand,
)

REGIONS = (
    Region("539800", "砚州市", "city"),
    Region("539802", "东屏区", "district", "539800"),
    Region("539803", "南浦区", "district", "539800"),
    Region("539800-GX", "高新区", "zone", "539800", ("539802",)),
)
INDUSTRIES = Classification(
    "gbt4754-2017", "GB/T 4754-2017", "", {"36": Category("36", "汽车制造业"), "35": Category("35", "专用设备制造业")}
)  # fmt: skip


def read(path: Path, answers: Answers | None = None) -> FileReading:
    declared = Declared(Cards(library()), REGIONS, (INDUSTRIES,), "539800")
    return understand(open_book(path), declared, answers)


def values(reading: FileReading) -> dict[tuple[str, str, str], float]:
    """(card id, region, months and code) to value, growth beside levels left out."""
    return {
        (
            figure.card.id if figure.card else "?", figure.region,
            " ".join([str(figure.months), *(code for _, code in figure.codes)]),
        ): round(figure.value, 6)
        for figure in reading.figures
        if figure.measure == "level"
    }  # fmt: skip


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows as XLSX; ``merge`` are ranges, percent cells are given as ('%', value)."""

    def write(rows: list[list[Any]], merge: tuple[str, ...] = (), name: str = "表") -> Path:
        path = tmp_path / f"{name}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet("Sheet1")
            percent = book.add_format({"num_format": "0.0%"})
            for area in merge:
                page.merge_range(area, "")
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, tuple):
                        page.write_number(row, column, cell[1], percent)
                    elif cell is not None:
                        page.write(row, column, cell)
        return path

    return write


def test_merged_headers_corner_units_and_marks_for_missing(sheet: Callable[..., Path]) -> None:
    reading = read(
        sheet(
            [
                ["砚州市2024年1—11月规模以上工业主要指标", None, None, None, None],
                [None, None, None, None, "单位：万元"],
                ["地区", "工业总产值", None, None, "利润总额"],
                [None, "11月", "1-11月", "同比增长（%）", "累计"],
                ["全市", 1234567, "12,345,678", ("%", 0.052), "—"],
                ["其中：东屏区", "１２３４５６", 1234567, "-1.2%", "…"],
                ["注：①本表为快报数。"],
            ],
            merge=("A3:A4", "B3:D3"),
        )
    )
    assert values(reading) == {
        ("industrial-output-above-scale", "539800", "2024-11"): 123.4567,
        ("industrial-output-above-scale", "539800", "2024-01/2024-11"): 1234.5678,
        ("industrial-output-above-scale-growth", "539800", "2024-01/2024-11"): 5.2,
        ("industrial-output-above-scale", "539802", "2024-11"): 12.3456,
        ("industrial-output-above-scale", "539802", "2024-01/2024-11"): 123.4567,
        ("industrial-output-above-scale-growth", "539802", "2024-01/2024-11"): -1.2,
    }
    assert not reading.questions
    assert any("注释" in remark.zh for remark in reading.remarks)


def test_two_tables_on_a_sheet_and_counts_that_look_like_years(sheet: Callable[..., Path]) -> None:
    reading = read(
        sheet(
            [
                ["高新技术企业数"],
                ["地区", 2022, 2023, 2024],
                ["东屏区", 1950, 2013, 2050],
                [],
                ["工业投资（亿元）"],
                ["年份", "东屏区", "南浦区"],
                [2023, 10.5, 20.5],
                [2024, 11.5, 21.5],
            ]
        )
    )
    found = values(reading)
    assert found["high-tech-enterprises", "539802", "2023"] == 2013
    assert found["industrial-investment", "539803", "2024"] == 21.5
    assert len(found) == 7


def test_sections_units_by_row_and_numbers_with_words(sheet: Callable[..., Path]) -> None:
    reading = read(
        sheet(
            [
                ["指标", "单位", "2023年", "2024年"],
                ["一、规模以上工业"],
                ["1.总产值", "万元", 1000000, "110亿元"],
                ["2.利润总额", "亿元", "(3.5)", "4.2②"],
                ["工业固废综合利用率", "%", "95以上", 96.5],
            ]
        )
    )
    assert values(reading) == {
        ("industrial-output-above-scale", "539800", "2023"): 100,
        ("industrial-output-above-scale", "539800", "2024"): 110,
        ("profit-above-scale", "539800", "2023"): -3.5,
        ("profit-above-scale", "539800", "2024"): 4.2,
        ("solid-waste-utilisation", "539800", "2023"): 95,
        ("solid-waste-utilisation", "539800", "2024"): 96.5,
    }
    assert {figure.op for figure in reading.figures} == {"=", ">="}


def test_industries_as_rows_of_a_titled_table(sheet: Callable[..., Path]) -> None:
    reading = read(
        sheet([["2024年分行业规模以上工业总产值（亿元）"], ["行业", "2024年"], ["汽车制造业", 812.5], ["合计", 5000]])
    )  # fmt: skip
    assert values(reading) == {
        ("industrial-output-above-scale", "539800", "2024 36"): 812.5,
        ("industrial-output-above-scale", "539800", "2024"): 5000,
    }


def test_what_is_ambiguous_or_unsaid_is_asked(sheet: Callable[..., Path]) -> None:
    path = sheet([["指标", "2024年"], ["工业总产值", 100], ["星际贸易额", 5]])
    reading = read(path)
    assert reading.figures == ()
    asked = {(question.about, question.name): question for question in reading.questions}
    assert set(asked) == {("card", "工业总产值"), ("card", "星际贸易额")}
    assert len(asked["card", "工业总产值"].options) == 2
    answers = Answers({"工业总产值": "industrial-output-all"}, {"全部工业总产值": "亿元"})
    assert values(read(path, answers)) == {("industrial-output-all", "539800", "2024"): 100}


def test_a_unit_that_nobody_states_is_asked(sheet: Callable[..., Path]) -> None:
    reading = read(sheet([["指标", "2024年"], ["工业投资", 100], ["高新技术企业数", 5]]))
    assert [(q.about, q.name) for q in reading.questions] == [("unit", "工业投资")]
    assert values(reading) == {("high-tech-enterprises", "539800", "2024"): 5}


def test_a_unit_of_another_kind_is_refused(sheet: Callable[..., Path]) -> None:
    reading = read(sheet([["指标", "单位", "2024年"], ["工业投资", "家", 100]]))
    assert reading.figures == ()
    assert "不是一类" in reading.refusals[0].zh


def test_targets_and_ranks_are_no_observations(sheet: Callable[..., Path]) -> None:
    reading = read(
        sheet(
            [
                ["地区", "2024年工业投资（亿元）", "2024年目标（亿元）", "排名"],
                ["东屏区", 10, 12, 3],
            ]
        )
    )
    assert values(reading) == {("industrial-investment", "539802", "2024"): 10}


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", "\t"), ("gb18030", ";"), ("utf-16", ","), ("utf-16-le", ",")],
)
def test_csv_in_every_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [
        ["地区", "指标", "时期", "数值", "单位"],
        ["东屏区", "工业投资", "2024年1-6月", "10.5", "亿元"],
    ]
    path = tmp_path / "长表.csv"
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    assert values(read(path)) == {("industrial-investment", "539802", "2024-01/2024-06"): 10.5}


def test_parquet_and_sdmx_csv(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"indicator": ["工业投资"], "region": ["539803"], "period": ["2024"], "value": [7.5], "unit": ["亿元"]}),
        path,
    )  # fmt: skip
    assert values(read(path)) == {("industrial-investment", "539803", "2024"): 7.5}
    sdmx = tmp_path / "b.csv"
    sdmx.write_text(
        "DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE\n"
        "X:Y(1.0),539802,industrial-investment,2024-Q1,3.5,亿元\n",
        "utf-8",
    )
    assert values(read(sdmx)) == {("industrial-investment", "539802", "2024-01/2024-03"): 3.5}


def test_sdmx_ml_comes_in_through_the_extra(tmp_path: Path) -> None:
    pytest.importorskip("sdmx")
    keys = {"REF_AREA": "539802", "INDICATOR": "industrial-investment", "UNIT_MEASURE": "亿元"}
    written = "".join(f'<g:Value id="{k}" value="{v}"/>' for k, v in keys.items())
    space = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
    path = tmp_path / "c.xml"
    path.write_text(
        f'''<?xml version="1.0" encoding="UTF-8"?>
<m:GenericData xmlns:m="{space}/message" xmlns:c="{space}/common" xmlns:g="{space}/data/generic">
<m:Header><m:ID>x</m:ID><m:Test>false</m:Test><m:Prepared>2025-01-01T00:00:00</m:Prepared>
<m:Sender id="s"/><m:Receiver id="r"/>
<m:Structure structureID="D" dimensionAtObservation="TIME_PERIOD"><c:Structure>
<Ref agencyID="A" id="D" version="1.0"/></c:Structure></m:Structure></m:Header>
<m:DataSet structureRef="D"><g:Series><g:SeriesKey>{written}</g:SeriesKey>
<g:Obs><g:ObsDimension value="2024"/><g:ObsValue value="12.5"/></g:Obs></g:Series></m:DataSet>
</m:GenericData>''',
        "utf-8",
    )
    assert values(read(path)) == {("industrial-investment", "539802", "2024"): 12.5}


def test_chinese_dates_and_the_day_of_publication(sheet: Callable[..., Path]) -> None:
    path = sheet(
        [
            ["工业投资", None],
            ["公布日期：2025年3月1日"],
            ["时间", "数值（亿元）"],
            ["二〇二四年一至十一月", 9.5],
        ]
    )
    assert values(read(path)) == {("industrial-investment", "539800", "2024-01/2024-11"): 9.5}
    assert published_in(open_book(path)) == date(2025, 3, 1)


def test_the_values_of_the_year_before_stand_beside(sheet: Callable[..., Path]) -> None:
    reading = read(
        sheet([["2024年1-3月规模以上工业总产值（亿元）"], ["地区", "本年累计", "上年同期", "同比%"], ["东屏区", 11, 10, 10]])
    )  # fmt: skip
    found = values(reading)
    assert found["industrial-output-above-scale", "539802", "2023-01/2023-03"] == 10
    assert found["industrial-output-above-scale", "539802", "2024-01/2024-03"] == 11


def test_sheets_named_for_districts(tmp_path: Path) -> None:
    path = tmp_path / "区县.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, value in (("东屏区", 1.5), ("南浦区", 2.5)):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["指标", "2024年（亿元）"])
            page.write_row(1, 0, ["工业投资", value])
    assert values(read(path)) == {
        ("industrial-investment", "539802", "2024"): 1.5,
        ("industrial-investment", "539803", "2024"): 2.5,
    }


def test_a_list_of_enterprises_without_a_number(sheet: Callable[..., Path]) -> None:
    rows: list[list[Any]] = [["企业名称", "统一社会信用代码", "所在区", "认定日期"]]
    rows += [
        [f"砚州甲{n}有限公司", f"91539802MA00000{n}XX", "东屏区", "2024-05-01"] for n in range(4)
    ]
    reading = read(sheet(rows))
    assert len(reading.enterprises) == 4
    assert reading.enterprises[0].values["date"] == "2024-05-01"
