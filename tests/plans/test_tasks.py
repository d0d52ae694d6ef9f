"""Tasks: what, who, where, by when."""

import pytest
from reading_plans import plan_of, section

from jingwei.core import Period
from jingwei.documents import read_text
from jingwei.plans.compiling import compile_document
from jingwei.plans.records import Task

WORK = "提升创新能力"


def tasks(
    text: str, heading: str = WORK, title: str = "云溪市先进制造业发展“十四五”规划"
) -> list[Task]:
    return list(plan_of(section(heading, text), title).tasks)


@pytest.mark.parametrize(
    ("text", "what", "verb", "thing"),
    [
        ("加快建设公共技术平台，完善服务体系。", "加快建设公共技术平台,完善服务体系", "加快建设", "公共技术平台"),
        ("支持龙头企业组建创新联合体。", "支持龙头企业组建创新联合体", "支持", "龙头企业组建创新联合体"),
        ("芯片设计，突破存储器芯片。", "突破存储器芯片", "突破", "存储器芯片"),
        ("以扩大规模为重点，推广智能工厂。", "推广智能工厂", "推广", "智能工厂"),
        ("聚焦新材料领域，攻克一批关键技术。", "聚焦新材料领域,攻克一批关键技术", "攻克", "一批关键技术"),
        ("依托省轴承研究院建设检测中心。", "依托省轴承研究院建设检测中心", "建设", "检测中心"),
        ("加快光刻机研发。", "加快光刻机研发", "加快", "光刻机研发"),
    ],
)  # fmt: skip
def test_an_order_is_a_task_with_its_verb_and_object(
    text: str, what: str, verb: str, thing: str
) -> None:
    (task,) = tasks(text)
    assert (task.what, task.verb, task.object) == (what, verb, thing)


def test_parts_between_semicolons_are_tasks_of_their_own() -> None:
    found = tasks("推动产学研合作；鼓励企业上云；建立服务专员制度。")
    assert [task.verb for task in found] == ["推动", "鼓励", "建立"]


@pytest.mark.parametrize(
    ("text", "due", "deadline", "stated"),
    [
        ("到2025年，建成20家智能工厂。", "2025", "", True),
        ("“十四五”期间，改造项目3000项。", "2021-2025", "", True),
        ("力争到2023年，培育领军企业5家。", "2023", "", True),
        ("2024年6月底前完成平台建设。", "2024", "2024-06", True),
        ("推动重点行业2024年底前完成清洁生产改造。", "2024", "", True),
        ("2022年、2023年、2024年分别诊断企业100家、200家、300家。", "2024", "", True),
        ("到2025年，产业规模达到800亿元。", "2025", "", True),
        ("完善产业政策体系和服务机制。", "2025", "", False),
    ],
)
def test_the_date_of_a_task(text: str, due: str, deadline: str, stated: bool) -> None:
    (task,) = tasks(text)
    assert (str(task.due), task.deadline, task.due_stated) == (due, deadline, stated)


@pytest.mark.parametrize(
    "text",
    [
        "推动产值比2020年翻一番的企业加快上市。",
        "落实《云溪市2025年工业发展规划》要求。",
        "完善2019年建立的工作机制和评价办法。",
    ],
)
def test_dates_of_comparison_titles_and_past_are_no_deadlines(text: str) -> None:
    assert [task.due_stated for task in tasks(text)] == [False]


def test_a_date_holds_for_the_sentence_that_goes_on_with_among_them() -> None:
    first, second = tasks("到2025年，培育园区50个。其中，打造千亿级园区3个。")
    assert (first.due_stated, second.due_stated) == (True, True)
    assert second.what == "打造千亿级园区3个"


def test_words_before_a_date_are_a_task_without_it() -> None:
    first, second = tasks("实施招商计划，“十四五”期间力争工业投资达到800亿元。")
    assert (first.what, first.due_stated) == ("实施招商计划", False)
    assert (second.what, second.due_stated) == ("工业投资达到800亿元", True)


@pytest.mark.parametrize(
    ("text", "owner", "supporting"),
    [
        ("建设平台体系。（责任单位：市经信局、市科技局）", "市经信局、市科技局", None),
        ("建设平台体系。（牵头单位：市经信局，配合单位：市财政局、各区政府）", "市经信局", "市财政局、各区政府"),
        ("建设平台体系（市发展和改革委牵头，市商务局配合）。", "市发展和改革委", "市商务局"),
        ("建设平台体系。（市工业和信息化局和市水利局）", "市工业和信息化局、市水利局", None),
        ("由市经信局会同市财政局牵头建设平台体系。", "市经信局", "市财政局"),
        ("由市经信局牵头，会同市财政局、市科技局建设平台体系。", "市经信局", "市财政局、市科技局"),
        ("市经信局会同市财政局建设平台体系。", "市经信局", "市财政局"),
        ("建设平台体系。牵头部门：市经信局；会同部门：市财政局。", "市经信局", "市财政局"),
        ("建设平台体系。责任单位：市经信局、市科技局。", "市经信局、市科技局", None),
        ("建设平台体系。市经信局、市商务局按职责分工负责。", "市经信局、市商务局", None),
        ("各区要建设平台体系。", "各区", None),
        ("建设平台体系。", None, None),
        ("建设平台体系（含检测、认证等功能）。", None, None),
        ("建设有机发光显示（AMOLED）平台体系。", None, None),
    ],
)  # fmt: skip
def test_owners_are_read_where_they_are_named(
    text: str, owner: str | None, supporting: str | None
) -> None:
    (task,) = tasks(text)
    assert (task.owner, task.supporting, task.owner_stated) == (
        owner, supporting, owner is not None,
    )  # fmt: skip
    assert task.what.endswith(("平台体系", "建设平台体系(含检测、认证等功能)"))


def test_an_owner_in_brackets_speaks_for_the_tasks_before_it_only() -> None:
    found = tasks("建设平台。完善机制体系。（市经信局）推广智能工厂。")
    assert [task.owner for task in found] == ["市经信局", "市经信局", None]


def test_a_line_of_owners_speaks_for_its_section() -> None:
    plan = plan_of(
        "三、重点任务\n\n（一）强化创新\n\n建设公共平台。\n\n推广智能工厂。\n\n"
        "牵头单位：市经信局\n\n配合单位：各区政府\n\n（二）强化人才\n\n引进高层次人才。\n"
    )
    assert [(task.owner, task.supporting) for task in plan.tasks] == [
        ("市经信局", "各区政府"),
        ("市经信局", "各区政府"),
        (None, None),
    ]


def test_tables_that_hand_out_work() -> None:
    plan = plan_of(
        "附件：重点任务分工表\n\n序号\t重点任务\t牵头单位\t配合单位\t完成时限\n"
        "1\t建成材料中试基地\t市科技局\t青山区政府\t2024年12月\n"
        "2\t完成园区循环化改造\t各园区管委会\t\t2025年\n"
    )
    rows = [task for task in plan.tasks if task.rule == "table.row"]
    assert [(t.what, t.owner, t.supporting, str(t.due), t.deadline) for t in rows] == [
        ("建成材料中试基地", "市科技局", "青山区政府", "2024", "2024-12"),
        ("完成园区循环化改造", "各园区管委会", None, "2025", ""),
    ]


def test_tables_of_indicators_and_places_give_no_tasks() -> None:
    plan = plan_of(
        "表1 主要指标\n\n指标\t单位\t2025年\t属性\n工业增加值\t亿元\t900\t预期性\n"
        "智能工厂\t家\t20\t预期性\n"
    )
    assert not plan.tasks


def test_places_named_in_a_task() -> None:
    plan = plan_of(
        section(WORK, "依托临江新区建设数据港。")
        + "\n四、空间布局\n\n临江新区重点发展集成电路；石门县重点发展新材料。\n"
    )
    assert [task.where for task in plan.tasks] == ["临江新区", "临江新区", "石门县"]


def test_facts_and_principles_order_nothing() -> None:
    plan = plan_of(
        "一、发展基础\n\n加快推进重大项目，建成平台20个。\n\n二、总体要求\n\n（一）基本原则\n\n"
        "坚持创新驱动，推动融合发展。\n\n三、保障措施\n\n强化资金支持力度。\n"
    )
    assert [task.what for task in plan.tasks] == ["强化资金支持力度"]


def test_a_heading_that_orders_is_no_heading_of_facts() -> None:
    assert [task.what for task in tasks("突破基础零部件。", "强化工业基础能力")] == [
        "突破基础零部件"
    ]


def test_a_plan_without_years_leaves_tasks_undated() -> None:
    (task,) = tasks("完善服务机制体系。", title="云溪市产业服务工作办法")
    assert (task.due, task.due_stated) == (None, False)


def test_due_is_the_end_of_the_plan_where_none_is_stated() -> None:
    (task,) = tasks("完善服务机制体系。", title="云溪市产业三年行动方案（2023—2025年）")
    assert (task.due, task.due_stated) == (Period.year(2025), False)


def test_a_deadline_beside_the_owner() -> None:
    first, second = tasks(
        "建设检测平台，推广智能工厂。到2023年，培育企业5家。（责任单位：市科技局；完成时限：2024年6月底）"
    )
    assert (first.owner, str(first.due), first.deadline, first.due_stated) == (
        "市科技局", "2024", "2024-06", True,
    )  # fmt: skip
    assert (second.owner, str(second.due)) == ("市科技局", "2023")


def test_a_bracket_of_its_own_speaks_for_the_paragraph_before_it() -> None:
    plan = plan_of(
        "三、重点任务\n（一）强化创新\n建设公共平台。\n推广智能工厂。\n（责任单位：市经信局）\n"
    )
    assert [task.owner for task in plan.tasks] == [None, "市经信局"]


@pytest.mark.parametrize(
    ("text", "what", "verb", "due"),
    [
        ("骨干企业牵头组建创新联合体，攻克轴承钢。", "骨干企业牵头组建创新联合体,攻克轴承钢", "牵头组建", "2025"),
        ("面向矿山机械发展耐磨轴承。", "面向矿山机械发展耐磨轴承", "发展", "2025"),
        ("建设市轴承研究院，2023年底前投入运行。", "建设市轴承研究院,2023年底前投入运行", "建设", "2023"),
        ("本地配套率逐年提高，到2024年达到40%。", "本地配套率逐年提高,到2024年达到40%", "提高", "2024"),
        ("设计环节，建设共享知识产权库。", "建设共享知识产权库", "建设", "2025"),
    ],
)  # fmt: skip
def test_subjects_and_what_goes_on_stay_together(text: str, what: str, verb: str, due: str) -> None:
    (task,) = tasks(text)
    assert (task.what, task.verb, str(task.due)) == (what, verb, due)


def test_duties_handed_over_are_no_owners_of_the_tasks_before() -> None:
    (task,) = tasks("成立领导小组，统筹推进规划。原市机械局承担的协调职责由市经信局承担。")
    assert task.owner is None


def test_what_a_report_has_done_is_no_task_and_what_it_will_do_is() -> None:
    report = "2023年云溪市工业运行情况的汇报"
    assert not tasks("推动产业集聚，建成园区3个。", "一、工作成效", report)
    (task,) = tasks("2024年，力争新建智能工厂20个。", "三、下一步打算", report)
    assert (task.what, str(task.due)) == ("新建智能工厂20个", "2024")


@pytest.mark.parametrize(
    "text",
    [
        "发布会介绍，企业发展势头良好。",
        "“十三五”以来，推动企业上市5家。",
        "支持企业的政策有哪些？",
        "规模以上企业研发经费占营业收入比重接近2%。",
    ],
)
def test_questions_and_reports_order_nothing(text: str) -> None:
    assert not tasks(text)


def test_a_text_without_sections_gives_no_task_for_what_only_sets_a_number() -> None:
    text = (
        "云溪市制造业“十四五”规划发布\n\n提高全员劳动生产率至45万元/人。完成工业投资5500亿元。"
        "建设智能工厂300家。有记者提问，“十四五”时期中小企业能得到什么。“十四五”时期，是制造业爬坡过坎的关键阶段。\n"
    )
    from jingwei.documents import read_text
    from jingwei.plans.compiling import compile_document

    plan = compile_document(read_text(text, "press.txt"))
    assert [task.what for task in plan.tasks] == ["建设智能工厂300家"]


def test_a_mark_inside_a_sentence_is_of_that_sentence_where_others_have_their_own() -> None:
    found = tasks(
        "建立联席会议制度。市财政每年安排专项资金2亿元（责任单位：市财政局）。"
        "完善信用监管（责任单位：市市场监督管理局、各县（市、区）政府）。"
    )
    assert [(task.what, task.owner) for task in found] == [
        ("建立联席会议制度", None),
        ("市财政每年安排专项资金2亿元", "市财政局"),
        ("完善信用监管", "市市场监督管理局、各县(市、区)政府"),
    ]


def test_a_project_under_its_heading_is_due_when_its_last_clause_says() -> None:
    (task,) = tasks("总投资3.5亿元，2022年底前建成（责任单位：市科学技术局）。", "电驱系统检测平台")
    assert task.what.startswith("电驱系统检测平台:总投资3.5亿元")
    assert (task.owner, str(task.due)) == ("市科学技术局", "2022")
    (task,) = tasks("建设中试平台，总投资6亿元，2024年底前开工（责任单位：市科学技术局）。")
    assert (str(task.due), task.due_stated) == ("2024", True)


ANNUAL = "白沙县2026年重点工作任务清单"


def annual(text: str) -> list[Task]:
    return list(plan_of(f"一、扩大投资\n\n{text}\n", ANNUAL).tasks)


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        ("6月底前完成路基，三季度竣工通车。", ["2026-06", "2026-09"]),
        ("“五一”前完成首批改造，年底前全部投用。", ["2026-05-01", "2026"]),
        ("县城变电站上半年投运、二期2027年一季度开工。", ["2026-06", "2027-03"]),
        ("全年实施重点项目126个，下半年引进企业10家。", ["2026", "2026-12"]),
        ("水库加固工程（2025年11月已开工）4月底前完成防渗处理。", ["2026-04"]),
    ],
)
def test_a_text_for_one_year_leaves_the_year_of_its_dates_out(text: str, dues: list[str]) -> None:
    found = annual(text)
    assert [task.deadline or str(task.due) for task in found] == dues
    assert all(task.due_stated for task in found)


@pytest.mark.parametrize(
    "text",
    [
        "健全调度机制，每季度末通报进展情况。",
        "新建建筑自2026年7月1日起全面执行绿色标准，推广绿色建材。",
        "加大财政贴息力度，政策执行至2026年12月31日。",
    ],
)
def test_what_recurs_starts_or_runs_out_is_not_due(text: str) -> None:
    assert [task.due_stated for task in annual(text)] == [False]


def test_how_long_a_document_holds_is_no_task() -> None:
    assert not annual("本方案自2026年6月1日起施行，有效期至2026年12月31日。")


def test_every_date_of_a_sentence_sets_a_task_of_its_own() -> None:
    found = tasks("推进晶圆制造二期项目建设，2022年6月主体封顶、2023年三季度设备搬入，2024年达产。")
    assert [(task.deadline or str(task.due)) for task in found] == ["2022-06", "2023-09", "2024"]
    # what only says how far it comes is told with what it is about
    assert found[-1].what == "推进晶圆制造二期项目建设:达产"


def test_a_date_holds_for_the_next_part_where_that_measures_something() -> None:
    found = tasks("到2023年，培育企业50家；建成园区3个；完善服务机制体系。")
    assert [(str(task.due), task.due_stated) for task in found] == [
        ("2023", True), ("2023", True), ("2025", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        "本章任务由市经信局牵头，市科技局、各区政府配合。",
        "以下各项除另有注明外，由市经信局牵头，市科技局、各区政府配合。",
        "牵头单位：市经信局\n\n配合单位：市科技局、各区政府",
        "（牵头单位：市经信局；责任单位：市科技局、各区政府）",
        "责任领导：李明（副市长）\n\n牵头单位：市经信局\n\n责任单位：市科技局、各区政府",
    ],
)
def test_an_owner_said_above_holds_for_all_tasks_below_it(said: str) -> None:
    plan = plan_of(
        f"三、重点任务\n\n{said}\n\n（一）强化创新\n\n建设公共平台。\n\n（二）强化人才\n\n"
        "引进高层次人才（市委组织部）。\n\n四、保障措施\n\n强化资金支持力度。\n"
    )
    assert [(task.owner, task.supporting) for task in plan.tasks] == [
        ("市经信局", "市科技局、各区政府"),
        ("市委组织部", None),
        (None, None),
    ]


def test_an_owner_in_a_heading_holds_for_its_section() -> None:
    plan = plan_of(
        "三、重点任务\n\n（一）强化创新（市科技局牵头，市经信局配合）\n\n建设公共平台。\n\n"
        "（二）氢能产业链【链长：副市长李明；牵头：市发改委】\n\n推广氢能重卡。\n"
    )
    assert [(task.owner, task.supporting) for task in plan.tasks] == [
        ("市科技局", "市经信局"),
        ("市发改委", None),
    ]


def test_an_owner_said_below_holds_for_the_tasks_of_its_section() -> None:
    plan = plan_of(
        "三、重点任务\n\n1. 建设公共平台20个。\n\n2. 到2023年，推广智能工厂30家。\n\n"
        "以上任务由市财政局、市经信局按职责分工负责。\n\n四、保障措施\n\n强化资金支持力度。\n"
    )
    assert [task.owner for task in plan.tasks] == ["市财政局、市经信局"] * 2 + [None]


@pytest.mark.parametrize(
    ("text", "owner", "supporting"),
    [
        ("建设平台体系（市经信局牵头，市科技局、市商务局按职责分工负责）。", "市经信局", "市科技局、市商务局"),
        ("建设平台体系（市经信局、市科技局，2023年底前）。", "市经信局、市科技局", None),
        ("建设平台体系〔市经信局、市科技局等部门按职责分工负责〕。", "市经信局、市科技局", None),
        ("建设平台体系【市经信局；责任处室：规划处】。", "市经信局", None),
        ("建设平台体系（市委组织部（市人才办）、各县（市、区）政府）。", "市委组织部(市人才办)、各县(市、区)政府", None),
        ("建设平台体系（责任单位：市经信局；责任处室：规划处）。", "市经信局", None),
        ("由市经信局牵头、市科技局配合，建设平台体系。", "市经信局", "市科技局"),
        ("市制造办（设在市经信局）负责建设平台体系。", "市制造办", None),
    ],
)  # fmt: skip
def test_owners_in_every_way_of_writing(text: str, owner: str, supporting: str | None) -> None:
    (task,) = tasks(text)
    assert (task.owner, task.supporting) == (owner, supporting)


def test_parts_of_a_sentence_have_their_own_owners() -> None:
    found = tasks(
        "由市经信局牵头建设检测平台；市商务局会同国网云溪供电公司编制绿电直连方案；推广智能工厂。（责任单位：各区政府）"
    )
    assert [(task.owner, task.supporting) for task in found] == [
        ("市经信局", None),
        ("市商务局", "国网云溪供电公司"),
        ("各区政府", None),
    ]


def test_columns_of_a_table_of_tasks() -> None:
    plan = plan_of(
        "附件：重点任务分工表\n\n序号\t工作任务\t责任领导\t牵头单位\t责任单位\t完成时限\n"
        "1\t清理拖欠账款，6月底前化解70%\t李明\t市经信局\t市财政局\t12月底\n"
        "2\t开展政策宣传\t王芳\t市委宣传部\t各区政府\t长期坚持\n"
        "3\t验收回收试点\t王芳\t市经信局节能处（市生态环境局配合）\t\t三季度\n",
        "云溪市2026年优化营商环境重点任务清单",
    )
    assert [
        (task.what, task.owner, task.supporting, task.deadline, task.due_stated)
        for task in plan.tasks
    ] == [
        ("清理拖欠账款,6月底前化解70%", "市经信局", "市财政局", "2026-12", True),
        ("清理拖欠账款:6月底前化解70%", "市经信局", "市财政局", "2026-06", True),
        ("开展政策宣传", "市委宣传部", "各区政府", "", False),
        ("验收回收试点", "市经信局节能处", "市生态环境局", "2026-09", True),
    ]


def test_a_numbered_sentence_stands_beside_a_numbered_heading() -> None:
    plan = plan_of(
        "三、重点任务\n\n1. 推进汽车换新。2023年底前出台实施细则。\n\n"
        "2. 推进家电换新，2024年底前换新10万台。\n"
    )
    assert [task.section for task in plan.tasks] == [
        ("三、重点任务", "1.推进汽车换新"),
        ("三、重点任务",),
    ]


def test_an_owner_whose_sentence_goes_on_is_of_that_sentence() -> None:
    found = tasks(
        "产值提高到2024年的200亿元。由市经信局牵头，会同市投资促进局，每年新引进亿元以上项目20个以上。"
    )
    assert [(task.owner, task.supporting) for task in found] == [
        (None, None),
        ("市经信局", "市投资促进局"),
    ]


def test_an_imprint_is_no_task() -> None:
    assert not tasks("云溪市人民政府办公厅2021年7月6日印发")


def test_a_bracket_inside_a_paragraph_speaks_for_its_own_sentence() -> None:
    found = tasks("推广智能工厂。建设检测平台（市科技局）。完善机制体系。")
    assert [task.owner for task in found] == [None, "市科技局", None]


def test_who_acts_goes_on_behind_a_semicolon_where_the_next_part_names_nobody() -> None:
    found = tasks(
        "市经信局会同市商务局修订规范条件，2033年年底前发布；研究制定认证制度，力争2034年启动实施。"
    )
    assert [(task.what, task.owner, str(task.due)) for task in found] == [
        ("市经信局会同市商务局修订规范条件,2033年年底前发布", "市经信局", "2033"),
        ("研究制定认证制度,力争2034年启动实施", "市经信局", "2034"),
    ]


def test_numbered_sentences_and_places_in_general_name_their_owners() -> None:
    found = tasks(
        "1.各牵头单位要主动担责，2033年2月底前将实施方案报市政府督查室。各地要建立健全推进机制。"
    )
    assert [task.owner for task in found] == ["各牵头单位", "各牵头单位", "各地"]


def test_what_has_been_passed_and_remarks_are_no_tasks() -> None:
    assert tasks("2032年1月16日，市人民代表大会审议通过了《政府工作报告》。") == []
    assert tasks("注：“12月底”等未注明年份的均指2032年。") == []


@pytest.mark.parametrize(
    ("text", "owner", "supporting", "what"),
    [
        ("由瀛海产投集团牵头，市财政局配合，2024年9月底前设立母基金。", "瀛海产投集团", "市财政局", "设立母基金"),
        ("2024年4月30日前由市金融办会同市财政局完成办法修订。", "市金融办", "市财政局", "完成办法修订"),
        ("各镇（街道）2024年全年盘活用地1200亩。", "各镇(街道)", None, "各镇(街道)2024年全年盘活用地1200亩"),
    ],
)  # fmt: skip
def test_groups_towns_and_offices_that_finish_something_own_their_tasks(
    text: str, owner: str, supporting: str | None, what: str
) -> None:
    (task,) = tasks(text)
    assert (task.owner, task.supporting, task.what) == (owner, supporting, what)


def test_an_office_that_does_something_as_well_owns_what_follows() -> None:
    found = tasks("市工信局同步抓好设备更新，2024年三季度内组织申报第二批项目。")
    assert {task.owner for task in found} == {"市工信局"}


def test_a_chapter_shared_out_and_a_box_with_one_line_of_owners() -> None:
    text = (
        "云溪市制造业“十五五”发展规划\n（2026—2030年）\n\n三、做强产业\n\n本章任务由市经信局统筹推进，各县（市、区）人民政府落实。\n\n"
        "建立“月调度、期末总结”机制，引进项目20个。\n\n专栏1　重点工程\n\n零碳园区工程。建设零碳园区3个。\n\n"
        "智改数转工程。2028年前改造企业600户。\n\n（责任单位：市发展改革委、市财政局）\n"
    )
    found = compile_document(read_text(text, "plan.txt")).tasks
    assert [(task.owner, task.supporting, task.due_stated) for task in found] == [
        ("市经信局", "各县(市、区)人民政府", False),
        ("市发展改革委、市财政局", None, False),
        ("市发展改革委、市财政局", None, True),
    ]
