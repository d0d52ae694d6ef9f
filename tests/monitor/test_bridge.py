"""Statistics as facts about targets (docs/semantics.md §5, §20.2)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from observing import defines, facts, naming, seen
from stating import aims, reports

import jingwei
from jingwei.app.demo import write_documents
from jingwei.core import Formula, Period, Region, Row, Span
from jingwei.monitor.bridge import dates_of, facts_of, known_on
from jingwei.monitor.settlement import settle

SPAN = Period(2021, 2025)
OUTPUT = defines("规模以上工业总产值", "亿元", "flow", price_base="current")


def settled(target, statistics, *documents, own=(), **more):
    (found,) = settle([target, *own], list(documents), statistics=statistics, span=SPAN, **more)
    return found


def flat(evidence):
    for each in evidence:
        yield each
        if isinstance(each, Formula):
            yield from flat(each.of)


def test_an_observation_settles_a_target_with_its_row_as_proof():
    target = aims("规模以上工业总产值", "8000", "亿元", "2025")
    found = settled(target, facts(OUTPUT, (2025, 8126)))
    assert found.verdict.answer == "met"
    assert [type(each) for each in found.verdict.evidence] == [Row]
    assert "统计年鉴@2026-03-01" in found.verdict.reason


def test_the_day_of_publication_is_the_date_of_the_verdict():
    observation = seen(OUTPUT, 7900, "2025", vintage="2026-02-20")
    target = aims("规模以上工业总产值", "8000", "亿元", "2025")
    statistics = facts_of([observation], naming(OUTPUT))
    found = settled(target, statistics, dates=dates_of([observation]))
    assert (found.verdict.answer, found.verdict.as_of) == ("not_met", "2026-02-20")
    assert (found.verdict.gap.from_, found.verdict.gap.to) == (7900, 8000)


@pytest.mark.parametrize(
    ("other", "aspect"),
    [
        (defines("工业总产值", "亿元"), "统计范围"),
        (defines("规模以上工业总产值", "亿元", price_base="constant", price_year=2020), "价格"),
        (defines("规模以上工业总产值", "万吨"), "单位"),
        (defines("规模以上工业总产值占全国比重", "%", "share"), "水平或变动"),
        (defines("规模以上工业营业收入", "亿元"), "统计指标"),
    ],
)
def test_another_definition_never_settles_and_the_difference_is_named(other, aspect):
    target = aims("规模以上工业总产值", "8000", "亿元", "2025")
    found = settled(target, facts(other, (2025, 9000)))
    assert found.verdict.answer == "unknown"
    shown = found.verdict.reason + "".join(each.zh for each in found.beside)
    assert aspect in shown or "另一指标" in shown


def test_the_card_says_what_the_name_leaves_out():
    target = aims("规模以上工业增加值", "2000", "亿元", "2025")
    framed = defines("工业增加值", "亿元", frame="above-scale")
    bare = defines("工业增加值", "亿元")
    assert settled(target, facts(framed, (2025, 2100))).verdict.answer == "met"
    assert settled(target, facts(bare, (2025, 2100))).verdict.answer == "unknown"
    share = aims("技改投资占工业投资比重", "45", "%", "2025")
    card = defines("技术改造投资比重", "%", "share", denominator="工业投资")
    other = defines("技术改造投资比重", "%", "share", denominator="固定资产投资")
    assert settled(share, facts(card, (2025, 46))).verdict.answer == "met"
    assert settled(share, facts(other, (2025, 46))).verdict.answer == "unknown"


def test_an_alias_is_a_name_of_the_card_and_counts_once():
    card = defines("R&D经费支出与营业收入之比", "%", "share", aliases=("研发经费占营业收入比重",))
    found = settled(aims("研发经费占营业收入比重", "2.5", "%", "2025"), facts(card, (2025, 2.6)))
    assert found.verdict.answer == "met"
    assert len(found.verdict.evidence) == 1


def test_a_district_is_not_the_city_and_a_branch_is_not_the_whole():
    city = aims("规模以上工业总产值", "800", "亿元", "2025")
    district = aims("规模以上工业总产值", "800", "亿元", "2025", scope="上河区")
    seen_there = facts(OUTPUT, (2025, 810), region="330102")
    assert settled(city, seen_there).verdict.answer == "unknown"
    assert settled(district, seen_there).verdict.answer == "met"
    cars = naming(OUTPUT, classes={"gbt4754-2017": {"36": "汽车制造业"}})
    observed = [seen(OUTPUT, 810, "2025", codes=(("gbt4754-2017", "36"),))]
    assert settled(city, facts_of(observed, cars)).verdict.answer == "unknown"
    branch = aims("规模以上汽车制造业产值", "800", "亿元", "2025")
    assert settled(branch, facts_of(observed, cars)).verdict.answer == "met"


def test_without_a_card_or_a_known_code_or_for_one_enterprise_there_is_no_fact():
    observed = [
        seen(defines("不明指标", "亿元"), 1, "2025"),
        seen(OUTPUT, 1, "2025", codes=(("gbt4754-2017", "36"),)),
        seen(OUTPUT, 1, "2025", entity="91330100MA00000001"),
        seen(OUTPUT, 1, "2025-01/2025-09"),
        seen(OUTPUT, 1, "2025-12"),
    ]
    assert facts_of(observed, naming(OUTPUT)) == []


def test_a_stock_at_the_end_of_december_is_that_of_the_year():
    firms = defines("高新技术企业数量", "家", windows=("point",))
    statistics = facts(firms, ("2025-12", 2510), ("2025-11", 2490))
    found = settled(aims("高新技术企业", "2500", "家", "2025"), statistics)
    assert found.verdict.answer == "met"


def test_a_statistic_and_a_document_that_exclude_each_other_are_both_shown():
    target = aims("规模以上工业总产值", "8000", "亿元", "2025")
    document = reports("规模以上工业总产值", "7800", "亿元", "2025")
    found = settled(target, facts(OUTPUT, (2025, 8126)), document)
    assert found.verdict.answer == "depends"
    assert {type(each) for each in found.verdict.evidence} == {Row, Span}
    both = settled(
        target, facts(OUTPUT, (2025, 8226)), reports("规模以上工业总产值", "8126", "亿元", "2025")
    )
    assert (both.verdict.answer, "不一致" in both.verdict.reason) == ("met", True)


def test_what_a_statistic_makes_by_arithmetic_cites_rows():
    invest = defines("工业投资", "亿元", "flow", adds_time=True)
    years = [(2021, 800), (2022, 850), (2023, 900), (2024, 950), (2025, 1000)]
    target = aims("工业投资", "4400", "亿元", "2021-2025", measure="flow")
    found = settled(target, facts(invest, *years))
    assert found.verdict.answer == "met"
    proofs = list(flat(found.verdict.evidence))
    assert sum(isinstance(each, Row) for each in proofs) == 5
    assert not any(isinstance(each, Span) for each in proofs)


def test_a_rise_that_nobody_reports_follows_from_the_levels():
    rate = defines("关键工序数控化率", "%", "share")
    target = aims(
        "关键工序数控化率五年累计提高", "11.5", "个百分点", "2021-2025", measure="increase"
    )
    found = settled(target, facts(rate, (2020, 55.2), (2025, 64.9)))
    assert (found.verdict.answer, found.target) == ("not_met", target)
    assert (found.verdict.gap.from_, found.verdict.gap.to) == pytest.approx((9.7, 11.5))
    stated = reports(
        "关键工序数控化率五年累计提高", "11.6", "个百分点", "2021-2025", measure="increase"
    )
    assert settled(target, facts(rate, (2020, 55.2)), stated).verdict.answer == "met"


def test_what_was_known_on_a_day_is_the_newest_vintage_up_to_it():
    first = seen(OUTPUT, 8126, "2025", vintage="2026-02-20")
    revised = seen(OUTPUT, 7990, "2025", vintage="2026-11-01", reason="经济普查修订")
    assert known_on([revised, first], date(2026, 1, 1)) == []
    assert known_on([revised, first], date(2026, 6, 30)) == [first]
    assert known_on([first, revised], None) == [revised]
    twin = seen(OUTPUT, 8000, "2025", vintage="2026-02-20", dataset="快报")
    assert known_on([first, twin], date(2026, 6, 30)) == [twin, first]


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("city")
    return {path.name: path for path in write_documents(folder)}


@pytest.mark.parametrize(
    ("plan", "subject", "denominator", "value", "year"),
    [
        ("先进制造业十三五规划.pdf", "技术改造投资占工业投资比重", "工业投资", 43.9, 2020),
        ("先进制造业十四五规划.docx", "规模以上工业企业关键工序数控化率", "", 64.9, 2025),
    ],
)
def test_two_unknowns_of_the_demo_are_settled_by_statistics(
    city, plan, subject, denominator, value, year
):
    own = jingwei.statements(city[plan])
    later = ["先进制造业十四五规划.docx"] if year == 2020 else []
    later.append("2025年统计公报.txt")
    documents = [each for name in later if name != plan for each in jingwei.statements(city[name])]
    card = defines(subject, "%", "share", denominator=denominator)
    statistics = facts_of([seen(card, value, str(year), region="li")], naming(card, home="绫州市"))
    (target,) = [s for s in own if s.role == "target" and s.attr and s.subject == subject]

    def answer(rows):
        settled = settle(own, documents, statistics=rows)
        return next(each for each in settled if each.target.id == target.id)

    assert answer([]).verdict.answer == "unknown"
    assert answer(statistics).verdict.answer == "unknown"  # of a region without a name
    here = replace(naming(card, home="绫州市"), regions={"li": Region("li", "绫州市", "city")})
    done = answer(facts_of([seen(card, value, str(year), region="li")], here))
    assert (done.verdict.answer, done.verdict.gap.from_) == ("not_met", value)
