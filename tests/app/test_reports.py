"""The report: no value without its source, no green light without proof, nothing loaded or run."""

import hashlib
import re
import subprocess
import sys
import unicodedata
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.etree import XPath
from rich.console import Console

from jingwei.app.reports import Report, Source, render_report
from jingwei.app.reports.quoting import passage, printed
from jingwei.app.reports.tables import (
    findings_table,
    lineage_table,
    settlement_table,
    statements_table,
    targets_table,
)
from jingwei.app.reports.words import section
from jingwei.core import (
    Answer,
    Explanation,
    Finding,
    Formula,
    InvalidRequest,
    Link,
    Missing,
    Period,
    Reading,
    Span,
    Statement,
    Verdict,
)
from jingwei.core.statement import Measure
from jingwei.documents import read_document, read_text
from jingwei.monitor.settlement import Settled, settle
from jingwei.plans.compiling import read_statements
from jingwei.plans.lineage import lineage

SHARED = Path(__file__).parents[2].parent / "shared" / "plans"

PLAN = """柳湾市制造业“十三五”规划

一、主要目标

到2020年，规模以上工业总产值达到3000亿元，绿色工厂达到20家左右，工业投资五年累计完成800亿元。
技术改造投资占工业投资比重达到45%，云上企业达到500家，5G工厂达到30家。

表1 主要指标
序号\t指标名称\t单位\t属性\t2020年
1\t研发经费支出占营业收入比重\t%\t预期性\t2.0左右
2\t单位工业增加值用水量下降幅度\t%\t约束性\t23以上
3\t单位工业增加值能耗下降幅度\t%\t约束性\t完成省下达目标
"""
LATER = """柳湾市制造业“十四五”规划

一、发展基础

2020年，规模以上工业总产值达到3105.5亿元，绿色工厂达到19家，“十三五”时期工业投资五年累计完成760亿元。
技术改造投资占工业投资比重达到40%以上。单位工业增加值用水量累计下降21.4%。

二、主要目标

到2025年，规模以上工业总产值达到4000亿元，绿色工厂达到60家。
"""


@dataclass(frozen=True)
class Order:
    """A task or a programme as the content room gives it."""

    id: str
    evidence: Span
    what: str = ""
    owner: str | None = None
    supporting: str | None = None
    where: str | tuple[str, ...] = ()
    due: str | Period | None = None
    due_stated: bool = True
    section: tuple[str, ...] = ()
    name: str = ""
    group: str = ""
    lead: str | None = None
    actions: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()


def source(name: str, text: str) -> tuple[Source, list[Statement]]:
    document = read_text(text, name)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return (
        Source(name, document.title, document.number, document.issued, digest, document.source),
        read_statements(document),
    )


@pytest.fixture(scope="module")
def report() -> Report:
    """Two plans of a fictional city: settled, linked, with a finding, tasks and a programme."""
    (old, plan), (new, later) = source("老规划.txt", PLAN), source("新规划.txt", LATER)
    output = next(each for each in later if each.value == 3105.5)
    invested = next(each for each in later if each.value == 760)
    sides = (
        output.evidence,
        Formula("3105.5 ÷ 760 = 4.09", (invested.evidence,)),
        invested.evidence,
    )
    finding = Finding(
        "growth", "总产值3105.5亿元与投资760亿元不符。", "Output and investment disagree.", sides,
        (Explanation("口径不同", "another frame", 2), Explanation("笔误", "a slip", 1)),
    )  # fmt: skip
    claim = Finding(
        "false_claim", "称全部完成，但用水量只降21.4%。", "claimed", (plan[0].evidence,)
    )
    return Report(
        title="柳湾市“十三五”规划期末评估",
        region="柳湾市",
        sources=(old, new),
        statements={old.name: plan, new.name: later},
        settlement=settle(plan, later),
        lineage=lineage([plan, later]),
        findings=(finding, claim),
        tasks=(
            Order("k1", output.evidence, what="建设20个园区", owner="市工信局、市发改委"),
            Order("k2", invested.evidence, what="建设30个园区", due=Period(2021, 2025)),
        ),
        programmes=(Order("p1", output.evidence, name="绿色工程", goals=(plan[0].id,)),),
        to_review=[plan[0].id],
        as_of="2021-06-30",
    )


@pytest.fixture(scope="module")
def page(report: Report) -> Any:
    return parsed(render_report(report))


def parsed(text: str) -> Any:
    return lxml.html.document_fromstring(text)


def by_class(page: Any, name: str) -> list[Any]:
    return page.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def opener(element: Any) -> Any | None:
    """The evidence that an element opens: that of the link or of the item it stands in."""
    for each in (element, *element.iterancestors()):
        if each.tag == "a" and each.get("href", "").startswith("#"):
            found = each.xpath("//*[@id=$id]", id=each.get("href")[1:])
            return found[0] if found else None
        if each.tag == "summary" and "item" in each.getparent().get("class", "").split():
            return each.getnext()
        if each.get("data-evidence") is not None:
            return each
    return None


TEXTS = XPath("//body//text()[normalize-space() and not(ancestor::script)]")


def stray_digits(page: Any) -> list[str]:
    """Texts with a digit that open nothing, are no evidence and are not marked as our own."""
    stray: list[str] = []
    for text in TEXTS(page):
        around = [text.getparent(), *text.getparent().iterancestors()]
        ours = any(
            each.get("data-meta") is not None
            or each.tag in ("h1", "h3", "h4", "nav", "footer", "form", "pattern")
            or "proof" in each.get("class", "").split()
            for each in around
        )
        if re.search(r"\d", text) and not ours and opener(text.getparent()) is None:
            stray.append(text.strip())
    return stray


def test_every_number_opens_its_evidence(page: Any) -> None:
    numbers = page.xpath("//*[@data-number]")
    assert len(numbers) > 30
    for number in numbers:
        evidence = opener(number)
        assert evidence is not None, lxml.html.tostring(number, encoding="unicode")
        shown = evidence.xpath("descendant-or-self::*[@data-evidence]")
        assert shown, lxml.html.tostring(number, encoding="unicode")


def test_no_digit_stands_without_its_evidence(page: Any) -> None:
    assert stray_digits(page) == []


def test_links_lead_somewhere_and_ids_are_unique(page: Any) -> None:
    ids = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    for link in page.xpath("//@href"):
        assert link.startswith("#")
        assert link[1:] in ids


def test_page_asks_nobody_and_runs_only_its_own_script(page: Any) -> None:
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    for tag, rule in (("style", "style-src"), ("script", "script-src")):
        (element,) = page.iter(tag)
        digest = b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert page.xpath("//@src | //@style | //@*[starts-with(name(), 'on')]") == []
    assert list(page.iter("link", "img", "iframe", "object", "embed", "base")) == []
    style = next(page.iter("style")).text
    assert set(re.findall(r"url\([^)]*\)|@import", style)) == {"url(#hatch)"}


def test_counts_agree_with_the_settlement(report: Report, page: Any) -> None:
    answers = Counter(each.verdict.answer for each in report.settlement or ())
    assert set(answers) == {"met", "not_met", "unknown", "depends"}
    row = page.xpath("//table[@class='counts']//tr[@class='sum']")[0]
    shown = [int(cell.text_content()) for cell in row.iter("td") if cell.text_content().strip()]
    assert shown == [*(answers[answer] for answer in section("answer")), answers.total()]
    items = Counter(item.get("data-answer") for item in by_class(page, "settled"))
    assert items == answers


def test_several_plans_are_counted_apart_too(report: Report) -> None:
    """The targets of the second plan are settled from nothing, and so all unknown."""
    _, later = report.statements.values()
    settled = [*(report.settlement or ()), *settle(later, [])]
    page = parsed(render_report(replace(report, settlement=settled)))
    rows = page.xpath("//table[@class='counts']/tbody/tr")
    plans = {row[0].text_content().strip(): row[-2].text_content() for row in rows[:2]}
    goals = [sum(s.role == "target" for s in each) for each in report.statements.values()]
    titles = [f"《{each.title}》" for each in report.sources]
    assert plans == dict(zip(titles, map(str, goals), strict=True))
    assert stray_digits(page) == []


def test_unknown_is_never_green(page: Any) -> None:
    for item in by_class(page, "settled"):
        answer, summary = item.get("data-answer"), next(item.iter("summary"))
        badges = summary.xpath(".//span[starts-with(@class, 'badge')]/@class")
        assert badges == [f"badge {answer}"]
        words = section("answer")[answer]
        assert words["mark"] in summary.text_content()
        assert words["zh"] in summary.text_content()
        if answer == "met":
            assert by_class(item, "q")


def test_a_target_shows_wording_fact_method_and_quotes(report: Report, page: Any) -> None:
    water = next(each for each in report.settlement or () if "用水量" in each.target.subject)
    (proof,) = page.xpath("//*[@id=$id]", id=f"t-{water.target.id}")
    summary = proof.getparent()[0].text_content()
    assert "23以上（%）" in summary
    assert "21.4%" in summary
    assert "差 1.6 个百分点" in summary
    marks = [mark.text for mark in proof.iter("mark")]
    assert marks[0] == "23以上"
    assert "21.4%" in marks
    line = next(n for n, text in enumerate(PLAN.splitlines(), 1) if "23以上" in text)
    assert f"第{line}行" in proof.text_content()
    assert {"#m-7", "#m-3"} <= set(proof.xpath(".//@href"))


def test_readings_of_a_depends_are_both_shown(report: Report, page: Any) -> None:
    depends = next(each for each in report.settlement or () if each.verdict.answer == "depends")
    (proof,) = page.xpath("//*[@id=$id]", id=f"t-{depends.target.id}")
    for reading in depends.verdict.readings:
        assert reading.reading in proof.text_content()
    badges = proof.xpath(".//div[@class='readings']//span/@class")
    assert {"badge met", "badge not_met"} <= set(badges)


def test_missing_facts_are_grouped_by_the_office_that_holds_them(report: Report, page: Any) -> None:
    wanted = {
        (holder.removesuffix("（能源统计）"), missing.fact)  # 柳湾市统计局 is one office
        for each in report.settlement or ()
        for missing in each.verdict.missing
        for holder in missing.holder.split("、")
    }
    shown: set[tuple[str, str]] = set()
    for box in by_class(page, "ask"):
        head = re.search("请(.+?)提供", next(box.iter("h4")).text_content())
        if head:
            shown |= {(head[1], item.xpath("./a")[0].text_content()) for item in box.iter("li")}
    assert shown == wanted


def test_false_claim_comes_first(page: Any) -> None:
    claims = by_class(page, "claim")
    assert len(claims) == 1
    assert "只降21.4%" in claims[0].text_content()
    kinds = [heading.text for heading in page.xpath("//section[@class='findings']/h3")]
    assert [kind.strip() for kind in kinds] == [
        section("finding")["false_claim"]["zh"],
        section("finding")["growth"]["zh"],
    ]


def test_finding_shows_both_sides_its_arithmetic_and_ranked_explanations(page: Any) -> None:
    (item,) = (each for each in by_class(page, "finding") if "3105.5" in each.text_content())
    sides = item.xpath("./div/*[@data-evidence]/b/text()")
    assert sides == ["甲", "乙", "丙"]
    assert item.xpath(".//code/text()") == ["3105.5 ÷ 760 = 4.09"]
    ranked = [each.text.strip() for each in item.xpath(".//ol/li")]
    assert ranked == ["笔误", "口径不同"]


def test_lineage_shows_both_ends_with_reasons(report: Report, page: Any) -> None:
    raised = next(link for link in report.lineage or () if link.relation == "raised")
    (proof,) = page.xpath("//*[@id=$id]", id=f"l-{raised.from_}-{raised.to}")
    summary = proof.getparent()[0].text_content()
    assert "3000亿元" in summary
    assert "4000亿元" in summary
    assert raised.reasons[0] in summary
    assert len(by_class(proof, "q")) == 2


def test_task_without_owner_is_said_to_have_none(page: Any) -> None:
    first, second = by_class(page, "task")
    assert "无责任单位" in first.text_content()
    assert "建设30个园区" in first.text_content()
    assert "市工信局" in second.text_content()
    assert "1 项原文没有写责任单位" in page.xpath("//section[@class='tasks']")[0].text_content()


def test_sources_are_named_by_their_checksum(report: Report, page: Any) -> None:
    text = page.xpath("//section[@class='sources']")[0].text_content()
    for each in report.sources:
        assert each.sha256 in text


PARTS = ("settlement", "lineage", "findings", "tasks", "programmes")


def test_a_part_not_computed_names_the_command_that_computes_it() -> None:
    page = parsed(render_report(Report("空报告")))
    for part in PARTS:
        (area,) = page.xpath(f"//section[@class='{part}']")
        assert section("command")[part]["run"] in area.text_content()
    assert stray_digits(page) == []


def test_a_part_computed_and_empty_is_not_shown_as_missing() -> None:
    empty = Report(
        "空报告", settlement=(), lineage=(), findings=(), tasks=(), programmes=(), to_review=()
    )
    page = parsed(render_report(empty))
    for part in PARTS:
        (area,) = page.xpath(f"//section[@class='{part}']")
        assert "jingwei" not in area.text_content()
        assert by_class(area, "none")


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "--></style></title><script>1</script>",
    "{{ 7*7 }}{% raw %}",
    "' onmouseover='x",
    "]]>&amp;&lt;",
    "#only-met /../%2e",
)


def hostile(report: Report, text: str) -> Report:
    """The same report with ``text`` wherever a document or a file name could put it."""

    def evil(statement: Statement) -> Statement:
        span = replace(statement.evidence, file=text, quote=statement.quote + text)
        return replace(
            statement, id=text + statement.id, document=text, subject=text + statement.subject,
            quote=span.quote, scope=text, unit=text, hedge=text, rule=text,
            section=(text, *statement.section), evidence=span,
        )  # fmt: skip

    plan, later = ([evil(each) for each in each] for each in report.statements.values())
    span = plan[0].evidence
    verdict = Verdict(
        "unknown", plan[0].id, text, text, text, text, (span,), (Missing(text, text),),
        readings=(Reading(text, "met"),),
    )  # fmt: skip
    return Report(
        title=text, region=text, as_of=text,
        sources=(Source(text, text, text, text, text, text * 50),),
        statements={text: [*plan, *later]},
        settlement=(Settled(plan[0], verdict, "无法评价"),),
        lineage=(Link(text, plan[0].id, later[0].id, (text,), (span,), text),),
        findings=(Finding(text, text, text, (span, Formula(text)), (Explanation(text, text, 1),)),),
        tasks=(Order(text, span, what=text, owner=text, where=text, due=text, section=(text,)),),
        programmes=(Order(text, span, name=text, group=text, lead=text, actions=(text,)),),
        to_review=(plan[0].id,),
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_documents_cannot_write_markup(report: Report, page: Any, text: str) -> None:
    evil = parsed(render_report(hostile(report, text)))
    assert next(evil.iter("h1")).text == text
    assert len(list(evil.iter("script"))) == 1
    assert next(evil.iter("script")).text == next(page.iter("script")).text
    assert {each.tag for each in evil.iter()} <= {each.tag for each in page.iter()}
    names = {name for each in evil.iter() for name in each.attrib}
    assert not {name for name in names if name.startswith("on") or name in ("src", "style")}
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", name) for name in evil.xpath("//@id"))
    ids = set(evil.xpath("//@id"))
    assert all(link[1:] in ids for link in evil.xpath("//@href"))


def test_same_report_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    script = """
import hashlib, sys
from pathlib import Path
from jingwei.app.reports import Report, render_report
from jingwei.core import Finding
from jingwei.documents import read_document
from jingwei.monitor.settlement import settle
from jingwei.plans.compiling import read_statements
from jingwei.plans.lineage import lineage
a, b = (read_statements(read_document(Path(name))) for name in sys.argv[1:])
waiting = {each.id for each in a}
found = [Finding("growth", "x", "x", tuple(each.evidence for each in [*a, *b]))]
report = Report("评估", statements={"a.txt": a, "b.txt": b}, settlement=settle(a, b),
                lineage=lineage([a, b]), findings=found, to_review=waiting)
print(hashlib.sha256(render_report(report).encode()).hexdigest())
"""
    files = []
    for name, text in (("a.txt", PLAN), ("b.txt", LATER)):
        (tmp_path / name).write_text(text, "utf-8")
        files.append(name)
    digests = {
        subprocess.run(
            [sys.executable, "-c", script, *files],
            cwd=tmp_path, env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


def test_anchors_stay_when_other_records_come(report: Report, page: Any) -> None:
    fewer = replace(report, findings=(report.findings or ())[1:], tasks=(), to_review=())
    left = set(parsed(render_report(fewer)).xpath("//@id"))
    assert left < set(page.xpath("//@id"))


def test_an_unknown_statement_is_refused_with_its_name(report: Report) -> None:
    link = Link("kept", "nowhere", "", ("x",))
    with pytest.raises(InvalidRequest, match="nowhere"):
        render_report(replace(report, lineage=(link,)))


def test_a_thousand_statements_stay_a_file_one_can_mail(report: Report) -> None:
    statements = [each for found in report.statements.values() for each in found]
    many = [
        replace(each, id=f"{n}-{each.id}")
        for n in range(1000 // len(statements) + 1)
        for each in statements
    ]
    text = render_report(replace(report, statements={"老规划.txt": many, "新规划.txt": statements}))
    assert len(text.encode()) < 3_000_000


NAMES = st.text(st.characters(categories=("L", "N", "P", "S")), max_size=30)


@given(before=NAMES, number=st.integers(2, 99999), after=NAMES)
def test_a_passage_is_its_quote_and_marks_the_number_it_is_cited_for(
    before: str, number: int, after: str
) -> None:
    quote = f"{before}总产值达到{number}亿元，{after}"
    document = read_text(f"到2025年，{quote}。", "甲.txt")
    for each in read_statements(document):
        shown = passage(each.evidence, [each.id], [each], document.source)
        assert "".join(piece.text for piece in shown.pieces) == each.quote
        marked = "".join(piece.text for piece in shown.pieces if piece.marked)
        if each.value == number and each.unit == "亿元":
            assert str(number) in marked
            assert str(number) in printed(each, document.source)


def test_cells_of_a_row_are_kept_apart_and_the_right_one_is_marked() -> None:
    text = """梅川市规划

表1 主要指标
序号\t指标名称\t单位\t2020年\t2025年\t属性
1\t先进材料产值占比\t%\t1.9\t2.5左右\t预期性
"""
    document = read_text(text, "甲.txt")
    found = read_statements(document)
    now, goal = found
    shown = passage(goal.evidence, [goal.id], found, document.source)
    assert [piece.text for piece in shown.pieces if piece.marked] == ["2.5左右"]
    assert " │ " in [piece.text for piece in shown.pieces]
    assert printed(goal, document.source) == "2.5左右（%）"
    assert printed(now, document.source) == "1.9%"
    without = passage(goal.evidence, [goal.id], found)
    assert [piece.text for piece in without.pieces] == [goal.quote]


def test_equal_numbers_of_one_quote_are_marked_each_in_its_place() -> None:
    document = read_text("2020年，甲、乙、丙产业产值分别达到30亿元、40亿元和30亿元。", "甲.txt")
    found = read_statements(document)
    places = []
    for each in found:
        at = 0
        for piece in passage(each.evidence, [each.id], found, document.source).pieces:
            if piece.marked:
                places.append((at, piece.text))
            at += len(piece.text)
    assert len(places) == len(set(places)) == 3


def test_context_never_cuts_a_number() -> None:
    long = "、".join(f"第{n}类产值{n}0.5亿元" for n in range(11, 30))
    document = read_text(f"2020年，纺织业产值达到77亿元，{long}。", "甲.txt")
    (first,) = (each for each in read_statements(document) if each.value == 77)
    shown = passage(first.evidence, [first.id], [first], document.source)
    assert shown.after.endswith("…")
    for number in re.findall(r"\d+(?:\.\d+)?亿元", shown.after):
        assert number in document.source
    assert re.search(r"\d…$", shown.after) is None


def test_words_cover_what_the_core_can_say() -> None:
    assert set(section("answer")) == set(get_args(Answer))
    assert set(section("measure")) == set(get_args(Measure))


# ---------------------------------------------------------------- tables for the terminal


def tables(report: Report, width: int) -> Iterator[Any]:
    statements = [each for found in report.statements.values() for each in found]
    yield statements_table(statements, width=width)
    yield targets_table(statements, width=width)
    yield settlement_table(report.settlement or (), width=width)
    yield lineage_table(report.lineage or (), {each.id: each for each in statements}, width=width)
    yield findings_table(report.findings or (), width=width)


def on_terminal(tables: Sequence[Any], width: int) -> str:
    console = Console(width=width, force_terminal=False, color_system=None)
    with console.capture() as capture:
        for table in tables:
            console.print(table)
    return capture.get()


def cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@pytest.mark.parametrize("width", [100, 140])
def test_tables_fit_the_terminal(report: Report, width: int) -> None:
    text = on_terminal(list(tables(report, width)), width)
    assert {cells(line) for line in text.splitlines()} <= {0, width}
    for number in ("3105.5亿元", "21.4%", "23以上（%）", "3000亿元"):
        assert number in text, "a number is never cut in two"
    for words in section("answer").values():
        assert f"{words['mark']} {words['zh']}" in text


def test_wide_tables_say_more(report: Report) -> None:
    narrow, wide = (next(iter(tables(report, width))) for width in (100, 140))
    assert len(wide.columns) > len(narrow.columns)


def test_words_of_documents_are_no_markup(report: Report) -> None:
    statement = replace(report.settlement[0].target, subject="[bold]甲[/bold] :smile: [1]")  # type: ignore[index]
    text = on_terminal([statements_table([statement])], 100)
    assert "[bold]甲[/bold]" in text
    assert ":smile:" in text


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")
def test_real_documents_make_a_page_in_which_every_number_opens() -> None:
    documents = [read_document(path) for path in sorted(SHARED.glob("*.txt"))]
    statements = {each.name: read_statements(each) for each in documents}
    first, *others = statements.values()
    report = Report(
        "评估",
        sources=[Source(each.name, each.title, text=each.source) for each in documents],
        statements=statements,
        settlement=settle(first, [each for found in others for each in found]),
        lineage=lineage(list(statements.values())),
    )
    text = render_report(report)
    page = parsed(text)
    assert len(text.encode()) < 3_000_000
    assert stray_digits(page) == []
    for number in page.xpath("//*[@data-number]"):
        evidence = opener(number)
        assert evidence is not None
        assert evidence.xpath("descendant-or-self::*[@data-evidence]")
    for item in by_class(page, "st"):
        assert item.xpath(".//mark"), item.text_content()


def test_an_increase_in_a_table_is_shown_as_one_and_a_share_changes_by_points() -> None:
    text = """梅川市规划

表1 主要指标
序号\t指标名称\t单位\t2025年\t属性
1\t工业机器人密度\t台/万人\t提高100\t预期性
2\t税收占比\t百分点\t提高8.2\t预期性
"""
    document = read_text(text, "甲.txt")
    density, share = read_statements(document)
    assert (density.op, share.op) == ("+", "+")
    assert printed(density) == "增加100 台/万人"
    assert printed(share) == "增加8.2个百分点"
    assert "提高100" in printed(density, document.source)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("到2030年，五年新增高技能人才5万人。", "增加5万人"),
        ("到2030年，其中超千亿元企业1家。", "1家"),
        ("占比和普及率比2025年提高8个和1.6个百分点。", "增加8个百分点"),
    ],
)
def test_of_equal_numbers_the_one_with_its_unit_is_printed(said: str, shown: str) -> None:
    text = f"云溪市“十五五”工业规划\n\n一、发展目标\n\n{said}\n"
    assert printed(read_statements(read_text(text, "plan.txt"))[0]) == shown
