"""Status against cases worked by hand (status_cases.toml, docs/semantics.md §20)."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from stating import aims, reports

from jingwei.core import Period
from jingwei.monitor.status import standings
from jingwei.plans.milestones import Path as YearlyPath

CASES = tomllib.loads((Path(__file__).parent / "status_cases.toml").read_text("utf-8"))["case"]
ANSWERS = {
    "提前实现": "met", "快于预期": "met", "基本符合预期": "met", "相对滞后": "not_met",
    "目标已达到": "met", "进展正常": "met", "需要加快": "not_met", "进展有限": "not_met",
    "倒退": "not_met", "完成": "met", "基本完成": "not_met", "未完成": "not_met",
    "取决于读法": "depends", "无法评价": "unknown",
}  # fmt: skip


def stated(case, fact, order):
    """A fact of the case: [time, amount with its unit, subject, hedge]."""
    when, amount, subject, hedge = (*fact, "", "")[:4]
    number, unit = re.fullmatch(r"([^亿万%]*\d)(.*)", amount).groups()
    own = case["target"][2]
    unit = unit or ("%" if not own and "比重" in case["target"][0] else own)
    return reports(
        subject or case["target"][0], number, unit, when, hedge=hedge, document=f"公报{order}"
    )


def judged(case):
    subject, amount, unit, period = case["target"]
    more = {key: case[key] for key in ("hedge", "attr", "base_year") if key in case}
    target = aims(subject, amount, unit, period, **more)
    facts = [stated(case, fact, order) for order, fact in enumerate(case["facts"])]
    path = YearlyPath(case["path"]) if "path" in case else None
    (found,) = standings(
        [target], facts, as_of=date.fromisoformat(case.get("as_of", "2024-06-30")),
        method=case.get("method", "pace"), path=path, span=Period(2021, 2025),
    )  # fmt: skip
    return found


@pytest.mark.parametrize("case", CASES, ids=[each["what"] for each in CASES])
def test_a_case_worked_by_hand(case):
    found = judged(case)
    assert found.class_ == case["class"], found.verdict.reason
    assert found.verdict.answer == ANSWERS[case["class"]]
    for name in ("done", "due", "ratio"):
        if name in case:
            assert getattr(found, name) == pytest.approx(case[name], abs=6e-5), name
    if "gap" in case:
        assert (found.required.from_, found.required.to) == pytest.approx(case["gap"], abs=6e-5)


def test_there_are_many_cases_of_every_kind():
    assert len(CASES) >= 60
    assert {each["class"] for each in CASES} == set(ANSWERS)


@pytest.mark.parametrize("case", CASES, ids=[each["what"] for each in CASES])
def test_no_status_without_value_date_source_and_rule(case):
    found = judged(case)
    verdict = found.verdict
    assert "§" in verdict.method
    if verdict.answer == "unknown":
        assert all(each.fact and each.holder for each in verdict.missing)
    else:
        assert verdict.evidence
        assert found.value
        assert found.at
        assert "公报" in found.value
