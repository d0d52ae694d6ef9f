"""Statements for tests, written as one would say them. All places and figures are fictional."""

import re
from itertools import count

from jingwei.core import Period, Span, Statement

_NUMBERS = count(1)
_AMOUNT = re.compile(r"(>=|<=|[~><+x=-]?)(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?")


def _measure(subject: str, op: str, unit: str, period: Period, text: str | None) -> str:
    if op == "qual":
        return "elsewhere" if text and re.search("完成|要求", text) else "rank"
    if op in "+-":
        return "increase"
    if op == "x":
        return "multiple"
    if re.search("增速|增长", subject):
        return "growth"
    if re.search("下降|降低", subject):
        return "reduction"
    if unit == "%" or "比重" in subject:
        return "share"
    return "flow" if period.first < period.last or "累计" in subject else "level"


def says(
    document: str,
    role: str,
    subject: str,
    amount: str,
    unit: str = "",
    period: str = "2020",
    *,
    scope: str = "云溪市",
    attr: str | None = None,
    hedge: str = "",
    quote: str = "",
    name: str = "",
    base_year: int | None = None,
    measure: str = "",
    kind: str = "stat",
    at: int | None = None,
) -> Statement:
    """``amount`` is 20, ~20, >=20, >20, <=20, 3..5, +5, +3..5, -5, x2, or words."""
    match = _AMOUNT.fullmatch(amount)
    when = Period.parse(period)
    low = high = value = text = None
    if match is None:
        op, text = "qual", amount
    elif match[3]:
        op, low, high = match[1] or "range", float(match[2]), float(match[3])
    else:
        op, value = match[1] or "=", float(match[2])
    number = next(_NUMBERS)
    place = 1000 * number if at is None else at
    quote = quote or f"{subject}{amount}{unit}"
    span = Span(document, place, place + len(quote), quote)
    return Statement(
        name or f"s{number}", document, quote, subject, scope, role, op, value, low, high, unit,
        when, attr, kind, text, measure or _measure(subject, op, unit, when, text), hedge,
        base_year, "test", (), span,
    )  # fmt: skip


def aims(subject: str, amount: str, unit: str = "", period: str = "2020", **more) -> Statement:
    """A target of 规划A."""
    return says(more.pop("document", "规划A"), "target", subject, amount, unit, period, **more)


def reports(subject: str, amount: str, unit: str = "", period: str = "2020", **more) -> Statement:
    """A fact of 公报B."""
    return says(more.pop("document", "公报B"), "observation", subject, amount, unit, period, **more)
