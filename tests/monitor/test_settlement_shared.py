"""Known results on the real documents, read by the extractor (absent: skipped)."""

from functools import cache
from pathlib import Path

import pytest

from jingwei.core import Statement
from jingwei.documents import read_document
from jingwei.monitor.claims import find_claims
from jingwei.monitor.settlement import Settled, settle
from jingwei.plans.compiling import read_statements
from jingwei.plans.lineage import agreement, lineage

PLANS = Path(__file__).resolve().parents[2].parent / "shared" / "plans"
OLD = "shanghai-manufacturing-13fyp.txt"
NEW = "shanghai-advanced-manufacturing-14fyp.txt"
SISTER = "shanghai-strategic-industries-14fyp.txt"
PRESS = "press-2021-09-09.txt"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not PLANS.exists(), reason="the real documents are not beside the repository"
    ),
]


@cache
def told(name: str) -> tuple[Statement, ...]:
    return tuple(read_statements(read_document(PLANS / name)))


@cache
def settled() -> tuple[Settled, ...]:
    later = [statement for name in (NEW, SISTER, PRESS) for statement in told(name)]
    claims = [
        claim
        for name in (NEW, SISTER, PRESS)
        for claim in find_claims(read_document(PLANS / name), told(name))
    ]
    return tuple(settle(told(OLD), later, claims=claims))


def row(number: int) -> Settled:
    """A row of the old plan's indicator table, from 1."""
    return [each for each in settled() if each.target.attr is not None][number - 1]


def prose(*words: str) -> Settled:
    found = [
        each
        for each in settled()
        if each.target.attr is None and all(word in each.target.subject for word in words)
    ]
    assert len(found) == 1, [each.target.subject for each in found]
    return found[0]


def test_met_rows_and_sentences():
    land = row(11)
    assert (land.verdict.answer, land.class_) == ("met", "完成")
    assert "76.7" in land.verdict.reason
    assert prose("软件和信息服务").verdict.answer == "met"
    assert prose("绿色工厂").verdict.answer == "met"
    assert prose("重点区域", "转型").verdict.answer == "met"


def test_what_was_designed_settles_no_count_of_what_exists():
    products = prose("绿色产品")
    assert products.verdict.answer == "unknown"
    assert "环节" in products.verdict.reason
    assert any("116" in each.zh for each in products.beside)


def test_the_reading_of_about_decides():
    share = row(1).verdict
    assert (share.answer, row(1).class_) == ("depends", "取决于读法")
    assert "18.9" in share.reason
    assert {reading.answer for reading in share.readings} == {"met", "not_met"}
    assert any("左右" in reading.reading for reading in share.readings)


def test_a_lower_bound_settles_nothing_above_it():
    verdict = row(4).verdict
    assert verdict.answer == "unknown"
    assert "60%以上" in verdict.reason
    assert "下限" in verdict.reason


def test_industry_is_not_manufacturing():
    share = row(6)
    assert share.verdict.answer == "unknown"
    assert share.beside[0].relation == "另一指标"
    assert "25%" in share.beside[0].zh
    # the documents claim success beside that other figure: shown, no proof
    assert any(each.relation == "笼统表述" for each in share.beside)


def test_words_and_targets_defined_elsewhere():
    assert row(9).verdict.answer == "unknown"
    for number in (12, 13):
        verdict = row(number).verdict
        assert verdict.answer == "unknown"
        assert "另一文件" in verdict.reason
        assert "约束性" in verdict.method
    assert any("17%" in each.zh for each in row(12).beside)


@pytest.mark.parametrize("number", [2, 3, 5, 7, 8, 10, 14, 15])
def test_rows_never_reported_again(number):
    found = row(number)
    assert (found.verdict.answer, found.class_) == ("unknown", "后续文件未披露")
    assert found.verdict.missing[0].holder.startswith("上海市")


def test_names_that_are_only_near():
    factories = prose("智能制造示范工厂")
    assert factories.verdict.answer == "unknown"
    assert "94" in factories.beside[0].zh
    parks = prose("绿色工业示范园区")
    assert (parks.verdict.answer, parks.beside[0].relation) == ("unknown", "另一指标")


def test_every_target_has_an_answer_and_most_were_never_reported_again():
    classes = [each.class_ for each in settled()]
    assert len(classes) >= 75
    assert 55 <= classes.count("后续文件未披露") <= 70
    assert classes.count("完成") <= 8


def steps() -> dict[str, str]:
    """relation of each row of the old table, by row number."""
    rows = [each.target.id for each in settled() if each.target.attr is not None]
    links = lineage([told(OLD), told(NEW), told(SISTER)])
    found = {link.from_: link for link in links if link.from_ in rows}
    return {n: found[key] for n, key in enumerate(rows, 1)}


def test_lineage_of_the_indicator_table():
    found = steps()
    relations = {number: link.relation for number, link in found.items()}
    assert relations == {
        1: "moved", 2: "kept", 3: "raised", 4: "dropped", 5: "dropped", 6: "kept",
        7: "redefined", 8: "dropped", 9: "dropped", 10: "kept", 11: "raised", 12: "kept",
        13: "dropped", 14: "dropped", 15: "dropped",
    }  # fmt: skip
    assert "分母" in found[7].reasons[0]
    assert "升幅过大" in found[10].reasons[0]


def test_sisters_say_one_target_in_two_wordings_and_contradict():
    by_id = {s.id: s for name in (NEW, SISTER) for s in told(name)}
    links = lineage([told(NEW), told(SISTER)])
    cars = [x for x in links if x.relation == "reworded" and by_id[x.from_].value == 3500]
    assert ["新能源汽车" in by_id[link.to].subject for link in cars] == [True]
    (clash,) = [link for link in links if link.relation == "contradictory"]
    assert {by_id[clash.from_].value, by_id[clash.to].value} == {1.5, 1.0}


def test_the_press_agrees_with_the_plan_but_for_one_unit():
    links = agreement(told(PRESS), [told(NEW)])
    relations = [link.relation for link in links]
    assert "contradictory" not in relations
    assert "new" not in relations
    (unit,) = [link for link in links if link.relation == "redefined"]
    by_id = {s.id: s for s in (*told(NEW), *told(PRESS))}
    assert (by_id[unit.from_].unit, by_id[unit.to].unit) == ("项", "家")
