"""Lists and yearly tables of other offices: what explains gaps, and what was still unknown."""

from collections.abc import Iterator, Sequence
from datetime import date

from jingwei.app.demo.statistics.classes import class_names
from jingwei.app.demo.statistics.economy import Economy
from jingwei.app.demo.statistics.months import Monthly
from jingwei.app.demo.statistics.senders import sender
from jingwei.app.demo.statistics.sheets import (
    Book,
    Cell,
    Mark,
    Sheet,
    Sum,
    all_rows,
    shown,
)

VERIFIED = 2020
"""The year whose two counts of enterprises (2418 and 2391) the documents print."""


def lists(monthly: Monthly) -> Iterator[Book]:
    economy = monthly.economy
    yield _left(economy)
    yield _split(economy)
    yield _gaps(economy)
    yield _awards(economy)
    yield _hightech(economy)
    yield _diagnosis(economy)
    yield _digital(economy)
    yield _investment(economy)
    yield _resources(economy, "energy", "reform", "市发展和改革委员会核定")
    yield _resources(economy, "water", "water", "市水利局核定")


def _left(economy: Economy) -> Book:
    """Who left and who entered at the verification of 2020: 2418 − 27 = 2391."""
    register, who = economy.register, economy.register.population
    names, districts = class_names(), economy.city.districts
    left, entered = Sheet("退规"), Sheet("入规")
    column = register.city.years.index(VERIFIED)
    for sheet, title in ((left, "退出"), (entered, "新入")):
        sheet.line(f"{VERIFIED}年度{title}规模以上工业企业名单（虚构数据）")
        sheet.merge(0, 0, 0, 5)
        heads = ["序号", "统一社会信用代码", "企业名称", "所在区", "行业代码", "行业名称"]
        heads += ["退规原因", "12月快报产值（千元）"] if sheet is left else ["入规方式"]
        sheet.line(*heads)
        for place, card in enumerate(("", "uscc", "name", "district", "class", "class_name")):
            sheet.columns[place] = Mark(card, field=heads[place])
    left.columns[7] = Mark("output", "level", "千元", months=f"{VERIFIED}", field=left.cells[1][7])  # pyright: ignore[reportArgumentType]
    for row in range(who.count):
        if who.owner[row] >= 0 or VERIFIED not in (who.leaves[row], who.entry[row]):
            continue
        gone = who.leaves[row] == VERIFIED
        sheet = left if gone else entered
        code = who.classes[row]
        row_of = [len(sheet.cells) - 1, who.uscc[row], who.names[row]]
        row_of += [districts[who.where(row)], code, names[code]]
        if gone:
            row_of += [who.reasons[row], int(register.early[row, column])]
        else:
            row_of.append("月度新建投产" if who.opened[row] else "年度达标")
        sheet.line(*row_of)
    counts = [register.members(VERIFIED, verified) for verified in (False, True)]
    left.line(
        f"注：12月月报在库{counts[0]}家，年度审核退库{counts[0] - counts[1]}家，年报{counts[1]}家。"
    )
    by = sender("enterprise", date(VERIFIED + 1, 4, 30), note="解释快报与年报企业数之差")
    return Book(f"企业/{VERIFIED}年度入退规企业名单.xlsx", by, (left, entered))


def _split(economy: Economy) -> Book:
    """Enterprises with works in another district: which output belongs where."""
    register, who = economy.register, economy.register.population
    sheet = Sheet("跨区法人")
    years = register.city.years
    sheet.line("跨区法人工业总产值在地拆分表（虚构数据）")
    sheet.line("单位：千元")
    sheet.line("统一社会信用代码", "企业名称", "注册区", "在地区", *(f"{year}年" for year in years))
    for place, card in enumerate(("uscc", "name", "district", "place")):
        sheet.columns[place] = Mark(card, field=f"{sheet.cells[2][place]}")
    for place, year in enumerate(years, 4):
        sheet.columns[place] = Mark("output", "level", "千元", months=f"{year}", field=f"{year}年")
    for branch in who.branches:
        owner = int(who.owner[branch])
        for row in (owner, branch):
            sheet.line(
                who.uscc[owner], who.names[owner], economy.city.districts[who.where(owner)],
                economy.city.districts[who.where(row)], *register.output[row].tolist(),
                mark=Mark(region=economy.districts[who.where(row)], entity=who.uscc[owner]),
            )  # fmt: skip
    sheet.line(
        "注：企业台账按法人注册地，各区公布数按在地；两者之差即本表在地区与注册区不同的部分。"
    )
    by = sender("city", date(2026, 3, 15))
    return Book("企业/跨区法人在地拆分表.xlsx", by, (sheet,))


def _gaps(economy: Economy) -> Book:
    """Why sums differ: every gap between a bottom-up sum and a published figure has a name."""
    register, who, years = economy.register, economy.register.population, economy.city.years
    sheet = Sheet("汇总差额")
    sheet.line("工业总产值汇总差额说明表（虚构数据）")
    sheet.line("单位：亿元")
    sheet.line("差额名称", "说明", *(f"{year}年" for year in years))
    for place, year in enumerate(years, 2):
        sheet.columns[place] = Mark("gap", "level", "亿元", months=f"{year}", field=f"{year}年")
    branches = list(who.branches)
    direct = who.direct.nonzero()[0]
    rows: list[tuple[str, str, list[float]]] = [
        ("规下推算", "全部工业与规模以上之差，由规模以下抽样调查推算",
         [round(economy.city.value("output_all", y) - economy.city.value("output", y), 1) for y in years]),
        ("市级直报", "直接向市统计局报送，不在各区月报内，年报计入所在区",
         [round(int(register.output[direct, c].sum()) / 1e5, 2) for c in range(len(years))]),
        ("跨区法人", "法人台账计入注册区，公布数计入生产所在区",
         [round(int(register.output[branches, c].sum()) / 1e5, 2) for c in range(len(years))]),
        ("区域重叠", "经开区已计入梭江区、云渡区，不得与各区相加",
         [economy.city.zone(y) for y in years]),
        ("经开区注册与在地", "经开区在地数减名录库中注册在经开区的企业合计", _outside(economy)),
    ]  # fmt: skip
    for name, why, values in rows:
        sheet.line(name, why, *values, mark=Mark(region=economy.whole, code=name))
    by = sender("city", date(2026, 3, 15))
    return Book("企业/汇总差额说明表.xlsx", by, (sheet,))


def _outside(economy: Economy) -> list[float]:
    register = economy.register
    inside = register.output[register.population.zone].sum(axis=0).tolist()
    years = economy.city.years
    return [round(economy.city.zone(y) - s / 1e5, 2) for y, s in zip(years, inside, strict=True)]


def _awards(economy: Economy) -> Book:
    who = economy.register.population
    sheet = Sheet("专精特新")
    sheet.line("省级以上“专精特新”企业名单（虚构数据）")
    sheet.line("企业名称", "统一社会信用代码", "所在区", "认定日期", "国家级“小巨人”认定日期")
    for place, card in enumerate(("name", "uscc", "district", "day", "giant_day")):
        sheet.columns[place] = Mark(card, field=f"{sheet.cells[1][place]}")
    for row, day in sorted(who.srdi.items(), key=lambda each: (each[1], each[0])):
        giant = who.giants.get(row)
        district = economy.city.districts[who.where(row)]
        later = giant.isoformat() if giant else None
        sheet.line(who.names[row], who.uscc[row], district, day.isoformat(), later)
    return Book("名单/专精特新企业名单.xlsx", sender("award", date(2026, 1, 8)), (sheet,))


def _hightech(economy: Economy) -> Book:
    who = economy.register.population
    sheet = Sheet("")
    sheet.line("企业名称", "统一社会信用代码", "所在区", "发证日期")
    for place, card in enumerate(("name", "uscc", "district", "day")):
        sheet.columns[place] = Mark(card, field=f"{sheet.cells[0][place]}")
    for row, day in sorted(who.hightech.items()):
        sheet.line(
            who.names[row],
            who.uscc[row],
            economy.city.districts[who.where(row)],
            day.isoformat(),
        )
    note = "只含工业企业；全市高新技术企业另有服务业企业"
    by = sender("technology", date(2026, 1, 20), note=note)
    return Book("名单/高新技术企业名单（工业）.csv", by, (sheet,), "gb18030")


def _diagnosis(economy: Economy) -> Book:
    """What enterprises declared of themselves, with consent to matching: no survey, no total."""
    register, who = economy.register, economy.register.population
    year = economy.city.years[-1]
    draw = economy.city.stream("diagnosis")
    mean = economy.city.value("numeric_control", year)
    there = [int(row) for row in (register.frame(year) & (who.owner < 0)).nonzero()[0]]
    sheet = Sheet("")
    heads = [
        "企业名称",
        "统一社会信用代码",
        "所在区",
        "关键工序数控化率（%）",
        "联网设备（台）",
        "拟改造投资（万元）",
        "同意用于政策匹配",
    ]
    sheet.line(*heads)
    cards = ("name", "uscc", "district", "numeric_control", "devices_own", "plan", "consent")
    kinds = {
        "numeric_control": ("share", "%"),
        "devices_own": ("count", "台"),
        "plan": ("level", "万元"),
    }
    for place, card in enumerate(cards):
        kind, unit = kinds.get(card, ("", ""))
        months = f"{year}" if kind else ""
        sheet.columns[place] = Mark(card, kind, unit, months=months, field=heads[place])
    for row in sorted(draw.sample(there, 640)):
        rate = round(min(97.0, max(8.0, draw.gauss(mean - 6, 17))), 1)
        plan = draw.choice([None, draw.randrange(50, 4000, 10)])
        sheet.line(
            who.names[row], who.uscc[row], economy.city.districts[who.where(row)], rate,
            draw.randrange(3, 900), plan, draw.choice(["是", "是", "否"]),
        )  # fmt: skip
    by = sender("diagnosis", date(year + 1, 1, 30), note="企业自愿申报，授权范围见末列；空白为未填")
    return Book("部门/企业数字化诊断申报.csv", by, (sheet,), "gb18030")


def _digital(economy: Economy) -> Book:
    """Sheet by district, indicators down, years across; with the 64.9 nobody had printed."""
    keys = ("numeric_control", "design_tools", "smart_factories", "devices", "concentration")
    sheets = [
        _panel(economy, name, code, keys, economy.city.years)
        for code, name in economy.regions.items()
    ]
    by = sender("industry", date(2026, 2, 27))
    return Book("部门/数字化与集聚指标.xlsx", by, tuple(sheets))


def _panel(
    economy: Economy, name: str, region: str, keys: Sequence[str], years: Sequence[int]
) -> Sheet:
    sheet = Sheet(name)
    sheet.line(f"{name}（虚构数据）")
    sheet.line("指标（单位）", *(f"{year}年" for year in years))
    for column, year in enumerate(years, 1):
        sheet.columns[column] = Mark(months=f"{year}", field=f"{year}年")
    for key in keys:
        title, unit, decimals = economy.series[key]
        mark = Mark(key, economy.kind(key), unit, region)
        values = [economy.value(key, region, year) for year in years]
        sheet.line(f"{title}（{unit}）", *shown(values, decimals), mark=mark)
    return sheet


def _investment(economy: Economy) -> Book:
    """Investment and the part of it that is technical renovation: 43.9 % in 2020."""
    years = economy.city.years[1:]
    sheet = Sheet("工业投资")
    sheet.line("工业投资和技术改造投资（虚构数据）")
    heads = ["年份", "工业投资（亿元）", "#技术改造投资（亿元）", "技术改造投资占工业投资比重（%）"]
    sheet.line(*heads)
    for column, (card, kind, unit) in enumerate(
        (("investment", "level", "亿元"), ("tech_amount", "level", "亿元"), ("tech_investment", "share", "%")), 1
    ):  # fmt: skip
        sheet.columns[column] = Mark(card, kind, unit, economy.whole, field=heads[column])
    for year in years:
        values = [economy.value(k, economy.whole, year) for k in ("investment", "tech_amount", "tech_investment")]  # fmt: skip
        sheet.line(f"{year}", *shown(values), mark=Mark(months=f"{year}"))
    by_district = Sheet("分区工业投资")
    by_district.line("分区工业投资（虚构数据）")
    by_district.line("单位：亿元")
    by_district.line("区", *(f"{year}" for year in years))
    for column, year in enumerate(years, 1):
        by_district.columns[column] = Mark("investment", "level", "亿元", months=f"{year}", field=f"{year}")  # fmt: skip
    for code in (*economy.districts, economy.whole):
        name = "合计" if code == economy.whole else economy.regions[code]
        cells: list[Cell] = list(shown(economy.value("investment", code, year) for year in years))
        by_district.line(name, *cells, mark=Mark(region=code))
    last = len(by_district.cells) - 1
    by_district.sums.append(Sum(last, all_rows(3, last - 1), all_rows(1, len(years))))
    by = sender("city", date(2026, 3, 12))
    return Book("部门/工业投资年报.xlsx", by, (sheet, by_district))


def _resources(economy: Economy, key: str, office: str, note: str) -> Book:
    """Yearly declines: they compound and are never added."""
    title, unit, _ = economy.series[key]
    sheet = Sheet("降低率")
    sheet.line(f"{title}（{unit}，按可比价计算，虚构数据）")
    sheet.line("年份", f"{title}（{unit}）", "备注")
    sheet.columns[1] = Mark(key, "growth", unit, economy.whole, field=f"{sheet.cells[1][1]}")
    for year in economy.city.years[1:]:
        value = economy.value(key, economy.whole, year)
        sheet.line(f"{year}", *shown([value]), note, mark=Mark(months=f"{year}"))
    sheet.line("注：各年降低率连乘，不得相加。")
    return Book(f"部门/{title}.xlsx", sender(office, date(2026, 3, 18)), (sheet,))
