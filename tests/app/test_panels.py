"""Panels: observations of the store as the plain tables that decomposition takes."""

from datetime import date

import pytest

from jingwei.app.pipeline.analysis import structure_table
from jingwei.app.pipeline.panels import panel_of
from jingwei.core import InvalidRequest, Months, Observation, Row, SeriesKey


def seen(year, region, code, value, *, card="output@1", vintage=1, op="="):
    return Observation(
        SeriesKey(card, region, (("gbt4754-2017", code),)), Months.year(year), value, "亿元",
        date(2025, 1, vintage), "public", Row("年鉴", str(vintage), code), op,
    )  # fmt: skip


def test_observations_become_rows_by_name_latest_first_published_last():
    panel = panel_of(
        [
            seen(2020, "91", "C39", 50), seen(2020, "91", "C36", 50), seen(2021, "91", "C39", 70),
            seen(2021, "91", "C39", 80, vintage=2), seen(2021, "91", "C36", 20),
            seen(2021, "91", "C37", 9, op=">="),
        ],
        {("", "91"): "北岸区", ("gbt4754-2017", "C39"): "电子", ("gbt4754-2017", "C36"): "汽车"},
    )  # fmt: skip
    assert panel.columns == ("时期", "地区", "gbt4754-2017", "企业", "值")
    found = structure_table(panel, ["gbt4754-2017"], "值", ("", ""))
    assert {row["name"]: row.get("after") for row in found.rows[:2]} == {"电子": 80, "汽车": 20}
    assert found.rows[2]["change"] == pytest.approx(0.3)


def test_two_definitions_make_no_table():
    with pytest.raises(InvalidRequest, match="2种口径"):
        panel_of([seen(2020, "91", "C39", 1), seen(2021, "91", "C39", 1, card="output@2")])
