"""Fictional observations for the tests of the store."""

from datetime import date

from jingwei.core import LegalOrigin, Months, Observation, Row, SeriesKey

OUTPUT = SeriesKey("industrial-output@1", "990100")
YEAR = Months.year(2024)
JANUARY, MARCH = date(2025, 1, 20), date(2025, 3, 5)


def value_of(
    value: float,
    vintage: date = JANUARY,
    *,
    series: SeriesKey = OUTPUT,
    months: Months = YEAR,
    origin: LegalOrigin = "public",
    reason: str = "",
    unit: str = "亿元",
    place: str = "Sheet1!B7",
) -> Observation:
    evidence = Row("统计月报.xlsx", vintage.isoformat(), place)
    return Observation(series, months, value, unit, vintage, origin, evidence, reason=reason)


def firm(name: str, region: str = "990101", card: str = "revenue@1") -> SeriesKey:
    return SeriesKey(card, region, (), name)
