"""Plan files as tables."""

from jingwei.core import Period, Span, Statement
from jingwei.plans import review
from jingwei.plans.planfile import Compilation, new_plan
from jingwei.plans.records import DocumentFacts
from jingwei.plans.rows import section_table
from jingwei.store.tables import csv_bytes


def test_a_row_shows_value_words_place_and_decision() -> None:
    statement = Statement(
        id="s-1", document="a.txt", quote="研发投入占比3%左右", subject="研发投入占比", scope="云溪市",
        role="target", op="~", value=3.0, low=None, high=None, unit="%", period=Period(2021, 2025),
        attr=None, kind="stat", text=None, measure="share", hedge="左右", base_year=None, rule="prose",
        section=("一、总体", "（一）目标"), evidence=Span("a.txt", 4, 13, "研发投入占比3%左右", line=7),
    )  # fmt: skip
    plan = new_plan(
        "plans/a.yaml", Compilation(DocumentFacts("a.txt", ""), {"statements": [statement]})
    )
    plan = review.accept(plan, ["s-1"], by="王芳", on="2026-01-05").plan
    table = section_table(plan, "statements")
    (row,) = table.rows
    assert {key: row[key] for key in ("value", "period", "attr", "line", "page", "section", "state", "by")} == {
        "value": 3, "period": "2021-2025", "attr": None, "line": 7, "page": None,
        "section": "一、总体；（一）目标", "state": "accepted", "by": "王芳",
    }  # fmt: skip
    assert set(row) == set(table.columns)
    heading = csv_bytes(table).decode("utf-8-sig").splitlines()[0]
    assert heading.startswith(
        "编号 id,指标 indicator,范围 scope,角色 role,限定 qualifier,数值 value"
    )
