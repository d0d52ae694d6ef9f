"""Plan files by example: their form, their errors, and what a recompilation does to them."""

from dataclasses import replace
from pathlib import Path

import pytest

from jingwei.core import InvalidFile, Period, Span, Statement
from jingwei.plans import review
from jingwei.plans.entry import absent_values, seal_of
from jingwei.plans.identity import with_ids
from jingwei.plans.merging import Merged, merge
from jingwei.plans.planfile import (
    ChangedMeanwhile,
    Compilation,
    PlanFile,
    new_plan,
    parse_plan,
    plan_text,
    read_plan,
    save_plan,
)
from jingwei.plans.records import (
    SECTION,
    DocumentFacts,
    Node,
    PlaceRole,
    Programme,
    Reference,
    Task,
)

NAME = "plans/云溪市规划.txt.yaml"
FILE = "云溪市规划.txt"
FACTS = DocumentFacts(
    FILE,
    "ab" * 32,
    "云溪市制造业规划",
    "云府发〔2021〕3号",
    "2021-03-01",
    Period(2021, 2025),
    "云溪市",
    "plan",
)


def statement(subject: str, value: float, start: int, quote: str = "") -> Statement:
    quote = quote or f"到2025年,{subject}达到{value:g}亿元以上"
    return Statement(
        id="", document=FILE, quote=quote, subject=subject, scope="云溪市", role="target", op=">=",
        value=value, low=None, high=None, unit="亿元", period=Period.year(2025), attr="预期性",
        kind="stat", text=None, measure="level", hedge="以上", base_year=None, rule="prose.reach",
        section=("二、总体要求", "（二）主要目标"),
        evidence=Span(FILE, start, start + len(quote), quote, line=start // 10 + 1, segments=((start, start + len(quote)),)),
    )  # fmt: skip


OUTPUT = statement("工业总产值", 8000, 100)
FIRMS = statement("规上企业营业收入", 650, 300)
TAXES = statement("制造业税收", 90, 500)


def compiled(*statements: Statement, facts: DocumentFacts = FACTS) -> Compilation:
    return Compilation(facts, {"statements": with_ids(statements, SECTION["statements"])})


def plan_of(*statements: Statement) -> PlanFile:
    return new_plan(NAME, compiled(*statements))


def ids(plan: PlanFile) -> list[str]:
    return [entry.record.id for entry in plan.statements]


def accepted(plan: PlanFile, order: int) -> PlanFile:
    return review.accept(plan, [ids(plan)[order]], by="王芳", on="2026-01-05").plan


def kinds(merged: Merged) -> list[str]:
    return [difference.kind for difference in merged.differences]


def test_a_statement_stands_in_the_file_as_a_short_block() -> None:
    text = plan_text(plan_of(OUTPUT))
    assert (
        text[text.index("statements:") :]
        == f"""\
statements:
- id: {ids(plan_of(OUTPUT))[0]}
  subject: 工业总产值
  scope: 云溪市
  role: target
  op: '>='
  value: 8000
  unit: 亿元
  period: 2025
  attr: 预期性
  measure: level
  hedge: 以上
  quote: 到2025年,工业总产值达到8000亿元以上
  at: {{line: 11, start: 100, end: 122}}
  section: [二、总体要求, （二）主要目标]
  rule: prose.reach
  seal: {plan_of(OUTPUT).statements[0].seal}
  review:
    state: proposed
"""
    )


def test_all_sections_are_written_and_read_again() -> None:
    span = Span(FILE, 1, 5, "推进建设", page=3)
    common = {
        "id": "",
        "document": FILE,
        "quote": "推进建设",
        "section": (),
        "rule": "r",
        "evidence": span,
    }
    records = {
        "statements": [OUTPUT],
        "tasks": [
            Task(what="建设园区", owner=None, where="东区", due=Period(2021, 2023), **common)
        ],
        "programmes": [Programme(name="强基工程", group="专项", goals=("s-1",), **common)],
        "industries": [
            Node(name="传感器", parent="电子信息", chain="智能传感", role="补链", **common)
        ],
        "places": [
            PlaceRole(place="东区", industries=("传感器", "机器人"), role="承载区", **common)
        ],
        "references": [
            Reference(title="省规划纲要", kind="outline", number="", relation="依据", **common)
        ],
    }
    named = {name: with_ids(each, SECTION[name]) for name, each in records.items()}
    plan = new_plan(NAME, Compilation(FACTS, named))
    text = plan_text(plan)
    read = parse_plan(text, NAME)
    assert (read.document, read.sections) == (plan.document, plan.sections)
    assert "  owner: null\n" in text  # no owner stated is a value that a reader sees
    assert "  due: 2021-2023\n" in text


@pytest.mark.parametrize(
    ("written", "instead", "on", "said"),
    [
        ("op: '>='", "op: ≈", "op: ≈", "statements 第 1 条 op（限定）：「≈」不是允许的取值"),
        ("op: '>='", "op: >=", "op: >=", "加引号"),
        ("op: '>='", "op: ~", "op: ~", "op（限定）：「null」不是允许的取值"),
        ("value: 8000", "value: 八千", "八千", "value（数值）：应为数字，这里是「八千」"),
        ("value: 8000", "value: '8000'", "'8000'", "应为数字"),
        ("value: 8000", "value: 1e999", "1e999", "数字"),
        ("unit: 亿元", "unit: 80", "unit: 80", "unit（单位）：应为文字，这里是「80」"),
        ("unit: 亿元", "danwei: 亿元", "danwei", "没有名为「danwei」的项"),
        ("unit: 亿元", "value: 80", "value: 80\n", "已经写过"),
        ("period: 2025", "period: 十四五", "十四五", "period（时期）：「十四五」不是时期"),
        ("period: 2025", "period: 2025-2021", "2025-2021", "先早后晚"),
        ("  subject: 工业总产值\n", "", "- id", "subject（指标）：缺少这一项"),
        ("  review:\n    state: proposed\n", "  review: ok\n", "review: ok", "名称: 值"),
        ("state: proposed\n", "state: ok\n", "state: ok", "state（状态）：「ok」不是允许的取值"),
        ("state: proposed\n", "state: proposed\n    date: 昨天\n", "昨天", "「昨天」不是日期"),
        ("end: 122", "stop: 122", "stop", "没有名为「stop」的项"),
        ("start: 100", "start: 1.5", "start: 1.5", "应为整数"),
        ("section: [", "section: x # [", "section: x", "应为列表"),
        ("format: 1", "format: 9", "format: 9", "format（格式版本）：「9」不是允许的取值"),
        ("statements:", "goals:", "goals:", "没有名为「goals」的项"),
        ("  seal", "  read: {valeu: 1}\n  seal", "valeu", "没有名为「valeu」的项"),
    ],
)
def test_a_wrong_file_names_line_and_field(written: str, instead: str, on: str, said: str) -> None:
    text = plan_text(plan_of(OUTPUT))
    assert written in text
    text = text.replace(written, instead, 1)
    line = text.count("\n", 0, text.rindex(on)) + 1
    with pytest.raises(InvalidFile) as raised:
        parse_plan(text, NAME)
    assert raised.value.where == f"{NAME}:{line}", str(raised.value)
    assert said in raised.value.zh


def test_several_faults_are_told_with_their_lines() -> None:
    text = plan_text(plan_of(OUTPUT)).replace("op: '>='", "op: ≈").replace("8000\n", "x\n")
    with pytest.raises(InvalidFile) as raised:
        parse_plan(text, NAME)
    assert raised.value.where == f"{NAME}:31"
    assert raised.value.zh.endswith("（另有问题在第 32 行）")
    assert raised.value.en == (
        "statements no. 1 op: '≈' is not allowed; write '=', '~', '>=', '>', '<=', '<', 'range', "
        "'+', '-', 'x', 'qual' (more faults in line 32)"
    )


@pytest.mark.parametrize("text", ["", "# 空\n", "- 1\n", "规划\n"])
def test_what_is_no_plan_file_is_refused(text: str) -> None:
    with pytest.raises(InvalidFile, match="不是规划文件"):
        parse_plan(text, NAME)


def test_an_id_used_twice_is_refused() -> None:
    text = plan_text(plan_of(OUTPUT, FIRMS)).replace(*reversed(ids(plan_of(OUTPUT, FIRMS))))
    with pytest.raises(InvalidFile, match="重复"):
        parse_plan(text, NAME)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("op: '>='", "op: range", "区间要写 low 和 high"),
        ("op: '>='", "op: qual", "qual 要有文字目标"),
        ("value: 8000", "low: 8000", "成对"),
        ("value: 8000", "low: 9\n  high: 8", "下限 9 大于上限 8"),
        ("value: 8000", "attr: 约束性", "要有一个数值"),
    ],
)
def test_what_a_person_decided_must_make_sense(was: str, now: str, said: str) -> None:
    text = plan_text(plan_of(OUTPUT)).replace("  attr: 预期性\n", "").replace(was, now)
    with pytest.raises(InvalidFile, match=said):
        parse_plan(text, NAME)


def test_ids_do_not_change_when_a_statement_is_inserted() -> None:
    before = ids(plan_of(OUTPUT, TAXES))
    after = ids(plan_of(OUTPUT, FIRMS, TAXES))
    assert [after[0], after[2]] == before


def test_one_quote_with_two_numbers_and_one_quote_in_two_places_have_ids_of_their_own() -> None:
    quote = "工业总产值从5000亿元提高到8000亿元"
    twice = [statement("工业总产值", value, 100, quote) for value in (8000, 5000)]
    plan = plan_of(*twice, statement("工业总产值", 8000, 700, quote))
    assert len(set(ids(plan))) == 3
    assert [entry.record.value for entry in plan.statements] == [5000, 8000, 8000]


def test_a_changed_number_is_replaced_where_nobody_reviewed_it() -> None:
    plan = plan_of(OUTPUT, FIRMS)
    merged = merge(plan, compiled(statement("工业总产值", 9000, 100), FIRMS))
    assert ids(merged.plan) == ids(plan)
    assert merged.plan.statements[0].record.value == 9000
    (difference,) = merged.differences
    assert difference.zh == "读数改变（未审阅，已更新）: 数值「8000」→「9000」"


def test_a_changed_number_is_proposed_beside_an_accepted_one() -> None:
    plan = accepted(plan_of(OUTPUT, FIRMS), 0)
    merged = merge(plan, compiled(statement("工业总产值", 9000, 103), FIRMS))
    entry = merged.plan.statements[0]
    assert (entry.record.value, dict(entry.proposed), entry.state) == (
        8000,
        {"value": 9000},
        "accepted",
    )
    assert entry.record.evidence.start == 103  # where it stands follows the document
    assert entry.waits
    assert kinds(merged) == ["proposed"]
    assert "  proposed:\n    value: 9000\n" in plan_text(merged.plan)
    back = merge(merged.plan, compiled(OUTPUT, FIRMS))
    assert back.plan == plan


def test_an_edited_number_keeps_what_was_read_beside_it() -> None:
    misread = statement("机器人密度", 8, 100, "机器人密度达到80台/万人")
    plan = plan_of(misread)
    plan = review.edit(
        plan, ids(plan)[0], {"value": 80, "unit": "台/万人"}, by="王芳", on="2026-01-05"
    ).plan
    assert plan_text(plan).endswith(
        "  read:\n    value: 8\n    unit: 亿元\n"
        "  review:\n    state: edited\n    by: 王芳\n    date: '2026-01-05'\n"
    )
    assert merge(plan, compiled(misread)).plan == plan
    newer = merge(plan, compiled(replace(misread, attr=None))).plan.statements[0]
    assert (newer.record.value, dict(newer.read), dict(newer.proposed)) == (
        80, {"value": 8, "unit": "亿元"}, {"attr": None},
    )  # fmt: skip


def test_when_the_compiler_comes_to_agree_the_edit_counts_as_accepted() -> None:
    plan = plan_of(OUTPUT)
    plan = review.edit(plan, ids(plan)[0], {"value": 9000}, by="王芳", on="2026-01-05").plan
    merged = merge(plan, compiled(replace(OUTPUT, value=9000)))
    entry = merged.plan.statements[0]
    assert (entry.state, entry.read, entry.proposed, entry.review.by) == (
        "accepted",
        {},
        {},
        "王芳",
    )
    assert kinds(merged) == ["agrees"]


def test_a_reviewed_statement_that_vanished_is_kept_and_flagged() -> None:
    plan = accepted(plan_of(OUTPUT, FIRMS, TAXES), 1)
    merged = merge(plan, compiled(TAXES))
    assert [entry.record.subject for entry in merged.plan.statements] == [
        "规上企业营业收入",
        "制造业税收",
    ]
    assert [entry.gone for entry in merged.plan.statements] == [True, False]
    assert sorted(kinds(merged)) == ["gone", "removed"]
    assert "  gone: true\n" in plan_text(merged.plan)
    assert merge(merged.plan, compiled(TAXES)).differences == ()
    back = merge(merged.plan, compiled(FIRMS, TAXES))
    assert [entry.gone for entry in back.plan.statements] == [False, False]
    assert kinds(back) == ["back"]


def test_a_new_statement_stands_where_it_stands_in_the_document() -> None:
    plan = parse_plan(plan_text(accepted(plan_of(OUTPUT, TAXES), 1)), NAME)
    merged = merge(plan, compiled(OUTPUT, FIRMS, TAXES)).plan
    assert [entry.record.subject for entry in merged.statements] == [
        "工业总产值", "规上企业营业收入", "制造业税收",
    ]  # fmt: skip
    assert parse_plan(plan_text(merged), NAME).sections == merged.sections


def test_a_reworded_sentence_is_still_the_same_statement_and_another_indicator_is_not() -> None:
    plan = accepted(accepted(plan_of(OUTPUT, FIRMS), 0), 1)
    reworded = statement("全市工业总产值", 8000, 90, "力争到2025年,全市工业总产值达到8000亿元以上")
    other = statement("固定资产投资额", 650, 300)
    merged = merge(plan, compiled(reworded, other)).plan
    same, new, gone = merged.statements
    assert (same.record.subject, dict(same.proposed)) == (
        "工业总产值",
        {"subject": "全市工业总产值"},
    )
    assert (gone.record.subject, gone.gone) == ("规上企业营业收入", True)
    assert (new.record.subject, new.state) == ("固定资产投资额", "proposed")


def test_of_two_numbers_in_one_sentence_neither_takes_the_place_of_the_other() -> None:
    quote = "工业总产值从5000亿元提高到8000亿元"
    start, end = (statement("工业总产值", value, 100, quote) for value in (5000, 8000))
    start = replace(start, period=Period.year(2020), role="observation")
    plan = accepted(plan_of(start, end), 0)
    merged = merge(plan, compiled(end)).plan
    assert [(entry.record.value, entry.gone) for entry in merged.statements] == [
        (5000, True),
        (8000, False),
    ]


def test_a_number_newly_read_does_not_take_the_place_of_one_no_longer_read() -> None:
    quote = "工业总产值从5000亿元提高到8000亿元"
    start, end = (statement("工业总产值", value, 100, quote) for value in (5000, 8000))
    start = replace(start, period=Period.year(2020), role="observation")
    merged = merge(accepted(plan_of(start), 0), compiled(end)).plan
    assert sorted((entry.record.value, entry.gone) for entry in merged.statements) == [
        (5000, True), (8000, False),
    ]  # fmt: skip


def test_a_subject_read_otherwise_in_the_same_sentence_is_the_same_statement() -> None:
    quote = "单位产值能耗累计下降15亿元"
    plan = accepted(plan_of(statement("能耗", 15, 100, quote), FIRMS), 0)
    better = statement("单位产值能源消费量累计降幅", 15, 100, quote)
    merged = merge(
        plan, compiled(statement("用水量", 15, 0, "用水量达到15亿元"), better, FIRMS)
    ).plan
    assert merged.statements[1].record.id == ids(plan)[0]
    assert dict(merged.statements[1].proposed) == {"subject": "单位产值能源消费量累计降幅"}


def test_a_value_changed_by_hand_is_never_overwritten_even_without_a_word() -> None:
    text = plan_text(plan_of(OUTPUT, FIRMS)).replace("value: 650", "value: 680  # 统计局更正")
    plan = parse_plan(text, NAME)
    assert plan.statements[1].state == "edited"
    merged = merge(plan, compiled(OUTPUT, FIRMS))
    entry = merged.plan.statements[1]
    assert (entry.record.value, dict(entry.read), entry.review.state) == (
        680,
        {"value": 650},
        "edited",
    )
    assert kinds(merged) == ["by_hand"]
    assert merged.differences[0].en == "changed by hand, recorded as edited: value '650' -> '680'"
    rewritten = plan_text(merged.plan)
    assert "  value: 680  # 统计局更正\n" in rewritten
    assert "    state: edited\n" in rewritten


def test_a_field_added_by_a_later_version_makes_no_record_look_changed_by_hand() -> None:
    seal = plan_of(OUTPUT).statements[0].seal
    assert seal_of(replace(OUTPUT, kind="tech"), {}) != seal
    said = [
        name for name, absent in absent_values(Statement).items() if getattr(OUTPUT, name) != absent
    ]
    assert said == [
        "scope",
        "value",
        "unit",
        "attr",
        "hedge",
    ]  # what enters beside what is required


def test_a_statement_added_by_hand_stays_and_is_not_called_gone() -> None:
    text = (
        plan_text(plan_of(OUTPUT))
        + """
- id: 手工-1   # 编译器漏读
  subject: 园区数量
  role: target
  op: '='
  value: 12
  unit: 个
  period: 2025
  measure: level
  quote: 建设园区十二个
  at: {start: 900, end: 907}
"""
    )
    plan = parse_plan(text, NAME)
    merged = merge(plan, compiled(OUTPUT))
    assert merged.differences == ()
    assert plan_text(merged.plan) == text


def test_order_and_comments_of_a_person_stay_when_the_rest_is_replaced() -> None:
    first, _, rest = plan_text(plan_of(OUTPUT, FIRMS)).partition(
        "\n- id: " + ids(plan_of(OUTPUT, FIRMS))[0]
    )
    one, two = (
        "- id:" + each
        for each in ("- id: " + ids(plan_of(OUTPUT, FIRMS))[0] + rest).split("- id:")[1:]
    )
    text = f"{first}\n# 先看营业收入\n{two}\n# 再看产值\n{one}".rstrip() + "\n# 完\n"
    plan = parse_plan(text, NAME)
    assert [entry.record.subject for entry in plan.statements] == ["规上企业营业收入", "工业总产值"]
    merged = merge(plan, compiled(replace(OUTPUT, value=8100), FIRMS)).plan
    assert plan_text(merged) == text.replace("value: 8000", "value: 8100").replace(
        plan.statements[1].seal, merged.statements[1].seal
    )


def test_rejected_statements_count_nowhere() -> None:
    plan = plan_of(OUTPUT, FIRMS)
    plan = review.reject(plan, ids(plan)[:1], by="王芳", on="2026-01-05").plan
    assert [record.subject for record in plan.records("statements")] == ["规上企业营业收入"]


def test_the_title_a_person_corrected_survives() -> None:
    plan = parse_plan(
        plan_text(plan_of(OUTPUT)).replace(
            "title: 云溪市制造业规划", "title: 云溪市制造业“十四五”规划"
        ),
        NAME,
    )
    merged = merge(plan, compiled(OUTPUT, facts=replace(FACTS, sha256="cd" * 32))).plan
    assert merged.document.record.title == "云溪市制造业“十四五”规划"
    assert merged.document.record.sha256 == "cd" * 32


def test_goals_of_a_programme_follow_the_ids_of_the_file() -> None:
    def with_programme(*statements: Statement) -> Compilation:
        named = with_ids(statements, SECTION["statements"])
        programme = Programme(
            "", FILE, "强基工程", "专项", tuple(each.id for each in named), "实施强基工程", (), "r", OUTPUT.evidence
        )  # fmt: skip
        return Compilation(
            FACTS, {"statements": named, "programmes": with_ids([programme], SECTION["programmes"])}
        )

    plan = new_plan(NAME, with_programme(OUTPUT))
    reworded = replace(OUTPUT, quote="力争" + OUTPUT.quote)
    merged = merge(plan, with_programme(reworded)).plan
    assert merged.entries("programmes")[0].record.goals == (ids(plan)[0],)


def test_saving_writes_once_and_never_over_the_work_of_another(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    saved = save_plan(plan_of(OUTPUT), path)
    assert path.read_bytes() == saved.text.encode()
    plan = read_plan(path)
    stamp = path.stat().st_mtime_ns
    save_plan(plan, path)
    assert path.stat().st_mtime_ns == stamp
    path.write_bytes(path.read_bytes() + "# 同事的话\n".encode())
    with pytest.raises(ChangedMeanwhile):
        save_plan(accepted(plan, 0), path)
    assert path.read_text("utf-8").endswith("# 同事的话\n")
    with pytest.raises(ChangedMeanwhile):
        save_plan(plan_of(OUTPUT), path)  # a new file never replaces one that is there


def test_a_file_saved_on_windows_stays_one() -> None:
    text = "\ufeff" + plan_text(plan_of(OUTPUT)).replace("\n", "\r\n")
    plan = parse_plan(text, NAME)
    assert plan_text(plan) == text
    assert plan_text(accepted(plan, 0)) == text.replace(
        "state: proposed\r\n", "state: accepted\r\n    by: 王芳\r\n    date: '2026-01-05'\r\n"
    ).replace(
        "state: accepted\r\n    by: 王芳\r\n    date: '2026-01-05'\r\n", "state: proposed\r\n", 1
    )


def test_a_compilation_with_mixed_documents_or_ids_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="ids of statements must differ"):
        Compilation(FACTS, {"statements": [OUTPUT, FIRMS]})
    with pytest.raises(ValueError, match=r"is of other\.txt"):
        Compilation(FACTS, {"statements": [replace(OUTPUT, document="other.txt")]})
