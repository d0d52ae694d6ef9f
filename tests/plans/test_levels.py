"""Whose figures 全国, 全省 and 全市 are (docs/semantics.md §5.3). All places and figures are fictional."""

import pytest
from reading_plans import document_of
from stating import aims

from jingwei.plans.compiling import read_statements
from jingwei.plans.indicator import compare, identify


def scopes(title: str, text: str) -> list[tuple[float | None, str]]:
    found = read_statements(document_of(f"一、发展基础\n{text}\n", title))
    return [(each.value, each.scope) for each in found]


CITY = "云溪市制造业发展报告"
DISTRICT = "云溪市柳湾区制造业发展报告"
COUNTY = "青禾县制造业发展报告"
ZONE = "云溪高新区制造业发展报告"
PROVINCE = "江苏省制造业发展报告"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (CITY, "全省研发投入强度达到2.8%。", [(2.8, "全省")]),
        (CITY, "2020年，全省研发投入强度达到2.8%，全市研发投入强度达到2.5%。", [(2.8, "全省"), (2.5, "云溪市")]),
        (CITY, "全国工业增加值年均增长5.9%，全市工业增加值年均增长7%。", [(5.9, "全国"), (7, "云溪市")]),
        (CITY, "我省规上工业企业达到52000家；规上工业利润达到300亿元。", [(52000, "我省"), (300, "云溪市")]),
        (CITY, "全省工业稳中有进，工业增加值达到42000亿元，工业利润达到9000亿元。", [(42000, "全省"), (9000, "全省")]),
        (CITY, "全市规上工业总产值达到8200亿元。", [(8200, "云溪市")]),
        (CITY, "研发投入强度达到2.5%，高于全省平均水平。", [(2.5, "云溪市")]),
        (CITY, "全国重点实验室达到3家。", [(3, "云溪市")]),
        (DISTRICT, "全市规上工业总产值8200亿元，其中我区790亿元。", [(8200, "全市"), (790, "柳湾区")]),
        (DISTRICT, "全区规上工业总产值达到790亿元。", [(790, "柳湾区")]),
        (COUNTY, "全市工业投资达到900亿元，我县工业投资达到80亿元。", [(900, "全市"), (80, "青禾县")]),
        (ZONE, "全市工业投资达到900亿元，全区工业投资达到80亿元。", [(900, "全市"), (80, "云溪高新区")]),
        (PROVINCE, "全国工业增加值达到37万亿元，全省工业增加值达到4万亿元。", [(37, "全国"), (4, "江苏省")]),
        ("制造业发展报告", "全市规上工业总产值达到8200亿元。", [(8200, "全市")]),
        ("制造业发展报告", "全市规上工业总产值8200亿元，其中我区790亿元。", [(8200, "全市"), (790, "全区")]),
        ("上海市制造业发展报告", "全市工业总产值达到39000亿元，全国工业总产值达到100万亿元。", [(39000, "上海市"), (100, "全国")]),
        ("长三角三省一市科技创新报告", "上海、上海、上海。三省一市研发经费达到12000亿元。", [(12000, "长三角三省一市")]),
        (CITY, "长三角三省一市研发经费达到12000亿元，我市达到310亿元。", [(12000, "长三角三省一市"), (310, "云溪市")]),
    ],
)  # fmt: skip
def test_the_level_of_the_region_tells_whose_figure_it_is(title, text, expected):
    assert scopes(title, text) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (CITY, "全市绿色工厂达到90家。我区绿色工厂达到30家。", [(90, "云溪市"), (30, "我区")]),
        (CITY, "云溪经开区扩区增效，全区工业总产值达到900亿元。", [(900, "全区")]),
        (DISTRICT, "我市绿色工厂达到90家，我区绿色工厂达到30家。", [(90, "我市"), (30, "柳湾区")]),
        (DISTRICT, "本市绿色工厂达到90家，本区达到30家。", [(90, "本市"), (30, "柳湾区")]),
        ("广西壮族自治区制造业发展报告", "全区工业总产值达到9000亿元。", [(9000, "广西壮族自治区")]),
    ],
)  # fmt: skip
def test_a_word_of_another_level_names_another_area(title, text, expected):
    found = scopes(title, text)
    assert found == expected


def related(one, other, *, region, scopes=("", ""), unit="%"):
    a, b = (
        identify(aims(name, "5", unit, scope=scope or region), region)
        for name, scope in zip((one, other), scopes, strict=True)
    )
    assert compare(a, b).kind == compare(b, a).kind
    return compare(a, b)


def test_the_area_in_the_name_goes_before_the_area_of_the_document():
    """§5.3: in a district's plan 我市 and 全市 are the city, 全区 and 我区 the district."""
    for word in ("全市", "我市", "本市"):
        told = related(f"{word}工业增加值", "工业增加值", region="柳湾区", unit="亿元")
        assert told.aspects() == {"scope"}
        told = related(
            f"{word}工业增加值", "工业增加值", region="柳湾区", scopes=("", "全市"), unit="亿元"
        )
        assert told.comparable
        assert related(f"{word}工业增加值", "工业增加值", region="云溪市", unit="亿元").comparable
    assert related("全区工业增加值", "工业增加值", region="柳湾区", unit="亿元").comparable
    assert related("我区工业增加值", "工业增加值", region="云溪市", unit="亿元").aspects() == {
        "scope"
    }


@pytest.mark.parametrize(("one", "other", "region"), [
    ("工业增加值占全省比重", "工业增加值占全市比重", "云溪市"),
    ("工业增加值占全省工业增加值比重", "工业增加值占全市工业增加值比重", "云溪市"),
    ("工业增加值占全市GDP比重", "工业增加值占GDP比重", "柳湾区"),
    ("工业增加值占全市比重", "工业增加值占全区比重", "柳湾区"),
    ("工业增加值占全国比重", "工业增加值占比", "云溪市"),
    ("工业增加值占全省比重", "工业增加值占比", "云溪市"),
])  # fmt: skip
def test_a_share_of_another_area_is_another_share(one, other, region):
    assert related(one, other, region=region).aspects() == {"denominator"}


@pytest.mark.parametrize(("one", "other", "region"), [
    ("工业增加值占全市GDP比重", "工业增加值占GDP比重", "云溪市"),
    ("工业增加值占我市比重", "工业增加值占全市比重", "柳湾区"),
    ("工业增加值占全区GDP比重", "工业增加值占GDP比重", "柳湾区"),
])  # fmt: skip
def test_a_share_of_the_own_area_is_the_share(one, other, region):
    assert related(one, other, region=region).comparable
