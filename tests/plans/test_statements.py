"""Sentences of plans and the statements they make. All places and figures are fictional."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.core import Statement
from jingwei.documents import read_text
from jingwei.plans.compiling import read_statements

PLAN = "云溪市先进制造业发展“十四五”规划\n\n一、发展基础\n\n{fact}\n\n二、发展目标\n\n{goal}\n"


def compiled(fact: str = "", goal: str = "") -> list[Statement]:
    return read_statements(read_text(PLAN.format(fact=fact, goal=goal), "plan.txt"))


def told(statement: Statement) -> tuple[object, ...]:
    number = statement.value if statement.value is not None else (statement.low, statement.high)
    return (statement.op, number, statement.unit, str(statement.period), statement.subject)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规模以上工业增加值达到1500亿元。", [("=", 1500, "亿元", "2025", "规模以上工业增加值")]),
        ("软件业务收入突破800亿元。", [(">=", 800, "亿元", "2025", "软件业务收入")]),
        ("规上工业增加值年均增长7.5%左右。", [("~", 7.5, "%", "2021-2025", "规上工业增加值年均增速")]),
        ("建设20家标杆智能工厂。", [("=", 20, "家", "2025", "标杆智能工厂数量")]),
        ("培育“专精特新”企业500家左右。", [("~", 500, "家", "2025", "“专精特新”企业数量")]),
        ("引进3—5家创新中心。", [("range", (3, 5), "家", "2025", "创新中心数量")]),
        ("工业投资五年累计完成900亿元以上。", [(">=", 900, "亿元", "2021-2025", "工业投资")]),
        ("制造业增加值占地区生产总值比重保持在40%以上。",
         [(">=", 40, "%", "2025", "制造业增加值占地区生产总值比重")]),
        ("税收占比提高6个百分点。", [("+", 6, "个百分点", "2021-2025", "税收占比")]),
        ("单位工业增加值能耗下降13.5%。", [("=", 13.5, "%", "2021-2025", "单位工业增加值能耗下降幅度")]),
        ("压减炼铁产能200万吨、炼钢产能260万吨。",
         [("-", 200, "万吨", "2021-2025", "炼铁产能"), ("-", 260, "万吨", "2021-2025", "炼钢产能")]),
        ("新增百亿级企业5家、“小巨人”企业30家以上,培育上市公司20家。",
         [("+", 5, "家", "2021-2025", "百亿级企业数量"), ("+", 30, "家", "2021-2025", "“小巨人”企业数量"),
          ("=", 20, "家", "2025", "上市公司数量")]),
        ("工业总产值达到900亿元。工业总产值比2020年翻一番。",
         [("=", 900, "亿元", "2025", "工业总产值"), ("x", 2, "", "2025", "工业总产值")]),
        ("产业规模实现翻一番。", [("x", 2, "", "2025", "产业规模")]),
        ("生产性服务业增加值占服务业增加值比重达到三分之二。",
         [("=", 0.6667, "", "2025", "生产性服务业增加值占服务业增加值比重")]),
        ("培育营业收入超百亿元企业3家。", [("=", 3, "家", "2025", "营业收入超百亿元企业数量")]),
        ("形成2个千亿级产业集群。", [("=", 2, "个", "2025", "千亿级产业集群数量")]),
        ("电子信息产业形成万亿级规模。", [("~", 1, "万亿元", "2025", "电子信息产业规模")]),
        ("每年培育小巨人企业20家。", [("=", 20, "家", "2021-2025", "每年小巨人企业数量")]),
        ("到2023年,建成绿色园区3个;到2025年,建成绿色园区8个。",
         [("=", 3, "个", "2023", "绿色园区数量"), ("=", 8, "个", "2025", "绿色园区数量")]),
        ("乙烯产能由120万吨/年扩大到220万吨/年。",
         [("=", 120, "万吨/年", "2020", "乙烯产能"), ("=", 220, "万吨/年", "2025", "乙烯产能")]),
        ("项目审批时限压缩至40个工作日以内。", [("<=", 40, "个工作日", "2025", "项目审批时限")]),
    ],
)  # fmt: skip
def test_a_goal(text: str, expected: list[tuple[object, ...]]) -> None:
    statements = compiled(goal=text)
    assert [told(s) for s in statements] == expected
    assert all(s.role == "target" or s.period.last < 2021 for s in statements)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工业总产值从3200亿元提高到4100亿元,平均增速5.1%。",
         [("=", 3200, "亿元", "2015", "工业总产值"), ("=", 4100, "亿元", "2020", "工业总产值"),
          ("=", 5.1, "%", "2016-2020", "工业总产值年均增速")]),
        ("产业增加值由2015年的374亿元增长至2020年的732亿元,占全市生产总值比重从15%提高到18.9%。",
         [("=", 374, "亿元", "2015", "产业增加值"), ("=", 732, "亿元", "2020", "产业增加值"),
          ("=", 15, "%", "2015", "产业增加值占全市生产总值比重"),
          ("=", 18.9, "%", "2020", "产业增加值占全市生产总值比重")]),
        ("现代纺织、绿色石化两大产业产值分别达到1180亿元和960亿元。",
         [("=", 1180, "亿元", "2020", "现代纺织产业产值"), ("=", 960, "亿元", "2020", "绿色石化产业产值")]),
        ("企业超过500家。", [(">", 500, "家", "2020", "企业数量")]),
        ("3家企业进入世界500强。", [("=", 3, "家", "2020", "进入世界500强企业数量")]),
        ("建设100家绿色工厂、20个绿色园区、11条绿色供应链。",
         [("=", 100, "家", "2016-2020", "绿色工厂数量"), ("=", 20, "个", "2016-2020", "绿色园区数量"),
          ("=", 11, "条", "2016-2020", "绿色供应链数量")]),
        ("规上工业增加值年均增长7.2%,高于全省平均1.3个百分点。",
         [("=", 7.2, "%", "2016-2020", "规上工业增加值年均增速"),
          ("=", 1.3, "个百分点", "2016-2020", "规上工业增加值年均增速与全省平均差距")]),
        ("每平方公里土地年营业收入达到317亿元。",
         [("=", 317, "亿元/平方公里", "2020", "每平方公里土地年营业收入")]),
        ("化学需氧量、氨氮排放总量分别削减12.1%和13.4%。",
         [("=", 12.1, "%", "2016-2020", "化学需氧量排放总量削减幅度"),
          ("=", 13.4, "%", "2016-2020", "氨氮排放总量削减幅度")]),
    ],
)  # fmt: skip
def test_a_fact(text: str, expected: list[tuple[object, ...]]) -> None:
    statements = compiled(fact=text)
    assert [told(s) for s in statements] == expected
    assert all(s.role == "observation" for s in statements)


@pytest.mark.parametrize(
    "text",
    [
        "聚焦12个重点领域,构建“1+3+N”产业体系。",
        "对首次认定的企业给予100万元奖励。",
        "对年营业收入超过50亿元的企业实行“一企一策”。",
        "实施三年行动计划,推进5G应用。",
        "打造一批千亿级产业集群。",
        "提出18项具体指标。",
        "成为资源配置倍增器。",
    ],
)
def test_terms_of_a_policy_names_and_slogans_are_no_statements(text: str) -> None:
    assert compiled(goal=text) == []


def test_a_technical_level_is_marked_and_kept_apart() -> None:
    [level] = compiled(goal="突破28纳米及以下先进工艺。")
    assert level.kind == "tech"


def test_the_topic_of_a_paragraph_completes_a_generic_subject() -> None:
    [goal] = compiled(goal="新能源汽车。以规模推广为重点,到2025年,产业规模突破350亿元。")
    assert (goal.subject, goal.scope) == ("新能源汽车产业规模", "新能源汽车")


def test_a_part_of_an_aggregate_carries_its_whole() -> None:
    statements = compiled(
        fact="战略性新兴产业增加值达到732亿元。其中,制造业部分增加值296亿元。"
        "战略性新兴产业增加值达到732亿元,其中,制造业部分增加值296亿元;制造业产值800亿元。"
    )
    assert [s.subject for s in statements][-2:] == [
        "战略性新兴产业制造业部分增加值",
        "战略性新兴产业制造业产值",
    ]


def test_every_quote_is_found_at_its_place_and_is_of_fair_length() -> None:
    text = PLAN.format(
        fact="规模以上工业增加值年均增长\n\n７．２％,企业由１２１６家增加到１８７３家.",
        goal="产值达到５０亿元.",
    )
    document = read_text(text, "plan.txt")
    for statement in read_statements(document):
        pieces = [document.source[a:b] for a, b in statement.evidence.segments]
        assert folded("".join(pieces)) == "".join(statement.quote.split())
        assert 8 <= len(statement.quote) <= 60


def test_ids_do_not_depend_on_other_statements() -> None:
    one = compiled(goal="产值达到50亿元。")
    two = compiled(fact="企业超过500家。", goal="产值达到50亿元。")
    assert one[0].id == two[-1].id


PIECES = (
    "到2025年,", "“十四五”期间,", "规模以上工业增加值", "达到", "1500亿元", "年均增长", "7.5%", "左右", "。",
    "新增", "20家", "从", "提高到", "占", "比重", "、", "分别", "其中", "(", ")", "三分之二", "翻一番", "较2020年",
    "每平方公里", "5G", "“3+6”", "3—5个", ";", "\n", "一、", "\n二、主要目标\n", "．", "\t", "超过", "个百分点",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join))
def test_no_text_breaks_the_compiler_and_every_quote_is_where_it_says(text: str) -> None:
    document = read_text("本计划由市政府制定。\n" + text, "plan.txt")
    for statement in read_statements(document):
        pieces = [document.source[a:b] for a, b in statement.evidence.segments]
        assert folded("".join(pieces)) == "".join(statement.quote.split())


@pytest.mark.parametrize("text", ["从20家年均增长7.5%", "2020年,从20家年均增长7.5%"])
def test_a_growth_from_a_start_without_an_end_is_read(text: str) -> None:
    read = read_statements(read_text("本计划由市政府制定。\n" + text, "plan.txt"))
    assert [(each.value, each.period.first <= each.period.last) for each in read][-1] == (7.5, True)
    assert all(each.period.first >= 0 for each in read)


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", "".join(text.split())).split())


def test_a_report_looks_back_and_quotes_its_goals() -> None:
    text = (
        "关于全市工业发展情况的汇报\n\n2026年4月\n\n一、情况\n\n"
        "2025年，规模以上工业总产值达到8126亿元，比2020年的5318亿元净增2808亿元。"
        "单位工业增加值用水量累计下降17.2%，完成16%的目标。\n"
    )
    read = read_statements(read_text(text, "汇报.txt"))
    assert [(each.role, each.value, str(each.period)) for each in read[:3]] == [
        ("observation", 8126, "2025"),
        ("observation", 5318, "2020"),
        ("observation", 2808, "2021-2025"),
    ]
    fact, goal = read[3:]
    assert fact.subject == goal.subject
    assert (fact.role, goal.role, goal.value) == ("observation", "target", 16)


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("规上工业总产值跨上5000亿元台阶。", "="),
        ("规上工业总产值跃上5000亿元新台阶。", "="),
        ("规上工业总产值迈过5000亿元大关。", ">="),
    ],
)
def test_a_step_is_reached_as_a_goal_and_a_mark_is_passed(text: str, op: str) -> None:
    (goal,) = compiled(goal=text)
    assert (goal.op, goal.value, goal.subject) == (op, 5000, "规上工业总产值")


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("地跨甲山区和乙水区的经开区，到2025年规上工业总产值将达到2300亿元。", ["经开区"]),
        ("柳溪高新区到2025年规上工业增加值达到300亿元，税收达到20亿元。", ["柳溪高新区"] * 2),
        ("经开区要当好龙头，规上工业总产值达到800亿元；规上工业投资达到90亿元。",
         ["经开区", "云溪市"]),
        ("甲山区要主攻集成电路，全市集成电路产业产值达到400亿元。", ["云溪市"]),
        ("作为全市主战场的柳溪经济技术开发区规上工业总产值达到900亿元，税收达到30亿元。",
         ["柳溪经济技术开发区"] * 2),
        ("各类开发区要集约发展，规上工业总产值达到3000亿元。", ["云溪市"]),
    ],
)  # fmt: skip
def test_a_sentence_that_opens_with_a_place_is_about_it(text: str, areas: list[str]) -> None:
    assert [each.scope for each in compiled(goal=text)] == areas


@pytest.mark.parametrize(
    ("text", "subject", "op", "value"),
    [
        ("两化融合发展指数进入全省前三位。", "两化融合发展指数全省排名", "<=", 3),
        ("两化融合发展指数稳居全省第2位。", "两化融合发展指数全省排名", "=", 2),
        ("营商环境排名进入全国前10名。", "营商环境全国排名", "<=", 10),
        ("综合实力跃居全国同类园区第十五。", "综合实力全国同类园区排名", "=", 15),
    ],
)
def test_a_rank_in_prose_is_read_with_its_population(text, subject, op, value) -> None:
    (goal,) = compiled(goal=text)
    assert (goal.subject, goal.op, goal.value, goal.unit) == (subject, op, value, "位")
    assert (goal.kind, goal.measure, goal.role) == ("tech", "rank", "target")


@pytest.mark.parametrize("text", [
    "推进全国前三批试点工作。", "居全国第一方阵。", "完成全省前三季度任务。", "列入全国第二批示范。", "举办全国第5届大会。",
])  # fmt: skip
def test_ordinals_are_no_ranks(text: str) -> None:
    assert not compiled(goal=text)


def test_a_rank_belongs_to_what_was_measured_before_it() -> None:
    amount, rank = compiled(fact="2020年，规上工业总产值达到5300亿元，居全省第3位。")
    assert (amount.subject, rank.subject) == ("规上工业总产值", "规上工业总产值全省排名")
    assert (rank.role, str(rank.period)) == ("observation", "2020")


def test_an_increase_over_a_year_is_of_what_stands_before_it_and_opens_no_list() -> None:
    text = (
        "2020年，规上工业企业412家，较2015年净增57家；高新技术企业156家，科技型中小企业230家。"
        "新增绿色工厂5家、绿色园区2个。"
    )
    assert [(each.op, each.value, each.subject) for each in compiled(fact=text)] == [
        ("=", 412, "规上工业企业数量"),
        ("+", 57, "规上工业企业数量"),
        ("=", 156, "高新技术企业数量"),
        ("=", 230, "科技型中小企业数量"),
        ("+", 5, "绿色工厂数量"),
        ("+", 2, "绿色园区数量"),
    ]


def test_an_amount_behind_a_rank_belongs_to_what_is_ranked() -> None:
    text = "2020年，高新技术企业980家。进出口总额全省第三，达到480亿元。"
    read = [each for each in compiled(fact=text) if each.kind == "stat"]
    assert [(each.value, each.subject) for each in read] == [
        (980, "高新技术企业数量"),
        (480, "进出口总额"),
    ]


def test_a_point_that_ends_a_sentence_is_no_part_of_a_name() -> None:
    (goal,) = compiled(goal="培育建设50个左右特色产业园区.")
    assert goal.subject == "特色产业园区数量"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全社会研发经费投入占全市生产总值比重达到3%，7纳米和5纳米刻蚀机实现量产，12英寸大硅片批量供应。",
         [("=", 7, "刻蚀机"), ("=", 5, "刻蚀机"), ("=", 12, "大硅片")]),
        ("加快推进新建12英寸生产线建设。", [("=", 12, "生产线")]),
        ("突破EDA、大硅片、5nm工艺等技术。", [("=", 5, "工艺")]),
        ("突破提升6MW和8MW海上风机技术。", [("=", 6, "海上风机"), ("=", 8, "海上风机")]),
        ("推动芯片设计能力进入3纳米及以下。", [("<=", 3, "芯片设计能力")]),
    ],
)  # fmt: skip
def test_a_technical_size_is_of_the_thing_its_own_clause_names(
    text: str, expected: list[tuple[object, ...]]
) -> None:
    read = [each for each in compiled(goal=text) if each.kind == "tech"]
    assert [(each.op, each.value, each.subject) for each in read] == expected


def test_a_technical_size_of_nothing_is_left_out_and_names_nothing_after_it() -> None:
    text = "产业规模达到300亿元，推进（12英寸）等攻关，税收达到20亿元。"
    assert [(each.kind, each.value) for each in compiled(goal=text)] == [
        ("stat", 300),
        ("stat", 20),
    ]


def test_how_many_industries_are_halved_is_no_number_of_its_own() -> None:
    (goal,) = compiled(goal="7个行业生产点总量减半。")
    assert (goal.op, goal.value, goal.subject) == ("x", 0.5, "行业生产点总量")


def test_how_many_a_list_names_is_no_number_of_its_own() -> None:
    text = "水泥、制药等4个行业单位产品能耗下降10%以上。培育家具、灯具等4个产业集群。"
    fall, clusters = compiled(goal=text)
    assert (fall.op, fall.value, fall.unit) == (">=", 10, "%")
    assert (clusters.value, clusters.subject) == (4, "产业集群数量")


def test_a_clause_may_name_what_is_measured_behind_the_number() -> None:
    text = "“十四五”期间保持不少于500平方公里的工业用地。建成950亿元左右的产业。"
    assert [(each.value, each.subject) for each in compiled(goal=text)] == [
        (500, "工业用地面积"),
        (950, "产业规模"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("储能产业营业收入突破2000亿元，装机规模达到400万千瓦。2035年，产业营业收入力争达到4000亿元。",
         ["储能产业营业收入", "装机规模", "储能产业营业收入"]),
        ("建成创新平台30个，本地配套率由2030年的45%提高到70%。", ["创新平台数量", "本地配套率", "本地配套率"]),
        ("做强家具产业，产值突破1000亿元；做大灯具产业，力争产值达到380亿元。", ["家具产业产值", "灯具产业产值"]),
        ("一般公共预算收入、税收收入分别达到32亿元、58亿元。", ["一般公共预算收入", "税收收入"]),
        ("新能源项目按不低于装机容量15%配置储能，建设零碳园区5个。", ["零碳园区数量"]),
    ],
)  # fmt: skip
def test_what_a_generic_noun_belongs_to(text: str, expected: list[str]) -> None:
    assert [each.subject for each in compiled(goal=text)] == expected


def test_a_town_in_the_place_of_a_name_is_where_and_not_what() -> None:
    _, second = compiled(goal="其中柳江市绿色产业规模达到1500亿元，乌溪市突破1000亿元。")
    assert (second.subject, second.scope) == ("绿色产业规模", "乌溪市")


@pytest.mark.parametrize("zone", ["绿色园区", "特色产业园区", "智慧社区"])
def test_a_zone_that_is_counted_is_what_and_not_where(zone: str) -> None:
    text = f"制造业增加值占地区生产总值比重达到25%左右，{zone}达到15个。"
    assert [each.subject for each in compiled(goal=text)][1] == f"{zone}数量"
