"""Forms come back without a question; enterprises by code, and by name only with a yes."""

import random
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.core import InvalidRequest, Months, Region
from jingwei.statistics.cards import Card, Cards, library, parse_cards
from jingwei.statistics.enterprises import (
    Enterprise,
    bare_company,
    by_model,
    by_name,
    check_character,
    likely_code,
    merged,
    splink_present,
    valid,
)
from jingwei.statistics.forms import LEDGER, csv_form, form_of, head_lines, xlsx_form
from jingwei.statistics.intake import Declared, open_book, understand

REGIONS = (Region("539800", "砚州市", "city"), Region("539802", "东屏区", "district", "539800"))


def card(id_: str) -> Card:
    found = Cards(library()).get(id_)
    assert found is not None
    return found


FORM = form_of(
    [card("industrial-output-above-scale"), card("renovation-investment-share")],
    REGIONS,
    [Months.year(2024), Months.cumulative(2024, 11)],
)


def test_a_filled_csv_form_is_imported_without_a_question(tmp_path: Path) -> None:
    text = csv_form(FORM).decode("utf-8-sig")
    lines = text.splitlines()
    filled = [f"{line[:-1]}{n}.5,{n}.25" if line.count(",") == 5 and "口径卡" not in line else line
              for n, line in enumerate(lines)]  # fmt: skip
    path = tmp_path / "form.csv"
    path.write_text("\n".join(filled), "utf-8")
    reading = understand(open_book(path), Declared(Cards(library()), REGIONS, (), "539800"))
    assert not reading.questions
    assert len(reading.figures) == 8
    assert {figure.card.id for figure in reading.figures if figure.card} == {
        "industrial-output-above-scale", "renovation-investment-share",
    }  # fmt: skip
    assert {str(figure.months) for figure in reading.figures} == {"2024", "2024-01/2024-11"}


@pytest.mark.parametrize("left", ["", "—"])
@pytest.mark.parametrize("empty", [0, 1, 2, 3])
def test_a_row_left_empty_is_not_reported_and_the_others_are(
    tmp_path: Path, left: str, empty: int
) -> None:
    rows = iter(range(4))
    filled: list[str] = []
    for line in csv_form(FORM).decode("utf-8-sig").splitlines():
        if line.count(",") == 5 and "口径卡" not in line:
            value = (left, left) if next(rows) == empty else ("12.5", "11.5")
            line = f"{line[:-2]},{','.join(value)}"
        filled.append(line)
    path = tmp_path / "form.csv"
    path.write_text("\n".join(filled), "utf-8")
    reading = understand(open_book(path), Declared(Cards(library()), REGIONS, (), "539800"))
    assert not reading.questions
    assert not reading.refusals
    assert len(reading.figures) == 6
    assert {str(figure.months) for figure in reading.figures} == {"2024", "2024-01/2024-11"}


def test_an_empty_xlsx_form_holds_no_data_and_the_same_bytes_twice(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsx_form(FORM))
    assert path.read_bytes() == xlsx_form(FORM)
    reading = understand(open_book(path), Declared(Cards(library()), REGIONS, (), "539800"))
    assert (reading.figures, reading.questions) == ((), ())


def test_only_an_approved_survey_prints_its_number() -> None:
    assert head_lines(FORM) == (LEDGER,)
    text = Path(library()[0].file)
    assert text
    (approved,) = parse_cards(
        "format: 1\nid: a\nname: 甲\nname_en: A\nunit: 家\nkind: count\ncoverage: 全部\nframe: all\n"
        "numerator: 甲\nwindows: [year]\nfrequency: yearly\ndirection: more\nholder: 局\nsource: 制度\n"
        "origin: survey\nsurvey: {form: 砚工01表, agency: 砚州市统计局, approval: 砚统制〔2024〕1号, valid_until: 2026年1月}\n"
        'versions:\n  - version: "1"\n',
        "a.yaml",
    )  # fmt: skip
    form = form_of([approved], (), [Months.year(2024)])
    assert head_lines(form) == (
        "表号：砚工01表", "制定机关：砚州市统计局", "批准或备案文号：砚统制〔2024〕1号", "有效期至：2026年1月",
    )  # fmt: skip
    with pytest.raises(InvalidRequest, match="分开"):
        form_of([approved, card("gdp")], (), [Months.year(2024)])


def test_a_form_refuses_periods_that_its_card_does_not_know() -> None:
    with pytest.raises(InvalidRequest, match="没有 2024-03"):
        form_of([card("gdp")], (), [Months.month(2024, 3)])
    with pytest.raises(InvalidRequest, match="不适用"):
        form_of([card("industrial-investment")], (), [Months.year(2005)])


def test_check_character_of_the_standards_own_example() -> None:
    """GB 32100-2015, annex A: 91350100M000100Y4 has the check character 3."""
    assert check_character("91350100M000100Y4") == "3"
    assert valid("91350100M000100Y43")
    assert not valid("91350100M000100Y4Z")


ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@given(st.text("0123456789", min_size=6, max_size=6), st.text(ALPHABET, min_size=9, max_size=9),
       st.integers(8, 16), st.sampled_from(ALPHABET))  # fmt: skip
@settings(max_examples=60)
def test_every_single_wrong_character_is_noticed(
    region: str, body: str, at: int, other: str
) -> None:
    first = f"91{region}{body}"
    code = first + check_character(first)
    assert valid(code)
    wrong = code[:at] + other + code[at + 1 :]
    assert valid(wrong) == (wrong == code)


def test_the_likely_code_is_told_where_it_is_plain() -> None:
    code = "91350100M000100Y43"
    assert likely_code("91350100MOOO1OOY43") == code
    assert likely_code(code[:-1]) == ""


def test_names_that_differ_by_form_and_brackets_are_one() -> None:
    names = ("砚州市天成机械有限责任公司", "砚州天成机械有限公司（砚州）", "砚州天成机械有限公司")
    assert len({bare_company(name) for name in names}) == 1
    assert bare_company("砚州天成机械股份有限公司") != bare_company(names[0])


def firm(n: int, name: str, code: str = "", address: str = "") -> Enterprise:
    return Enterprise(
        code or f"x{n:04}", name, code, "539802", "3511", address, "2025-01-01", "t", str(n)
    )


def test_pairs_by_name_need_one_side_without_a_code_and_merge_towards_the_code() -> None:
    rows = [
        firm(1, "砚州天成机械有限公司", "91350100M000100Y43"),
        firm(2, "砚州市天成机械有限责任公司"),
        firm(3, "砚州地平线电子有限公司"),
    ]
    (pair,) = by_name(rows)
    row = merged(pair, "2025-02-01")
    assert (row.id, row.merged_into) == ("x0002", "91350100M000100Y43")


@pytest.mark.skipif(not splink_present(), reason="the extra splink is not installed")
def test_the_linkage_model_finds_misspelt_firms_and_leaves_others_alone() -> None:
    draw = random.Random(3)  # noqa: S311
    stems = ["宏远", "金辉", "瑞丰", "天成", "华泰", "中科", "启明", "鼎新", "博雅", "联创"]
    goods = ["精密机械", "电子科技", "新材料", "生物医药", "汽车零部件"]
    rows = [
        firm(n, f"砚州{stems[n % 10]}{goods[n // 10]}有限公司", "", f"东屏区{stems[(n * 7) % 10]}路{draw.randint(1, 900)}号")
        for n in range(50)
    ]  # fmt: skip
    twins = [
        firm(100 + n, rows[n].name.replace("有限公司", "公司"), "", rows[n].address)
        for n in range(5)
    ]
    pairs = by_model([*rows, *twins], threshold=0.9)
    wanted = {frozenset((rows[n].id, twins[n].id)) for n in range(5)}
    found = {frozenset((pair.one.id, pair.other.id)) for pair in pairs}
    assert wanted <= found
    assert len(found - wanted) <= 1


def test_a_filled_xlsx_form_is_imported(tmp_path: Path) -> None:
    """What a person types into the coloured cells: the same grid, written again with numbers."""
    path = tmp_path / "empty.xlsx"
    path.write_bytes(xlsx_form(FORM))
    grid = open_book(path).grids[0]
    again = tmp_path / "filled.xlsx"
    with xlsxwriter.Workbook(again) as book:
        page: Any = book.add_worksheet(grid.name)
        for row, cells in enumerate(grid.rows):
            for column, cell in enumerate(cells):
                page.write(row, column, cell.content)
            if len(cells) >= 4 and "@" in cells[1].text:
                page.write(row, 4, 100 + row)
    reading = understand(open_book(again), Declared(Cards(library()), REGIONS, (), "539800"))
    assert len(reading.figures) == 4
    assert not reading.questions
