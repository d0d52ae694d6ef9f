"""Runs of months are written as they are read, and know what they cover."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.core import Months, Period

MONTH = st.integers(12 * 1949, 12 * 2100)


@given(MONTH, st.integers(0, 80))
def test_what_is_written_is_read_again(first: int, more: int) -> None:
    months = Months(first, first + more)
    assert Months.parse(str(months)) == months


@pytest.mark.parametrize(
    ("written", "first", "last", "count"),
    [
        ("2024", "2024-01", "2024-12", 12),
        ("2024-03", "2024-03", "2024-03", 1),
        ("2024-01/2024-02", "2024-01", "2024-02", 2),
        ("2021/2025", "2021-01", "2025-12", 60),
    ],
)
def test_years_months_and_runs(written: str, first: str, last: str, count: int) -> None:
    months = Months.parse(written)
    assert months.first == Months.parse(first).first
    assert months.last == Months.parse(last).last
    assert len(months) == count


@pytest.mark.parametrize("written", ["24", "2024-13", "2024-1", "2025/2021", "2024年", ""])
def test_what_is_no_period_is_refused(written: str) -> None:
    with pytest.raises(ValueError):
        Months.parse(written)


def test_january_alone_is_a_month_and_no_cumulation() -> None:
    assert not Months.cumulative(2024, 1).is_cumulative
    assert Months.cumulative(2024, 2).is_cumulative
    assert Months.year(2024).is_cumulative
    assert Months.of(Period(2024, 2024)).is_year


@given(MONTH, st.integers(0, 40), st.integers(-50, 50))
def test_a_shift_by_years_is_taken_back_by_the_opposite_shift(
    first: int, more: int, by: int
) -> None:
    months = Months(first, first + more)
    assert months.shifted(by).shifted(-by) == months
    assert months.shifted(by).last_month == months.last_month
