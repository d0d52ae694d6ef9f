"""The statistics of the demo city: one truth, that adds up, and files that say it."""

import csv
import io
import tomllib
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from jingwei.app.demo import truth as story
from jingwei.app.demo.model import city
from jingwei.app.demo.statistics import Book, books, truth, write_definitions, write_statistics
from jingwei.app.demo.statistics.classes import class_names
from jingwei.app.demo.statistics.economy import Economy, economy
from jingwei.app.demo.statistics.months import PERIODS, monthly
from jingwei.app.demo.statistics.uscc import with_check

OTHER = 7041
SEEDS = [None, OTHER]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("statistics")
    write_statistics(path)
    return path


def book(name: str) -> Book:
    return next(each for each in books() if each.file.endswith(name))


def table(path: Path, sheet: str = "", encoding: str = "gb18030") -> list[list[Any]]:
    """A written file, read by somebody else."""
    if path.suffix == ".csv":
        return list(csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline="")))
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(False)  # pyright: ignore[reportCallIssue]


@cache
def years_of(history: Economy) -> list[int]:
    return list(history.city.years)


# ------------------------------------------------------------------------------ the yearly truth


@pytest.mark.parametrize("seed", SEEDS)
def test_enterprises_of_a_cell_add_up_to_its_output(seed: int | None) -> None:
    history = economy(seed)
    register, who = history.register, history.register.population
    for column, year in enumerate(history.city.years):
        sums: dict[tuple[int, int], int] = defaultdict(int)
        cells = zip(who.district.tolist(), who.sector.tolist(), strict=True)
        for cell, made in zip(cells, register.output[:, column].tolist(), strict=True):
            sums[cell] += made
        for d, district in enumerate(history.city.districts):
            for s, sector in enumerate(history.city.sectors):
                declared = round(10 * history.city.output(district, sector, year)) * 10_000
                assert sums[d, s] == declared, (district, sector, year)


@pytest.mark.parametrize("seed", SEEDS)
def test_districts_add_up_to_the_city_wherever_they_must(seed: int | None) -> None:
    history = economy(seed)
    spread: list[str] = history.facts["spread"]["parts"]
    for series in [*spread, "output", "output_all", "enterprises", "ten_billion"]:
        for year in history.city.years:
            parts = [history.value(series, code, year) for code in history.districts]
            whole = history.value(series, history.whole, year)
            if whole is None:
                assert parts == [None] * 6
                continue
            assert sum(p or 0 for p in parts) == pytest.approx(whole, abs=1e-6), (series, year)


def test_the_zone_lies_in_two_districts_and_is_no_addend() -> None:
    history = economy()
    two = [history.value("output", code, 2025) or 0 for code in ("390403", "390405")]
    zone = history.value("output", history.zone, 2025)
    assert zone == city().zone(2025) and zone < sum(two)
    added, staff, each = (
        history.value(key, history.zone, 2020) or 0
        for key in ("va_above", "employees", "productivity")
    )
    assert each == round(1e4 * added / staff, 1)


def test_what_the_documents_print_is_what_the_statistics_say() -> None:
    """STORY.md: 43.9, 64.9, 29.6, 2418 and 2391; and the counts of large and special enterprises."""
    history = economy()
    whole, register = history.whole, history.register
    assert history.value("tech_investment", whole, 2020) == 43.9
    assert history.value("numeric_control", whole, 2025) == 64.9
    manufacturing, gdp = (history.value(key, whole, 2020) or 0 for key in ("manufacturing", "gdp"))
    assert round(100 * manufacturing / gdp, 1) == 29.6
    assert register.members(2020) == 2391
    assert register.members(2020, verified=False) == 2418
    assert [sum(register.counted("ten_billion", y)) for y in (2015, 2020, 2025)] == [4, 8, 14]
    awards = [day.year for day in register.population.srdi.values()]
    assert sum(year <= 2020 for year in awards) == 163
    assert sum(year > 2020 for year in awards) == 318


@pytest.mark.parametrize("seed", SEEDS)
def test_the_printed_ratios_follow_from_the_enterprises(seed: int | None) -> None:
    history = economy(seed)
    register = history.register
    for column, year in enumerate(history.city.years):
        makers = register.manufacturing
        research = register.research[:, column].sum()
        revenue = (register.revenue[:, column] * makers).sum()
        assert round(100 * research / revenue, 2) == history.city.value("research", year)
        added, staff = history.city.value("va_above", year), register.employees[:, column].sum()
        assert round(1e4 * added / staff, 1) == history.city.value("productivity", year)
        assert register.members(year) == history.city.value("enterprises", year)


def test_growth_at_comparable_prices_is_not_the_ratio_of_levels() -> None:
    history = economy()

    def a_year(series: str, first: int) -> float:
        rates = [
            history.value(series, history.whole, year) or 0 for year in range(first, first + 5)
        ]
        return round(100 * (np.prod([1 + rate / 100 for rate in rates]) ** 0.2 - 1), 1)

    assert a_year("industry_growth", 2016) == 5.2
    assert a_year("manufacturing_growth", 2021) == 6.8
    levels = [city().value("industry", year) for year in (2015, 2020)]
    assert round(100 * ((levels[1] / levels[0]) ** 0.2 - 1), 1) == 7.9


def test_censuses_revise_the_back_series_and_keep_what_was_printed() -> None:
    history = economy()
    before, between, after = date(2019, 10, 30), date(2021, 3, 1), date(2025, 10, 31)
    known = history.known
    assert known("gdp", 2018, before) != known("gdp", 2018, between)
    assert known("gdp", 2020, between) == 3542.0
    assert known("gdp", 2020, after) == 3581.3
    for day in (between, after):
        share = (known("manufacturing", 2020, day) or 0) / (known("gdp", 2020, day) or 1)
        assert round(100 * share, 1) == 29.6
    assert {known("gdp", 2015, day) for day in (before, between, after)} == {2360.5}
    assert known("gdp", 2025, after) == 5048.0


def test_another_seed_is_another_history_between_the_same_anchors() -> None:
    one, other = economy(), economy(OTHER)
    for year in (2015, 2020, 2025):
        assert one.city.value("output", year) == other.city.value("output", year)
    assert one.city.value("output", 2018) != other.city.value("output", 2018)
    names = [set(each.register.population.names) for each in (one, other)]
    assert len(names[0] & names[1]) < 200


# --------------------------------------------------------------------------------- the enterprises


@pytest.mark.parametrize("seed", SEEDS)
def test_thousands_of_enterprises_each_with_a_name_and_a_valid_code(seed: int | None) -> None:
    who = economy(seed).register.population
    own = who.count - len(who.branches)
    assert own >= 3000
    assert len(set(who.names)) == who.count and len(set(who.uscc[:own])) == own
    for code in who.uscc:
        assert len(code) == 18 and code[2:8] in economy().districts
        assert check_of_gb32100(code[:17]) == code[17]
        assert check_of_gb11714(code[8:16]) == code[16]


def check_of_gb32100(first: str) -> str:
    """GB 32100-2015 read once more: C18 = 31 - sum(Ci * 3^(i-1)) mod 31."""
    signs = [*"0123456789", *(c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in "IOSVZ")]
    total = sum(signs.index(c) * 3**place for place, c in enumerate(first))
    return signs[(31 - total % 31) % 31]


def check_of_gb11714(eight: str) -> str:
    """GB 11714-1997: C9 = 11 - sum(Ci * Wi) mod 11, 10 is X, 11 is 0."""
    weights = [3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(c, 36) * w for c, w in zip(eight, weights, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11) or str(11 - total % 11)


def test_the_check_character_of_the_standards_own_example() -> None:
    """GB 32100-2015, the example of its annex: 91350100M000100Y43."""
    assert with_check("91350100M000100Y4") == "91350100M000100Y43"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_frame_moves_by_those_who_enter_and_those_who_leave(seed: int | None) -> None:
    register = economy(seed).register
    who = register.population
    own = who.owner < 0
    for year in list(register.city.years)[1:]:
        entered = int(((who.entry == year) & own).sum())
        left = int(((who.leaves == year) & own).sum())
        assert register.members(year) == register.members(year - 1) + entered - left
        assert register.members(year, verified=False) == register.members(year) + left


def test_ledgers_by_owner_differ_from_districts_by_the_branches_alone() -> None:
    """跨区法人: by registration and by place differ by what the list of split enterprises says."""
    history = economy()
    register, who = history.register, history.register.population
    column = years_of(history).index(2024)
    by_owner = np.bincount(who.district, weights=register.owned(register.output)[:, column])
    by_place = np.bincount(who.district, weights=register.output[:, column])
    moved = np.zeros(6)
    for branch in who.branches:
        made = register.output[branch, column]
        moved[who.where(int(who.owner[branch]))] += made
        moved[who.where(branch)] -= made
    assert (by_owner - by_place == moved).all() and (moved != 0).sum() >= 4


# ---------------------------------------------------------------------------------------- the months


@pytest.mark.parametrize("seed", SEEDS)
def test_months_add_up_to_the_year_and_never_fall(seed: int | None) -> None:
    months = monthly(seed)
    for year in months.years:
        output = months.output(year)
        assert output.shape[1] == len(PERIODS) == 11
        assert (np.diff(output, axis=1) >= 0).all() and (output >= 0).all()
        assert (output.sum(axis=0) % 10 == 0).all()
        assert months.cells(year).sum() * 10 == output.sum()
        early = months.economy.register.early[:, years_of(months.economy).index(year)]
        assert abs(int(output[:, -1].sum()) - int(early.sum())) < 10 * 72
    assert months.cells(2025)[..., -1].sum() == 81_260_000  # 万元: the communiqué's 8126.0


@pytest.mark.parametrize("seed", SEEDS)
def test_growth_on_the_same_frame_is_not_the_ratio_of_the_returns(seed: int | None) -> None:
    months = monthly(seed)
    for year in list(months.years)[1:]:
        same = months.cells(year)[..., -1].sum() / months.cells(year, base=True)[..., -1].sum()
        returned = months.cells(year)[..., -1].sum() / months.cells(year - 1)[..., -1].sum()
        assert abs(same - returned) > 0.001


def test_a_plant_opens_and_another_stops() -> None:
    """True extremes, which no checker should take for errors."""
    months = monthly()
    names = months.economy.register.population.names
    car, chemicals = (
        names.index(name) for name in ("云渡汽车有限公司", "绫州麦浦化工集团有限公司")
    )
    steps = np.diff(months.output(2024)[car])
    assert steps[4:].min() > 1.4 * steps[:3].max()  # from June 2024
    steps = np.diff(months.output(2023)[chemicals])
    assert steps[6:8].max() < 0.3 * steps[:4].min()  # August to October 2023


# ----------------------------------------------------------------------------------------- the files


def test_files_are_the_same_bytes_every_time(folder: Path, tmp_path: Path) -> None:
    for each in (books, economy, monthly):
        each.cache_clear()
    paths = write_statistics(tmp_path)
    assert len(paths) == len(set(paths)) >= 45
    for path in paths:
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes(), path.name


def test_the_two_secrets_are_in_the_files(folder: Path) -> None:
    rows = table(folder / "部门/工业投资年报.xlsx", "工业投资")
    assert next(row for row in rows if row[0] == "2020")[3] == 43.9
    rows = table(folder / "部门/数字化与集聚指标.xlsx", "绫州市")
    assert rows[1][-1] == "2025年" and rows[2][-1] == 64.9


def test_the_list_explains_why_2418_became_2391(folder: Path) -> None:
    rows = table(folder / "企业/2020年度入退规企业名单.xlsx", "退规")
    assert sum(isinstance(row[0], float) for row in rows) == 2418 - 2391
    first = table(folder / "快报/2020年12月规上工业快报.xlsx", "2020年12月")
    assert next(row for row in first if row[0] == "全市")[1] == 2418
    ledger = table(folder / "企业/规上工业企业年报2020.csv")
    assert len(ledger) - 1 == 2391


def test_what_turns_is_what_the_files_and_the_plans_say(folder: Path) -> None:
    known = {(each["plan"], each.get("row")): each for each in story()["settlement"]}
    for turn in truth()["turn"]:
        settled = known[turn["plan"], turn["row"]]
        assert settled["answer"] == turn["before"] == "unknown"
        assert turn["target"] == f"{settled['quote']} {settled['target']}"
        assert (folder / turn["file"]).is_file()
        if turn["series"] != "manufacturing_share":
            history = economy()
            assert history.value(turn["series"], history.whole, turn["year"]) == turn["value"]
    rows = table(folder / "统计年鉴/绫州统计年鉴2021.xlsx", "1-1 地区生产总值")
    assert next(row for row in rows if row[0] == "2020")[5] == 29.6
    for each in truth()["still_unknown"]:
        assert known[each["plan"], each["row"]]["answer"] == "unknown"


def test_gaps_and_extremes_are_in_the_files_that_are_named(folder: Path) -> None:
    for each in [*truth()["gap"], *truth()["extreme"], *truth()["explained"]]:
        assert (folder / each["file"]).is_file()
        if "name" in each and each["file"].endswith("月度2024.csv"):
            assert each["name"] in (folder / each["file"]).read_text("utf-8-sig")
    rows = table(folder / "企业/2020年度入退规企业名单.xlsx", "退规")
    parts = truth()["explained"][0]["parts"]
    for reason, number in parts.items():
        assert sum(row[6] == reason for row in rows) == number
    assert sum(parts.values()) == 2418 - 2391


def test_a_missing_return_is_missing_and_a_late_one_comes_later(folder: Path) -> None:
    path = folder / "区月报/麦浦区2024年工业产值月报.xlsx"
    assert "1-7月" not in CalamineWorkbook.from_path(str(path)).sheet_names
    bulletin = table(folder / "快报/绫州工业经济月度快报2024.xlsx", "1-7月")
    assert next(row for row in bulletin if row[0] == "麦浦区")[1] == "…"
    late = table(folder / "区月报/棠溪区2025年工业产值月报.xlsx", "累计")
    assert {row[11] for row in late[3:10]} == {"—"}
    sent = table(folder / "区月报/棠溪区2025年1-12月补报.xlsx", "1-12月")
    assert next(row for row in sent if row[0] == "合计")[1] > 8_000_000


def test_districts_and_who_returns_to_the_city_make_the_bulletin() -> None:
    months = monthly()
    for year in months.years:
        cells = months.cells(year)
        sheet = book(f"快报{year}.xlsx").sheet("1-12月")
        printed = {row[0]: row[1] for row in sheet.cells if len(row) > 1}
        direct = int(cells[:, :, 1, -1].sum())
        assert printed["市级直报"] == round(direct / 1e4, 2) > 0
        assert printed["全市"] == round(int(cells[..., -1].sum()) / 1e4, 2)


def test_every_file_says_who_sent_it_and_on_what_ground(folder: Path) -> None:
    rows = table(folder / "来文登记.csv", encoding="utf-8-sig")
    told = {row[0]: row for row in rows[1:]}
    written = {each.file for each in books()} - {"来文登记.csv"}
    assert set(told) == written
    assert {row[2] for row in rows[1:]} == {"统计调查", "行政记录", "授权申报", "公开"}
    for row in rows[1:]:
        date.fromisoformat(row[7])
        assert row[3] == "工作台账" or ("虚构" in row[3] and "虚构" in row[5] and row[6])


def test_editions_of_the_yearbook_are_vintages(folder: Path) -> None:
    seen = {}
    for edition in (2019, 2021, 2025):
        rows = table(folder / f"统计年鉴/绫州统计年鉴{edition}.xlsx", "1-1 地区生产总值")
        seen[edition] = {row[0]: row[1] for row in rows[2:]}
    assert seen[2019]["2018"] != seen[2021]["2018"] == seen[2025]["2018"]
    assert seen[2021]["2020"] == 3542.0 != seen[2025]["2020"]


@pytest.mark.parametrize("seed", SEEDS)
def test_clean_files_have_no_errors_but_natural_noise(seed: int | None) -> None:
    """Sums within rounding, growth that follows from its row, ladders that rise."""
    for each in books(seed):
        for number, sheet in enumerate(each.sheets):
            for rule in sheet.sums:
                lines = (rule.total, *rule.parts)
                for across in rule.across:
                    cells = [
                        sheet.cells[across][line] if rule.by_column else sheet.cells[line][across]
                        for line in lines
                    ]
                    values = [cell for cell in cells if isinstance(cell, int | float)]
                    if len(values) < len(cells):
                        assert {c for c in cells if isinstance(c, str)} <= {"—"}
                        continue
                    unit = 1 if isinstance(values[0], int) else 0.01
                    assert abs(values[0] - sum(values[1:])) <= unit * len(values), each.file
            for rule in sheet.growths:
                for row in sheet.rows:
                    now, base, speed = (sheet.cells[row][c] for c in (rule.value, rule.base, rule.growth))  # fmt: skip
                    if isinstance(speed, int | float):
                        assert isinstance(now, int | float) and isinstance(base, int | float)
                        slack = 0.06 + 100 * 0.06 / base if isinstance(base, float) else 0.06
                        assert speed == pytest.approx(100 * (now / base - 1), abs=slack)
            if sheet.along == "sheets" and number:
                before = each.sheets[number - 1]
                for row in sheet.rows:
                    for column in sheet.ladder:
                        now, then = sheet.cells[row][column], before.cells[row][column]
                        if isinstance(now, int | float) and isinstance(then, int | float):
                            assert now >= then, (each.file, sheet.name, row)


def test_marks_tell_what_the_cells_of_a_sheet_mean() -> None:
    """The marks are the key with which a reader of the files can be tested."""
    history = economy()
    factor = {"亿元": 1, "万元": 1e-4, "千元": 1e-5}
    checked = 0
    for each in books():
        for sheet in each.sheets:
            for row in sheet.rows:
                for column in sheet.columns:
                    mark, cell = sheet.mark(row, column), sheet.cells[row][column:][:1]
                    if mark.card != "output" or mark.kind != "level" or mark.code or not cell:
                        continue
                    year_only = mark.months.isdigit() and "年鉴" in each.file
                    if year_only and isinstance(cell[0], int | float) and int(mark.months) >= 2015:
                        truth = history.value("output", mark.region, int(mark.months))
                        assert cell[0] * factor[mark.unit] == pytest.approx(truth, abs=0.06)
                        checked += 1
    assert checked > 200


# ----------------------------------------------------------------------------------- the definitions


def test_shares_of_a_crosswalk_add_up_and_use_known_codes(tmp_path: Path) -> None:
    write_definitions(tmp_path)
    known: dict[str, set[str]] = {}
    for path in (tmp_path / "classifications").glob("*.csv"):
        notes, rows = comments(path)
        known[notes["id"]] = {row[0] for row in rows[1:]}
    assert set(class_names()) <= known["gbt4754-2017"]
    paths = list((tmp_path / "crosswalks").glob("*.csv"))
    assert len(paths) == 3
    for path in paths:
        notes, rows = comments(path)
        totals: dict[str, float] = defaultdict(float)
        for from_, to, share, _ in rows[1:]:
            assert from_ in known[notes["from"]] and to in known[notes["to"]]
            totals[from_] += float(share)
        assert all(total == pytest.approx(1, abs=1e-9) for total in totals.values())


def comments(path: Path) -> tuple[dict[str, str], list[list[str]]]:
    lines = path.read_text("utf-8").splitlines()
    notes = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))
    return notes, list(csv.reader(line for line in lines if not line.startswith("# ")))


def test_every_series_of_the_files_has_a_card(tmp_path: Path) -> None:
    from jingwei.app.demo.statistics.definitions import card_ids

    write_definitions(tmp_path)
    cards = {path.stem for path in (tmp_path / "cards").glob("*.yaml")}
    assert cards == set(card_ids().values())
    used = {
        sheet.mark(row, column).card
        for each in books()
        for sheet in each.sheets
        for row in sheet.rows
        for column in sheet.columns
        if sheet.mark(row, column).kind
    } | {
        mark.card
        for each in books()
        for s in each.sheets
        for mark in s.columns.values()
        if mark.kind
    }
    assert {card.removesuffix("_base") for card in used} - set(card_ids()) == {
        "gap",
        "devices_own",
        "plan",
    }
    assert len(card_ids()) >= 40


def test_regions_say_what_the_zone_overlaps(tmp_path: Path) -> None:
    write_definitions(tmp_path)
    rows = list(csv.DictReader((tmp_path / "regions.csv").open(encoding="utf-8")))
    zone = next(row for row in rows if row["level"] == "zone")
    assert zone["overlaps"] == "390403;390405" and zone["within"] == "390400"
    assert sum(row["level"] == "district" for row in rows) == 6


def test_tables_of_the_demo_can_be_read_by_a_planner() -> None:
    here = Path(__file__).parents[2] / "src/jingwei/app/demo/statistics"
    for path in here.glob("*.toml"):
        assert path.read_text("utf-8").startswith("# "), path.name
        tomllib.loads(path.read_text("utf-8"))
