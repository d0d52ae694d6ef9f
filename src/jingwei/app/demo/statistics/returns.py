"""What the six districts and the zone send each month: six offices, six habits.

锦塘 a sheet a month in 亿元; 梭江 months across under merged headings; 杼山 months down, sectors
across; 云渡 a long CSV in GB18030; 麦浦 a sheet a month with the block of the form, in 万元; 棠溪
months across in 千元. 麦浦 never sent July 2024; 棠溪 sent December 2025 late, in a file of its own.
Enterprises that return to the city (市级直报) are in no district's return.
"""

from collections.abc import Callable, Iterator
from datetime import date

from jingwei.app.demo.statistics.months import PERIODS, Monthly, called
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
    heading,
)

MISSING = ("麦浦区", 2024, 7)
LATE = ("棠溪区", 2025, 12)
PER_YI, PER_THOUSAND = 10_000, 10  # 万元 in 亿元; 千元 in 万元
FOOT = "注：不含市级直报企业；上年同期为同口径年报数。"


class Return:
    """The numbers of one district and year, 万元: sectors then total, by period."""

    def __init__(self, monthly: Monthly, district: int, year: int) -> None:
        economy = monthly.economy
        self.year, self.district = year, district
        self.code = economy.districts[district]
        self.name = economy.city.districts[district]
        self.sectors = (*economy.city.sectors, "合计")
        self.value = self._with_total(monthly.cells(year)[district, :, 0].tolist())
        self.base = self._with_total(monthly.cells(year, True)[district, :, 0].tolist())
        who = economy.register.population
        mine = (who.district == district) & ~who.direct
        self.members = [int((monthly.members(year, p) & mine).sum()) for p in PERIODS]

    @staticmethod
    def _with_total(rows: list[list[int]]) -> list[list[int]]:
        return [*rows, [sum(each) for each in zip(*rows, strict=True)]]

    def row_mark(self, sector: str) -> Mark:
        code = "" if sector == "合计" else sector
        return Mark(region=self.code, code=code)

    def months(self, period: int) -> str:
        return f"{self.year}-01/{self.year}-{period:02}"


def returns(monthly: Monthly) -> Iterator[Book]:
    layouts: tuple[Callable[[Return], list[Sheet]], ...] = (
        lambda each: _by_month(each, PER_YI, "亿元", form=False),
        _across,
        _down,
        _long,
        lambda each: _by_month(each, 1, "万元", form=True),
        _in_thousands,
    )
    for district, layout in enumerate(layouts):
        for year in monthly.years:
            each = Return(monthly, district, year)
            ending = "csv" if layout is _long else "xlsx"
            yield Book(
                f"区月报/{each.name}{year}年工业产值月报.{ending}",
                sender(
                    "district", date(year + 1, 1, 15), name=each.name, note=_note(each, monthly)
                ),
                tuple(layout(each)),
                "gb18030" if ending == "csv" else "utf-8",
            )
    yield _late(monthly)
    yield from _zone(monthly)


def _note(each: Return, monthly: Monthly) -> str:
    said = _missing(each)
    again = "上年同期数按今年的规上范围调整" if each.year > monthly.years[0] else ""
    return "；".join(filter(None, (said, again)))


def _missing(each: Return) -> str:
    if (each.name, each.year) == MISSING[:2]:
        return f"缺{called(MISSING[2])}报表，催报未果"
    if (each.name, each.year) == LATE[:2]:
        return f"{called(LATE[2])}报表迟报，另文补报"
    return ""


def _by_month(each: Return, scale: int, unit: str, *, form: bool) -> list[Sheet]:
    """A sheet a month. Parts in 亿元 are rounded one by one, as offices do."""
    sheets: list[Sheet] = []
    who = sender("district", date(each.year + 1, 1, 15), name=each.name)
    for place, period in enumerate(PERIODS):
        if (each.name, each.year, period) == MISSING:
            continue
        sheet = Sheet(called(period))
        title = f"{each.name}规模以上工业总产值"
        if form:
            heading(sheet, title, who, f"{each.year}年{called(period)}", unit, 5)
        else:
            sheet.line(f"{title}（{each.year}年{called(period)}，虚构数据）")
            sheet.merge(0, 0, 0, 3)
        heads = ["产业", f"本月止累计（{unit}）", f"上年同期（{unit}）", "同比增长（%）"]
        top = sheet.line(*heads)
        _monthly_columns(sheet, heads, unit, each, period)
        for sector, values, bases in zip(each.sectors, each.value, each.base, strict=True):
            now, before = (_scaled(rows[place], scale) for rows in (values, bases))
            speed = growth(values[place], bases[place])
            row = [now, before, ABSENT if speed is None else speed]
            sheet.line(sector, *row, mark=each.row_mark(sector))
        last = len(sheet.cells) - 1
        sheet.sums.append(Sum(last, all_rows(top + 1, last - 1), (1, 2)))
        sheet.growths.append(Growth(1, 2, 3))
        sheet.along, sheet.ladder = "sheets", (1, 2)
        sheet.line(f"企业数：{each.members[place]}家。{FOOT}")
        sheets.append(sheet)
    return sheets


def _monthly_columns(
    sheet: Sheet, heads: list[str], unit: str, each: Return, period: int, first: int = 1
) -> None:
    months = each.months(period)
    for column, (card, kind) in enumerate(
        (("output", "level"), ("output_base", "level"), ("output", "growth")), first
    ):
        own = "%" if kind == "growth" else unit
        sheet.columns[column] = Mark(card, kind, own, months=months, field=heads[column])


def _scaled(value: int, scale: int) -> float | int:
    return value if scale == 1 else round(value / scale, 2)


def _across(each: Return) -> list[Sheet]:
    """Sectors down; each month has the value, a year before and the growth under one heading."""
    sheet = Sheet(f"{each.year}年")
    sheet.line(f"{each.name}规模以上工业总产值月报（虚构数据）")
    sheet.line(f"{each.year}年", *[None] * 3, "单位：万元、%")
    sheet.line("产业", *(cell for p in PERIODS for cell in (called(p), None, None)))
    sheet.line(None, *["累计产值（万元）", "上年同期（万元）", "同比（%）"] * len(PERIODS))
    sheet.merge(2, 0, 3, 0)
    for place, period in enumerate(PERIODS):
        first = 1 + 3 * place
        sheet.merge(2, first, 2, first + 2)
        leaves = [f"{called(period)} {cell}" for cell in sheet.cells[3][1:4]]
        heads = [""] * first + leaves
        _monthly_columns(sheet, heads, "万元", each, period, first)
        sheet.growths.append(Growth(first, first + 1, first + 2))
    for sector, values, bases in zip(each.sectors, each.value, each.base, strict=True):
        row: list[Cell] = []
        for now, before in zip(values, bases, strict=True):
            speed = growth(now, before)
            row += [now, before, ABSENT if speed is None else speed]
        sheet.line(sector, *row, mark=each.row_mark(sector))
    last = len(sheet.cells) - 1
    levels = tuple(c for c in range(1, 1 + 3 * len(PERIODS)) if c % 3)
    sheet.sums.append(Sum(last, all_rows(4, last - 1), levels))
    sheet.along, sheet.ladder = "columns", levels[::2]
    sheet.line(FOOT)
    return [sheet]


def _down(each: Return) -> list[Sheet]:
    """Months down, sectors across with their total; the year before on a second sheet."""
    sheets: list[Sheet] = []
    for name, card, rows in (
        ("本年累计", "output", each.value),
        ("上年同期", "output_base", each.base),
    ):
        sheet = Sheet(name)
        sheet.line(f"{each.name}{each.year}年规模以上工业总产值：{name}（虚构数据）")
        sheet.line("单位：万元")
        sheet.line("月份", *each.sectors)
        for column, sector in enumerate(each.sectors, 1):
            code = "" if sector == "合计" else sector
            sheet.columns[column] = Mark(card, "level", "万元", each.code, code, field=sector)
        for place, period in enumerate(PERIODS):
            cells = [values[place] for values in rows]
            sheet.line(called(period), *cells, mark=Mark(months=each.months(period)))
        last = len(sheet.cells) - 1
        total = len(each.sectors)
        sheet.sums.append(Sum(total, all_rows(1, total - 1), all_rows(3, last), by_column=True))
        sheet.along, sheet.ladder = "rows", all_rows(3, last)
        sheet.line(FOOT)
        sheets.append(sheet)
    return sheets


def _long(each: Return) -> list[Sheet]:
    """One record a month and sector."""
    sheet = Sheet("")
    heads = ["月份", "产业", "累计产值（万元）", "上年同期（万元）", "同比增速（%）"]
    sheet.line(*heads)
    for column, (card, kind, unit) in enumerate(
        (("output", "level", "万元"), ("output_base", "level", "万元"), ("output", "growth", "%")),
        2,
    ):
        sheet.columns[column] = Mark(card, kind, unit, field=heads[column])
    sheet.growths.append(Growth(2, 3, 4))
    for place, period in enumerate(PERIODS):
        first = len(sheet.cells)
        for sector, values, bases in zip(each.sectors, each.value, each.base, strict=True):
            mark = Mark(months=each.months(period)).over(each.row_mark(sector))
            now, before = values[place], bases[place]
            speed = growth(now, before)
            cell: Cell = ABSENT if speed is None else speed
            sheet.line(f"{each.year}年{called(period)}", sector, now, before, cell, mark=mark)
        last = len(sheet.cells) - 1
        sheet.sums.append(Sum(last, all_rows(first, last - 1), (2, 3)))
    return [sheet]


def _in_thousands(each: Return) -> list[Sheet]:
    """Sectors down, months across, in 千元; two sheets. What is late is a dash."""
    sheets: list[Sheet] = []
    for name, card, rows in (("累计", "output", each.value), ("同期", "output_base", each.base)):
        sheet = Sheet(name)
        sheet.line(f"{each.name}{each.year}年规模以上工业总产值（{name}，虚构数据）")
        sheet.merge(0, 0, 0, len(PERIODS))
        sheet.line(*[None] * len(PERIODS), "单位：千元")
        sheet.line("产业", *(f"{each.year}年{called(period)}" for period in PERIODS))
        for column, period in enumerate(PERIODS, 1):
            sheet.columns[column] = Mark(
                card, "level", "千元", months=each.months(period), field=f"{sheet.cells[2][column]}"
            )
        late = (each.name, each.year) == LATE[:2]
        for sector, values in zip(each.sectors, rows, strict=True):
            cells: list[Cell] = [value * PER_THOUSAND for value in values]
            if late:
                cells[-1] = ABSENT
            sheet.line(sector, *cells, mark=each.row_mark(sector))
        last, width = len(sheet.cells) - 1, len(PERIODS) - late
        sheet.sums.append(Sum(last, all_rows(3, last - 1), all_rows(1, width)))
        sheet.along, sheet.ladder = "columns", all_rows(1, width)
        sheet.line(FOOT + (f"“{ABSENT}”为未报，另行补报。" if late else ""))
        sheets.append(sheet)
    return sheets


def _late(monthly: Monthly) -> Book:
    name, year, period = LATE
    each = Return(monthly, monthly.economy.city.districts.index(name), year)
    sheet = _by_month(each, 1, "万元", form=True)[PERIODS.index(period)]
    sheet.along = ""
    who = sender("district", date(year + 1, 2, 9), name=name, note=f"补报{year}年{called(period)}")
    return Book(f"区月报/{name}{year}年{called(period)}补报.xlsx", who, (sheet,))


def _zone(monthly: Monthly) -> Iterator[Book]:
    """The zone's own account: by place, including works of enterprises registered elsewhere."""
    economy = monthly.economy
    inside: dict[str, float] = economy.city.facts["zone"]["inside"]
    parts = [(economy.city.districts.index(name), part) for name, part in inside.items()]
    for year in monthly.years:
        sheet = Sheet("经开区")
        who = sender("zone", date(year + 1, 1, 20), note="地跨梭江、云渡两区，已计入所在区")
        heading(sheet, "经开区规模以上工业总产值", who, f"{year}年", "亿元", 5)
        heads = ["月份", "梭江片区", "云渡片区", "合计", "同比增长（%）"]
        sheet.line(*heads)
        for column, name in enumerate(heads[1:4], 1):
            code = "" if name == "合计" else name
            sheet.columns[column] = Mark("output", "level", "亿元", economy.zone, code, field=name)
        sheet.columns[4] = Mark("output", "growth", "%", economy.zone, field=heads[4])
        for place, period in enumerate(PERIODS):
            now, before = (
                [
                    round(int(cells[district, :, :, place].sum()) * part / PER_YI, 1)
                    for district, part in parts
                ]
                for cells in (monthly.cells(year), monthly.cells(year, True))
            )
            total, base = (round(sum(values), 1) for values in (now, before))
            mark = Mark(months=f"{year}-01/{year}-{period:02}")
            sheet.line(called(period), *now, total, growth(total, base), mark=mark)
        last = len(sheet.cells) - 1
        first = last - len(PERIODS) + 1
        sheet.sums.append(Sum(3, (1, 2), all_rows(first, last), by_column=True))
        sheet.along, sheet.ladder = "rows", all_rows(first, last)
        sheet.line("注：按在地原则统计，含注册在区外企业的在区生产单位；已计入两区，不与各区相加。")
        yield Book(f"区月报/经开区{year}年月报.xlsx", who, (sheet,))
