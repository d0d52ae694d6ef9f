"""What the health check finds in sentences as plans print them, and what it lets pass.

All places and figures are fictional.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.core import Finding
from jingwei.documents import read_text
from jingwei.monitor.health import check
from jingwei.plans.compiling import read_statements

HEAD = "云溪市工业“十四五”规划\n（2021—2025年）\n一、发展基础\n"
GOALS = "\n二、发展目标\n"


def found(text: str) -> list[Finding]:
    document = read_text(HEAD + text + "\n", "规划.txt")
    return check({"规划.txt": read_statements(document)})


def accused(text: str, kind: str, *pieces: str) -> None:
    (finding,) = found(text)
    assert finding.kind == kind
    assert all(piece in finding.message for piece in pieces), finding.message
    assert finding.explanations and finding.sides


# -- multiples ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("2020年，高新技术企业由2015年的410家增加到820家，是2015年的3倍。", ("3倍", "=2.00")),
        ("到2025年，高新技术企业数量由2020年的820家增加到2025年的1500家，翻一番。", ("2倍", "=1.83")),
        ("2020年，瞪羚企业120家。" + GOALS + "到2025年，瞪羚企业数量翻一番，达到200家。", ("2倍", "=1.67")),
        ("2020年，工业总产值由2015年的1500亿元增加到4500亿元，是2015年的2倍。", ("2倍", "=3.00")),
    ],
)  # fmt: skip
def test_a_multiple_that_its_levels_do_not_make(text, pieces):
    accused(text, "multiple", *pieces)


@pytest.mark.parametrize(("end", "kinds"), [("200", ["multiple"]), ("240", []), ("300", [])])
def test_a_doubling_from_the_base_year_of_the_plan_told_far_before_it(end, kinds):
    between = "持续推进产业结构调整，加快新旧动能转换，提升发展质量和效益，增强发展后劲。\n" * 9
    text = f"2020年，瞪羚企业120家。\n{between}{GOALS}到2025年，瞪羚企业数量翻一番，达到{end}家。"
    assert [each.kind for each in found(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "2020年，高新技术企业由2015年的410家增加到820家，是2015年的2倍。",
        "2020年，高新技术企业由2015年的410家增加到835家，是2015年的2倍。",  # 2.04
        "2020年，高新技术企业由2015年的410家增加到1140家，是2015年的3倍。",  # 2.8, rounded
        "2020年，高新技术企业由2015年的410家增加到1600家，是2015年的3倍以上。",
        "2020年，高新技术企业由2015年的410家增加到1600家，是2015年的3倍多。",
        "2020年，高新技术企业由2015年的410家增加到1600家，超过2015年的3倍。",
        "2020年，高新技术企业由2015年的410家增加到1080家，是2015年的近3倍。",
        "2020年，高新技术企业由2015年的410家增加到770家，接近翻一番。",
        "2020年，高新技术企业由2015年的410家增加到1200家，翻一番多。",
        "2020年，高新技术企业由2015年的410家增加到900家，增长超过1倍。",
        "到2025年，高新技术企业数量由2020年的820家增加到2025年的1600家，翻一番。",  # 1.95
        "到2025年，高新技术企业数量由2020年的820家增加到2025年的1800家，翻一番。",  # more than asked
        "2020年，科技型中小企业由2015年的410家增加到820家，新产品是2015年的3倍。",
    ],
)
def test_multiples_that_fit_or_are_of_something_else(text):
    assert found(text) == []


# -- start, end and rate in sentences of their own ------------------------------------------


def growing(start: str, end: str, rate: str) -> str:
    return (
        f"2020年，规模以上工业总产值达到{start}亿元。{GOALS}"
        f"到2025年，规模以上工业总产值达到{end}亿元，年均增长{rate}。"
    )


@pytest.mark.parametrize(("end", "rate"), [("5000", "12%"), ("4000", "12%"), ("6500", "9%")])
def test_a_goal_and_its_growth_against_a_start_told_elsewhere(end, rate):
    accused(growing("3200", end, rate), "growth", "3200亿元（2020年", rate)


@pytest.mark.parametrize("rate", ["9%", "9.3%", "9%左右", "9%以上", "8%以上", "10%左右"])
def test_a_goal_and_its_growth_that_fit(rate):
    assert found(growing("3200", "5000", rate)) == []


@settings(max_examples=40)
@given(st.integers(800, 9000), st.floats(2, 20), st.integers(0, 1))
def test_a_goal_and_its_growth_printed_with_any_rounding(start, rate, digits):
    end = start * (1 + rate / 100) ** 5
    assert found(growing(f"{start}", f"{end:.0f}", f"{rate:.{digits}f}%")) == []


# -- two targets for one thing --------------------------------------------------------------


@pytest.mark.parametrize(
    "between", ["", "“十四五”时期，持续推进产业结构调整，加快新旧动能转换，提升发展质量。\n"]
)
def test_two_targets_in_paragraphs_that_follow_each_other(between):
    accused(
        f"全面推进。{GOALS}到2025年，绿色工厂达到30家。\n{between}三、重点任务\n到2025年，绿色工厂达到40家。",
        "two_values", "30家", "40家",
    )  # fmt: skip


def test_two_targets_in_two_paragraphs_of_one_section():
    accused(
        f"全面推进。{GOALS}到2025年，绿色工厂达到30家。\n到2025年，绿色工厂达到40家。", "two_values"
    )


@pytest.mark.parametrize(
    "text",
    [
        "到2025年，绿色工厂达到30家。\n三、重点任务\n到2025年，绿色工厂达到30家。",
        "到2025年，绿色工厂达到30家。\n三、重点任务\n到2023年，绿色工厂达到20家。",
        "到2025年，绿色工厂达到30家。\n三、重点任务\n到2025年，东河区绿色工厂达到12家。",
        "到2025年，绿色工厂达到30家以上。\n三、重点任务\n到2025年，绿色工厂超过25家。",
    ],
)
def test_two_targets_that_are_one_or_of_different_things(text):
    assert found("全面推进。" + GOALS + text) == []


# -- shares of one whole --------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "先进材料产业占规模以上工业总产值的45%，高端装备产业占规模以上工业总产值的35%，绿色食品产业占规模以上工业总产值的28%。",
        "先进材料产业、绿色食品产业、新能源汽车产业占规模以上工业总产值比重分别为45%、35%、28%。",
        "规模以上工业总产值3200亿元，其中先进材料产业占45%、绿色食品产业占35%、新能源汽车产业占28%。",
        "东河区、西山区、南湖区工业产值占全市工业总产值的比重分别为45%、35%、28%。",
        "大型、中型、小型企业产值占规模以上工业总产值比重分别为45%、35%、28%。",
        "三次产业增加值占地区生产总值比重分别为28%、45%、35%。",
    ],
)  # fmt: skip
def test_shares_of_one_whole_that_exceed_it(text):
    accused("2020年，" + text, "shares_over_100", "45%", "=108.0%")


@pytest.mark.parametrize(
    "text",
    [
        # kinds that overlap, one inside the other, or each of another whole
        "战略性新兴产业、高技术产业、先进材料产业占规模以上工业总产值比重分别为45%、35%、28%。",
        "工业、制造业增加值占地区生产总值比重分别为60%、55%。",
        "民营企业、中小企业占企业总数的比重分别为90%、95%。",
        "光伏组件产量、动力电池产量占全国比重分别为60%、55%。",
        "高端装备产业占规上工业总产值的60%，绿色食品产业占规上工业利润总额的45%。",
        # rounding and hedges
        "甲材料产业、绿色食品产业、汽车产业占规模以上工业总产值比重分别为45.3%、35.4%、19.4%。",
        "先进材料产业、绿色食品产业、汽车产业占规模以上工业总产值比重分别约为45%、35%、22%。",
    ],
)  # fmt: skip
def test_shares_that_overlap_or_fit(text):
    assert found("2020年，" + text) == []


@settings(max_examples=30)
@given(st.lists(st.integers(1, 60), min_size=2, max_size=5))
def test_shares_are_accused_exactly_where_they_surely_exceed_their_whole(shares):
    names = [f"{each}产业" for each in ("材料", "装备", "食品", "纺织", "医药")][: len(shares)]
    text = (
        "、".join(names) + "占规上工业总产值比重分别为" + "、".join(f"{each}%" for each in shares)
    )
    sure = sum(shares) - 0.5 * len(shares) > 100
    assert [each.kind for each in found(f"2020年，{text}。")] == ["shares_over_100"] * sure


# -- a ratio beside its two numbers ---------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("规模以上工业企业营业收入3100亿元，规模以上工业企业研发经费支出62亿元，规模以上工业企业研发经费支出占营业收入比重2.8%。",
         "62亿元÷3100亿元=2.0%"),
        ("规模以上工业企业营业收入3100亿元，研发经费支出62亿元，占营业收入的2.8%。", "62亿元÷3100亿元=2.0%"),
        ("规模以上工业总产值3200亿元，其中先进材料产业产值1200亿元，占比45%。", "1200亿元÷3200亿元=37.5%"),
        ("规模以上工业企业800家，其中大型企业40家，占规模以上工业企业的8%。", "40家÷800家=5.0%"),
        ("地区生产总值2000亿元，工业增加值700亿元，占地区生产总值的40%。", "35.0%"),
    ],
)  # fmt: skip
def test_a_ratio_that_the_two_numbers_beside_it_do_not_make(text, formula):
    accused("2020年，" + text, "implied_total", formula)


@pytest.mark.parametrize(
    "text",
    [
        "规模以上工业企业营业收入3100亿元，研发经费支出62亿元，占营业收入的2.0%。",
        "规模以上工业企业营业收入3100亿元，研发经费支出62亿元，占营业收入的2%左右。",
        "规模以上工业总产值3200亿元，其中先进材料产业产值1440亿元，占比45%。",
        # the whole is of another owner, area or year
        "全市工业企业营业收入3100亿元，规上工业企业研发经费支出62亿元，占营业收入的2.8%。",
        "规上工业营业收入3100亿元，其中高新技术企业营业收入1200亿元，高新技术企业研发经费62亿元，占营业收入的5.2%。",
        "规上工业总产值3200亿元，装备产业产值800亿元，占全省装备产业产值的12%。",
    ],
)  # fmt: skip
def test_a_ratio_that_fits_or_is_of_another_whole(text):
    assert found("2020年，" + text) == []


@settings(max_examples=30)
@given(st.integers(500, 9000), st.floats(1, 60), st.integers(0, 1))
def test_a_ratio_printed_with_any_rounding(whole, share, digits):
    part = whole * share / 100
    text = f"企业营业收入{whole}亿元，研发经费支出{part:.2f}亿元，占营业收入的{share:.{digits}f}%。"
    assert found("2020年，规模以上工业" + text) == []


# -- slips of the unit ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "规模以上工业利润总额由2015年的200亿元增加到2020年的300万元。",
        "2019年，规模以上工业利润总额280亿元。2020年，规模以上工业利润总额300万元。",
        "2019年，水泥产量280万吨。2020年，水泥产量300吨。",
    ],
)
def test_two_dates_that_only_a_slip_of_the_unit_sets_apart(text):
    (finding,) = found(text)
    assert finding.kind == "units" and "单位写错" in finding.message
    assert "计量单位写错" in finding.explanations[0].text


@pytest.mark.parametrize(
    "text",
    [
        "规模以上工业利润总额由2015年的2000万元增加到2020年的3亿元。",
        "规模以上工业总产值由2015年的9000亿元增加到2020年的1.2万亿元。",
        "2019年，规模以上工业利润总额280亿元。2020年，云溪集团利润总额300万元。",
    ],
)
def test_units_that_differ_while_the_numbers_go_together(text):
    assert found(text) == []


# -- totals and yearly means ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("“十四五”时期，技术改造投资累计完成1200亿元，年均完成120亿元。", "120亿元×5年=600亿元"),
        ("“十三五”期间，累计新增高新技术企业600家，年均新增80家。", "80家×5年=400家"),
    ],
)
def test_a_total_that_is_not_its_yearly_mean(text, formula):
    accused(text, "total_and_mean", formula)


@pytest.mark.parametrize(
    "text",
    [
        "“十四五”时期，技术改造投资累计完成600亿元，年均完成120亿元。",
        "“十四五”时期，技术改造投资累计完成700亿元，年均完成120亿元以上。",
        "“十四五”时期，技术改造投资累计完成620亿元，年均完成约120亿元。",
        "“十三五”期间，累计新增高新技术企业598家，年均新增120家。",
        "“十三五”期间，累计新增高新技术企业600家，年均新增80家以上。",
        "“十三五”期间，工业投资累计完成1200亿元，年均增长12%。",
        "“十四五”时期，技术改造投资累计完成1200亿元，其中智能化改造年均完成120亿元。",
    ],
)
def test_a_total_that_fits_its_mean_or_is_of_something_else(text):
    assert found(text) == []


@settings(max_examples=30)
@given(st.integers(60, 9000))
def test_a_mean_printed_with_any_rounding(total):
    text = f"“十四五”时期，技术改造投资累计完成{total}亿元，年均完成{total / 5:.0f}亿元。"
    assert found(text) == []


# -- parts told one after the other ---------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "进出口总额500亿元，其中出口320亿元、进口210亿元。",
        "进出口总额500亿元，出口320亿元，进口210亿元。",
        "进出口总额500亿元，增长5%；其中：出口总额320亿元，增长8%；进口总额210亿元，增长2%。",
        "出口总额320亿元，进口总额210亿元，进出口总额500亿元。",
        "规上工业总产值500亿元，轻工业产值320亿元，重工业产值210亿元。",
        "规上工业总产值500亿元，其中轻工业320亿元、重工业210亿元。",
    ],
)
def test_parts_that_make_up_their_whole_and_do_not_add_up(text):
    accused("2020年，" + text, "parts_and_whole", "320亿元+210亿元=530亿元", "500亿元")


@pytest.mark.parametrize("second", ["材料产业500亿元", "材料产业超过500亿元"])
def test_a_part_said_to_exceed_a_number_counts_with_that_number(second):
    text = f"2020年，规上工业总产值1000亿元，其中装备产业突破600亿元、{second}。"
    assert [each.kind for each in found(text)] == ["part_exceeds_whole"]


@pytest.mark.parametrize(
    "text",
    [
        "进出口总额530亿元，其中出口320亿元、进口210亿元。",
        "进出口总额约510亿元，出口320亿元，进口210亿元。",
        "进出口总额超过500亿元，出口320亿元，进口210亿元。",
        "进出口总额500亿元，其中对东盟出口320亿元、从欧盟进口100亿元。",
        "进出口总额500亿元，其中机电产品出口320亿元。",
        "跨境电商进出口总额50亿元，出口320亿元，进口210亿元。",
    ],
)
def test_parts_that_add_up_or_are_a_choice(text):
    assert found("2020年，" + text) == []


@settings(max_examples=30)
@given(st.integers(10, 900), st.integers(10, 900), st.integers(-5, 5))
def test_exports_and_imports_are_accused_exactly_where_rounding_cannot_join_them(one, two, slip):
    text = f"2020年，进出口总额{one + two + slip}亿元，出口{one}亿元，进口{two}亿元。"
    assert [each.kind for each in found(text)] == ["parts_and_whole"] * (abs(slip) > 1)


# -- a table and its prose ------------------------------------------------------------------

TABLE = "主要指标\n序号\t指标名称\t单位\t2025年\t属性\n1\t工业增加值\t亿元\t{row}\t预期性\n2\t绿色工厂数量\t家\t60\t预期性\n"


def tabled(said: str, row: str) -> list[Finding]:
    return found(f"全面推进。{GOALS}到2025年，工业增加值{said}亿元。\n\n" + TABLE.format(row=row))


@pytest.mark.parametrize(("said", "row"), [("超过1500", "1600"), ("超过1500", ">1600")])
def test_a_target_with_two_numbers_that_can_both_hold_is_named_and_no_contradiction(said, row):
    (finding,) = tabled(said, row)
    assert finding.kind == "two_wordings" and "不是矛盾" in finding.message
    assert "1500亿元" in finding.message and "1600亿元" in finding.message


@pytest.mark.parametrize(
    ("said", "row"), [("达到1600", "1600"), ("超过1600", ">1600"), ("超过1600", "1600"), ("达到1600左右", "1600")]
)  # fmt: skip
def test_a_target_with_one_number_needs_no_word(said, row):
    assert tabled(said, row) == []


# -- increases ------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "kinds"), [("4", []), ("5", []), ("6", []), ("7", ["increase"])])
def test_an_increase_between_rounded_numbers_may_be_one_off(step, kinds):
    text = f"2020年，两化融合普及率由2015年的88%提高到93%，提高{step}个百分点。"
    assert [each.kind for each in found(text)] == kinds


def test_what_an_older_plan_asked_for_stands_in_no_quarrel_of_facts() -> None:
    older = read_text(
        "云溪市“十三五”规划\n\n二、目标\n到2020年，单位工业增加值用水量累计下降23%以上。\n",
        "旧规划.txt",
    )
    plan = read_text(HEAD + "“十三五”时期，单位工业增加值用水量累计下降21.4%。\n", "规划.txt")
    news = read_text(
        "云溪市“十三五”成效\n\n“十三五”时期，单位工业增加值用水量累计下降23.5%。\n", "通稿.txt"
    )
    documents = {each.name: read_statements(each) for each in (older, plan, news)}
    (finding,) = check(documents)
    assert "21.4%" in finding.message
    assert "23.5%" in finding.message
    assert "23%以上" not in finding.message


def test_two_documents_that_share_a_sentence_about_a_lead_agree() -> None:
    said = "“十三五”时期，技术改造投资年均增长11.8%，高于全部工业投资增速3.5个百分点。\n"
    plan = read_text(HEAD + said, "规划.txt")
    summary = read_text("云溪市2020年工业工作总结\n\n" + said, "总结.txt")
    assert check({each.name: read_statements(each) for each in (plan, summary)}) == []


def test_a_rate_given_as_a_range_is_checked_like_any_other() -> None:
    assert (
        found("2020年，工业增加值增长6%—7%。" + GOALS + "到2025年，工业增加值年均增长6%—7%。") == []
    )


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("到2025年，陶瓷产业营业收入突破480亿元。陶瓷产业营业收入突破460亿元。", ["two_wordings"]),
        ("到2025年，陶瓷产业营业收入突破460亿元。陶瓷产业营业收入力争突破480亿元。", []),
        ("到2025年，陶瓷产业营业收入突破480亿元。陶瓷产业营业收入突破480亿元。", []),
    ],
)
def test_two_floors_of_one_target_are_named(said: str, kinds: list[str]) -> None:
    assert [each.kind for each in found(GOALS + said)] == kinds
