"""The health check of the real documents: the known facts are found, and nothing else is alleged."""

from functools import cache
from pathlib import Path

import pytest

from jingwei.core import Formula
from jingwei.documents import Document, read_document
from jingwei.monitor.health import Checkup, examine
from jingwei.monitor.proof import proof
from jingwei.plans.compiling import read_statements

PLANS = Path(__file__).resolve().parents[3] / "shared" / "plans"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not PLANS.is_dir(), reason="the real documents are not beside the repository"
    ),
]


@cache
def documents() -> tuple[Document, ...]:
    return tuple(read_document(path) for path in sorted(PLANS.glob("*.txt")))


@cache
def checkup() -> Checkup:
    return examine({each.name: read_statements(each) for each in documents()})


def formulas(kind: str) -> set[str]:
    return {
        str(side)
        for each in checkup().findings
        if each.kind == kind
        for side in each.sides
        if isinstance(side, Formula)
    }


def test_no_finding_but_the_known_ones():
    assert [each.kind for each in checkup().findings] == [
        "growth", "two_denominators", "implied_total", "units",
    ]  # fmt: skip


def test_three_growth_rates_of_one_indicator():
    (growth,) = [each for each in checkup().findings if each.kind == "growth"]
    assert "工业增加值" in growth.message
    assert all(rate in growth.message for rate in ("2%", "6.3%", "8.0%"))
    arithmetic = formulas("growth")
    assert "(9657亿元÷7110亿元)^(1/5)−1=6.31%" in arithmetic
    assert "(9670.68亿元÷7109.94亿元)^(1/4)−1=7.99%" in arithmetic
    assert "12.1%−5.8个百分点=6.3%" in arithmetic
    causes = [each.text for each in growth.explanations]
    assert "普查" in causes[0] and "21.4%" in causes[0] and "27.3%" in causes[0]
    assert "统计范围" in causes[1]
    assert "单独不足以解释" in causes[2] and "4.2%" in causes[2] and "2.2%" in causes[2]
    assert "可比增速不明" in growth.message


def test_one_share_over_two_denominators():
    assert {"8064亿元÷26%=31015亿元", "8064亿元÷33211.57亿元=24.28%"} <= formulas(
        "two_denominators"
    )


def test_share_of_another_population_than_the_total():
    assert {"13931亿元÷40%=34828亿元", "13931亿元÷37053亿元=37.6%"} <= formulas("implied_total")


def test_implied_totals_agree():
    agreed = " ".join(each.message for each in checkup().agreements if each.kind == "implied_total")
    assert "9657亿元÷25%=38628亿元" in agreed and "7328亿元÷18.9%=38772亿元" in agreed
    assert "3746亿元÷15%=24973亿元" in agreed


def test_press_text_against_the_plan_has_no_false_conflict():
    draft = next(each for each in documents() if "press" in each.name)
    known = [s for each in documents() for s in read_statements(each)]
    checks = proof(draft, read_statements(draft), known)
    kinds = {each.kind for each in checks}
    assert not [each for each in checks if each.answer == "differs"]
    assert {"rounded", "fraction", "unit_word"} <= kinds


def test_rounding_is_no_alarm():
    agreed = " ".join(each.message for each in checkup().agreements if each.kind == "two_values")
    assert "33211.57亿元" in agreed and "33212亿元" in agreed
    assert "7109.94亿元" in agreed and "7110亿元" in agreed
