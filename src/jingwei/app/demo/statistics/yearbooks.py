"""Clean tables: three editions of the statistical yearbook, each as its day knew it."""

from collections.abc import Iterator, Sequence
from datetime import date

from jingwei.app.demo.statistics.economy import Economy
from jingwei.app.demo.statistics.senders import sender
from jingwei.app.demo.statistics.sheets import (
    ABSENT,
    Book,
    Cell,
    Growth,
    Mark,
    Sheet,
    Sum,
    all_rows,
    growth,
    shown,
)

EDITIONS = {2019: date(2019, 10, 30), 2021: date(2021, 10, 29), 2025: date(2025, 10, 31)}
ELSEWHERE = frozenset(
    [
        "numeric_control",
        "design_tools",
        "smart_factories",
        "devices",
        "energy",
        "water",
        "hightech",
        "tech_investment",
        "tech_amount",
        "concentration",
        "ppi",
        "gdp",
        "industry",
        "manufacturing",
        "industry_growth",
    ]
)
"""What other offices send, or another table of the yearbook prints."""
BY_DISTRICT = ["output", "revenue", "profit", "tax", "enterprises", "employees"]
TAIL = "注：由于四舍五入，分项之和与合计可能有尾差。"


def yearbooks(economy: Economy) -> Iterator[Book]:
    for edition, day in EDITIONS.items():
        years = range(economy.city.years[0], edition)
        sheets = [
            _accounts(economy, years, day),
            _main(economy, "6-1 工业主要指标", economy.whole, years, day),
            _districts(economy, years),
            _sectors(economy, years),
            _prices(economy, years),
        ]
        if edition == max(EDITIONS):
            sheets += [
                _divisions(economy, years),
                _latest(economy, years[-1]),
                _frames(economy, years),
                *(
                    _main(economy, f"区县-{name}", code, years, day)
                    for code, name in economy.regions.items()
                    if code != economy.whole
                ),
            ]
        note = f"{years[-1]}年及以前年报数，{day.year}年版"
        yield Book(
            f"统计年鉴/绫州统计年鉴{edition}.xlsx",
            sender("yearbook", day, note=note),
            tuple(sheets),
        )


def _accounts(economy: Economy, years: Sequence[int], day: date) -> Sheet:
    """Years down. Value added as the last census before ``day`` left it."""
    sheet = Sheet("1-1 地区生产总值")
    sheet.line("1-1 地区生产总值和工业增加值")
    sheet.merge(0, 0, 0, 5)
    heads = ["年份", "地区生产总值（亿元）", "工业增加值（亿元）", "制造业增加值（亿元）"]
    heads += ["工业增加值比上年增长（%，可比价）", "制造业增加值占地区生产总值比重（%）"]
    sheet.line(*heads)
    keys = ["gdp", "industry", "manufacturing"]
    kinds = ["level"] * 3 + ["growth", "share"]
    for column, (key, kind) in enumerate(
        zip([*keys, "industry_growth", "manufacturing_share"], kinds, strict=True), 1
    ):
        unit = "亿元" if kind == "level" else "%"
        sheet.columns[column] = Mark(key, kind, unit, economy.whole, field=heads[column])
    for year in years:
        known = [economy.known(key, year, day) for key in keys]
        share = round(100 * (known[2] or 0) / (known[0] or 1), 1)
        speed = economy.value("industry_growth", economy.whole, year)
        sheet.line(f"{year}", *shown([*known, speed]), share, mark=Mark(months=f"{year}"))
    done = [each["name"] for each in economy.facts["census"] if each["day"] <= day]
    sheet.line(f"注：本表已按{done[-1]}结果修订。" if done else "注：第四次全国经济普查前的数据。")
    return sheet


def _main(economy: Economy, name: str, region: str, years: Sequence[int], day: date) -> Sheet:
    """Indicators down, years across, units in a column of their own."""
    sheet = Sheet(name)
    sheet.line(f"{name}主要指标" if "区县" in name else name)
    sheet.line("指标", "计量单位", *(f"{year}年" for year in years))
    for column, year in enumerate(years, 2):
        sheet.columns[column] = Mark(months=f"{year}", field=f"{year}年")
    for key, (title, unit, decimals) in economy.series.items():
        if key in ELSEWHERE:
            continue
        values = [economy.value(key, region, year) for year in years]
        if any(value is not None for value in values):
            mark = Mark(key, economy.kind(key), unit, region)
            sheet.line(title, unit, *shown(values, decimals), mark=mark)
    sheet.line("注：增速按可比价格、同口径计算，不等于各年绝对数之比。")
    return sheet


def _districts(economy: Economy, years: Sequence[int]) -> Sheet:
    return _split(
        economy, "6-2 分区产值", "区", years,
        [(name, Mark(region=code)) for code, name in economy.regions.items() if code in economy.districts],
        ("#经开区（地跨两区，不计入合计）", Mark(region=economy.zone)),
    )  # fmt: skip


def _sectors(economy: Economy, years: Sequence[int]) -> Sheet:
    rows = [(name, Mark(region=economy.whole, code=name)) for name in economy.city.sectors]
    return _split(economy, "6-3 分产业产值", "产业", years, rows, None)


def _split(
    economy: Economy, name: str, head: str, years: Sequence[int],
    rows: list[tuple[str, Mark]], aside: tuple[str, Mark] | None,
) -> Sheet:  # fmt: skip
    """Parts down with their total, years across; a line that is no addend stands below."""
    sheet = Sheet(name)
    sheet.line(f"{name}（规模以上工业，当年价，亿元）")
    sheet.line(head, *(f"{year}" for year in years))
    for column, year in enumerate(years, 1):
        sheet.columns[column] = Mark("output", "level", "亿元", months=f"{year}", field=f"{year}")
    for title, mark in rows:
        if mark.code:
            values = [economy.city.sector(mark.code, year) for year in years]
        else:
            values = [economy.value("output", mark.region, year) for year in years]
        sheet.line(title, *shown(values), mark=mark)
    total = sheet.line(
        "全市合计", *(economy.city.value("output", year) for year in years),
        mark=Mark(region=economy.whole),
    )  # fmt: skip
    sheet.sums.append(Sum(total, all_rows(2, total - 1), all_rows(1, len(years))))
    if aside is not None:
        sheet.line(aside[0], *(economy.city.zone(year) for year in years), mark=aside[1])
    return sheet


def _prices(economy: Economy, years: Sequence[int]) -> Sheet:
    sheet = Sheet("9-3 价格指数")
    sheet.line("9-3 工业生产者出厂价格指数（上年=100）")
    names = ["全市", *economy.city.sectors]
    sheet.line("年份", *names)
    for column, name in enumerate(names, 1):
        code = "" if column == 1 else name
        sheet.columns[column] = Mark("ppi", "index", "上年=100", economy.whole, code, field=name)
    for year in years:
        row = [economy.price(place, year) for place in range(len(names))]
        sheet.line(f"{year}", *shown(row), mark=Mark(months=f"{year}"))
    return sheet


def divisions(economy: Economy, year: int) -> dict[str, int]:
    """Output by division of GB/T 4754-2017 (two digits), 千元, counted from the register."""
    register = economy.register
    found: dict[str, int] = {}
    column = register.output[:, register.city.years.index(year)]
    for code, output in zip(register.population.classes, column.tolist(), strict=True):
        found[code[:2]] = found.get(code[:2], 0) + output
    return dict(sorted(found.items()))


def _divisions(economy: Economy, years: Sequence[int]) -> Sheet:
    from jingwei.app.demo.statistics.classes import division_names

    sheet = Sheet("6-4 分行业大类产值")
    sheet.line("6-4 按行业大类分规模以上工业总产值（国民经济行业分类 GB/T 4754—2017）")
    sheet.line("单位：万元")
    recent = [year for year in years if year >= 2020]
    sheet.line("代码", "行业", *(f"{year}年" for year in recent))
    for column, year in enumerate(recent, 2):
        sheet.columns[column] = Mark("output", "level", "万元", months=f"{year}", field=f"{year}年")
    by_year = [divisions(economy, year) for year in recent]
    total = sheet.line(
        "", "总计", *(round(sum(each.values()) / 10) for each in by_year),
        mark=Mark(region=economy.whole),
    )  # fmt: skip
    for code, name in division_names().items():
        values = [round(each[code] / 10) if code in each else None for each in by_year]
        if any(values):
            sheet.line(code, name, *shown(values), mark=Mark(region=economy.whole, code=code))
    last = len(sheet.cells) - 1
    sheet.sums.append(Sum(total, all_rows(total + 1, last), all_rows(2, len(recent) + 1)))
    sheet.line(TAIL)
    return sheet


def _latest(economy: Economy, year: int) -> Sheet:
    """Districts down, indicators across under two levels of headings with the units in them."""
    sheet = Sheet("6-5 分区主要指标")
    sheet.line(f"6-5 {year}年各区规模以上工业主要指标")
    heads = [economy.series[key][0].removeprefix("规模以上工业") for key in BY_DISTRICT]
    units = [economy.series[key][1] for key in BY_DISTRICT]
    sheet.line("区", "价值量", None, None, None, "规模", None, "总产值增速")
    sheet.line(None, *(f"{h}（{u}）" for h, u in zip(heads, units, strict=True)), "（%，当年价）")
    for each in ((1, 0, 2, 0), (1, 1, 1, 4), (1, 5, 1, 6)):
        sheet.merge(*each)
    for column, key in enumerate(BY_DISTRICT, 1):
        title = f"{sheet.cells[2][column]}"
        sheet.columns[column] = Mark(key, economy.kind(key), units[column - 1], field=title)
    sheet.columns[7] = Mark("output", "growth", "%", field="总产值增速（%，当年价）")
    for code in (*economy.districts, economy.whole):
        values = [economy.value(key, code, year) for key in BY_DISTRICT]
        now, before = (economy.value("output", code, each) or 0 for each in (year, year - 1))
        name = "合计" if code == economy.whole else economy.regions[code]
        row: list[Cell] = [*shown(values), growth(now, before)]
        sheet.line(name, *row, mark=Mark(region=code, months=f"{year}"))
    last = len(sheet.cells) - 1
    sheet.sums.append(Sum(last, all_rows(3, last - 1), all_rows(1, 6)))
    sheet.line(TAIL)
    return sheet


def _frames(economy: Economy, years: Sequence[int]) -> Sheet:
    """The frame since 2008: two lines for the year of the change, growth on one frame."""
    sheet, facts = Sheet("6-6 历年规模以上工业"), economy.facts["frame"]
    sheet.line("6-6 历年规模以上工业企业数和总产值")
    heads = ["年份", "口径", "企业数（家）", "工业总产值（亿元）", "上年同口径（亿元）", "比上年增长（%，同口径）"]  # fmt: skip
    sheet.line(*heads)
    marks = (("enterprises", "count", "家"), ("output", "level", "亿元"), ("output_base", "level", "亿元"), ("output", "growth", "%"))  # fmt: skip
    for column, (card, kind, unit) in enumerate(marks, 2):
        sheet.columns[column] = Mark(card, kind, unit, economy.whole, field=heads[column])
    sheet.growths.append(Growth(3, 4, 5))
    old, new = facts["old"], {int(year): row for year, row in facts["new"].items()}
    for year, (number, output) in old.items():
        base = old.get(str(int(year) - 1), (0, None))[1]
        speed = None if base is None else growth(output, base)
        mark = Mark(months=year, code="500万元")
        sheet.line(year, "500万元以上", number, output, *shown([base, speed]), mark=mark)
    history = new | {
        year: [economy.city.value(key, year) for key in ("enterprises", "output")] for year in years
    }
    for year, (number, output) in history.items():
        base: float | None = None
        if year - 1 in history:
            # Who left or was counted twice is out of the base; who entered is in it.
            bent = economy.city.stream("frame", year).uniform(-0.004, 0.011)
            base = round(history[year - 1][1] * (1 + bent - (0.013 if year == 2018 else 0)), 1)
        speed = None if base is None else growth(output, base)
        mark = Mark(months=f"{year}", code="2000万元")
        sheet.line(
            f"{year}", "2000万元以上", round(number), output, *shown([base, speed]), mark=mark
        )
    sheet.line(f"注：{facts['rule']}；{facts['cleaning']}。{ABSENT}表示无同口径数据。")
    return sheet
