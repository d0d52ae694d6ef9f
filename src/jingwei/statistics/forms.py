"""Collection forms written from definition cards, which come back without a question.

A form names the card of every row, so that nothing has to be recognised. In XLSX the cells to fill
take numbers within the bounds of the card only, and regions from a list. A form whose cards bear the
approval of a survey prints it (表号, 制定机关, 批准或备案文号, 有效期, 《统计法》); every other form says
工作台账 and is no statistical survey (``docs/semantics.md`` §16.6).
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from jingwei.core import InvalidRequest, Months, Region, written_out
from jingwei.statistics.cards import DIRECTIONS, KINDS, PRICE_BASES, WINDOWS, Card, frames
from jingwei.store.tables import harmless

NOTES = "填表说明"
LEDGER = "工作台账（不是统计调查表）"
_STUBS = ("指标", "口径卡", "地区", "计量单位")


@dataclass(frozen=True, slots=True)
class Form:
    """What a form asks: cards × regions down, periods across."""

    title: str
    cards: tuple[Card, ...]
    regions: tuple[Region, ...]
    periods: tuple[Months, ...]


def form_of(cards: Sequence[Card], regions: Sequence[Region], periods: Sequence[Months]) -> Form:
    """A form. Raises InvalidRequest for a period that a card does not know, or mixed approvals."""
    if not cards or not periods:
        raise InvalidRequest("请写明指标和时间", "name indicators and periods")
    for card in cards:
        for months in periods:
            if not _known(card, months):
                windows = "、".join(WINDOWS[window] for window in card.windows)
                raise InvalidRequest(
                    f"{card.name} 按{windows}公布，没有 {months} 这样的时间；请换一个 --period",
                    f"{card.id} is published by {', '.join(card.windows)}, not for {months}",
                    where=card.key,
                )
            if not card.holds_in(months.last_year):
                raise InvalidRequest(
                    f"口径卡 {card.key} 不适用于 {months.last_year} 年；请选用当年有效的版本",
                    f"{card.key} does not hold in {months.last_year}; take the version that does",
                    where=card.key,
                )
    if len({card.survey for card in cards}) > 1:
        raise InvalidRequest(
            "调查表与工作台账（或不同表号的调查表）不能放在一张表上；请分开生成",
            "forms of different approvals cannot be one; write them separately",
        )
    names = "、".join(card.name for card in cards[:3]) + ("等" if len(cards) > 3 else "")
    return Form(f"{names}填报表", tuple(cards), tuple(regions), tuple(periods))


def _known(card: Card, months: Months) -> bool:
    kinds = {"year": months.is_year, "month": months.is_month, "cumulative": months.is_cumulative}
    held = [kinds.get(window, months.is_year or months.is_month) for window in card.windows]
    return any(held)


def period_title(months: Months) -> str:
    """2024年, 2024年11月, 2024年1-11月."""
    if months.is_year:
        return f"{months.last_year}年"
    if months.is_month:
        return f"{months.last_year}年{months.last_month}月"
    return f"{months.last_year}年{months.first % 12 + 1}-{months.last_month}月"


def head_lines(form: Form) -> tuple[str, ...]:
    """The lines between title and header: the approval of the survey, or that it is none."""
    survey = form.cards[0].survey
    if survey is None:
        return (LEDGER,)
    return (
        f"表号：{survey.form}",
        f"制定机关：{survey.agency}",
        f"批准或备案文号：{survey.approval}",
        f"有效期至：{survey.valid_until}",
    )


def _rows(form: Form) -> list[tuple[Card, str]]:
    regions = [region.name for region in form.regions] or [""]
    return [(card, region) for card in form.cards for region in regions]


def csv_form(form: Form) -> bytes:
    """The form as CSV, UTF-8 with a byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(form.title)])
    for line in head_lines(form):
        writer.writerow([harmless(line)])
    writer.writerow(["公布日期：", ""])
    writer.writerow([*_STUBS, *(period_title(months) for months in form.periods)])
    for card, region in _rows(form):
        writer.writerow(
            [*map(harmless, (card.name, card.key, region, card.unit)), *("" for _ in form.periods)]
        )
    writer.writerow(["注：没有数据请留空，不要填 0；不要改动前四列。"])
    return text.getvalue().encode("utf-8-sig")


def xlsx_form(form: Form) -> bytes:
    """The form as XLSX: cells to fill are checked and coloured, the rest is locked (no password)."""
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC), "title": form.title})
        _form_sheet(book, form)
        _notes_sheet(book, form)
    return file.getvalue()


def _form_sheet(book: Any, form: Form) -> None:
    sheet = book.add_worksheet("填报")
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#E8EDF3"})
    fixed = book.add_format({"text_wrap": True, "valign": "top"})
    free = book.add_format({"locked": False, "bg_color": "#FFFBE6", "border": 1})
    day = book.add_format({"locked": False, "bg_color": "#FFFBE6", "num_format": "yyyy-mm-dd"})
    sheet.write_string(0, 0, form.title, title)
    row = 1
    for line in head_lines(form):
        sheet.write_string(row, 0, line)
        row += 1
    sheet.write_string(row, 0, "公布日期：")
    sheet.write_blank(row, 1, None, day)
    sheet.data_validation(
        row, 1, row, 1,
        {"validate": "date", "criteria": ">", "value": datetime(1990, 1, 1),
         "error_title": "公布日期", "error_message": "请填日期，如 2025-03-01"},
    )  # fmt: skip
    row += 1
    for column, text in enumerate((*_STUBS, *map(period_title, form.periods))):
        sheet.write_string(row, column, text, head)
    header = row
    names = [region.name for region in form.regions]
    for card, region in _rows(form):
        row += 1
        for column, text in enumerate((card.name, card.key, region, card.unit)):
            sheet.write_string(row, column, text, fixed if column != 2 or region else free)
        if not region and names:
            sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": names})
        for column in range(4, 4 + len(form.periods)):
            sheet.write_blank(row, column, None, free)
        sheet.data_validation(row, 4, row, 3 + len(form.periods), _validation(card))
    sheet.write_string(row + 1, 0, "注：没有数据请留空，不要填 0；不要改动前四列。")
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 36)
    sheet.set_column(2, 3, 14)
    sheet.set_column(4, 3 + len(form.periods), 14)
    sheet.freeze_panes(header + 1, 4)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _validation(card: Card) -> dict[str, Any]:
    kind = "integer" if card.whole_numbers else "decimal"
    low = -1e15 if card.low is None else card.low
    high = 1e15 if card.high is None else card.high
    bound = f"{'' if card.low is None else f'{written_out(card.low, 6)}'} 至 {'' if card.high is None else f'{written_out(card.high, 6)}'}"
    return {
        "validate": kind, "criteria": "between", "minimum": low, "maximum": high,
        "input_title": card.name[:32], "input_message": f"单位：{card.unit}"[:255],
        "error_title": "请核对",
        "error_message": f"应为{'整数' if kind == 'integer' else '数字'}，范围 {bound}，单位 {card.unit}"[:255],
    }  # fmt: skip


def _notes_sheet(book: Any, form: Form) -> None:
    sheet = book.add_worksheet(NOTES)
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    row = 0
    for line in (
        "一、只填有底色的格；没有数据请留空，不要填 0。",
        "二、按计量单位填数，不要写“万”“亿”等字，百分数填 12.5 而不是 0.125。",
        "三、填好后交回，用 jingwei data import 读入，先看清读出了什么，再确认。",
    ):
        sheet.write_string(row, 0, line)
        row += 1
    for card in form.cards:
        row += 1
        for name, value in described(card):
            sheet.write_string(row, 0, name, bold)
            sheet.write_string(row, 1, value, wrap)
            row += 1
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)


def described(card: Card) -> list[tuple[str, str]]:
    """A card in words, for people."""
    price = f"{card.price_year}年价" if card.price_year else PRICE_BASES[card.price_base]
    pairs = [
        ("指标", f"{card.name}（{card.key}）"),
        ("类型", KINDS[card.kind]),
        ("内容", card.numerator),
        ("分母", card.denominator),
        ("统计范围", card.coverage),
        ("总体", frames()[card.frame].name),
        ("计量单位", card.unit),
        ("价格口径", price),
        ("时间口径", "、".join(WINDOWS[window] for window in card.windows)),
        ("方向", DIRECTIONS[card.direction]),
        ("汇总", "统一核算，不由各区相加" if card.unified else ("各地区可加" if card.adds_regions else "不可相加")),
        ("掌握部门", card.holder),
        ("出处", card.source),
        ("说明", card.note),
    ]  # fmt: skip
    return [(name, value) for name, value in pairs if value]
