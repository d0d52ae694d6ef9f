"""Accept, reject, edit, adopt, undo: each gives a new plan and says what changed."""

from dataclasses import replace

import pytest

from jingwei.core import InvalidRequest, Period, Span, Statement
from jingwei.plans import review
from jingwei.plans.identity import with_ids
from jingwei.plans.merging import merge
from jingwei.plans.planfile import Compilation, PlanFile, new_plan, parse_plan, plan_text
from jingwei.plans.records import SECTION, DocumentFacts, Task

FILE = "云溪市规划.txt"
FACTS = DocumentFacts(FILE, "ab" * 32, "云溪市制造业规划")


def statement(subject: str, value: float, role: str = "target") -> Statement:
    quote = f"到2025年,{subject}达到{value:g}亿元"
    return Statement(
        id="", document=FILE, quote=quote, subject=subject, scope="云溪市", role=role, op="=",
        value=value, low=None, high=None, unit="亿元", period=Period.year(2025), attr=None,
        kind="stat", text=None, measure="level", hedge="", base_year=None, rule="prose",
        section=(), evidence=Span(FILE, int(value), int(value) + len(quote), quote),
    )  # fmt: skip


OUTPUT, TAXES = statement("工业总产值", 8000), statement("制造业税收", 90, "observation")
TASK = Task("", FILE, "建设机器人产业园", None, "东区", None, "建设机器人产业园", (), "task", Span(FILE, 9000, 9008, "建设机器人产业园"))  # fmt: skip


def compiled(*statements: Statement) -> Compilation:
    return Compilation(
        FACTS,
        {
            "statements": with_ids(statements, SECTION["statements"]),
            "tasks": with_ids([TASK], SECTION["tasks"]),
        },
    )


@pytest.fixture
def plan() -> PlanFile:
    return new_plan("plans/x.yaml", compiled(TAXES, OUTPUT))


def ids(plan: PlanFile) -> list[str]:
    return [item.entry.record.id for item in review.items(plan)]


def entry(plan: PlanFile, order: int):
    return plan.statements[order]


SIGNED = {"by": "王芳", "on": "2026-01-05"}


def test_everything_waits_until_it_is_decided(plan: PlanFile) -> None:
    assert [item.section for item in review.to_review(plan)] == [
        "statements",
        "statements",
        "tasks",
    ]
    plan = review.accept(plan, ids(plan)[:1], **SIGNED).plan
    plan = review.reject(plan, ids(plan)[1:2], **SIGNED).plan
    assert [item.section for item in review.to_review(plan)] == ["tasks"]


def test_accepting_is_signed_and_told(plan: PlanFile) -> None:
    done = review.accept(plan, ids(plan)[:2], **SIGNED, note="对照过年鉴")
    assert [(each.before, each.after, each.fields) for each in done.changes] == [
        ("proposed", "accepted", {}),
        ("proposed", "accepted", {}),
    ]
    decision = entry(done.plan, 0).review
    assert (decision.by, decision.date, decision.note) == ("王芳", "2026-01-05", "对照过年鉴")
    assert review.accept(done.plan, ids(plan)[:2], **SIGNED).changes == ()  # nothing left to do


def test_an_edit_is_told_field_by_field_and_undone(plan: PlanFile) -> None:
    identity = ids(plan)[1]
    values = {"value": 8500, "op": ">=", "period": "2021-2025", "attr": "约束性"}
    done = review.edit(plan, identity, values, **SIGNED)
    (change,) = done.changes
    assert change.fields == {
        "value": (8000, 8500),
        "op": ("=", ">="),
        "period": (Period.year(2025), Period(2021, 2025)),
        "attr": (None, "约束性"),
    }
    assert entry(done.plan, 1).state == "edited"
    undone = review.undo(done.plan, [identity])
    assert undone.plan == plan
    assert (undone.changes[0].before, undone.changes[0].after) == ("edited", "proposed")


def test_an_edit_back_to_what_was_read_is_an_acceptance(plan: PlanFile) -> None:
    identity = ids(plan)[1]
    edited = review.edit(plan, identity, {"value": 8500}, **SIGNED).plan
    back = review.edit(edited, identity, {"value": 8000}, **SIGNED).plan
    assert back == review.accept(plan, [identity], **SIGNED).plan


def test_an_owner_can_be_given_to_a_task(plan: PlanFile) -> None:
    identity = ids(plan)[2]
    done = review.edit(plan, identity, {"owner": "市经信局"}, **SIGNED).plan
    assert done.records("tasks")[0].owner == "市经信局"
    assert "  read:\n    owner: null\n" in plan_text(done)


def test_the_title_of_the_document_can_be_decided_too(plan: PlanFile) -> None:
    done = review.edit(plan, "document", {"title": "云溪市工业规划"}, **SIGNED)
    assert done.plan.document.record.title == "云溪市工业规划"
    assert done.changes[0].section == "document"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"op": "≈"}, "op（限定）：「≈」不是允许的取值"),
        ({"value": "八千"}, "value（数值）：应为数字"),
        ({"value": None}, "要有一个数值"),
        ({"value": None, "low": 9.0, "high": 8.0}, "下限 9 大于上限 8"),
        ({"op": "range"}, "区间要写 low 和 high"),
        ({"period": "十四五"}, "不是时期"),
        ({"quote": "改原文"}, "没有名为「quote」的项"),
        ({"id": "s-1"}, "没有名为「id」的项"),
    ],
)
def test_a_wrong_edit_is_refused_with_its_field(plan: PlanFile, values: dict, said: str) -> None:
    with pytest.raises(InvalidRequest, match=said) as raised:
        review.edit(plan, ids(plan)[1], values, **SIGNED)
    assert raised.value.where == f"plans/x.yaml {ids(plan)[1]}"


def test_what_makes_no_sense_cannot_be_accepted() -> None:
    odd = replace(OUTPUT, op="range")
    plan = new_plan("plans/x.yaml", compiled(odd))
    with pytest.raises(InvalidRequest, match="请先改好"):
        review.accept(plan, ids(plan), **SIGNED)
    assert review.reject(plan, ids(plan)[:1], **SIGNED).changes  # but it can be rejected


def test_unknown_ids_and_days_are_refused(plan: PlanFile) -> None:
    with pytest.raises(InvalidRequest, match=r"没有编号为 s-1、s-2 的记录"):
        review.accept(plan, ["s-2", ids(plan)[0], "s-1"], **SIGNED)
    with pytest.raises(InvalidRequest, match="「昨天」不是日期"):
        review.accept(plan, ids(plan)[:1], by="王芳", on="昨天")


@pytest.fixture
def newer(plan: PlanFile) -> PlanFile:
    """The value was edited to 8500; the document now says 8200 and 约束性."""
    edited = review.edit(plan, ids(plan)[1], {"value": 8500}, **SIGNED).plan
    return merge(edited, compiled(TAXES, replace(OUTPUT, value=8200, attr="约束性"))).plan


def test_a_newer_reading_waits_and_can_be_taken(newer: PlanFile) -> None:
    assert ids(newer)[1] in [item.entry.record.id for item in review.to_review(newer)]
    done = review.adopt(newer, [ids(newer)[1]], **SIGNED).plan
    taken = entry(done, 1)
    assert (taken.record.value, taken.record.attr, taken.proposed, taken.state) == (
        8200, "约束性", {}, "accepted",
    )  # fmt: skip


def test_a_newer_reading_can_be_set_aside(newer: PlanFile) -> None:
    done = review.accept(newer, [ids(newer)[1]], **SIGNED).plan
    kept = entry(done, 1)
    assert (kept.record.value, kept.record.attr, kept.state) == (8500, None, "edited")
    assert dict(kept.read) == {"value": 8200, "attr": "约束性"}
    again = merge(done, compiled(TAXES, replace(OUTPUT, value=8200, attr="约束性")))
    assert (again.plan, again.differences) == (done, ())


def test_the_words_decided_on_stay_beside_the_decision(plan: PlanFile) -> None:
    kept = review.accept(plan, ids(plan)[1:2], **SIGNED).plan
    newer = merge(
        kept, compiled(TAXES, replace(OUTPUT, value=8200, quote="工业总产值8200亿元"))
    ).plan
    assert entry(newer, 1).review.words == OUTPUT.quote
    assert review.said_beside(entry(newer, 1)) == (
        f"决定时的原文：“{OUTPUT.quote}”；现在读作数值“8200”",
        f"decided on: “{OUTPUT.quote}”; now read as value“8200”",
    )
    assert parse_plan(plan_text(newer), newer.name).sections == newer.sections
    for done in (
        review.adopt(newer, ids(newer)[1:2], **SIGNED).plan,
        merge(newer, compiled(TAXES, OUTPUT)).plan,
    ):
        assert entry(done, 1).review.words == ""
        assert review.said_beside(entry(done, 1)) == ("", "")


def test_taking_a_new_reading_leaves_other_edits_alone(plan: PlanFile) -> None:
    edited = review.edit(plan, ids(plan)[1], {"value": 8500}, **SIGNED).plan
    merged = merge(edited, compiled(TAXES, replace(OUTPUT, attr="约束性"))).plan
    done = review.adopt(merged, [ids(plan)[1]], **SIGNED).plan
    assert (entry(done, 1).record.value, entry(done, 1).record.attr) == (8500, "约束性")
    assert dict(entry(done, 1).read) == {"value": 8000}


def test_rejecting_sets_a_newer_reading_aside(newer: PlanFile) -> None:
    done = review.reject(newer, [ids(newer)[1]], **SIGNED).plan
    assert not entry(done, 1).waits
    assert merge(done, compiled(TAXES, replace(OUTPUT, value=8200, attr="约束性"))).plan == done


def test_what_is_gone_waits_until_it_is_rejected(plan: PlanFile) -> None:
    accepted = review.accept(plan, ids(plan), **SIGNED).plan
    gone = merge(accepted, compiled(TAXES)).plan
    assert [item.entry.gone for item in review.to_review(gone)] == [True]
    assert review.to_review(review.reject(gone, [ids(gone)[1]], **SIGNED).plan) == ()


def test_a_change_by_hand_can_be_accepted_and_is_undone_after_compiling(plan: PlanFile) -> None:
    identity = ids(plan)[1]
    by_hand = parse_plan(plan_text(plan).replace("value: 8000", "value: 8500"), "plans/x.yaml")
    with pytest.raises(InvalidRequest, match="jingwei compile"):
        review.undo(by_hand, [identity])
    done = review.accept(by_hand, [identity], **SIGNED).plan
    assert (entry(done, 1).state, entry(done, 1).review.state) == ("edited", "edited")
    merged = merge(done, compiled(TAXES, OUTPUT)).plan
    assert dict(entry(merged, 1).read) == {"value": 8000}
    assert entry(review.undo(merged, [identity]).plan, 1).record.value == 8000


def test_filters_are_combined(plan: PlanFile) -> None:
    plan = review.accept(plan, ids(plan)[:1], **SIGNED).plan

    def found(**filters) -> list[str]:
        return [item.entry.record.id for item in review.items(plan, **filters)]

    tax, output, task = ids(plan)
    assert found(role="target") == [output]
    assert found(states=["accepted"]) == [tax]
    assert found(section="tasks") == [task]
    assert found(words="机器人") == [task]
    assert found(words="工业", waiting=True, section="statements") == [output]


@pytest.mark.parametrize(
    ("section", "name", "text", "value"),
    [
        ("statements", "value", "80", 80),
        ("statements", "value", "1.5", 1.5),
        ("statements", "value", "", None),
        ("statements", "value", "八十", "八十"),
        ("statements", "unit", "80", "80"),
        ("statements", "op", "-", "-"),
        ("statements", "attr", "", None),
        ("statements", "attr", "no", "no"),
        ("statements", "hedge", "", ""),
        ("statements", "period", "2025", 2025),
        ("statements", "period", "2021-2025", "2021-2025"),
        ("tasks", "owner", "true", "true"),
        ("places", "industries", "传感器、机器人, 芯片", ["传感器", "机器人", "芯片"]),
        ("places", "industries", "", []),
        ("tasks", "owner", "", None),
        ("statements", "nosuch", "1", "1"),
    ],
)
def test_words_typed_at_a_terminal_become_values(section: str, name: str, text: str, value) -> None:
    typed = review.typed_value(section, name, text)
    assert (typed, type(typed)) == (value, type(value))
