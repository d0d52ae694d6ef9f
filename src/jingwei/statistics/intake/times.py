"""Periods as tables write them: 2024年1—11月累计, 二〇二四年, 2024Q3, 1-2月, 上年同期, 202411.

A heading often says half of it (the year in the title, the month in the column): each text gives
what it knows, and ``joined`` puts the pieces together, the closest to the value first.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from jingwei.core import Months
from jingwei.statistics.intake.words import folded, listed

Word = Literal["", "month", "cumulative", "year", "point"]


@dataclass(frozen=True, slots=True)
class When:
    """What a text says of the time: any part may be absent.

    ``first`` and ``last`` are months of the year; ``to_year`` the last year of a span of years;
    ``shift`` years to add (上年同期: -1); ``fault`` is a time as written that cannot be (2024年13月).
    """

    year: int | None = None
    to_year: int | None = None
    first: int | None = None
    last: int | None = None
    word: Word = ""
    shift: int = 0
    fault: str = ""

    @property
    def says_nothing(self) -> bool:
        return self in (When(), When(fault=self.fault))


_DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
_CHINESE_YEAR = re.compile(r"([二一][〇零○O0一二三四五六七八九]{3})(?=年)")
_CHINESE_MONTH = re.compile(
    r"(十[一二]?|[一二三四五六七八九])(?=(?:-(?:十[一二]?|[一二三四五六七八九]))?月)"
)
_SPAN_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)年?[-/]((?:19|20)\d\d)年?(?!\d)")
_ISO_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)/((?:19|20)\d\d)-(\d\d)(?!\d)")
_YEAR_MONTHS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:年|[./-])\s*(\d{1,2})月?(?:份)?\s*-\s*(\d{1,2})月"
)
_YEAR_MONTH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:年\s*(\d{1,2})月|[./-](\d{1,2})(?![\d/.-])|M(\d{1,2})(?!\d)|(0[1-9]|1[0-2])(?!\d))"
)
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?(?!\d)")
_QUARTER = re.compile(r"(?:第?([一二三四1-4])季度?|Q([1-4])(?!\d))")
_YEAR = re.compile(r"(?<![\d.])((?:19[5-9]|20)\d\d|21\d\d)(?![\d.,])(?:\s*年度?)?([末底])?")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)年(?!\d)")
_MONTHS = re.compile(r"(?<!\d)(\d{1,2})月?(?:份)?\s*-\s*(\d{1,2})月")
_MONTH = re.compile(r"(?<![\d])(\d{1,2})月(?:份)?")


@cache
def _of_time() -> re.Pattern[str]:
    """What a text that says anything of the time must hold: a digit or a word of time."""
    words_ = (word for key in ("prior", "cumulative", "month") for word in listed("measure", key))
    return re.compile("|".join((r"\d", "[年月季]", *map(re.escape, words_))), re.IGNORECASE)


_BASE = re.compile(r"[(（]?(?:上年|上月|去年|(?:19|20)\d\d年?)(?:同期|同月)?[=为]100[)）]?")


@lru_cache(maxsize=65536)
def read_when(text: str) -> tuple[When, str]:
    """What ``text`` says of the time, and the rest of it without those words."""
    plain = folded(text)
    if not _of_time().search(plain):
        return When(), plain  # a name, as most texts are
    base = _BASE.search(plain)  # 上年=100, 2015年=100: what an index is of, and no time of a value
    if base is not None:
        when, rest = read_when(f"{plain[: base.start()]} {plain[base.end() :]}")
        return when, f"{rest} {base[0]}".strip()
    rest = _arabic(plain)
    when = When()

    def take(pattern: re.Pattern[str]) -> re.Match[str] | None:
        nonlocal rest
        match = pattern.search(rest)
        if match is not None:
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
        return match

    if match := take(_ISO_SPAN):
        when = When(int(match[1]), None, int(match[2]), int(match[4]))
        if match[1] != match[3]:
            when = replace(when, to_year=int(match[3]))
    elif match := take(_SPAN_YEARS):
        when = When(int(match[1]), int(match[2]))
    elif match := take(_YEAR_MONTHS):
        when = When(int(match[1]), None, int(match[2]), int(match[3]))
    elif match := take(_DAY):
        when = When(int(match[1]), None, int(match[2]), int(match[2]))
    elif match := take(_YEAR_MONTH):
        month = int(next(each for each in match.groups()[1:] if each))
        when = When(int(match[1]), None, month, month)
    elif match := take(_YEAR):
        when = When(int(match[1]), word="point" if match[2] else "")
    elif match := take(_SHORT_YEAR):
        when = When(2000 + int(match[1]))
    if when.first is None:
        when = _months(when, take)
    if not _possible(when):
        stated = not _word(rest)[2].strip() or "月" in _arabic(folded(text))
        return When(fault=text.strip() if stated else ""), folded(text)
    word, shift, rest = _word(rest)
    when = replace(when, word=word or when.word, shift=shift)
    return when, " ".join(rest.split())


def _months(when: When, take: Callable[[re.Pattern[str]], re.Match[str] | None]) -> When:
    if match := take(_MONTHS):
        return replace(when, first=int(match[1]), last=int(match[2]))
    if match := take(re.compile("前三季度")):
        return replace(when, first=1, last=9)
    if match := take(re.compile("上半年")):
        return replace(when, first=1, last=6)
    if match := take(re.compile("下半年")):
        return replace(when, first=7, last=12)
    if match := take(_QUARTER):
        quarter = "一二三四".find(match[1]) + 1 if match[1] and match[1] in "一二三四" else 0
        quarter = quarter or int(match[1] or match[2])
        return replace(when, first=3 * quarter - 2, last=3 * quarter)
    if match := take(_MONTH):
        return replace(when, first=int(match[1]), last=int(match[1]))
    return when


def _possible(when: When) -> bool:
    months = [month for month in (when.first, when.last) if month is not None]
    return all(1 <= month <= 12 for month in months) and (
        when.first is None or when.last is None or when.first <= when.last or bool(when.to_year)
    )


def _arabic(text: str) -> str:
    def year(match: re.Match[str]) -> str:
        return "".join(_DIGITS.get(each, "0") for each in match[1])

    def month(match: re.Match[str]) -> str:
        written = match[1]
        if written.startswith("十"):
            return str(10 + (int(_DIGITS[written[1]]) if len(written) > 1 else 0))
        return _DIGITS[written]

    text = _CHINESE_YEAR.sub(year, text)
    # twice: 一-十一月 has a month before the dash and one before 月
    return _CHINESE_MONTH.sub(month, _CHINESE_MONTH.sub(month, text))


def _word(text: str) -> tuple[Word, int, str]:
    word: Word = ""
    shift = 0
    lower = text.lower()
    growth = any(each in lower for each in listed("measure", "growth"))
    for each in listed("measure", "prior"):
        if each in lower and not growth and not re.search(f"[比较]{each}", lower):
            shift = -1
            text = text.replace(each, " ")
            break
    for key in ("cumulative", "month"):
        for each in listed("measure", key):
            if each in text.lower():
                word = key  # pyright: ignore[reportAssignmentType]
                at = text.lower().find(each)
                text = f"{text[:at]} {text[at + len(each) :]}"
                break
        if word:
            break
    if not word:
        for each, meant in (
            ("全年", "year"),
            ("年度", "year"),
            ("年末", "point"),
            ("年底", "point"),
        ):
            if each in text:
                word = meant  # pyright: ignore[reportAssignmentType]
                text = text.replace(each, " ")
                break
    return word, shift, text


def of_date(day: date) -> When:
    """A cell that holds a date stands for its month."""
    return When(day.year, None, day.month, day.month)


def joined(pieces: Iterable[When]) -> When:
    """One time from several texts, the closest to the value first."""
    result = When()
    for piece in pieces:
        own_months = piece.first is not None
        if result.first is not None and own_months and piece.word in ("cumulative", "month"):
            piece = replace(piece, word="")  # its word belongs to its own months
        if result.year is None and piece.year is not None:
            result = replace(result, year=piece.year, to_year=piece.to_year)
        if result.first is None and piece.first is not None and result.word != "year":
            result = replace(result, first=piece.first, last=piece.last)
        if piece.fault and result.year is None and result.first is None:
            result = replace(result, fault=result.fault or piece.fault)
        if not result.word and piece.word:
            result = replace(result, word=piece.word)
        if not result.shift and piece.shift:
            result = replace(result, shift=piece.shift)
    return result


def to_months(when: When) -> Months | None:
    """The run of months, None where no year is known."""
    if when.year is None:
        return None
    year = when.year + when.shift
    if when.to_year is not None:
        first = Months.month(year, when.first).first if when.first else 12 * year
        return Months(first, Months.month(when.to_year, when.last or 12).last)
    if when.word == "year" or when.first is None or when.last is None:
        return Months.year(year)
    if when.word == "cumulative":
        return Months(12 * year, Months.month(year, when.last).last)
    if when.word == "month" and when.last - when.first > 0 and when.first == 1:
        # 当月 below a title that says 1-N月; January and February are published together
        month = Months.month(year, when.last)
        return Months(12 * year, 12 * year + 1) if when.last == 2 else month
    return Months(Months.month(year, when.first).first, Months.month(year, when.last).last)


def stated_months(text: str) -> Months | None:
    """The run of months that a text as a whole says, None where it says none or says more."""
    when, rest = read_when(text)
    return None if rest else to_months(when)
