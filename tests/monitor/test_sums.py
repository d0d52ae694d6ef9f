"""Sums that a text draws itself, and the arithmetic inside a draft. All places are fictional."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.core import Finding
from jingwei.documents import read_text
from jingwei.monitor.health import check
from jingwei.monitor.proof import NumberCheck, proof
from jingwei.plans.compiling import read_statements

HEAD = "云溪市制造业发展“十六五”规划\n\n一、发展基础\n"


def found(sentence: str) -> list[Finding]:
    document = read_text(HEAD + sentence + "\n", "规划.txt")
    return check({"规划.txt": read_statements(document)})


@pytest.mark.parametrize(
    ("sentence", "formula"),
    [
        ("2030年，装备制造业产值2000亿元，新材料产业产值1500亿元，食品工业产值1200亿元，三项合计5000亿元。",
         "2000亿元+1500亿元+1200亿元=4700亿元"),
        ("2030年，东河区、西山区、南湖区规上企业分别为200家、180家、150家，合计500家。", "200家+180家+150家=530家"),
        ("2030年，东河区规上企业200家，西山区规上企业180家，两区合计400家。", "200家+180家=380家"),
        ("“十五五”期间，五年分别完成投资100亿元、110亿元、120亿元、130亿元、140亿元，合计610亿元。",
         "100亿元+110亿元+120亿元+130亿元+140亿元=600亿元"),
        ("2030年，化工产业产值2000亿元，建材产业产值1500亿元，食品产业产值1200亿元。"
         "2030年，化工、建材、食品三大产业产值合计4000亿元。", "2000亿元+1500亿元+1200亿元=4700亿元"),
        ("2030年，规上工业总产值达到5000亿元，其中装备产业2000亿元、材料产业1500亿元、食品产业1200亿元。",
         "2000亿元+1500亿元+1200亿元=4700亿元"),
        ("2030年，全市绿色工厂100家，其中东河区70家、西山区55家。", "70家+55家=125家"),
    ],
)  # fmt: skip
def test_parts_that_do_not_make_their_total_are_found_with_the_sum(sentence, formula):
    (finding,) = found(sentence)
    assert finding.kind in ("parts_and_whole", "part_exceeds_whole")
    assert formula in finding.message
    assert [each.rank for each in finding.explanations] == list(
        range(1, len(finding.explanations) + 1)
    )
    assert len(finding.sides) > 1


@pytest.mark.parametrize(
    "sentence",
    [
        # they add up, also after rounding and under hedges
        "2030年，东河区、西山区、南湖区规上企业分别为200家、180家、150家，合计530家。",
        "2030年，化工产业产值20.4亿元，建材产业产值15.3亿元，食品产业产值12.4亿元，三项合计48亿元。",
        "2030年，东河区规上企业200家，西山区规上企业180家，两区合计约400家。",
        "2030年，东河区规上企业200家，西山区规上企业180家，两区合计超过350家。",
        # the list goes on, or is a choice
        "2030年，技改投资300亿元，其中装备产业120亿元、材料产业100亿元、食品产业60亿元等。",
        "2030年，工业总产值达到5000亿元，其中装备产业1000亿元、材料产业900亿元、食品产业800亿元。",
        # parts that overlap
        "2030年，工业投资1000亿元，其中制造业投资800亿元、技术改造投资500亿元。",
        "2030年，全市绿色工厂100家，其中国家级30家、省级50家、上市企业45家。",
        # the total is of something else than the list
        "2030年，东河区规上企业200家，西山区规上企业180家，全市企业合计5000家。",
        # numbers of other times
        "2025年，东河区规上企业200家，2030年，西山区规上企业180家，合计投产90家。",
    ],
)
def test_sentences_that_agree_raise_nothing(sentence):
    assert found(sentence) == []


@given(st.lists(st.integers(10, 900), min_size=2, max_size=6), st.integers(-15, 50))
def test_a_total_is_accused_exactly_where_its_list_makes_another(parts, slip):
    total = sum(parts) + slip
    places = "、".join(f"{name}区" for name in "东西南北中上"[: len(parts)])
    listed = "、".join(f"{each}家" for each in parts)
    findings = found(f"2030年，{places}规上工业企业分别为{listed}，合计{total}家。")
    drawn = [each for each in findings if each.kind == "parts_and_whole"]
    assert bool(drawn) == (slip != 0)


def proved(sentence: str) -> list[NumberCheck]:
    draft = read_text(HEAD.replace("规划", "规划（征求意见稿）") + sentence + "\n", "草案.txt")
    return [each for each in proof(draft, read_statements(draft), []) if each.kind == "inside"]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("“十五五”期间，规上工业增加值从800亿元增长到1000亿元，年均增长8%。", "4.6%"),
        ("2030年，规上工业总产值5000亿元，装备产业产值1500亿元，占规上工业总产值比重为40%。", "30.0%"),
        ("2030年，东河区规上企业200家，西山区规上企业180家，两区合计400家。", "380家"),
        ("2030年，规上工业企业达到1200家；到2035年，规上工业企业增加200家，达到1500家。", "300家"),
    ],
)  # fmt: skip
def test_a_draft_is_held_against_itself_though_no_other_document_is_known(sentence, said):
    (check,) = proved(sentence)
    assert check.answer == "differs"
    assert said in check.message + "".join(each.text for each in check.explanations)
    assert check.of and check.number.quote


def test_a_draft_whose_numbers_go_together_has_no_row_of_that_kind():
    assert not proved("“十五五”期间，规上工业增加值从800亿元增长到1000亿元，年均增长4.6%。")


# -- the window of a rate -------------------------------------------------------------------


def growths(text: str) -> list[str]:
    return [each.message for each in found(text) if each.kind == "growth"]


@pytest.mark.parametrize(
    "text",
    [
        "2020年，进出口总额为100亿元。2030年，进出口总额为200亿元，年均增长9%。",
        "规上工业增加值从2020年的300亿元增长到2030年的600亿元，“十五五”期间年均增长9%。",
        "“十五五”期间，研发投入年均增长9%，由2020年的100亿元提高到2030年的200亿元。",
    ],
)
def test_an_average_of_five_years_is_not_held_against_values_ten_years_apart(text):
    assert growths(text) == []


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("规上工业增加值从2020年的300亿元增长到2030年的600亿元，年均增长9%。", "2021—2030"),
        ("规上工业增加值从2025年的300亿元增长到2030年的600亿元，“十五五”期间年均增长9%。", "2026—2030"),
    ],
)  # fmt: skip
def test_an_average_is_held_against_the_ends_of_its_own_window(text, window):
    (message,) = growths(text)
    assert window in message
