"""Work reports, press conferences, news and columns: what dates a number, whose it is, whether it is
a goal. All places and figures are fictional (names of real cities stand for places alone)."""

import pytest
from reading_plans import plan_of

from jingwei.core import Statement
from jingwei.documents import read_text
from jingwei.plans.compiling import compile_document, read_statements

LETTER = {"observation": "fact", "target": "goal"}


def read(text: str) -> list[Statement]:
    return read_statements(read_text(text, "text.txt"))


def told(text: str) -> list[tuple[object, ...]]:
    return [(LETTER[each.role], each.op, each.value, str(each.period)) for each in read(text)]


def named(text: str) -> list[tuple[object, ...]]:
    return [(s.value, s.unit, s.subject) for s in read(text) if s.kind == "stat"]


REPORT = """政府工作报告
——2031年1月8日在云溪市第五届人民代表大会第四次会议上
云溪市市长 张某

各位代表：
现在，我代表市人民政府，向大会报告工作。
一、2030年和“十五五”时期工作回顾
全年地区生产总值增长6.2%，规上工业企业突破1500家。工业投资年均增长9.1%，累计建成智能工厂45家。
二、“十六五”时期主要目标任务
地区生产总值年均增长6%左右、迈上5000亿元台阶，常住人口城镇化率达63%。
三、2031年工作安排
规上工业增加值增长8%，新增规上工业企业100家以上。
"""


def test_each_section_of_a_work_report_has_its_own_years() -> None:
    assert told(REPORT) == [
        ("fact", "=", 6.2, "2030"),
        ("fact", ">", 1500, "2030"),
        ("fact", "=", 9.1, "2026-2030"),
        ("fact", "=", 45, "2026-2030"),
        ("goal", "~", 6, "2031-2035"),
        ("goal", "=", 5000, "2035"),
        ("goal", "=", 63, "2035"),
        ("goal", "=", 8, "2031"),
        ("goal", "+", 100, "2031"),
    ]
    assert {each.scope for each in read(REPORT)} == {"云溪市"}


def test_a_report_of_five_years_counts_them_from_its_own_date() -> None:
    text = (
        "政府工作报告\n（2032年2月18日在梧江县第十七届人民代表大会第一次会议上）\n"
        "一、过去五年工作回顾\n五年来，规上工业企业从95家增加到168家，年均增长7.8%。\n"
        "二、今后五年的奋斗目标\n规上工业企业达到300家。\n"
    )
    assert told(text) == [
        ("fact", "=", 95, "2026"),
        ("fact", "=", 168, "2031"),
        ("fact", "=", 7.8, "2027-2031"),
        ("goal", "=", 300, "2036"),
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "发布时间：2031-04-26 来源：云溪日报",
        "2031-04-26 09:00   云溪网",
        "云溪发布 2031年4月26日",
        "来源：市统计局 2031/04/26",
        "（2031年4月26日）",
    ],
)
def test_a_dateline_dates_a_text_and_is_no_part_of_its_first_sentence(dateline: str) -> None:
    text = f"我市一季度工业增势良好\n{dateline}\n\n今年一季度，云溪市工业投资增长8.3%。\n"
    document = read_text(text)
    assert document.issued == "2031-04-26"
    assert told(text) == [("fact", "=", 8.3, "2031")]


def test_the_words_of_a_window_do_not_belong_to_the_subject() -> None:
    text = "云溪市工业运行\n2031-11-26 来源：云溪日报\n\n1—10月规上工业总产值达4500亿元。前三季度工业投资增长8.3%。\n"
    assert named(text) == [(4500, "亿元", "规上工业总产值"), (8.3, "%", "工业投资增速")]


NEWS = (
    "量化目标之下，路径渐明\n\n"
    "云溪、溪口等地都发布了“十六五”规划，云溪市明确，到2035年全市制造业比重“由2030年的32.7%提高至33.3%左右”。\n\n"
    "11月2日，云溪市印发《新一轮工业用地攻坚行动方案（2031—2033年）》。\n\n"
    "此次方案提出，通过3年攻坚，全市规上工业亩均税收达到37万元，淘汰落后产能企业500家，整治提升1000家。\n"
)


def test_the_plan_that_an_article_named_last_dates_its_goals() -> None:
    assert told(NEWS) == [
        ("fact", "=", 32.7, "2030"),
        ("goal", "~", 33.3, "2035"),
        ("goal", "=", 37, "2033"),
        ("goal", "=", 500, "2033"),
        ("goal", "=", 1000, "2033"),
    ]


def test_a_line_with_a_place_and_a_colon_makes_it_the_place_of_what_follows() -> None:
    text = (
        "三城竞逐低空经济\n\n"
        "苏州：打造千亿级产业集群\n\n"
        "2031年2月，苏州发布《苏州市低空经济实施方案（2031—2033年）》，提出到2033年，全市聚集相关企业500家。\n\n"
        "合肥：到2032年产业规模达500亿元\n\n"
        "2030年合肥低空经济产业规模跃过120亿元大关。此外，新增相关企业26家。\n\n"
        "同时，累计开通航线60余条。\n"
    )
    assert [(each.scope, *row) for each, row in zip(read(text), told(text), strict=True)] == [
        ("苏州市", "goal", "=", 500, "2033"),
        ("合肥市", "goal", "=", 500, "2032"),
        ("合肥市", "fact", ">", 120, "2030"),
        ("合肥市", "fact", "+", 26, "2030"),
        ("合肥市", "fact", ">", 60, "2026-2030"),
    ]


def test_since_a_plan_began_runs_to_the_date_of_a_press_conference() -> None:
    text = (
        "云溪市举行新闻发布会\n2034-11-06 10:00\n\n"
        "11月5日，云溪市人民政府新闻办公室举行新闻发布会。“十六五”以来，全市新增高新技术企业651家，"
        "工业技改投资年均增长14.7%。截至今年10月底，关键工序数控化率达54.6%，“十五五”以来提高9.2个百分点。"
        "下一步，力争到2035年关键工序数控化率达68%。\n"
    )
    assert told(text) == [
        ("fact", "+", 651, "2031-2034"),
        ("fact", "=", 14.7, "2031-2034"),
        ("fact", "=", 54.6, "2034"),
        ("fact", "+", 9.2, "2026-2034"),
        ("goal", "=", 68, "2035"),
    ]


def test_a_year_that_is_not_over_is_a_goal_and_a_year_that_is_a_fact() -> None:
    text = (
        "从报告看活力\n2032-03-10\n\n2031年，全社会研发经费投入强度达到2.8%。\n\n"
        "2032年，拟发行专项债130亿元，安排25亿元资金支持设备更新。\n"
    )
    assert told(text) == [
        ("fact", "=", 2.8, "2031"),
        ("goal", "=", 130, "2032"),
        ("goal", "=", 25, "2032"),
    ]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("云政发〔2031〕8号\n为落实省委部署，提出以下意见。\n一、工作目标\n到2035年，培育集群35个。\n", "云南省"),
        ("一季度我市工业\n\n一季度，全市工业投资8亿元。\n下一步，云溪市将力争达到40亿元。\n", "云溪市"),
        ("眼下，广东、山东、浙江以及江苏等多个省份发布规划。\n\n到2035年，浙江制造业比重33%。浙江、浙江。\n", "浙江省"),
        ("三城竞逐\n\n苏州、合肥、芜湖都在行动。\n", ""),
    ],
)  # fmt: skip
def test_the_region_a_text_speaks_for(text: str, region: str) -> None:
    found = compile_document(read_text(text)).region
    assert found == region or (not region and found in ("", "全国"))


def test_a_text_that_names_no_region_speaks_of_its_own_city() -> None:
    text = "我市工业发展“十六五”规划\n一、目标\n全市工业总产值达到900亿元。\n"
    assert [each.scope for each in read(text)] == ["全市"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("制造业投资增长15%，连续3年实现两位数增长。",
         [(15, "%", "制造业投资增速"), (3, "年", "制造业投资连续实现两位数增长年数")]),
        ("研发投入占比连续三年居全省第3位。", [(3, "年", "研发投入占比连续居全省第3位年数")]),
        ("研发投入等9项指标超出预期。", [(9, "项", "指标超出预期数量")]),
        ("10亿元企业2家，5亿元企业9家。", [(2, "家", "10亿元企业数量"), (9, "家", "5亿元企业数量")]),
        ("工业增加值突破1万亿元达到1.3万亿元。", [(1, "万亿元", "工业增加值"), (1.3, "万亿元", "工业增加值")]),
        ("数控化率、管理普及率和工具普及率分别达到54%、69%和74%。",
         [(54, "%", "数控化率"), (69, "%", "管理普及率"), (74, "%", "工具普及率")]),
        ("每家企业的最大发展空间为384亩，仅为云岭的75%、溪口的60%。",
         [(384, "亩/家", "每家企业的最大发展空间"), (75, "%", "每家企业的最大发展空间与云岭之比"),
          (60, "%", "每家企业的最大发展空间与溪口之比")]),
        ("新增设计中心27家、省级中心4家；技术中心18家。",
         [(27, "家", "设计中心数量"), (4, "家", "省级中心数量"), (18, "家", "技术中心数量")]),
        ("工业增加值占全市GDP的比重，由35.1%提高到44.2%。",
         [(35.1, "%", "工业增加值占全市GDP的比重"), (44.2, "%", "工业增加值占全市GDP的比重")]),
        ("规上工业企业实现营业收入980亿元。", [(980, "亿元", "规上工业企业营业收入")]),
        ("每万人口高价值发明专利拥有量达到16件。", [(16, "件/万人口", "每万人口高价值发明专利拥有量")]),
        ("技改投资占工业投资比重达四成以上。", [(0.4, "", "技改投资占工业投资比重")]),
        ("18项主要指标中，15项达到预期进度，2项滞后。",
         [(15, "项", "达到预期进度的指标数量"), (2, "项", "滞后的指标数量")]),
        ("规上工业增加值增长7%，比上半年加快0.4个百分点，对全省增长贡献率达15%。",
         [(7, "%", "规上工业增加值增速"), (0.4, "个百分点", "规上工业增加值"),
          (15, "%", "规上工业增加值对全省增长贡献率")]),
        ("汽车产销量分别完成96万辆和95万辆。", [(96, "万辆", "汽车产量"), (95, "万辆", "汽车销量")]),
        ("新材料、新能源产业产值分别达到860亿元、420亿元，是2025年的2.1倍和1.8倍。",
         [(860, "亿元", "新材料产业产值"), (420, "亿元", "新能源产业产值"), (2.1, "", "新材料产业产值"),
          (1.8, "", "新能源产业产值")]),
        ("新增规上工业企业132家，总数突破1500家。",
         [(132, "家", "规上工业企业数量"), (1500, "家", "规上工业企业总数")]),
        ("培育产值超10亿元企业4家，其中超50亿元1家。",
         [(4, "家", "产值超10亿元企业数量"), (1, "家", "超50亿元数量")]),
        ("建成50个智能工厂、培育100家示范企业。",
         [(50, "个", "智能工厂数量"), (100, "家", "示范企业数量")]),
        ("三、设立总规模100亿元的产业基金。", [(100, "亿元", "产业基金总规模")]),
        ("减少碳排放800万吨等。", [(800, "万吨", "碳排放")]),
        ("从业人员超10万人。", [(10, "万人", "从业人员数量")]),
    ],
)  # fmt: skip
def test_what_a_report_counts(text: str, expected: list[tuple[object, ...]]) -> None:
    assert named(f"云溪市2030年工作总结\n\n{text}\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        "形成“三个一批”的发展格局。",
        "实现“五年翻一番、挺进千百亿”的总体目标。",
        "将土地出让收入的0.5%以上作为专项经费。",
        "较2029年跃升11位。",
    ],
)
def test_slogans_terms_and_ranks_are_no_statements(text: str) -> None:
    assert [each for each in read(f"云溪市2030年工作总结\n\n{text}\n") if each.kind == "stat"] == []


def test_a_list_of_an_increase_goes_on_over_a_semicolon_up_to_the_next_verb() -> None:
    text = "云溪市2030年工作总结\n\n新增设计中心27家；技术中心18家；上云企业达到460家。\n"
    assert [each.op for each in read(text)] == ["+", "+", "="]


def test_a_goal_that_was_reached_is_a_fact_of_the_year_looked_back_on() -> None:
    text = (
        "政府工作报告\n（2033年1月8日在云溪市第五届人民代表大会上）\n一、2032年工作回顾\n"
        "提前两年完成“十六五”规划地区生产总值1250亿元的目标。\n"
    )
    [reached] = read(text)
    assert (reached.role, str(reached.period), reached.subject) == (
        "observation", "2032", "地区生产总值",
    )  # fmt: skip


def test_a_paragraph_of_a_plan_without_telling_heading_that_dates_only_back_reports_facts() -> None:
    text = (
        "云溪区制造业“十六五”规划（节选）\n5.数字赋能持续推进。推进数字化，“十五五”期间累计改造317项，"
        "建成基站1200座。\n"
    )
    assert [row[:1] + row[2:] for row in told(text)] == [
        ("fact", 317, "2026-2030"),
        ("fact", 1200, "2030"),
    ]


def test_a_city_named_in_a_clause_is_the_place_of_its_number() -> None:
    text = (
        "省工业运行\n2031-10-25 来源：工信厅\n\n湖北省规上工业增加值增长5.2%。武汉市规上工业增加值增长4.8%，"
        "襄阳市增长8.9%。\n"
    )
    assert [(s.scope, s.value, s.subject) for s in read(text)] == [
        ("湖北省", 5.2, "规上工业增加值增速"),
        ("武汉市", 4.8, "规上工业增加值增速"),
        ("襄阳市", 8.9, "规上工业增加值增速"),
    ]


def test_years_since_one_run_to_the_year_reported() -> None:
    text = "云溪县2032年工作总结\n\n2030年以来，累计签约项目86个，开工率达85%。明年将开工20个。\n"
    assert told(text)[:2] == [("fact", "=", 86, "2030-2032"), ("fact", "=", 85, "2032")]


def test_a_headline_that_looks_back_tells_facts_whatever_the_text_names() -> None:
    text = (
        "“十五五”云溪交出亮眼答卷\n2030年11月20日 10:20 来源：云溪发布\n\n"
        "11月19日，市政府新闻办召开“高质量完成‘十五五’规划”主题新闻发布会。\n\n"
        "五年来，规上工业增加值年均增长8.1%。2029年工业总产值突破7000亿元，预计2030年可达7600亿元。\n\n"
        "展望“十六五”，到2035年，力争工业总产值迈上1.2万亿元新台阶。\n"
    )
    assert told(text) == [
        ("fact", "=", 8.1, "2026-2030"),
        ("fact", ">", 7000, "2029"),
        ("fact", "=", 7600, "2030"),
        ("goal", "=", 1.2, "2035"),
    ]


def test_the_rate_of_one_year_is_not_that_of_the_plan() -> None:
    text = "云溪市低空经济\n2034年2月，云溪市印发《云溪市低空经济方案（2034—2036年）》。2033年产值170亿元，增长30%。\n"
    assert told(text) == [("fact", "=", 170, "2033"), ("fact", "=", 30, "2033")]


ARTICLE = """提升云溪产业链现代化水平

一、基础优势
2028年，云溪工业增加值7110亿元。《云溪市先进制造业“十六五”规划》提出，到2035年，工业增加值达到1万亿元。
二、加快打造高端产业集群
{text}
"""


def test_an_article_that_tells_how_things_stand_sets_no_goals() -> None:
    text = (
        "云溪集成电路产业规模约占全国22%，行业企业超过600家，累计完成投资超3000亿元，吸引约40%的人才。"
        "下一步，新建特色园区5个。"
    )
    assert [letter for letter, *_ in told(ARTICLE.format(text=text))][2:] == ["fact"] * 4 + ["goal"]


def test_last_year_of_a_text_without_a_date_is_no_year_that_the_text_names() -> None:
    text = (
        "2028年，云溪工业增加值7110亿元。去年，生物医药产业产值283.6亿元，集成电路产业产值120亿元。"
    )
    assert [period for *_, period in told(f"云溪产业观察\n\n{text}\n")] == [
        "2028",
        "未注明",
        "未注明",
    ]
    dated = f"云溪产业观察\n2031-04-26 09:00 云溪网\n\n{text}\n"
    assert [period for *_, period in told(dated)] == ["2028", "2030", "2030"]


def test_a_sum_of_listed_years_covers_them() -> None:
    text = "云溪市工业发展“十六五”规划\n\n二、主要目标\n\n2033年、2034年、2035年安排技改资金三年累计300亿元。\n"
    assert told(text) == [("goal", "=", 300, "2033-2035")]


def test_a_decline_from_a_named_base_is_of_the_years_after_it() -> None:
    (fact,) = read("云溪工业观察\n\n“十六五”末，单位能耗较2030年下降14%。\n")
    assert (str(fact.period), fact.base_year) == ("2031-2035", 2030)


def test_a_goal_quoted_as_exceeded_is_of_the_number_before_it() -> None:
    text = "“十五五”期间，单位能耗累计下降18%，超额完成“十五五”下降15%的目标。"
    fact, goal = read(f"云溪市工业发展“十六五”规划\n\n一、发展基础\n\n{text}\n")
    assert (goal.value, goal.role, goal.subject) == (15, "target", fact.subject)


@pytest.mark.parametrize("title", [
    "云溪市先进制造业“十六五”规划",
    "云溪市先进制造业“十六五”规划实施情况汇报",
    "“十六五”开局看云溪制造",
])  # fmt: skip
def test_a_title_with_the_years_of_a_plan_does_not_date_last_year(title: str) -> None:
    """§4.7"""
    text = (
        "去年，全市规上工业总产值达到4200亿元。今年，全市高新技术企业达到1200家，力争绿色工厂达到50家。"
        "明年将建成智能工厂60家。"
    )
    found = {(s.value, s.subject, str(s.period)) for s in read(f"{title}\n\n{text}\n")}
    assert found == {
        (4200, "规上工业总产值", "未注明"),
        (1200, "高新技术企业数量", "未注明"),
        (50, "绿色工厂数量", "未注明"),
        (60, "智能工厂数量", "未注明"),
    }
    dated = f"{title}\n2033-03-02 09:00 云溪网\n\n{text}\n"
    assert [str(s.period) for s in read(dated)][:2] == ["2032", "2033"]


def test_a_plan_for_one_year_dates_this_year() -> None:
    text = "云溪市2033年工业工作要点\n\n今年，全市高新技术企业达到1200家。\n"
    assert [period for *_, period in told(text)] == ["2033"]


def test_what_an_article_tells_of_earlier_years_is_a_fact_whatever_its_documents_are_called() -> (
    None
):
    """The years in the title of a document that was issued date no number outside it."""
    article = (
        "云溪产业发展观察\n\n一、高端制造业实力雄厚\n\n“十五五”以来，云溪陆续出台《云溪市促进新经济发展行动方案"
        "(2031—2033年)》等文件，打造18个特色产业园区。\n"
    )
    assert [letter for letter, *_ in told(article)] == ["fact"]
    plan = (
        "云溪市先进制造业“十六五”规划\n\n二、重点任务\n\n落实《云溪市绿色制造行动方案(2027—2029年)》，"
        "创建绿色工厂60家。按照《云溪市数字工厂行动方案(2032—2034年)》要求，建设智能工厂40家。\n"
    )
    assert told(plan) == [("goal", "=", 60, "2035"), ("goal", "=", 40, "2032-2034")]


def test_what_the_writer_of_an_article_proposes_is_no_target() -> None:
    article = (
        "云溪产业发展观察\n\n二、聚焦重点区域\n\n“十六五”期间，云溪应进一步将18个特色产业园区打造成为示范标杆。"
        "目前，云溪规模以上工业企业已达2300家，应加快培育龙头企业40家。\n"
    )
    assert [(s.role, s.value) for s in read(article)] == [("observation", 2300)]
    quoted = "云溪产业发展观察\n\n《云溪市工业“十六五”规划》提出，应加快培育龙头企业40家。\n"
    assert [(s.role, s.value) for s in read(quoted)] == [("target", 40)]


def test_a_list_that_is_only_focused_on_is_not_counted() -> None:
    plan = "云溪市先进制造业“十六五”规划\n\n二、重点任务\n\n聚焦电子信息、装备制造与汽车等6类重点产业，建设平台9个。\n"
    assert [s.value for s in read(plan)] == [9]


def test_things_that_are_made_into_others_are_named_with_what_they_become() -> None:
    plan = "云溪市先进制造业“十六五”规划\n\n一、发展目标\n\n到2035年，将12个开发区打造成为千亿级园区。\n"
    assert named(plan) == [(12, "个", "打造成为千亿级园区的开发区数量")]


def test_hopes_inside_a_name_are_no_part_of_it() -> None:
    plan = (
        "云溪市先进制造业“十六五”规划\n\n一、发展目标\n\n三大先导产业力争在2029年基础上实现规模倍增。东港新片区力争对全市"
        "制造业增长贡献率达到1/3以上。打造一批平均面积3－5平方公里的特色产业园区.\n"
    )
    assert [s.subject for s in read(plan)] == [
        "三大先导产业规模", "东港新片区对全市制造业增长贡献率", "特色产业园区平均面积",
    ]  # fmt: skip


def test_a_full_stop_of_one_dot_ends_a_sentence_before_a_year() -> None:
    plan = "云溪市先进制造业“十六五”规划\n\n一、发展基础\n\n“十五五”期间,工业增加值平均增速2%.2030年工业增加值占GDP比重为25%.\n"
    assert [str(s.period) for s in read(plan)] == ["2026-2030", "2030"]


DATED = "梧江市工业首季开门红\n来源：梧江日报 2035-04-19\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "今年一季度，全市工业增加值增长9%。\n其中，高新技术产业增加值增长15%，拉动工业增长3个百分点，占工业比重达24%。",
            [("fact", "=", 9, "2035"), ("fact", "=", 15, "2035"), ("fact", "=", 3, "2035"), ("fact", "=", 24, "2035")],
        ),
        ("去年以来，各项工作加快推进。截至3月底，全市建成智能工厂86家。", [("fact", "=", 86, "2035")]),
        ("截至11月底，全市建成智能工厂80家。", [("fact", "=", 80, "2034")]),
        (
            "今年一季度，利润总额97亿元，由去年同期下降3%转为增长11%，营业收入1500亿元。",
            [("fact", "=", 97, "2035"), ("fact", "=", 3, "2034"), ("fact", "=", 11, "2035"), ("fact", "=", 1500, "2035")],
        ),
        ("2034年，单位工业增加值能耗下降5%，“十六五”前四年累计下降19%。", [("fact", "=", 5, "2034"), ("fact", "=", 19, "2031-2034")]),
        ("2034年，全市规上企业2.1万家，一年净增1600多家，高新技术企业比上年增加300家。",
         [("fact", "=", 2.1, "2034"), ("fact", "+", 1600, "2034"), ("fact", "+", 300, "2034")]),
        ("我们力争用三年时间，推动新材料产业规模突破800亿元。", [("goal", ">=", 800, "2037")]),
    ],
)  # fmt: skip
def test_news_are_dated_by_their_own_day(text: str, expected: list[tuple[object, ...]]) -> None:
    assert told(DATED + text + "\n") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("增速比全国、全省平均水平分别高2.8个和1.9个百分点。",
         ["规上工业增加值增速与全国平均水平差距", "规上工业增加值增速与全省平均水平差距"]),
        ("民间投资由负转正，增长2.6%。", ["民间投资增速"]),
        ("利润总额48亿元，下降1.2%，降幅比上半年收窄2.6个百分点。", ["利润总额", "利润总额下降幅度", "利润总额下降幅度"]),
        ("新培育专精特新企业100家，总量迈上800家台阶。", ["专精特新企业数量", "专精特新企业总量"]),
        ("形成3个五千亿级、10个千亿级产业集群。", ["五千亿级产业集群数量", "千亿级产业集群数量"]),
        ("398家规上工业企业实现总产值862亿元，增速较上半年回落0.8个百分点。",
         ["规上工业企业数量", "规上工业企业总产值", "规上工业企业总产值增速"]),
        ("工业增加值8.6亿元，在全市10个区县中排名第3位。", ["工业增加值"]),
        ("本地配套率由五年前的不足30%提高到58%。", ["本地配套率", "本地配套率"]),
        ("我们的目标是工业投资增长7%左右。", ["工业投资增速"]),
        ("履约率、开工率分别达93%、67%。", ["履约率", "开工率"]),
        ("投资52亿元的抽水蓄能电站开工建设。", ["抽水蓄能电站投资"]),
        ("研发投入强度达7.2%，距2035年10%的目标还有2.8个百分点的差距。",
         ["研发投入强度", "研发投入强度", "研发投入强度与目标差距"]),
        ("今年建成智能工厂26家，比上年同期少9家。", ["智能工厂数量", "智能工厂数量"]),
        ("工业投资降幅收窄至5%以内。", ["工业投资降幅"]),
    ],
)  # fmt: skip
def test_what_a_clause_of_news_leans_on(text: str, expected: list[str]) -> None:
    lead = "今年一季度，规上工业增加值增长9%，" if text.startswith("增速比") else ""
    found = [each for each in read(f"{DATED}{lead}{text}\n") if each.kind == "stat"]
    assert [each.subject for each in found][-len(expected) :] == expected


def test_fewer_than_before_is_a_decrease() -> None:
    assert told(f"{DATED}今年建成智能工厂26家，比上年同期少9家。\n")[-1] == ("fact", "-", 9, "2035")


def test_a_review_is_not_of_the_year_of_a_vision() -> None:
    text = (
        "梧江市第十六个五年规划和二〇四五年远景目标纲要实施中期评估报告\n2034年1月\n\n"
        "一、主要进展\n\n制造业增加值占比由27%下降到26%。\n"
    )
    assert told(text)[-1] == ("fact", "=", 26, "2033")


def test_a_chapter_of_a_plan_that_opens_with_the_years_behind_reports_facts() -> None:
    found = plan_of(
        "第一章 决胜前程，县域发展跃上新平台\n\n过去五年，极不平凡。\n\n净增规上工业企业38家，建成区面积拓展至8.6平方公里。\n\n"
        "“十五五”期间，新增工业用地3500亩。\n\n新建标准厂房45万平方米。\n\n第二章 聚力园区\n\n建设标准厂房30万平方米。\n",
        "白沙县工业发展“十五五”规划",
    ).statements
    assert [(each.value, each.role) for each in found] == [
        (38, "observation"),
        (8.6, "observation"),
        (3500, "target"),
        (45, "target"),
        (30, "target"),
    ]


PLAN_OF_THREE_YEARS = "沧和市产业链三年行动方案（2034—2036年）"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "产值2034、2035、2036年分别达到43亿元、49亿元、55亿元。",
            [(43, "2034"), (49, "2035"), (55, "2036")],
        ),
        (
            "营业收入达到45亿元，其中，2034年、2035年分别达到27亿元和35亿元；电池产量180吉瓦时。",
            [(45, "2036"), (27, "2034"), (35, "2035"), (180, "2036")],
        ),
        ("自2034年起，新增车辆中新能源汽车占比不低于80%。", [(80, "2036")]),
        (
            "支持二期项目2035年三季度量产。三年引育零部件企业80家，建成换电站40座。",
            [(80, "2036"), (40, "2036")],
        ),
        (
            "三年推广装备50台，用工由现有的35人压减到25人。",
            [(50, "2036"), (35, "2033"), (25, "2036")],
        ),
        ("新能源汽车产业链是我省12条重点产业链之一。", []),
        ("实现“三个倍增、三个提升”。", []),
    ],
)
def test_years_in_a_list_of_a_part_and_from_one_on(
    text: str, told: list[tuple[float, str]]
) -> None:
    found = plan_of(f"一、行动目标\n\n{text}\n", PLAN_OF_THREE_YEARS).statements
    assert [(each.value, str(each.period)[-4:]) for each in found] == told


def test_headings_that_run_into_their_text_open_a_look_back_that_holds_below_them() -> None:
    text = (
        "云溪市“十六五”能源发展规划\n第一章 新起点\n一、过去五年的主要成效 “十五五”规划实施以来，用电量达到80亿千瓦时。\n"
        "1.供电能力持续提升。\n最大负荷20万千瓦。\n2.形成多元供热体系。\n新建门站2座。供热面积8亿平方米。\n"
        "第二章 主要目标\n到2035年，用电量达到100亿千瓦时。\n"
    )
    found = [(row[0], row[2]) for row in told(text)]
    assert found == [("fact", 80), ("fact", 20), ("fact", 2), ("fact", 8), ("goal", 100)]
