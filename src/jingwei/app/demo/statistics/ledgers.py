"""Ledgers of single enterprises: annual reports, monthly returns, the register, taxes.

By enterprise, not by place: what a branch in another district makes is in its owner's row, so
that the rows of a district do not add up to the district's output; the list of split enterprises
(跨区法人) says by how much.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from jingwei.app.demo.statistics.classes import class_names
from jingwei.app.demo.statistics.economy import Economy
from jingwei.app.demo.statistics.months import PERIODS, Monthly, called
from jingwei.app.demo.statistics.population import NEVER
from jingwei.app.demo.statistics.senders import sender
from jingwei.app.demo.statistics.sheets import Book, Cell, Mark, Sheet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ANNUAL = (2020, 2023, 2024, 2025)
LATE_EACH = 151  # one enterprise in so many sends one month late
IDENTITY = (("uscc", "统一社会信用代码"), ("name", "企业名称"), ("district", "所在区"))


def ledgers(monthly: Monthly) -> Iterator[Book]:
    economy = monthly.economy
    yield _register(economy)
    for year in ANNUAL:
        yield _annual(economy, year)
    for year in monthly.years:
        yield _monthly(monthly, year)
    for year in monthly.years[1:]:
        yield _taxes(economy, year)
    yield _tax_months(monthly, monthly.years[-1])
    yield _quarters(monthly, monthly.years[-1])


def _rows(economy: Economy, year: int, verified: bool) -> list[int]:
    """Enterprises of a frame."""
    import numpy as np

    register = economy.register
    there = np.flatnonzero(register.frame(year, verified) & (register.population.owner < 0))
    return [int(row) for row in there]


def _columns(sheet: Sheet, heads: Sequence[str], marks: Sequence[Mark]) -> None:
    sheet.line(*heads)
    for column, (head, mark) in enumerate(zip(heads, marks, strict=True)):
        sheet.columns[column] = Mark(field=head).over(mark)


def _annual(economy: Economy, year: int) -> Book:
    """One row an enterprise of the frame: annual report, for the last year the December return."""
    register, who = economy.register, economy.register.population
    column = register.city.years.index(year)
    last = year == register.city.years[-1]
    rows = _rows(economy, year, True)
    output = register.owned(register.output)
    before = output[:, column - 1] + register.before[:, column - 1]
    amounts = (
        output[:, column], before, register.owned(register.revenue)[:, column],
        register.owned(register.employees)[:, column],
        register.owned(register.research)[:, column], register.owned(register.tax)[:, column],
    )  # fmt: skip
    sheet = Sheet("")
    heads = ["序号", *(name for _, name in IDENTITY), "经开区", "行业代码", "行业名称"]
    heads += [
        "工业总产值（千元）",
        "上年工业总产值（千元）",
        "营业收入（千元）",
        "平均用工人数（人）",
    ]
    heads += ["研发费用（千元）", "应交税金（千元）"]
    marks = [Mark(), *(Mark(key) for key, _ in IDENTITY), Mark("zone"), Mark("class"), Mark("class_name")]  # fmt: skip
    for key in ("output", "output_base", "revenue", "employees", "research_expense", "tax"):
        kind, unit = ("count", "人") if key == "employees" else ("level", "千元")
        marks.append(Mark(key, kind, unit, months=f"{year}"))
    _columns(sheet, heads, marks)
    names, districts = class_names(), economy.city.districts
    lists: list[list[int]] = [each[rows].tolist() for each in amounts]
    for number, (row, values) in enumerate(zip(rows, zip(*lists, strict=True), strict=True), 1):
        code = who.classes[row]
        sheet.line(
            number, who.uscc[row], who.names[row], districts[who.where(row)],
            "是" if who.zone[row] else "否", code, names[code], *values,
        )  # fmt: skip
    kind = "快报" if last else "年报"
    day = date(year + 1, 2, 20) if last else date(year + 1, 8, 31)
    by = sender("enterprise", day, note=f"{kind}数，按法人在注册地统计")
    return Book(f"企业/规上工业企业{kind}{year}.csv", by, (sheet,), "gb18030")


def _monthly(monthly: Monthly, year: int) -> Book:
    """One row an enterprise, cumulative output then revenue by month; a late month is blank."""
    economy = monthly.economy
    register, who = economy.register, economy.register.population
    column = register.city.years.index(year)
    rows = _rows(economy, year, False)
    output = register.owned(monthly.output(year))
    shares = monthly.shares(year)[:, 1:]
    # Who leaves at the verification has a return but no annual report: revenue as output.
    revenue = register.owned(register.revenue)[:, column]
    revenue = revenue + (revenue == 0) * output[:, -1]
    sold = (revenue[:, None] * shares).round().astype("int64")
    sheet = Sheet("")
    heads = [*(name for _, name in IDENTITY)]
    marks = [Mark(key) for key, _ in IDENTITY]
    for card, name in (("output", "总产值"), ("revenue", "营业收入")):
        heads += [f"{called(period)}{name}（千元）" for period in PERIODS]
        marks += [
            Mark(card, "level", "千元", months=f"{year}-01/{year}-{period:02}")
            for period in PERIODS
        ]
    _columns(sheet, heads, marks)
    sheet.along, sheet.ladder = "columns", tuple(range(3, 3 + len(PERIODS)))
    districts, width = economy.city.districts, len(PERIODS)
    made, sold_rows = output[rows].tolist(), sold[rows].tolist()
    for row, first, second in zip(rows, made, sold_rows, strict=True):
        cells: list[Cell] = [*first, *second]
        if row % LATE_EACH == 7:
            place = 1 + row % (width - 2)
            cells[place] = cells[width + place] = None
        sheet.line(who.uscc[row], who.names[row], districts[who.where(row)], *cells)
    by = sender("enterprise", date(year + 1, 1, 18), note="联网直报月度数；空白为当月未报")
    return Book(f"企业/规上工业企业月度{year}.csv", by, (sheet,), "utf-8-sig")


def _register(economy: Economy) -> Book:
    """Everybody, with the years of entering and leaving the frame and the awards."""
    register, who = economy.register, economy.register.population
    sheet = Sheet("")
    heads = [
        *(name for _, name in IDENTITY),
        "经开区",
        "行业代码",
        "行业名称",
        "入规年份",
        "退规年份",
    ]
    heads += ["退规原因", "统计渠道"]
    marks = [*(Mark(key) for key, _ in IDENTITY), Mark("zone"), Mark("class"), Mark("class_name")]
    marks += [Mark("entry"), Mark("leaves"), Mark("reason"), Mark("channel")]
    _columns(sheet, heads, marks)
    names, districts, first = class_names(), economy.city.districts, register.city.years[0]
    for row in range(who.count - len(who.branches)):
        code, entry, leaves = who.classes[row], int(who.entry[row]), int(who.leaves[row])
        joined = "规模以下" if entry == NEVER else f"{entry}" if entry > first else f"{first}及以前"
        sheet.line(
            who.uscc[row], who.names[row], districts[who.where(row)],
            "是" if who.zone[row] else "否", code, names[code], joined,
            f"{leaves}" if leaves != NEVER else None, who.reasons.get(row),
            "市级直报" if who.direct[row] else "区级",
        )  # fmt: skip
    by = sender("enterprise", date(2026, 3, 10), note="名录库，退规年份为年度审核退库的年份")
    return Book("企业/企业名录库.csv", by, (sheet,), "gb18030")


def _taxes(economy: Economy, year: int) -> Book:
    """What the tax office received, in 元 with two decimals: near the tax due, never equal."""
    register, who = economy.register, economy.register.population
    column = register.city.years.index(year)
    rows = _rows(economy, year, True)
    due = register.owned(register.tax)[rows, column].tolist()
    bent = economy.city.stream("tax", "received", year)
    sheet = Sheet("")
    heads = [*(name for _, name in IDENTITY), "入库税收（元）"]
    _columns(
        sheet, heads, [*(Mark(k) for k, _ in IDENTITY), Mark("tax_received", "level", "元", months=f"{year}")]
    )  # fmt: skip
    for row, each in zip(rows, due, strict=True):
        received = round(each * 1000 * bent.uniform(0.88, 1.06) + bent.randrange(100000) / 100, 2)
        sheet.line(who.uscc[row], who.names[row], economy.city.districts[who.where(row)], received)
    by = sender("tax", date(year + 1, 2, 6), note="入库口径，与统计应交税金口径不同")
    return Book(f"企业/入库税收{year}.csv", by, (sheet,), "utf-8-sig")


def _tax_months(monthly: Monthly, year: int) -> Book:
    """Tax received in each month, 元: single months, not cumulative; some are refunds."""
    economy = monthly.economy
    register, who = economy.register, economy.register.population
    rows = _rows(economy, year, True)
    due = register.owned(register.tax)[:, register.city.years.index(year)]
    shares = _single(monthly.shares(year))
    sheet = Sheet("")
    heads = [*(name for _, name in IDENTITY), *(f"{month}月（元）" for month in range(1, 13))]
    marks = [Mark(key) for key, _ in IDENTITY]
    marks += [Mark("tax_received", "level", "元", months=f"{year}-{m:02}") for m in range(1, 13)]
    _columns(sheet, heads, marks)
    paid: list[list[float]] = (due[rows, None] * shares[rows] * 1000).round(2).tolist()
    for place, (row, months) in enumerate(zip(rows, paid, strict=True)):
        if place % 701 == 5:  # a refund of last year's tax
            months[4] = round(-0.4 * months[4], 2)
        sheet.line(
            who.uscc[row], who.names[row], economy.city.districts[who.where(row)], *months
        )  # fmt: skip
    by = sender("tax", date(year + 1, 2, 6), note="分月入库，负数为退税")
    return Book(f"企业/入库税收分月{year}.csv", by, (sheet,), "utf-8-sig")


def _single(cumulative: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Single months of cumulative shares."""
    import numpy as np

    return np.diff(cumulative, axis=1, prepend=0)


def _quarters(monthly: Monthly, year: int) -> Book:
    """Employees at the end of each quarter, R&D from January to it."""
    import numpy as np

    economy = monthly.economy
    register, who = economy.register, economy.register.population
    column, rows = register.city.years.index(year), _rows(economy, year, True)
    staff = register.owned(register.employees)[:, column]
    research = register.owned(register.research)[:, column]
    ends = [2, 5, 8, 11]
    seed = economy.city.stream("quarters", year).getrandbits(32)
    bent = 1 + np.random.RandomState(seed).uniform(-0.03, 0.03, (who.count, 4))
    employed = np.rint(staff[:, None] * bent).astype(np.int64)
    spent = np.rint(research[:, None] * monthly.shares(year)[:, ends]).astype(np.int64)
    sheet = Sheet("")
    heads = [name for _, name in IDENTITY]
    marks = [Mark(key) for key, _ in IDENTITY]
    for card, kind, unit, name in (
        ("employees", "count", "人", "期末用工人数"),
        ("research_expense", "level", "千元", "研发费用累计"),
    ):
        heads += [f"{quarter}季度{name}（{unit}）" for quarter in range(1, 5)]
        for end in ends:
            first = end if card == "employees" else 0
            months = f"{year}-{first + 1:02}/{year}-{end + 1:02}"
            marks.append(Mark(card, kind, unit, months=months))
    _columns(sheet, heads, marks)
    staffed: list[list[int]] = employed[rows].tolist()
    spending: list[list[int]] = spent[rows].tolist()
    for row, one, other in zip(rows, staffed, spending, strict=True):
        sheet.line(
            who.uscc[row], who.names[row], economy.city.districts[who.where(row)], *one, *other
        )  # fmt: skip
    by = sender("enterprise", date(year + 1, 1, 25), note="季度数")
    return Book(f"企业/规上工业企业季度用工与研发{year}.csv", by, (sheet,), "gb18030")
