"""What the city's statistics office prints each month, and the first figures of 2020."""

from collections.abc import Iterator
from datetime import date

from jingwei.app.demo.statistics.economy import Economy
from jingwei.app.demo.statistics.months import PERIODS, Monthly, called
from jingwei.app.demo.statistics.returns import MISSING, PER_YI
from jingwei.app.demo.statistics.senders import sender
from jingwei.app.demo.statistics.sheets import (
    Book,
    Cell,
    Growth,
    Mark,
    Sheet,
    Sum,
    all_rows,
    growth,
    heading,
)

FLOWS = ("revenue", "profit", "tax", "electricity", "exports", "robots", "electric_vehicles")
DIRECT = "市级直报"


def bulletins(monthly: Monthly) -> Iterator[Book]:
    for year in monthly.years:
        who = sender("city", date(year + 1, 2, 20), note="快报数，以年报为准")
        sheets = tuple(_month(monthly, year, place) for place in range(len(PERIODS)))
        yield Book(f"快报/绫州工业经济月度快报{year}.xlsx", who, sheets)
    yield _first_figures(monthly.economy, 2020)
    yield _prices(monthly)


def _month(monthly: Monthly, year: int, place: int) -> Sheet:
    """Three tables on one sheet: districts with who returns to the city, sectors, other flows."""
    economy, period = monthly.economy, PERIODS[place]
    sheet = Sheet(called(period))
    who = sender("city", date(year + 1, 2, 20))
    heading(sheet, "规模以上工业经济主要指标快报", who, f"{year}年{called(period)}", "", 5)
    heads = ["名称", "累计（亿元）", "上年同期（亿元）", "同比（%）", "增加值增速（%，可比价）"]
    sheet.line("一、分区工业总产值")
    sheet.line(*heads)
    months = f"{year}-01/{year}-{period:02}"
    for column, (card, kind) in enumerate(
        (("output", "level"), ("output_base", "level"), ("output", "growth"), ("above_growth", "growth")), 1
    ):  # fmt: skip
        unit = "亿元" if kind == "level" else "%"
        sheet.columns[column] = Mark(card, kind, unit, months=months, field=heads[column])
    sheet.growths.append(Growth(1, 2, 3))
    now, before = (
        monthly.cells(year, base)[:, :, :, place] for base in (False, True)
    )  # district, sector, returns to the city
    first = len(sheet.cells)
    for district, (code, name) in enumerate(
        zip(economy.districts, economy.city.districts, strict=True)
    ):
        speed = monthly.added_value(district + 1, year, period)
        pair = (int(now[district, :, 0].sum()), int(before[district, :, 0].sum()))
        row = _triple(*pair)
        if (name, year, period) == MISSING:
            row, speed = ["…", "…", "…"], "…"
        sheet.line(name, *row, speed, mark=Mark(region=code))
    direct = (int(now[:, :, 1].sum()), int(before[:, :, 1].sum()))
    sheet.line(DIRECT, *_triple(*direct), "—", mark=Mark(region=economy.whole, code=DIRECT))
    whole = (int(now.sum()), int(before.sum()))
    speed = monthly.added_value(0, year, period)
    total = sheet.line("全市", *_triple(*whole), speed, mark=Mark(region=economy.whole))
    if not any(cell == "…" for row in sheet.cells for cell in row):
        sheet.sums.append(Sum(total, all_rows(first, total - 1), (1, 2)))
    sheet.line("二、分产业工业总产值")
    first = len(sheet.cells)
    for number, name in enumerate(economy.city.sectors):
        pair = (int(now[:, number].sum()), int(before[:, number].sum()))
        sheet.line(name, *_triple(*pair), "—", mark=Mark(region=economy.whole, code=name))
    last = len(sheet.cells) - 1
    total = sheet.line("合计", *_triple(*whole), "—", mark=Mark(region=economy.whole))
    sheet.sums.append(Sum(total, all_rows(first, last), (1, 2)))
    sheet.line("三、其他指标", "累计", "上年同期", "同比（%）", "单位")
    for key in FLOWS:
        name, unit, _ = economy.series[key]
        value, base = (
            monthly.spread(key, economy.whole, each, period) for each in (year, year - 1)
        )
        cells: list[Cell] = [value, base, growth(value, base), unit]
        sheet.line(name, *cells, mark=Mark(key, "", unit, economy.whole))
    sheet.along, sheet.ladder = "sheets", (1, 2)
    note = "注：快报数。增加值增速按可比价格计算；产值增速为同口径名义增速。"
    if (year, period) == MISSING[1:]:
        note += f"“…”为{MISSING[0]}未报，全市数含推算数，分区之和小于全市。"
    sheet.line(note)
    return sheet


def _triple(now: int, before: int) -> list[Cell]:
    return [round(now / PER_YI, 2), round(before / PER_YI, 2), growth(now, before)]


def _first_figures(economy: Economy, year: int) -> Book:
    """The December return of 2020: 2418 enterprises, before the verification left 2391."""
    register = economy.register
    column = register.city.years.index(year)
    who = register.population
    own = who.owner < 0
    sheet = Sheet(f"{year}年12月")
    by = sender("city", date(year + 1, 2, 20), note="快报数，年度审核前")
    heading(sheet, "规模以上工业企业数和总产值快报", by, f"{year}年1-12月", "", 4)
    heads = ["区", "期末企业数（家）", "工业总产值（万元）", "上年年报（万元）"]
    top = sheet.line(*heads)
    marks = (("enterprises", "count", "家"), ("output", "level", "万元"), ("output_base", "level", "万元"))  # fmt: skip
    for position, (card, kind, unit) in enumerate(marks, 1):
        sheet.columns[position] = Mark(card, kind, unit, months=f"{year}", field=heads[position])
    frame = register.frame(year, verified=False)
    rows: list[list[int]] = []
    for district in range(len(economy.districts)):
        mine = who.district == district
        outputs = (register.early[mine, column], register.output[mine, column - 1])
        made = [round(int(each.sum()) / 10) for each in outputs]
        rows.append([int((frame & own & mine).sum()), *made])
    for code, row in zip(economy.districts, rows, strict=True):
        sheet.line(economy.regions[code], *row, mark=Mark(region=code))
    totals = [sum(each) for each in zip(*rows, strict=True)]
    last = sheet.line("全市", *totals, mark=Mark(region=economy.whole))
    sheet.sums.append(Sum(last, all_rows(top + 1, last - 1), (1, 2, 3)))
    sheet.line("注：期末企业数为12月月报在库数，含年度审核中拟退库的企业；以年报为准。")
    return Book(f"快报/{year}年12月规上工业快报.xlsx", by, (sheet,))


def _prices(monthly: Monthly) -> Book:
    """Producer prices by month, the same month a year before = 100."""
    economy = monthly.economy
    sheet = Sheet("")
    names = ["全市", *economy.city.sectors]
    sheet.line("月份", *(f"{name}（上年同月=100）" for name in names))
    for column, name in enumerate(names, 1):
        code = "" if column == 1 else name
        sheet.columns[column] = Mark(
            "ppi", "index", "上年同月=100", economy.whole, code, field=f"{sheet.cells[0][column]}"
        )
    for year in monthly.years:
        for month in range(1, 13):
            row: list[Cell] = []
            for place in range(len(names)):
                level = economy.price(place, year)
                assert level is not None
                stream = economy.city.stream("ppi", place, year, month)
                row.append(round(level + stream.uniform(-0.7, 0.7), 1))
            sheet.line(f"{year}-{month:02}", *row, mark=Mark(months=f"{year}-{month:02}"))
    who = sender("city", date(monthly.years[-1] + 1, 1, 12), note="工业生产者价格调查")
    return Book("快报/工业生产者出厂价格指数月度.csv", who, (sheet,), "utf-8-sig")
