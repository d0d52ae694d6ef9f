"""Shapes of tables that offices send: growth beside every month, districts in columns, odd periods."""

from datetime import date
from pathlib import Path

import pytest

from jingwei.core import Region
from jingwei.statistics.cards import Cards, library
from jingwei.statistics.checks import IntakeFinding, check
from jingwei.statistics.intake import Declared, FileReading, open_book, understand

DISTRICTS = ("东屏区", "南浦区", "西墅区", "北柳区", "砚县")
REGIONS = (
    Region("539800", "砚州市", "city"),
    *(Region(f"53980{n + 2}", name, "district", "539800") for n, name in enumerate(DISTRICTS)),
)
DECLARED = Declared(Cards(library()), REGIONS, (), "539800")
TODAY = date(2025, 6, 1)


def read(folder: Path, rows: list[list[object]]) -> FileReading:
    path = folder / "表.csv"
    path.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in rows), "utf-8-sig")
    return understand(open_book(path), DECLARED, lenient=True)


def found(folder: Path, rows: list[list[object]]) -> list[IntakeFinding]:
    return check([read(folder, rows)], DECLARED, today=TODAY)


def months() -> list[list[object]]:
    """Districts in rows, 1-2月 to 1-8月 in columns, with the growth beside each."""
    head: list[object] = ["地 区"]
    for last in range(2, 9):
        head += [f"1-{last}月累计（万元）", "同比增长"]
    rows: list[list[object]] = [["2024年规模以上工业总产值分月情况表"], head]
    total = [0.0] * 7
    for n, name in enumerate(DISTRICTS):
        row: list[object] = [name]
        for at, last in enumerate(range(2, 9)):
            value = round((31 + 17 * n) * 1e4 * last * (1 + 0.004 * ((n + 2 * at) % 5)))
            total[at] += value
            row += [f"{value:,}", f"{5 + 0.3 * n + 0.1 * at:.1f}%"]
        rows.append(row)
    rows.append(
        ["合 计", *(x for at, v in enumerate(total) for x in (f"{v:,.0f}", f"{6 + 0.1 * at:.1f}%"))]
    )
    return rows


def years() -> list[list[object]]:
    """Years in rows, districts in columns."""
    rows: list[list[object]] = [
        ["砚州市各区规模以上工业总产值（亿元）"],
        ["年份", *DISTRICTS, "全市"],
    ]
    for at, year in enumerate(range(2016, 2025)):
        values = [
            round(
                (310 + 170 * n) * (1.05 + 0.004 * n) ** at * (1 + 0.006 * ((at * (n + 2)) % 3)), 1
            )
            for n in range(5)
        ]
        rows.append([f"{year}年", *(f"{v:,.1f}" for v in values), f"{sum(values):,.1f}"])
    return rows


def test_growth_beside_every_month_is_of_that_month(tmp_path: Path) -> None:
    reading = read(tmp_path, months())
    growth = {
        str(f.months): f.value for f in reading.figures if f.region == "539802" and f.unit == "%"
    }
    assert growth["2024-01/2024-02"] == 5.0
    assert growth["2024-01/2024-08"] == pytest.approx(5.6)
    assert len(growth) == 7
    assert check([reading], DECLARED, today=TODAY) == []


def test_one_growth_at_the_end_is_still_that_of_the_last_year(tmp_path: Path) -> None:
    rows = [
        ["指标", "单位", "2024年", "2023年", "比上年增长%"],
        ["规模以上工业总产值", "亿元", 812.5, 765.1, 6.2],
    ]
    (rate,) = [f for f in read(tmp_path, rows).figures if f.unit == "%"]
    assert str(rate.months) == "2024"


@pytest.mark.parametrize(
    ("at", "written", "likely"),
    [(5, "2071年", "2019"), (4, "2017年", "2018"), (6, "2002年", "2020")],
)
def test_a_year_that_breaks_the_sequence_is_one_finding(
    tmp_path: Path, at: int, written: str, likely: str
) -> None:
    rows = years()
    assert found(tmp_path, rows) == []
    rows[at][0] = written
    (one,) = found(tmp_path, rows)
    assert (one.rule, one.row) == ("wrong_period", at + 1)
    assert one.suggestion is not None
    assert one.suggestion.changes[0].after == likely


def test_a_month_that_breaks_the_sequence_of_columns(tmp_path: Path) -> None:
    rows = months()
    rows[1][7] = "1-4月累计（万元）"  # 1-5月
    (one,) = found(tmp_path, rows)
    assert one.rule == "wrong_period"
    assert "2024-01/2024-05" in one.message


def test_a_year_left_out_or_sparse_years_are_no_error(tmp_path: Path) -> None:
    rows = years()
    del rows[4]
    assert found(tmp_path, rows) == []
    rows = years()
    rows[2][0] = "2010年"  # the base year before a run: its place tells nothing
    assert [each.rule for each in found(tmp_path, [*rows[:1], rows[1], *rows[2:]])] == []


def test_a_year_to_come_has_no_outcome(tmp_path: Path) -> None:
    rows = years()
    rows[-1][0] = "2026年"
    (one,) = found(tmp_path, rows)
    assert one.rule == "future_date"


def test_a_count_of_enterprises_names_none(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2024年各区工业主要指标"],
        ["地区", "企业", "规模以上工业总产值（亿元）"],
    ]
    rows += [[name, 2865 - 311 * n, 900 + 35.5 * n] for n, name in enumerate(DISTRICTS)]
    reading = read(tmp_path, rows)
    assert reading.enterprises == ()
    assert {f.entity for f in reading.figures} == {""}


def test_an_enterprise_listed_twice_is_one_finding(tmp_path: Path) -> None:
    rows: list[list[object]] = [["统一社会信用代码", "单位名称", "2024年工业总产值（千元）"]]
    rows += [["", f"砚州{n}号机械有限公司", 12000 + 731 * n] for n in range(12)]
    rows.append([*rows[4]])
    assert [each.row for each in found(tmp_path, rows)] == [14]


def districts(growth: list[object], share: list[object]) -> list[list[object]]:
    output = [320.5, 268.3, 310.2, 283.4, 190.6]
    part = [88.1, 70.4, 82.0, 61.0, 49.7]
    return [
        ["2024年规模以上工业主要指标"],
        ["单位：亿元、%"],
        ["地区", "规模以上工业总产值", "同比增长(%)", "高技术产业产值", "高技术产业产值占比(%)"],
        *([name, *row] for name, *row in zip(DISTRICTS, output, growth, part, share, strict=True)),
    ]


GROWTH: list[object] = [5.8, 6.1, 7.1, 5.9, 4.8]
SHARE: list[object] = [27.5, 26.2, 26.4, 21.5, 26.1]


def test_a_table_whose_rates_and_shares_agree_is_clean(tmp_path: Path) -> None:
    assert found(tmp_path, districts(GROWTH, SHARE)) == []


@pytest.mark.parametrize(("wrong", "right"), [(0.061, 6.1), (610, 6.1), (-0.061, -6.1)])
def test_a_rate_a_hundred_times_off_is_found(tmp_path: Path, wrong: float, right: float) -> None:
    (one,) = found(tmp_path, districts([GROWTH[0], wrong, *GROWTH[2:]], SHARE))
    assert (one.rule, one.row) == ("percent_slip", 5)
    assert one.suggestion is not None
    assert one.suggestion.changes[0].after == right


@pytest.mark.parametrize("small", [0.1, 0.0, -0.3, 0.6])
def test_a_rate_that_is_small_is_no_slip(tmp_path: Path, small: float) -> None:
    rates = [GROWTH[0], small, *GROWTH[2:]]
    assert not [f for f in found(tmp_path, districts(rates, SHARE)) if f.rule == "percent_slip"]


def test_a_share_is_held_against_the_amounts_that_make_the_others(tmp_path: Path) -> None:
    (one,) = found(tmp_path, districts(GROWTH, [*SHARE[:3], 20.6, SHARE[4]]))
    assert (one.rule, one.row, one.field) == ("identity", 7, "高技术产业产值占比(%)")
    assert one.suggestion is not None
    assert one.suggestion.changes[0].after == 21.5


def test_a_share_of_something_else_is_left_alone(tmp_path: Path) -> None:
    assert found(tmp_path, districts(GROWTH, [31.0, 29.6, 30.1, 24.4, 29.9])) == []


def test_a_correction_does_not_fall_itself(tmp_path: Path) -> None:
    head: list[object] = ["地区", *(f"2024年1-{last}月" for last in (8, 9, 10, 11, 12))]
    rows = [["东屏区", 900, 880, 1010, 1140, 1270], ["南浦区", 270, 272, 275, 278, 365]]
    told = found(tmp_path, [["规模以上工业总产值（亿元）"], head, *rows])
    falls = [each for each in told if "小于" in each.message]
    assert [each.row for each in falls] == [3]
    after = [change.after for change in falls[0].suggestion.changes] if falls[0].suggestion else []
    assert all(each is None or 900 <= float(each) <= 1010 for each in after)


def test_the_day_of_publication_in_a_title_is_not_the_time_of_its_values(tmp_path: Path) -> None:
    title = "砚州市主要工业指标（2024年，修订）公布日期：2025-09-01"
    (figure,) = read(
        tmp_path, [[title], ["指标", "单位", "2024"], ["规模以上工业总产值", "亿元", 1270]]
    ).figures
    assert str(figure.months) == "2024"


AXES = ("年份", "年度", "时间", "年份（年）", "各年", "按年份分")


@pytest.mark.parametrize("axis", AXES)
@pytest.mark.parametrize("year", ["{}", "{}年"])
def test_a_heading_over_the_years_only_names_what_they_are(
    tmp_path: Path, axis: str, year: str
) -> None:
    reading = read(
        tmp_path,
        [
            ["规模以上工业总产值（亿元）"],
            ["地区", axis, "", ""],
            ["", *(year.format(each) for each in (2020, 2021, 2022))],
            ["东屏区", 100.5, 110.5, 121.5],
            ["南浦区", 50.5, 55.5, 60.5],
        ],
    )
    assert [(each.region_name, str(each.months), each.value) for each in reading.figures] == [
        ("东屏区", "2020", 100.5), ("东屏区", "2021", 110.5), ("东屏区", "2022", 121.5),
        ("南浦区", "2020", 50.5), ("南浦区", "2021", 55.5), ("南浦区", "2022", 60.5),
    ]  # fmt: skip


def test_a_heading_over_the_districts_only_names_what_they_are(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        [
            ["规模以上工业总产值（亿元）"],
            ["年份", "地区", "", ""],
            ["", "东屏区", "南浦区", "西墅区"],
            ["2020", 100.5, 110.5, 121.5],
            ["2021", 50.5, 55.5, 60.5],
        ],
    )
    assert len(reading.figures) == 6
    assert {each.region_name for each in reading.figures} == {"东屏区", "南浦区", "西墅区"}


def test_a_code_below_a_heading_of_districts_stays_a_code(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        [
            ["规模以上工业总产值（亿元）"],
            ["地区", "", "2020年", "2021年"],
            ["代码", "名称", "", ""],
            ["539802", "东屏区", 100.5, 110.5],
            ["539803", "南浦区", 50.5, 55.5],
        ],
    )
    assert [each.value for each in reading.figures] == [100.5, 110.5, 50.5, 55.5]


def test_a_table_of_which_nothing_is_read_says_why(tmp_path: Path) -> None:
    reading = read(tmp_path, [["地区", "年份"], ["东屏区", 2020], ["南浦区", 2021]])
    assert not reading.figures
    (why,) = reading.refusals
    assert "表头写明指标" in why.zh
    assert "认作年份" in why.zh


def test_a_series_that_begins_later_has_a_first_year_of_dashes(tmp_path: Path) -> None:
    rows: list[list[object]] = [["砚州市工业生产者出厂价格指数（上年=100）"], ["年份", *DISTRICTS]]
    rows.append(["2015", *["—"] * len(DISTRICTS)])
    rows += [
        [year, *(101.2 + 0.3 * ((n + year) % 4) for n in range(5))] for year in range(2016, 2025)
    ]
    got = read(tmp_path, rows)
    assert {(f.months.first // 12, f.region) for f in got.figures} == {
        (year, f"53980{n + 2}") for year in range(2016, 2025) for n in range(5)
    }
    assert not {"two_values", "duplicate"} & {each.rule for each in found(tmp_path, rows)}


@pytest.mark.parametrize("last", [3, 12])
def test_a_section_of_a_month_copied_from_the_month_before_is_found(
    tmp_path: Path, last: int
) -> None:
    rows: list[list[object]] = [["2024年规模以上工业总产值快报（亿元）"]]
    rows.append(["名称", *(f"1-{month}月累计" for month in range(2, 13))])
    for n, name in enumerate(DISTRICTS):
        level = 21.3 + 17 * n
        rows.append(
            [name, *(round(level * m * (1 + 0.01 * ((n + m) % 3)), 2) for m in range(2, 13))]
        )
    for row in rows[2:]:
        row[last - 1] = row[last - 2]
    assert "stale" in {each.rule for each in found(tmp_path, rows)}


@pytest.mark.parametrize(
    "line",
    [
        ["2026年1月20日", "", "单位：亿元"], ["2026年2月", "", "单位：亿元"], ["（2026年2月5日）", "", ""],
        ["填报时间：2026年1月", "", "单位：亿元"], ["制表：市统计局", "", "单位：亿元"],
    ],
)  # fmt: skip
def test_the_day_a_table_was_made_is_no_period_of_its_values(
    tmp_path: Path, line: list[object]
) -> None:
    rows: list[list[object]] = [
        ["各区规模以上工业总产值（亿元）"],
        line,
        ["地区", "2024年", "2025年"],
    ]
    rows += [[name, 200.5 + n, 211.5 + n] for n, name in enumerate(DISTRICTS)]
    got = read(tmp_path, rows)
    assert {str(figure.months) for figure in got.figures} == {"2024", "2025"}
    assert {figure.unit for figure in got.figures} == {"亿元"}


def test_the_month_of_a_title_holds_for_both_years_it_compares(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2025年9月规模以上工业总产值（亿元）"],
        ["地区", "2025年", "2024年"],
    ]
    rows += [[name, 20.5 + n, 21.5 + n] for n, name in enumerate(DISTRICTS)]
    got = read(tmp_path, rows)
    assert {str(figure.months) for figure in got.figures} == {"2025-09", "2024-09"}


def test_a_correction_has_the_digits_of_its_table_and_holds_the_file(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["工业用电量（亿千瓦时）"],
        ["地区", *(f"{y}年" for y in range(2019, 2025))],
    ]
    levels = (42.0, 26.1, 21.2, 15.8, 9.4)
    for n, name in enumerate(DISTRICTS):
        rows.append(
            [name, *(round(levels[n] * (1 + 0.04 * y) + 0.1 * (n % 3), 1) for y in range(6))]
        )
    rows.append(["全市", *(round(sum(row[y] for row in rows[2:7]), 1) for y in range(1, 7))])  # type: ignore[misc]
    right = rows[4][3]
    rows[4][3] = 212
    (finding,) = found(tmp_path, rows)
    assert finding.suggestion is not None
    assert finding.suggestion.changes[0].after == right


def test_words_in_place_of_a_number_are_found(tmp_path: Path) -> None:
    rows = years()
    for at, word in ((4, "待核实"), (5, "约一百零五"), (6, "#REF!")):
        rows[at][2] = word
    told = [each for each in found(tmp_path, rows) if each.rule == "not_a_number"]
    assert {each.row for each in told} == {5, 6, 7}
