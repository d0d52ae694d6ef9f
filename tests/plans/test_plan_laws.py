"""Laws of plan files: any words survive, and no recompilation touches a decision.

All statements are fictional; the strategies come first, the laws after them.
"""

import random
from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jingwei.core import Period, Span, Statement
from jingwei.plans import review
from jingwei.plans.entry import meaning, seal_of
from jingwei.plans.identity import with_ids
from jingwei.plans.merging import merge
from jingwei.plans.planfile import Compilation, PlanFile, new_plan, parse_plan, plan_text
from jingwei.plans.records import SECTION, DocumentFacts, Task

DOCUMENT = DocumentFacts("云溪市规划.txt", "0" * 64, "云溪市制造业规划", "", "2021-03-01", None)

ODD = st.sampled_from(
    [
        "no",
        "0123",
        "1e3",
        "a: b",
        "#c",
        "'",
        '"',
        "\n",
        "\t",
        "😀",
        "~",
        ">=",
        "null",
        " ",
        "（一）",
    ]
)
WORDS = ODD | st.text(max_size=8) | st.lists(ODD, max_size=3).map("".join)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**6), 10**6).map(float)
YEARS = st.integers(1990, 2060)
PERIODS = st.tuples(YEARS, st.integers(0, 10)).map(lambda each: Period(each[0], sum(each)))
OPS = st.sampled_from(["=", "~", ">=", ">", "<=", "<", "range", "+", "-", "x", "qual"])


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


@st.composite
def spans(draw: st.DrawFn, quote: str) -> Span:
    start = draw(st.integers(0, 10**6))
    end = start + draw(st.integers(0, 99))
    pieces = draw(st.sampled_from([((start, end),), (), ((start, start + 1), (start + 2, end))]))
    place = draw(st.sampled_from(["page", "paragraph", "line"]))
    span = Span(DOCUMENT.file, start, end, quote, segments=pieces)
    return replace(span, **{place: draw(optional(st.integers(1, 999)))})


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Any statement the types allow, also such as no compiler would give."""
    quote = draw(WORDS)
    return Statement(
        id=draw(st.uuids().map(str)),
        document=DOCUMENT.file,
        quote=quote,
        subject=draw(WORDS),
        scope=draw(WORDS),
        role=draw(st.sampled_from(["target", "observation"])),
        op=draw(OPS),
        value=draw(optional(NUMBERS)),
        low=draw(optional(NUMBERS)),
        high=draw(optional(NUMBERS)),
        unit=draw(WORDS),
        period=draw(PERIODS),
        attr=draw(optional(WORDS)),
        kind=draw(st.sampled_from(["stat", "tech"])),
        text=draw(optional(WORDS)),
        measure=draw(st.sampled_from(["level", "share", "growth", "elsewhere"])),
        hedge=draw(WORDS),
        base_year=draw(optional(YEARS)),
        rule=draw(WORDS),
        section=tuple(draw(st.lists(WORDS, max_size=2))),
        evidence=draw(spans(draw(st.just(quote) | WORDS))),
    )


SUBJECTS = ["工业总产值", "规上企业数量", "研发投入占比", "单位产值能耗"]


@st.composite
def sentences(draw: st.DrawFn) -> Statement:
    """A statement as a compiler reads it: few words, so that many are alike."""
    subject = draw(st.sampled_from(SUBJECTS))
    year = draw(st.integers(2024, 2026))
    value = float(draw(st.integers(1, 4)))
    start = draw(st.integers(0, 5)) * 40
    quote = draw(st.sampled_from(["到{}年,{}达到{:g}亿元以上", "{}年{}为{:g}"])).format(
        year, subject, value
    )
    return Statement(
        id="", document=DOCUMENT.file, quote=quote, subject=subject, scope="云溪市",
        role=draw(st.sampled_from(["target", "observation"])), op=draw(st.sampled_from(["=", ">="])),
        value=value, low=None, high=None, unit="亿元", period=Period.year(year),
        attr=draw(st.sampled_from([None, "预期性"])), kind="stat", text=None, measure="level",
        hedge="", base_year=None, rule="prose", section=("二、目标",),
        evidence=Span(DOCUMENT.file, start, start + len(quote), quote, segments=((start, start + len(quote)),)),
    )  # fmt: skip


@st.composite
def compilations(draw: st.DrawFn, like: "Compilation | None" = None) -> Compilation:
    """A compilation; with ``like``, one that shares most of its statements, read a little
    otherwise, moved or left out."""
    read = draw(st.lists(sentences(), max_size=5))
    for statement in like.records["statements"] if like else ():
        fate = draw(
            st.sampled_from(["same", "same", "gone", "value", "period", "moved", "reworded"])
        )
        span = statement.evidence
        if fate == "value":
            statement = replace(statement, value=statement.value + 70)
        elif fate == "period":
            statement = replace(statement, period=Period.year(2030), attr="约束性")
        elif fate == "moved":
            statement = replace(
                statement, evidence=replace(span, start=span.start + 3, end=span.end + 3)
            )
        elif fate == "reworded":
            statement = replace(statement, quote="力争" + statement.quote)
        if fate != "gone":
            read.append(statement)
    in_place = sorted(read, key=lambda each: (each.evidence.start, each.evidence.end))
    tasks = [
        Task("", DOCUMENT.file, what, draw(optional(st.just("市统计局"))), "", None, what, (), "task", Span(DOCUMENT.file, 1, 2, what))
        for what in draw(st.lists(st.sampled_from(["建设园区", "编制清单"]), max_size=2))
    ]  # fmt: skip
    title = draw(st.sampled_from(["云溪市制造业规划", "云溪市工业规划"]))
    return Compilation(
        replace(DOCUMENT, title=title),
        {
            "statements": with_ids(in_place, SECTION["statements"]),
            "tasks": with_ids(tasks, SECTION["tasks"]),
        },
    )


LAW = settings(max_examples=60)
NAME = "plans/x.yaml"


def again(plan: PlanFile) -> PlanFile:
    return parse_plan(plan_text(plan), NAME)


def content(plan: PlanFile) -> object:
    return plan.document, {name: each for name, each in plan.sections.items() if each}


@LAW
@given(st.lists(statements(), max_size=4, unique_by=lambda each: each.id))
def test_any_statement_is_written_and_read_again(records: list) -> None:
    plan = new_plan(NAME, Compilation(DOCUMENT, {"statements": records}))
    read = again(plan)
    assert content(read) == content(plan)
    assert plan_text(read) == read.text


@LAW
@given(compilations())
def test_compiling_the_same_again_changes_no_byte(compilation: Compilation) -> None:
    plan = again(new_plan(NAME, compilation))
    merged = merge(plan, compilation)
    assert plan_text(merged.plan) == plan.text
    assert merged.differences == ()


@st.composite
def reviewed_plans(draw: st.DrawFn) -> tuple[Compilation, PlanFile]:
    """A compiled plan on which somebody decided this and that, some of it by hand."""
    compilation = draw(compilations())
    plan = new_plan(NAME, compilation)
    for item in review.items(plan):
        deed = draw(st.sampled_from(["none", "accept", "reject", "edit", "hand"]))
        identity = item.entry.record.id
        if deed == "accept":
            plan = review.accept(plan, [identity], by="王", on="2026-01-05").plan
        elif deed == "reject":
            plan = review.reject(plan, [identity], by="王", on="2026-01-05").plan
        elif deed == "edit" and item.section == "statements":
            values = {
                "value": draw(st.integers(1, 99)),
                "scope": draw(st.sampled_from(["东区", "云溪市"])),
            }
            plan = review.edit(plan, identity, values, by="王", on="2026-01-05").plan
        elif deed == "hand" and item.section == "statements":
            record = replace(item.entry.record, subject="手工改的指标")
            entries = [
                replace(e, record=record) if e.record.id == identity else e for e in plan.statements
            ]
            plan = plan.with_entries("statements", entries)
    return compilation, plan


@st.composite
def recompilations(draw: st.DrawFn) -> tuple[PlanFile, Compilation]:
    compilation, plan = draw(reviewed_plans())
    return plan, draw(compilations(like=compilation))


@LAW
@given(recompilations())
def test_what_a_person_decided_survives_any_recompilation(
    case: tuple[PlanFile, Compilation],
) -> None:
    plan, compilation = case
    merged = merge(plan, compilation).plan
    for section in ("statements", "tasks"):
        after = {entry.record.id: entry for entry in merged.entries(section)}
        for entry in plan.entries(section):
            if entry.decided:
                kept = after[entry.record.id]
                assert meaning(kept.record) == meaning(entry.record)
                assert kept.decided
                assert (kept.review.by, kept.review.date) == (entry.review.by, entry.review.date)
                assert (kept.state == "rejected") == (entry.state == "rejected")


@LAW
@given(recompilations())
def test_the_merged_file_holds_every_reading_of_the_compiler_once(
    case: tuple[PlanFile, Compilation],
) -> None:
    plan, compilation = case
    merged = merge(plan, compilation).plan
    for section in ("statements", "tasks"):
        read = Counter(seal_of(record, {}) for record in compilation.records[section])
        kept = Counter(
            seal_of(entry.record, entry.latest)
            for entry in merged.entries(section)
            if not entry.gone
        )
        assert kept == read
        assert all(entry.decided for entry in merged.entries(section) if entry.gone)


@LAW
@given(recompilations())
def test_merging_twice_is_merging_once(case: tuple[PlanFile, Compilation]) -> None:
    plan, compilation = case
    once = again(merge(plan, compilation).plan)
    twice = merge(once, compilation)
    assert plan_text(twice.plan) == once.text
    assert twice.differences == ()


@LAW
@given(recompilations(), st.randoms())
def test_the_order_of_the_compilation_does_not_matter(
    case: tuple[PlanFile, Compilation], chance: random.Random
) -> None:
    plan, compilation = case
    shuffled = {name: list(records) for name, records in compilation.records.items()}
    for records in shuffled.values():
        chance.shuffle(records)
    assert merge(plan, Compilation(compilation.document, shuffled)) == merge(plan, compilation)
