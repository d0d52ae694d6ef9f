"""What if: every value of the path has its formula, and no assumption makes a light green (§23.9)."""

from pathlib import Path

import pytest

from jingwei.core import InvalidFile, InvalidRequest
from jingwei.monitor.whatif import Assumptions, Variable, Wanted, read_assumptions, what_if

FILE = """\
title: 云川市的一种设想
to: 2025
variables:
  地区生产总值: {value: 1000, year: 2023, unit: 亿元, growth: 10, source: 2023年公报}
  工业增加值: {value: 400, year: 2023, unit: 亿元, elasticity: 0.5, of: 地区生产总值}
  工业占比: {unit: "%", ratio: [工业增加值, 地区生产总值]}
  战新增加值: {unit: 亿元, share: [[2023, 20], [2025, 30]], of: 工业增加值}
  企业数: {value: 50, year: 2023, unit: 家, level: [[2025, 80]]}
  合计: {unit: 亿元, sum: [工业增加值, 战新增加值]}
targets:
  - {of: 工业占比, year: 2025, op: ">=", value: 40}
  - {of: 工业增加值, year: 2025, op: ">=", value: 440}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "设想.yaml"
    path.write_text(FILE, "utf-8")
    return path


def path_of(answer, name):
    return {point.year: point.value for point in answer.points if point.variable == name}


def test_every_rule_by_hand(file):
    answer = what_if(read_assumptions(file))
    assert path_of(answer, "地区生产总值") == pytest.approx({2023: 1000, 2024: 1100, 2025: 1210})
    assert path_of(answer, "工业增加值") == pytest.approx({2023: 400, 2024: 420, 2025: 441})
    assert path_of(answer, "工业占比")[2025] == pytest.approx(100 * 441 / 1210)
    assert path_of(answer, "战新增加值") == pytest.approx({2023: 80, 2024: 105, 2025: 132.3})
    assert path_of(answer, "企业数") == {2023: 50, 2024: 65, 2025: 80}
    assert path_of(answer, "合计")[2025] == pytest.approx(441 + 132.3)


def test_every_step_shows_its_numbers_and_what_they_rest_on(file):
    (step,) = (
        point for point in what_if(read_assumptions(file)).points
        if (point.variable, point.year) == ("工业增加值", 2025)
    )  # fmt: skip
    assert step.formula.formula == "工业增加值 2025 = 420 × (1 + 0.5 × 10%) = 441亿元"
    root = step.formula
    while root.of:
        root = root.of[-1]
    assert root.formula == "地区生产总值 2023 = 1000亿元（2023年公报）"


def test_targets_are_reached_under_the_assumptions_and_never_met(file):
    share, level = what_if(read_assumptions(file)).outcomes
    assert not share.reached
    assert share.gap.to == 40
    assert share.gap.from_ == pytest.approx(36.446, abs=1e-3)
    assert level.reached
    assert level.gap is None
    for each in (share, level):
        assert each.verdict("市统计局").answer == "unknown"
    assert "在所列假设下" in level.verdict("市统计局").reason
    assert level.growth == pytest.approx(100 * (1.1**0.5 - 1))


def test_a_changed_assumption_changes_what_follows(file):
    given = read_assumptions(file)
    other = what_if(given.changed("工业增加值", 1.5))
    assert path_of(other, "工业增加值")[2025] == pytest.approx(400 * 1.15**2)
    assert other.outcomes[0].reached
    with pytest.raises(InvalidRequest, match="可改的有：地区生产总值、工业增加值、战新增加值"):
        given.changed("工业占比", 1)


def test_growth_by_periods():
    given = Assumptions(
        2026, {"产值": Variable(value=100, year=2023, growth=((2024, 10.0), (2026, 20.0)))}
    )
    assert path_of(what_if(given), "产值")[2026] == pytest.approx(100 * 1.1 * 1.2 * 1.2)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"甲": Variable(value=1, year=2020)}, "只有一条规则"),
        ({"甲": Variable(value=1, year=2020, growth=1, level=((2025, 1),))}, "growth、level"),
        ({"甲": Variable(growth=1)}, "缺少起点"),
        ({"甲": Variable(value=1, year=2030, growth=1)}, "要早于"),
        ({"甲": Variable(value=1, year=2020, elasticity=1)}, "要写 of"),
        ({"甲": Variable(value=1, year=2020, elasticity=1, of="乙")}, "用到的“乙”没有写"),
        (
            {"甲": Variable(sum=("乙",)), "乙": Variable(ratio=("甲", "甲"))},
            "循环：甲 → 乙 → 甲",
        ),
        ({"甲": Variable(value=1, year=2020, growth=((2022, 1.0),))}, "缺2023年"),
        (
            {"甲": Variable(value=0, year=2020, growth=1), "乙": Variable(ratio=("甲", "甲"))},
            "分母是零",
        ),
    ],
)
def test_rules_that_do_not_fit_name_their_variable(variables, words):
    with pytest.raises(InvalidRequest, match=words):
        what_if(Assumptions(2025, variables))


def test_a_target_beside_the_path_is_refused():
    given = {"甲": Variable(value=1, year=2020, growth=1)}
    with pytest.raises(InvalidRequest, match="不在推算路径上"):
        what_if(Assumptions(2025, given, (Wanted("甲", 2026, ">=", 1),)))


def test_a_file_with_a_slip_names_its_line(file):
    file.write_text(FILE.replace("growth: 10", "grwoth: 10"), "utf-8")
    with pytest.raises(InvalidFile, match=r"设想\.yaml:4"):
        read_assumptions(file)
    with pytest.raises(InvalidFile, match="没有这个文件"):
        read_assumptions(file.with_name("无.yaml"))
