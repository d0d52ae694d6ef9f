"""Numbers as people write them: no exponents, no digits that only fill."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.core import written_out


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_number_written_out_has_no_exponent_and_keeps_its_digits(value: float) -> None:
    text = written_out(value)
    assert "e" not in text
    assert float(text) == pytest.approx(value, rel=1e-9)


def test_numbers_are_written_as_people_write_them() -> None:
    assert written_out(12310, 4) == "12310"
    assert written_out(1234567.25, 6) == "1234570"
    assert written_out(0.30) == "0.3"
    assert written_out(1.5e12) == "1500000000000"
    assert written_out(None) == "—"
