"""Evaluations and the sheet of a month: one content in three forms, and no number without proof."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from monitored import add_statistics

from jingwei.app.pipeline.papers import write_papers
from jingwei.app.reports.paper import Chart, Figure, Grid, Notes, Paper, Paragraph, Run, fonts
from jingwei.app.reports.paper.docx import docx
from jingwei.app.reports.paper.fonts import NoChineseFont, faces
from jingwei.app.reports.paper.html import html
from jingwei.app.reports.paper.typeset import pdf, typeset
from jingwei.core import Formula, Months, Observation, Row, SeriesKey, Span
from jingwei.store import Observations, Workspace

Ran = Any  # what a command printed, and its exit code (conftest)

KINDS = {"annual": "2023-12-31", "midterm": "2024-12-31", "final": "2026-06-30"}
PLAN = "先进制造业十四五规划"


def has_font() -> bool:
    try:
        faces()
    except NoChineseFont:
        return False
    return True


font = pytest.mark.skipif(not has_font(), reason="no Chinese font: apt install fonts-noto-cjk")


@pytest.fixture(scope="module")
def city(compiled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo city with statistics and one return on a task."""
    folder = tmp_path_factory.mktemp("evaluated") / "city"
    shutil.copytree(compiled, folder)
    add_statistics(folder)
    return folder


@pytest.fixture(scope="module")
def written(city: Path, jingwei: Callable[..., Ran]) -> dict[str, Ran]:
    """Every kind in every form this machine can make."""
    return {
        kind: jingwei("report", "-w", city, "--kind", kind, "--as-of", day)
        for kind, day in KINDS.items()
    }


def file_of(city: Path, kind: str, form: str) -> Path:
    return city / "reports" / f"{kind}-{PLAN}-{KINDS[kind]}.{form}"


def page_of(city: Path, kind: str) -> Any:
    return lxml.html.fromstring(file_of(city, kind, "html").read_text("utf-8"))


def headings(page: Any) -> list[str]:
    return [each.text_content() for each in page.iter("h2")]


# ------------------------------------------------------------------------- kinds and their content


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_written_in_each_form(city: Path, written: dict[str, Ran], kind: str) -> None:
    assert written[kind].code == 0, written[kind].err
    listed = [Path(line) for line in written[kind].out.splitlines()]
    forms = ("html", "docx", "pdf") if has_font() else ("html", "docx")
    assert listed == [file_of(city, kind, form) for form in forms]
    assert all(each.stat().st_size > 1000 for each in listed)


def test_sections_follow_the_kind(city: Path, written: dict[str, Ran]) -> None:
    told = {kind: "".join(headings(page_of(city, kind))) for kind in KINDS}
    for each in told.values():
        for title in ("总体情况", "指标进展", "任务、工程进展", "原因分析", "不能签字的事项"):
            assert title in each
    assert "到期预测" in told["annual"] and "到期预测" in told["midterm"]
    assert "到期预测" not in told["final"]
    assert "调整建议" in told["midterm"]
    assert "调整建议" not in told["annual"] + told["final"]
    assert "后续进度要求" in told["annual"]
    assert "未完成事项" in told["final"]


def test_binding_anticipated_and_prose_stand_apart(city: Path, written: dict[str, Ran]) -> None:
    page = page_of(city, "final")
    groups = [each.text_content() for each in page.iter("h3")][:3]
    assert [each.partition("）")[2] for each in groups] == ["约束性指标", "预期性指标", "文中目标"]


def test_a_row_has_class_value_date_source_and_rule(city: Path, written: dict[str, Ran]) -> None:
    page = page_of(city, "midterm")
    rows = page.xpath("//table[contains(caption, '预期性指标进展')]//tbody/tr")
    row = next(each for each in rows if each[1].text_content() == "规模以上工业总产值")
    goal, value, class_, source = (cell.text_content() for cell in row[2:6])
    assert "8000" in goal and "2025年" in goal
    assert "6650" in value  # the revised value, not the 6700 first published
    assert class_ == "相对滞后"
    assert "统计年鉴" in source and "2024-12-20" in source and "§20.4" in source


def test_tasks_and_programmes_are_all_listed_and_unreported_says_so(
    city: Path, written: dict[str, Ran]
) -> None:
    page = page_of(city, "midterm")
    tables = page.xpath("//table[contains(caption, '任务：')]//tbody/tr")
    compiled = Workspace.open(city).plan_path(f"{PLAN}.docx").read_text("utf-8")
    assert len(tables) == len(re.findall(r"^  - id: t-|^- id: t-", compiled, re.M)) > 50
    assert all(row[4].text_content().startswith("未报") for row in tables)
    owners = {row[2].text_content() for row in tables}
    assert "市工业和信息化局" in owners and "未写明" in owners


def test_adjustments_follow_from_verdicts_alone(city: Path, written: dict[str, Ran]) -> None:
    page = page_of(city, "midterm")
    heading = next(each for each in page.iter("h2") if "调整建议" in each.text_content())
    told: list[str] = []
    for each in heading.itersiblings():
        if each.tag == "h2":
            break
        told.append(each.text_content())
    behind = page.xpath("//table[contains(caption, '预期性')]//td[5]/b")
    assert "本报告不提出新的目标值" in told[0]
    assert len(told) - 1 >= len(behind) == 1  # those without an attribute stand in another table
    assert "规模以上工业总产值" in told[1] and "需由" in told[1]


def test_what_cannot_be_signed_names_the_fact_and_its_holder(
    city: Path, written: dict[str, Ran]
) -> None:
    rows = page_of(city, "midterm").xpath("//table[contains(caption, '不能签字的事项')]//tbody/tr")
    first = [row for row in rows if len(row) == 5]
    assert first
    assert all(row[3].text_content() and row[4].text_content() != "" for row in first)
    assert any("绫州市统计局" in row[4].text_content() for row in first)


def test_a_forecast_of_too_short_a_series_gives_its_reason(
    city: Path, written: dict[str, Ran]
) -> None:
    rows = page_of(city, "midterm").xpath("//table[contains(caption, '预测')]//tbody/tr")
    told = {row[0].text_content(): row[5].text_content() for row in rows}
    assert "可比的只有2年" in told["规模以上工业总产值"]


def test_a_long_series_is_taken_to_the_target_year(
    city: Path, tmp_path: Path, jingwei: Callable[..., Ran]
) -> None:
    folder = shutil.copytree(city, tmp_path / "long")
    old = [
        Observation(
            SeriesKey("renovation@1", "lz"), Months.year(year), value, "%", date(year + 1, 3, 1),
            "survey", Row("投资年报", f"{year + 1}-03-01", f"B{year - 2005}"),
        )
        for year, value in zip(
            (*range(2012, 2020), 2021, 2022, 2023),
            (36.1, 37.4, 37.9, 39.0, 40.4, 40.9, 42.3, 43.0, 44.1, 44.6, 45.8), strict=True,
        )
    ]  # fmt: skip
    parts = [
        Observation(
            SeriesKey(card, region), Months.year(year), value, unit, date(year + 1, 5, 1),
            "public", Row("分区数", f"{year + 1}-05-01", f"{region}{year}"),
        )
        for card, unit, sizes in (
            ("output@2011", "亿元", (600, 640, 1500, 1490)), ("renovation@1", "%", (40, 41, 42, 43)),
        )
        for (region, year), value in zip(
            (("jt", 2022), ("jt", 2023), ("sj", 2022), ("sj", 2023)), sizes, strict=True,
        )
    ]  # fmt: skip
    store = Observations(Workspace.open(folder))
    store.append([*old, *parts], dataset="补", reason="补报", imported_on=date(2026, 4, 1))
    done = jingwei("report", "-w", folder, "--kind", "midterm", "--as-of", "2024-12-31", "--to", "html")  # fmt: skip
    assert done.code == 0
    page = lxml.html.fromstring(Path(done.out.strip()).read_text("utf-8"))
    rows = page.xpath("//table[contains(caption, '预测')]//tbody/tr")
    row = next(each for each in rows if each[0].text_content() == "技术改造投资占工业投资比重")
    point, interval, chance = (row[n].text_content() for n in (2, 3, 4))
    assert re.match(r"4[5-9][.\d]*%", point)
    assert re.match(r"[\d.]+—[\d.]+", interval)
    assert "%" in chance
    # who pulls: of what adds up over districts, never of a rate
    pulls = page.xpath("//table[contains(caption, '分区')]")
    assert ["规模以上工业总产值，2023年，分区" in each[0].text_content() for each in pulls] == [
        True
    ]
    shown = {row[0].text_content(): row[4].text_content() for row in pulls[0].iter("tr")}
    assert shown["锦塘区"].startswith("+0.65")  # 40 of 6200
    assert shown["梭江区"].startswith("-0.16")


def test_a_return_of_an_office_is_shown_with_its_day(
    city: Path, tmp_path: Path, jingwei: Callable[..., Ran]
) -> None:
    folder = shutil.copytree(city, tmp_path / "returned")
    text = Workspace.open(folder).plan_path(f"{PLAN}.docx").read_text("utf-8")
    task = re.findall(r"id: (t-\w+)", text)[0]
    (folder / "data" / "returns").mkdir()
    table = folder / "data" / "returns" / "2024.csv"
    table.write_text(
        "task,state,date,by,note\n"
        f"{task},推进中,2023-06-30,市发展和改革委员会,已开工\n"
        f"{task},已完成,2025-06-30,市发展和改革委员会,\n",
        encoding="utf-8",
    )
    ask = ("report", "-w", folder, "--kind", "midterm", "--as-of", "2024-12-31", "--to", "html")
    done = jingwei(*ask)
    assert done.code == 0, done.err
    page = lxml.html.fromstring(Path(done.out.strip()).read_text("utf-8"))
    told = [cell.text_content() for cell in page.xpath("//table//td[5]")]
    shown = [each for each in told if "推进中：已开工（2023-06-30，市发展和改革委员会）" in each]
    assert len(shown) == 1
    assert not any("2025-06-30" in each for each in told)  # not known on that day
    table.write_text(f"task,state,date,by\n{task},快好了,2023-06-30,局\n", encoding="utf-8")
    wrong = jingwei(*ask)
    assert wrong.code == 2
    assert "快好了" in wrong.err and "2024.csv:2" in wrong.err


# ------------------------------------------------------------------------------- proof of numbers


def test_digits_without_a_note_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="without evidence"):
        Run("增长5.2%")
    with pytest.raises(ValueError, match="without evidence"):
        Notes({}).mark()


def test_every_mark_has_a_note_and_every_note_a_mark(city: Path, written: dict[str, Ran]) -> None:
    for kind in KINDS:
        page = page_of(city, kind)
        marks = {each.get("href")[1:] for each in page.xpath("//a[@class='mark']")}
        notes = {each.get("id") for each in page.xpath("//ol[@class='notes']/li")}
        assert marks == notes
        assert all(
            "".join(each.itertext("span")).strip() for each in page.xpath("//ol[@class='notes']/li")
        )


def test_numbers_of_values_goals_and_counts_carry_a_mark(
    city: Path, written: dict[str, Ran]
) -> None:
    page = page_of(city, "final")
    for caption, columns in (
        ("评估结果一览", (1, 2, 3, 4, 5)),
        ("进展", (2, 3)),
        ("未报情况", (1,)),
    ):
        rows = page.xpath(f"//table[contains(caption, '{caption}')]//tbody/tr")
        assert rows
        for row in rows:
            for column in columns:
                if re.search(r"\d", "".join(row[column].xpath("text()"))):
                    assert row[column].xpath("a[@class='mark']")


def test_a_note_shows_file_place_and_quote_or_row_and_vintage(
    city: Path, written: dict[str, Ran]
) -> None:
    notes = [each.text_content() for each in page_of(city, "midterm").xpath("//ol/li")]
    assert any(re.search(r"先进制造业十四五规划\.docx）第\d+段：“.+”", each) for each in notes)
    assert any("数据集“统计年鉴”，2024-12-20版，D8" in each for each in notes)
    assert any(re.search(r"“[^”]+ │ [^”]+ │ [^”]+”", each) for each in notes)  # a row of a table


def test_the_page_loads_and_runs_nothing(city: Path, written: dict[str, Ran]) -> None:
    page = page_of(city, "midterm")
    assert not page.xpath("//script | //link | //iframe | //@onclick | //@style")
    assert all(each.startswith("data:image/png") for each in page.xpath("//img/@src"))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'") and "script" not in policy


# --------------------------------------------------------------------------------- the three forms


def test_made_twice_the_same_bytes(
    city: Path, written: dict[str, Ran], jingwei: Callable[..., Ran]
) -> None:
    files = [Path(line) for line in written["midterm"].out.splitlines()]
    before = [each.read_bytes() for each in files]
    again = jingwei("report", "-w", city, "--kind", "midterm", "--as-of", KINDS["midterm"])
    assert again.out == written["midterm"].out
    assert [each.read_bytes() for each in files] == before


def test_word_has_the_page_of_the_standard(city: Path, written: dict[str, Ran]) -> None:
    """GB/T 9704-2012, 5.1 to 5.2.3 and 7.5."""
    document = Document(str(file_of(city, "midterm", "docx")))
    section = document.sections[0]
    assert section.page_width is not None and section.page_height is not None
    assert (round(section.page_width.mm, 1), round(section.page_height.mm, 1)) == (210, 297)
    edges = section.top_margin, section.left_margin, section.right_margin, section.bottom_margin
    for edge, wanted in zip(edges, (37, 28, 26, 35), strict=True):
        assert edge is not None
        assert abs(edge.mm - wanted) < 0.1
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    pitch = int(grid.get(qn("w:linePitch"), "0")) / 20
    assert int((297 - 37 - 35) * 72 / 25.4 / pitch) == 22
    advance = 16 + int(grid.get(qn("w:charSpace"), "0")) / 4096
    assert int(156 * 72 / 25.4 / advance + 0.01) == 28
    assert "— " in section.footer.paragraphs[0].text
    assert document.settings.odd_and_even_pages_header_footer


def test_word_keeps_the_fonts_of_the_standard(city: Path, written: dict[str, Ran]) -> None:
    document = Document(str(file_of(city, "midterm", "docx")))
    named = {
        run.text: (run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt)  # type: ignore[union-attr]
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.size is not None
    }
    title = next(each for each in named if each.endswith("中期评估报告"))
    assert named[title] == ("方正小标宋_GBK", 22)
    assert named["一、总体情况"] == ("黑体", 16)
    assert named["（一）约束性指标"] == ("楷体_GB2312", 16)
    assert ("仿宋_GB2312", 16) in named.values()


def test_word_marks_link_to_their_notes(city: Path, written: dict[str, Ran]) -> None:
    body = Document(str(file_of(city, "midterm", "docx"))).element.body
    anchors = {each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))}
    names = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    assert anchors
    assert anchors == names


def test_all_forms_say_the_same(city: Path, written: dict[str, Ran]) -> None:
    page = page_of(city, "midterm")
    document = Document(str(file_of(city, "midterm", "docx")))
    cells = ["".join(each.itertext(qn("w:t"))) for each in document.element.body.iter(qn("w:tc"))]
    shown = [
        re.sub(r"\s", "", each.text_content())
        for each in page.xpath("//table/thead/tr/th | //table/tbody/tr/td")
    ]
    assert [re.sub(r"\s", "", each) for each in cells] == shown


@font
def test_the_pdf_is_chinese_text_on_a4(city: Path, written: dict[str, Ran]) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(str(file_of(city, "midterm", "pdf")))
    size = [round(each * 25.4 / 72) for each in document[0].get_size()]
    assert size == [210, 297]
    text = "".join(page.get_textpage().get_text_range() for page in document)
    for words in ("中期评估报告", "不能签字的事项", "未报", "约束性指标", "— 2 —"):
        assert words in text
    left = min(
        document[0].get_textpage().get_charbox(n)[0]
        for n in range(200, 400)
        if document[0].get_textpage().get_text_range(n, 1).strip()
    )
    assert left * 25.4 / 72 > 27.5


@font
def test_an_unknown_family_is_an_error_and_never_boxes() -> None:
    with pytest.raises(RuntimeError, match="unknown font family"):
        typeset('#text(font: "No Such Song", "字")', faces(), "pdf")


@font
def test_a_character_that_no_font_has_is_written_as_its_number() -> None:
    assert faces().spelled("经纬\ue123") == "经纬〈U+E123〉"


@font
@settings(max_examples=15)
@given(st.text(max_size=40))
def test_no_text_of_a_document_is_read_as_markup(text: str) -> None:
    said = Paper("题", (), "2024-01-01", (Paragraph((Run(text, bare="name"),)),), ())
    for made in (pdf(said, faces()), docx(said, None), html(said, None)):
        assert made
    word = Document(io.BytesIO(docx(said, None)))
    assert len(word.paragraphs) >= 3


# ------------------------------------------------------------------------------- without a font


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "folders", list)


@pytest.mark.usefixtures("bare")
def test_without_a_font_word_and_html_are_written_and_the_package_is_named(
    city: Path, tmp_path: Path, jingwei: Callable[..., Ran]
) -> None:
    folder = shutil.copytree(city, tmp_path / "bare", ignore=shutil.ignore_patterns("reports"))
    ask = ("report", "-w", folder, "--kind", "midterm", "--as-of", "2024-12-31")
    done = jingwei(*ask)
    assert done.code == 0
    assert [Path(line).suffix for line in done.out.splitlines()] == [".html", ".docx"]
    assert done.err.count("\n") == 1
    assert "apt install fonts-noto-cjk" in done.err
    asked = jingwei(*ask, "--to", "pdf")
    assert (asked.code, asked.out) == (2, "")
    assert "apt install fonts-noto-cjk" in asked.err
    assert not [*folder.glob("reports/*.pdf")]


def test_a_chart_without_a_font_is_a_table() -> None:
    notes = Notes({})
    caption = (Run("图1", bare="order"), Run("", notes.mark(Row("年鉴", "2024-01-01", "B2"))))
    chart = Chart("产值", "亿元", ((2020, 5.5), (2021, 6)), ((2021, 6.25), (2022, 7)))
    paper = Paper("题", (), "2024-01-01", (Figure(chart, caption),), notes.all)
    page = lxml.html.fromstring(html(paper, None).decode())
    rows = [[c.text_content() for c in row] for row in page.xpath("//tbody/tr")]
    assert rows == [
        ["2020", "5.5[1]", "—"], ["2021", "6[1]", "6.25[1]"], ["2022", "—", "7[1]"],
    ]  # fmt: skip
    assert len(Document(io.BytesIO(docx(paper, None))).tables) == 1


@font
def test_a_chart_is_drawn_the_same_every_time_with_its_words() -> None:
    from jingwei.app.reports.paper.charts import drawn

    chart = Chart("产值", "亿元", ((2020, 5.5), (2021, 6)), ((2021, 6.25), (2022, 7)))
    first, second = (drawn(chart, faces(), "svg") for _ in range(2))
    assert first == second
    assert "时序要求" in first.decode() and "亿元" in first.decode()
    assert drawn(chart, faces(), "png") == drawn(chart, faces(), "png")


# ----------------------------------------------------------------------------------- what is asked


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--kind", "final", "--plan", PLAN, "--as-of", "2023-01-01"), "做不了总结评估报告"),
        (("--kind", "midterm", "--plan", PLAN, "--as-of", "2027-01-01"), "做不了中期评估报告"),
        (("--kind", "midterm", "--as-of", "2010-01-01"), "没有可做中期评估报告的规划"),
        (("--kind", "annual", "--as-of", "昨天"), "不是日期"),
        (("--kind", "annual", "--to", "wps"), "没有这种格式"),
        (("--to", "pdf"), "--kind"),
    ],
)
def test_a_report_that_cannot_be_says_why_and_writes_nothing(
    compiled: Path, jingwei: Callable[..., Ran], options: tuple[str, ...], told: str
) -> None:
    done = jingwei("report", "-w", compiled, *options)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert not [*compiled.glob("reports/*-*")]


def test_an_annual_report_takes_the_plan_that_runs(
    compiled: Path, tmp_path: Path, jingwei: Callable[..., Ran]
) -> None:
    folder = shutil.copytree(compiled, tmp_path / "plain")
    done = jingwei("report", "-w", folder, "--kind", "annual", "--as-of", "2021-12-31", "--to", "html")  # fmt: skip
    assert done.code == 0
    assert PLAN in done.out


def test_an_office_that_has_only_outlines_evaluates_the_one_whose_last_year_is_reported(
    tmp_path: Path, jingwei: Callable[..., Ran]
) -> None:
    assert jingwei("init", tmp_path / "w").code == 0
    folder = tmp_path / "w" / "documents"
    title = "云溪市国民经济和社会发展第{}个五年规划纲要\n\n"
    old = title.format("十四") + "第一章 目标\n到2025年，智能工厂达到30家。\n"
    new = title.format("十五") + (
        "第一章 发展基础\n2025年，智能工厂达到33家。\n第二章 目标\n到2030年，智能工厂达到60家。\n"
    )
    (folder / "old.txt").write_text(old, "utf-8")
    (folder / "new.txt").write_text(new, "utf-8")
    assert jingwei("compile", "-w", tmp_path / "w").code == 0
    asked = ("report", "-w", tmp_path / "w", "--kind", "final", "--to", "html")
    done = jingwei(*asked, "--as-of", "2026-06-01")
    assert done.code == 0 and "final-old" in done.out


# ------------------------------------------------------------------------------------- the month


def month(city: Path, jingwei: Callable[..., Ran], *options: object) -> Ran:
    return jingwei("month", "2024-09", "-w", city, "--as-of", "2024-12-31", *options)


def test_the_month_is_written_as_word_and_html(city: Path, jingwei: Callable[..., Ran]) -> None:
    done = month(city, jingwei, "--to", "docx,html")
    assert done.code == 0
    files = [Path(line) for line in done.out.splitlines()]
    assert [each.name for each in files] == [
        "month-2024-09-绫州市.html", "month-2024-09-绫州市.docx",
    ]  # fmt: skip
    before = [each.read_bytes() for each in files]
    text = files[0].read_text("utf-8")
    for words in ("5250亿元", "锦塘区", "梭江区", "未报", "绫州市统计局"):
        assert words in text
    assert "E1" not in lxml.html.fromstring(text).xpath("string(//main)").split()
    month(city, jingwei, "--to", "docx,html")
    assert [each.read_bytes() for each in files] == before


def test_enterprises_stand_on_the_sheet_only_when_asked_and_with_a_warning(
    city: Path, tmp_path: Path, jingwei: Callable[..., Ran]
) -> None:
    folder = shutil.copytree(city, tmp_path / "units")
    plain, asked = (
        Path(month(folder, jingwei, "--to", "html", *more).out.strip()).read_text("utf-8")
        for more in ((), ("--enterprises",))
    )
    assert ">E1<" not in plain
    assert ">E1<" in asked
    assert "含单位数据，只用于统计，注意保密" in asked
    assert "含单位数据" not in plain


@font
def test_a_crowded_month_stays_on_one_page_and_counts_what_it_leaves_out(
    city: Path, tmp_path: Path, jingwei: Callable[..., Ran]
) -> None:
    import pypdfium2

    folder = shutil.copytree(city, tmp_path / "crowded")
    units = [
        Observation(
            SeriesKey("output@2011", "lz", (), f"绫州某某精密机械制造有限公司{n:02}"),
            Months.cumulative(year, 9), 30 + n + (year - 2023) * ((n * 7) % 13 - 6), "亿元",
            date(year, 10, 18), "administrative", Row("税收", f"{year}-10-18", f"第{n}行"),
        )
        for year in (2023, 2024)
        for n in range(60)
    ]  # fmt: skip
    Observations(Workspace.open(folder)).append(units, dataset="多", imported_on=date(2026, 4, 1))
    done = month(folder, jingwei, "--enterprises", "--to", "pdf")
    assert done.code == 0
    document = pypdfium2.PdfDocument(done.out.strip())
    assert len(document) == 1
    text = document[0].get_textpage().get_text_range()
    assert text.count("精密机械") > 10
    assert "限于一页，另有" in text


def test_exported_words_start_no_formula_and_no_markup(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", "绫州市")
    bad = '=cmd|" /C calc"!A0 <script>alert(1)</script> #panic("x")'
    notes = Notes({})
    mark = notes.mark(Span("坏.txt", 0, 3, bad), Formula(bad))
    grid = Grid((Run("表", bare="name"),), (), ())
    paper = Paper(bad, (bad,), "2024-01-01", (grid, Paragraph((Run(bad, mark),))), notes.all)
    done = write_papers(workspace, "bad", paper, ("html", "docx"))
    text = (workspace.root / done.paths[0]).read_text("utf-8")
    assert "<script" not in text
    with zipfile.ZipFile(workspace.root / done.paths[1]) as word:
        document = word.read("word/document.xml").decode()
        assert "<script" not in document
        assert {each.date_time for each in word.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_final_report_takes_the_plan_whose_last_year_is_reported(
    tmp_path: Path, jingwei: Callable[..., Ran]
) -> None:
    assert jingwei("init", tmp_path / "w").code == 0
    folder = tmp_path / "w" / "documents"
    head = "云溪市{}发展“十五五”规划\n\n一、发展基础\n2025年，智能工厂达到{}家。\n二、目标\n到2030年，智能工厂达到{}家。\n"
    old = "云溪市制造业发展“十四五”规划\n\n二、目标\n到2025年，智能工厂达到30家。\n"
    (folder / "old.txt").write_text(old, "utf-8")
    (folder / "new.txt").write_text(head.format("制造业", 33, 60), "utf-8")
    (folder / "other.txt").write_text(head.format("服务业", 33, 60), "utf-8")
    assert jingwei("compile", "-w", tmp_path / "w").code == 0
    asked = ("report", "-w", tmp_path / "w", "--kind", "final", "--to", "html", "--as-of")
    done = jingwei(
        *asked, "2032-01-01"
    )  # both newer plans have run out, and nothing reports on them
    assert done.code == 0 and "final-old" in done.out
    assert jingwei(*asked, "2026-06-01").code == 0
    (folder / "old.txt").unlink()
    none = jingwei(*asked, "2032-01-01")
    assert none.code == 2 and "new.txt" in none.err and "other.txt" in none.err


def test_a_midterm_report_names_every_target_without_a_forecast_and_why(
    city: Path, written: dict[str, Ran]
) -> None:
    page = page_of(city, "midterm")
    foreseen = {
        row.xpath("string(td[1])").strip()
        for row in page.xpath("//table[contains(caption, '预测')]//tbody/tr")
    }
    told = [text for each in page.xpath("//p") if "没有预测的（" in (text := each.text_content())]
    assert told
    assert any("不作外推" in each for each in told)
    named = {name for each in told for name in each.split("：", 1)[1].rstrip("。").split("、")}
    assert named
    assert not named & foreseen
