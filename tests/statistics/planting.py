"""A fictional city in tables as offices send them, and errors planted one by one.

Everything is drawn from one seed. A truth names the file, the cells an error touches (row from 1,
title of the column) and its kind. Nothing here looks at how the checks work.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

DISTRICTS = ("东屏区", "南浦区", "西岭区", "北渡区", "中塘区", "河湾区", "松原区")
CITY = "砚州市"
INDUSTRIES = (
    "汽车制造业",
    "通用设备制造业",
    "医药制造业",
    "化学原料和化学制品制造业",
    "食品制造业",
)
YEARS = tuple(range(2014, 2025))


@dataclass
class Sheet:
    """One CSV file: rows of text, header at ``head`` (from 0). ``stub`` columns are no values."""

    name: str
    rows: list[list[str]]
    head: int
    stub: int
    kind: str  # flow, count, share, month, long, firms
    unit: str = "亿元"
    taken: set[tuple[int, int]] = field(default_factory=set)

    def cells(self) -> list[tuple[int, int]]:
        """Places of values, from 0."""
        return [
            (r, c)
            for r in range(self.head + 1, len(self.rows))
            for c in range(
                self.stub, self.stub + 1 if self.kind == "long" else len(self.rows[self.head])
            )
            if self.rows[r][c]
        ]

    def field(self, column: int) -> str:
        return self.rows[self.head][column]


@dataclass(frozen=True)
class Truth:
    file: str
    kind: str
    cells: frozenset[tuple[int, str]]


def _text(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}"


def _rounded_parts(parts: np.ndarray, decimals: int) -> tuple[np.ndarray, float]:
    parts = np.round(parts, decimals)
    return parts, round(float(parts.sum()), decimals)


def yearly(
    rng: np.random.Generator, title: str, unit: str, level: float, kind: str, decimals: int
) -> Sheet:
    """Districts down, years across; the city's row is their sum."""
    size = rng.dirichlet(np.full(len(DISTRICTS), 6.0)) * level
    trend = rng.normal(0.06, 0.03, len(DISTRICTS))
    common = np.cumsum(rng.normal(0.0, 0.03, len(YEARS)))
    rows = [[f"{CITY}{title}"], [f"单位：{unit}"], ["地区", *(f"{y}年" for y in YEARS)]]
    table = []
    for order, _ in enumerate(DISTRICTS):
        noise = np.cumsum(rng.normal(0.0, 0.012, len(YEARS))) + rng.normal(0, 0.008, len(YEARS))
        table.append(size[order] * np.exp(trend[order] * np.arange(len(YEARS)) + common + noise))
    values = np.round(np.array(table), decimals)
    total = np.round(values.sum(axis=0), decimals)
    rows.append(["全市", *(_text(v, decimals) for v in total)])
    rows += [
        [name, *(_text(v, decimals) for v in line)]
        for name, line in zip(DISTRICTS, values, strict=True)
    ]
    rows.append(["注：本表为年报数。"])
    return Sheet(f"{title}.csv", rows[:-1], 2, 1, kind, unit)


def shares(rng: np.random.Generator, title: str, start: float) -> Sheet:
    """Districts down, years across, percent."""
    rows = [[f"{CITY}{title}（%）"], ["地区", *(f"{y}年" for y in YEARS)]]
    for name in ("全市", *DISTRICTS):
        line = start * rng.uniform(0.8, 1.2) + np.cumsum(rng.normal(0.1, 0.25, len(YEARS)))
        rows.append([name, *(_text(v, 1) for v in line)])
    return Sheet(f"{title}.csv", rows, 1, 1, "share", "%")


def monthly(
    rng: np.random.Generator, year: int, month: int, base: np.ndarray, past: np.ndarray
) -> Sheet:
    """One month: districts down; output of the month, cumulative, growth. ``base`` per month."""
    rows = [
        [f"{CITY}{year}年1-{month}月规模以上工业出口交货值"],
        ["单位：亿元、%"],
        ["地区", f"{month}月", f"1-{month}月", "累计同比增长（%）"],
    ]
    now = np.round(base[:, month - 1], 2)
    running = np.round(np.round(base[:, :month], 2).sum(axis=1), 2)
    before = np.round(np.round(past[:, :month], 2).sum(axis=1), 2)
    lines = [("全市", now.sum(), running.sum(), before.sum())]
    lines += list(zip(DISTRICTS, now, running, before, strict=True))
    for name, one, total, old in lines:
        rows.append([name, _text(one, 2), _text(total, 2), _text(100 * (total / old - 1), 1)])
    return Sheet(f"{year}年1-{month}月快报.csv", rows, 2, 1, "month")


def long_table(rng: np.random.Generator) -> Sheet:
    """One row an observation: industry by year for the city."""
    rows = [["指标", "行业", "年份", "数值", "单位"]]
    for industry in INDUSTRIES:
        level, trend = rng.uniform(80, 600), rng.normal(0.07, 0.02)
        for order, year in enumerate(YEARS):
            value = level * np.exp(trend * order + rng.normal(0, 0.02))
            rows.append(["规模以上工业总产值", industry, str(year), _text(value, 1), "亿元"])
    return Sheet("分行业产值.csv", rows, 0, 3, "long")


_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(rng: np.random.Generator, region: str) -> str:
    body = "91" + region + "".join(rng.choice(list("0123456789ABCDEFGHJKLMNPQRTUWXY"), 9))
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + _ALPHABET[(31 - total % 31) % 31]


def firms(rng: np.random.Generator, number: int) -> Sheet:
    rows = [["统一社会信用代码", "企业名称", "所在区", "行业代码", "地址"]]
    stems = [
        "宏远",
        "金辉",
        "瑞丰",
        "天成",
        "华泰",
        "中科",
        "启明",
        "鼎新",
        "博雅",
        "联创",
        "恒力",
        "盛达",
        "志诚",
        "康宁",
        "星海",
        "云帆",
        "飞翔",
        "绿源",
        "万邦",
        "嘉禾",
    ]
    goods = [
        "精密机械",
        "电子",
        "新材料",
        "生物医药",
        "汽车零部件",
        "环保设备",
        "食品",
        "化工",
        "纺织",
        "智能装备",
    ]
    seen: set[str] = set()
    while len(rows) <= number:
        name = f"砚州{rng.choice(stems)}{rng.choice(stems)}{rng.choice(goods)}有限公司"
        if name in seen:
            continue
        seen.add(name)
        at = int(rng.integers(len(DISTRICTS)))
        code = credit_code(rng, f"53980{at + 2}")
        rows.append(
            [
                code,
                name,
                DISTRICTS[at],
                f"{rng.integers(13, 44)}{rng.integers(1, 3)}0",
                f"{DISTRICTS[at]}{rng.choice(stems)}路{rng.integers(1, 999)}号",
            ]
        )
    return Sheet("企业名录.csv", rows, 0, 0, "firms")


def city(seed: int) -> list[Sheet]:
    """All tables of the city, without an error."""
    rng = np.random.default_rng(seed)
    sheets = [
        yearly(rng, "规模以上工业总产值", "亿元", 4200, "flow", 1),
        yearly(rng, "规模以上工业营业收入", "万元", 46000000, "flow", 0),
        yearly(rng, "工业投资", "亿元", 700, "flow", 2),
        yearly(rng, "规模以上工业企业研发费用", "亿元", 90, "flow", 2),
        yearly(rng, "高新技术企业数", "家", 1500, "count", 0),
        yearly(rng, "规模以上工业平均用工人数", "万人", 60, "flow", 2),
        shares(rng, "战略性新兴产业产值占规模以上工业总产值比重", 32.0),
        shares(rng, "一般工业固体废物综合利用率", 70.0),
        long_table(rng),
        firms(rng, 160),
    ]
    season = 1 + 0.1 * np.sin(np.arange(12)) + rng.normal(0, 0.02, 12)
    size = rng.dirichlet(np.full(len(DISTRICTS), 6.0)) * 420
    past = size[:, None] * season[None, :] * np.exp(rng.normal(0, 0.015, (len(DISTRICTS), 12)))
    growth = rng.normal(0.06, 0.02, len(DISTRICTS))
    present = past * np.exp(growth[:, None] + rng.normal(0, 0.015, past.shape))
    older = past / np.exp(growth[:, None] + rng.normal(0, 0.01, past.shape))
    for year, base, before in ((2023, past, older), (2024, present, past)):
        sheets += [monthly(rng, year, month, base, before) for month in range(3, 12)]
    return sheets


# ------------------------------------------------------------------------------------ errors

Plant = Callable[[np.random.Generator, Sheet], Truth | None]


def _decimals(text: str) -> int:
    return len(text.partition(".")[2].rstrip("%"))


def _fresh(rng: np.random.Generator, sheet: Sheet, near: int = 1) -> tuple[int, int] | None:
    """A cell whose row and column hold no error within ``near`` columns yet."""
    cells = sheet.cells()
    for at in rng.permutation(len(cells)):
        r, c = cells[at]
        if sheet.kind == "long":
            good = all(abs(r - a) > 2 for a, _ in sheet.taken)
        else:
            good = all(c != b and (r != a or abs(c - b) > near) for a, b in sheet.taken)
        if good:
            sheet.taken.add((r, c))
            return r, c
    return None


def _truth(sheet: Sheet, kind: str, *places: tuple[int, int]) -> Truth:
    return Truth(sheet.name, kind, frozenset((r + 1, sheet.field(c)) for r, c in places))


def scaled(kind: str, factors: tuple[float, ...]) -> Plant:
    def plant(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
        if (at := _fresh(rng, sheet)) is None:
            return None
        r, c = at
        factor = float(rng.choice(factors))
        text = sheet.rows[r][c]
        places = _decimals(text) if factor > 1 else _decimals(text) + round(-np.log10(factor))
        sheet.rows[r][c] = _text(float(text) * factor, places)
        return _truth(sheet, kind, at)

    return plant


def negative(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    if (at := _fresh(rng, sheet)) is None:
        return None
    sheet.rows[at[0]][at[1]] = "-" + sheet.rows[at[0]][at[1]]
    return _truth(sheet, "sign", at)


def total_off(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    if (at := _fresh(rng, sheet)) is None:
        return None
    r, c = at
    text = sheet.rows[r][c]
    changed = float(text) * (1 + rng.choice((-1, 1)) * rng.uniform(0.05, 0.25))
    sheet.rows[r][c] = _text(changed, _decimals(text))
    return _truth(sheet, "parts_total", at)


def stale_column(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    width = len(sheet.rows[sheet.head])
    free = [c for c in range(sheet.stub + 1, width) if all(abs(c - b) > 1 for _, b in sheet.taken)]
    if not free or len(sheet.taken) > len(sheet.rows):
        return None
    c = int(rng.choice(free))
    rows = range(sheet.head + 1, len(sheet.rows))
    for r in rows:
        sheet.rows[r][c] = sheet.rows[r][c - 1]
        sheet.taken.add((r, c))
    return _truth(sheet, "stale", *((r, c) for r in rows))


def scaled_column(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    width = len(sheet.rows[sheet.head])
    free = [c for c in range(sheet.stub + 1, width) if all(abs(c - b) > 1 for _, b in sheet.taken)]
    if not free or len(sheet.taken) > len(sheet.rows):
        return None
    c = int(rng.choice(free))
    rows = range(sheet.head + 1, len(sheet.rows))
    for r in rows:
        sheet.rows[r][c] = _text(float(sheet.rows[r][c]) * 1e4, 0)
        sheet.taken.add((r, c))
    return _truth(sheet, "unit_column", *((r, c) for r in rows))


def swapped_cells(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    if (at := _fresh(rng, sheet)) is None:
        return None
    r, c = at
    value = float(sheet.rows[r][c])
    others = [
        other for other in range(sheet.head + 2, len(sheet.rows))
        if other != r and r > sheet.head + 1
        and abs(np.log(float(sheet.rows[other][c]) / value)) > 0.35
        and all(other != a or abs(c - b) > 1 for a, b in sheet.taken)
    ]  # fmt: skip
    if not others:
        sheet.taken.discard(at)
        return None
    other = int(rng.choice(others))
    sheet.taken.add((other, c))
    sheet.rows[r][c], sheet.rows[other][c] = sheet.rows[other][c], sheet.rows[r][c]
    return _truth(sheet, "swapped", at, (other, c))


def duplicate_row(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    rows = [
        r
        for r in range(sheet.head + 2, len(sheet.rows))
        if all(r != a or b >= 50 for a, b in sheet.taken) or rng.random() < 0.1
    ]
    if not rows or any(b >= 50 for _, b in sheet.taken):
        return None
    r = int(rng.choice(rows))
    sheet.rows.append(list(sheet.rows[r]))
    last = len(sheet.rows) - 1
    width = len(sheet.rows[sheet.head])
    sheet.taken |= {(last, width + 50), (r, width + 50)}
    return _truth(sheet, "duplicate", *((last, c) for c in range(sheet.stub, width)))


def letter(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    if (at := _fresh(rng, sheet)) is None:
        return None
    r, c = at
    text = sheet.rows[r][c]
    if "0" not in text[1:]:
        sheet.taken.discard(at)
        return None
    place = text.index("0", 1)
    sheet.rows[r][c] = text[:place] + "O" + text[place + 1 :]
    return _truth(sheet, "text", at)


def blanks(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    if (at := _fresh(rng, sheet)) is None:
        return None
    r, c = at
    text = sheet.rows[r][c]
    sheet.rows[r][c] = "".join(chr(ord(x) + 0xFEE0) if x.isdigit() else x for x in text)
    return _truth(sheet, "text", at)


def nought(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    if (at := _fresh(rng, sheet)) is None:
        return None
    sheet.rows[at[0]][at[1]] = "0"
    return _truth(sheet, "zero", at)


def month_for_cumulative(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    rows = [
        r for r in range(sheet.head + 2, len(sheet.rows)) if all(r != a for a, _ in sheet.taken)
    ]
    if not rows:
        return None
    r = int(rng.choice(rows))
    sheet.taken.add((r, 2))
    sheet.rows[r][2] = sheet.rows[r][1]
    return _truth(sheet, "wrong_period", (r, 2))


def growth_off(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    rows = [
        r for r in range(sheet.head + 1, len(sheet.rows)) if all(r != a for a, _ in sheet.taken)
    ]
    if not rows:
        return None
    r = int(rng.choice(rows))
    sheet.taken.add((r, 3))
    value = float(sheet.rows[r][3])
    wrong = value + float(rng.choice((-1, 1))) * rng.uniform(8, 30)
    sheet.rows[r][3] = _text(wrong, 1)
    return _truth(sheet, "growth", (r, 3))


def bad_code(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    r = _firm(rng, sheet)
    code = sheet.rows[r][0]
    at = int(rng.integers(8, 17))
    other = str(rng.choice([c for c in _ALPHABET if c != code[at]]))
    sheet.rows[r][0] = code[:at] + other + code[at + 1 :]
    return _truth(sheet, "uscc", (r, 0))


def short_code(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    r = _firm(rng, sheet)
    sheet.rows[r][0] = sheet.rows[r][0][:-1]
    return _truth(sheet, "uscc", (r, 0))


def bad_industry(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    r = _firm(rng, sheet)
    sheet.rows[r][3] = f"98{rng.integers(10, 99)}"
    return _truth(sheet, "industry", (r, 3))


def other_region(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    r = _firm(rng, sheet)
    sheet.rows[r][2] = str(rng.choice([d for d in DISTRICTS if d != sheet.rows[r][2]]))
    return _truth(sheet, "uscc_region", (r, 2))


def twice(rng: np.random.Generator, sheet: Sheet) -> Truth | None:
    r = _firm(rng, sheet)
    again = list(sheet.rows[r])
    again[1] = again[1].replace("有限公司", "有限责任公司")
    sheet.rows.append(again)
    sheet.taken.add((len(sheet.rows) - 1, 0))
    return _truth(sheet, "same_enterprise", *((len(sheet.rows) - 1, c) for c in range(5)))


def _firm(rng: np.random.Generator, sheet: Sheet) -> int:
    used = {r for r, _ in sheet.taken}
    r = int(rng.choice([r for r in range(1, len(sheet.rows)) if r not in used]))
    sheet.taken.add((r, 0))
    return r


def planted(seed: int) -> tuple[list[Sheet], list[Truth]]:
    """The city with errors, and the truth about them."""
    sheets = city(seed)
    rng = np.random.default_rng([seed, 7])
    truths: list[Truth] = []

    def sow(plant: Plant, kinds: tuple[str, ...], number: int) -> None:
        fitting = [sheet for sheet in sheets if sheet.kind in kinds]
        done = tries = 0
        while done < number and tries < 60 * number:
            tries += 1
            truth = plant(rng, fitting[int(rng.integers(len(fitting)))])
            if truth is not None:
                truths.append(truth)
                done += 1

    sow(stale_column, ("flow", "count"), 3)
    sow(scaled_column, ("flow",), 3)
    sow(scaled("unit_slip", (1e4, 1e-4)), ("flow", "long"), 6)
    sow(scaled("magnitude", (10.0, 0.1)), ("flow", "count", "long"), 6)
    sow(scaled("percent", (0.01, 100.0)), ("share",), 4)
    sow(negative, ("flow", "count", "long"), 4)
    sow(total_off, ("flow", "count"), 5)
    sow(swapped_cells, ("flow", "count"), 4)
    sow(letter, ("flow", "long"), 3)
    sow(blanks, ("flow", "share"), 3)
    sow(nought, ("flow", "long"), 3)
    sow(month_for_cumulative, ("month",), 8)
    sow(growth_off, ("month",), 8)
    sow(duplicate_row, ("flow", "count", "share"), 3)
    sow(bad_code, ("firms",), 6)
    sow(short_code, ("firms",), 3)
    sow(bad_industry, ("firms",), 4)
    sow(other_region, ("firms",), 4)
    sow(twice, ("firms",), 4)
    return sheets, truths


def write(sheets: list[Sheet], folder: Path) -> list[Path]:
    paths: list[Path] = []
    for sheet in sheets:
        out = io.StringIO(newline="")
        csv.writer(out).writerows(sheet.rows)
        path = folder / sheet.name
        path.write_bytes(out.getvalue().encode("utf-8-sig"))
        paths.append(path)
    return paths
