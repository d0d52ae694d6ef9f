"""The demo city: its documents say what the story says, and say it the same way every time."""

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document as Word
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from jingwei.app.demo import DRAFT, ISSUED, NOTICE, truth, write_documents, write_draft, write_text
from jingwei.app.demo.linebreak import CLOSING, OPENING, lines
from jingwei.app.demo.model import apportion, city
from jingwei.app.demo.texts import Grid, pieces, words

TEXTS = [issue.text for issue in (*ISSUED, DRAFT)]
TRUTH = truth()


def folded(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def said(text: str) -> str:
    return folded("\n".join(words(text)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "documents"
    write_documents(folder)
    write_draft(folder)
    return folder


def pdf_text(path: Path) -> str:
    """The pages without their running head and page number."""
    document = pypdfium2.PdfDocument(path)
    pages = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    body = [re.sub(rf"^{NOTICE}\s*— \d+ —\s*", "", page) for page in pages]
    return folded("".join(body))


def docx_text(path: Path) -> str:
    document = Word(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return folded("\n".join([paragraph.text for paragraph in document.paragraphs] + cells))


def html_text(path: Path) -> str:
    article = LexborHTMLParser(path.read_text("utf-8")).css_first("div.article")
    assert article is not None
    return folded(article.text())


def extracted(path: Path, encoding: str = "utf-8") -> str:
    match path.suffix:
        case ".pdf":
            return pdf_text(path)
        case ".docx":
            return docx_text(path)
        case ".html":
            return html_text(path)
        case _:
            return folded(path.read_text(encoding))


def places(entry: Any) -> Iterator[dict[str, Any]]:
    """Every {document, quote} inside an entry of the truth."""
    if isinstance(entry, dict):
        if "quote" in entry and "document" in entry:
            yield entry
        for inner in entry.values():
            yield from places(inner)
    elif isinstance(entry, list):
        for inner in entry:
            yield from places(inner)


# ------------------------------------------------------------------------------------- documents


def test_writing_twice_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = [*write_documents(tmp_path), write_draft(tmp_path)]
    assert [path.name for path in again] == [issue.file for issue in (*ISSUED, DRAFT)]
    assert [path.read_bytes() for path in again] == [
        (folder / path.name).read_bytes() for path in again
    ]


@pytest.mark.parametrize("issue", [*ISSUED, DRAFT], ids=lambda issue: issue.text)
def test_every_paragraph_and_cell_can_be_read_back(folder: Path, issue: Any) -> None:
    text = extracted(folder / issue.file, issue.encoding)
    pages_may_cut_cells = issue.file.endswith(".pdf")
    cells = {
        cell
        for piece in pieces(issue.text)
        if isinstance(piece, Grid)
        for row in piece.rows
        for cell in row
    }
    for piece in words(issue.text):
        if pages_may_cut_cells and piece in cells:
            assert not Counter(folded(piece)) - Counter(text)
        else:
            assert folded(piece) in text


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html", "txt"])
@pytest.mark.parametrize("text", ["plan-14", "outline"])
def test_any_text_can_be_issued_in_any_format(tmp_path: Path, text: str, suffix: str) -> None:
    written = extracted(write_text(text, tmp_path / f"{text}.{suffix}"))
    prose = [piece for piece in words(text) if len(piece) > 40]
    assert len(prose) > 10
    assert all(folded(piece) in written for piece in prose)


def test_every_document_says_that_it_is_fictional(folder: Path) -> None:
    for issue in (*ISSUED, DRAFT):
        assert "本文件为虚构,仅供演示" in extracted(folder / issue.file, issue.encoding)


def test_the_indicator_table_of_the_pdf_crosses_a_page_and_repeats_its_head(folder: Path) -> None:
    document = pypdfium2.PdfDocument(folder / ISSUED[0].file)
    heads = [
        number
        for number in range(len(document))
        if "类别 序号 指标名称" in document[number].get_textpage().get_text_range()
    ]
    assert len(heads) == 2
    assert heads[1] == heads[0] + 1


def test_the_page_turns_inside_a_hedge(folder: Path) -> None:
    document = pypdfium2.PdfDocument(folder / ISSUED[0].file)
    pages = [folded(document[i].get_textpage().get_text_range()) for i in range(len(document))]
    sentence = folded("国家标准和行业标准80项以上")
    assert any(page.endswith("80项以") for page in pages)
    assert not any(sentence in page for page in pages)
    assert sentence in pdf_text(folder / ISSUED[0].file)


def test_the_word_file_has_real_headings_merged_cells_and_boxes(folder: Path) -> None:
    document = Word(str(folder / ISSUED[1].file))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert {"Title", "Heading 1", "Heading 2", "Heading 3"} <= styles
    indicators = next(table for table in document.tables if len(table.rows) == 19)
    category = [row.cells[0]._tc for row in indicators.rows]
    assert category[1] is category[5] is not category[6]
    boxes = [table for table in document.tables if len(table.rows) == len(table.columns) == 1]
    assert len(boxes) == 6
    assert all(box.cell(0, 0).text.startswith("专栏") for box in boxes)


def test_the_word_file_carries_no_time_of_writing(folder: Path) -> None:
    with zipfile.ZipFile(folder / ISSUED[1].file) as archive:
        assert {member.date_time for member in archive.infolist()} == {(2021, 8, 26, 9, 0, 0)}


def test_the_web_page_has_scripts_and_navigation_around_the_article(folder: Path) -> None:
    page = LexborHTMLParser((folder / ISSUED[2].file).read_text("utf-8"))
    assert page.css("script")
    assert page.css("ul.nav")
    assert any(cell.attributes.get("rowspan") for cell in page.css("div.article td"))


def test_the_press_release_is_broken_at_a_fixed_width_and_the_communique_is_gbk(
    folder: Path,
) -> None:
    press = (folder / ISSUED[3].file).read_text("utf-8").splitlines()
    assert max(map(len, press)) <= 34
    with pytest.raises(UnicodeDecodeError):
        (folder / ISSUED[4].file).read_text("utf-8")


# ----------------------------------------------------------------------------------------- truth


@pytest.mark.parametrize("text", TEXTS)
def test_every_quote_of_the_truth_stands_in_its_document(text: str) -> None:
    listed = [place for place in places(TRUTH) if place["document"] == text and place["quote"]]
    listed += [
        {"quote": quote}
        for entry in TRUTH["no_alarm"]
        if entry["document"] == text
        for quote in entry["quotes"]
    ]
    listed += [entry for entry in TRUTH["settlement"] if entry["plan"] == text]
    listed += TRUTH.get(text, [])
    assert listed
    missing = [place["quote"] for place in listed if folded(place["quote"]) not in said(text)]
    assert missing == []


def rows(text: str) -> dict[int, tuple[str | None, ...]]:
    grids = [piece for piece in pieces(text) if isinstance(piece, Grid)]
    return {int(row[1] or ""): row for grid in grids for row in grid.rows[1:]}


def test_rows_of_the_truth_are_rows_of_the_indicator_tables() -> None:
    by_row = [place for place in places(TRUTH) if "row" in place]
    by_row += [
        entry | {"document": entry["plan"]} for entry in TRUTH["settlement"] if "row" in entry
    ]
    assert by_row
    for place in by_row:
        row = rows(place["document"])[place["row"]]
        assert place["quote"] in row
        if "target" in place:
            assert place["target"] in row


@pytest.mark.parametrize("plan", ["plan-13", "plan-14"])
def test_every_row_of_an_indicator_table_has_its_expected_answer(plan: str) -> None:
    settled = [
        entry["row"] for entry in TRUTH["settlement"] if entry["plan"] == plan and "row" in entry
    ]
    assert sorted(settled) == sorted(rows(plan))


def test_binding_rows_are_marked_in_the_truth() -> None:
    for plan in ("plan-13", "plan-14"):
        binding = {number for number, row in rows(plan).items() if "约束性" in row}
        marked = {
            entry["row"]
            for entry in TRUTH["settlement"]
            if entry["plan"] == plan and entry.get("attr") == "约束性"
        }
        assert binding == marked


def test_expected_answers_carry_what_a_verdict_must_carry() -> None:
    for entry in TRUTH["settlement"]:
        if entry["answer"] == "unknown":
            assert entry["missing"]
            assert entry["holder"]
        else:
            assert entry["facts"]
        if entry["answer"] == "depends":
            assert len(entry["readings"]) == 2


def test_the_story_holds_what_the_demo_promises() -> None:
    settled = [entry for entry in TRUTH["settlement"] if entry["plan"] == "plan-13"]
    answers = Counter(entry["answer"] for entry in settled)
    assert min(answers[answer] for answer in ("met", "not_met", "unknown", "depends")) >= 2
    assert any(each["answer"] == "not_met" and each.get("attr") == "约束性" for each in settled)
    assert any(each["answer"] == "depends" and "左右" in each["target"] for each in settled)
    assert any(each["answer"] == "unknown" and "省下达" in each["target"] for each in settled)
    assert any(each.get("holder_quote") for each in settled)
    assert {entry["kind"] for entry in TRUTH["finding"]} >= {
        "false_claim",
        "growth_disagrees",
        "two_denominators",
        "unit_clash",
        "table_against_prose",
        "passed_by_baseline",
        "sum_of_parts",
        "implied_totals",
    }


# ----------------------------------------------------------------------------------------- model


def test_districts_add_up_to_the_city_and_the_zone_is_no_seventh_part() -> None:
    model = city()
    for year in model.years:
        parts = [model.district(name, year) for name in model.districts]
        assert len(parts) == 6
        assert round(sum(parts), 1) == model.value("output", year)
        assert (
            0 < model.zone(year) < model.district("梭江区", year) + model.district("云渡区", year)
        )
        for sector in model.sectors:
            split = sum(model.output(name, sector, year) for name in model.districts)
            assert round(split, 1) == model.sector(sector, year)


def test_declines_compound_and_the_false_claim_is_their_sum() -> None:
    model = city()
    assert model.decline("water", 2016, 2020) == 21.4
    assert round(sum(model.yearly_declines("water", 2016, 2020)), 1) == 23.5
    assert model.decline("energy", 2021, 2025) == 14.6
    assert round(sum(model.yearly_declines("energy", 2021, 2025)), 1) == 15.5


def test_planted_faults_are_faults_of_arithmetic() -> None:
    model = city()
    growth = (model.value("industry", 2020) / model.value("industry", 2015)) ** (1 / 5) - 1
    assert abs(100 * growth - 5.2) > 2
    materials = model.sector("先进材料", 2020) / model.value("output", 2020)
    assert abs(100 * materials - 15.1) > 2
    equipment = [model.sector("高端装备", year) for year in (2020, 2025)]
    assert equipment[1] < 2 * equipment[0]


@given(
    st.integers(0, 10**6),
    st.lists(st.floats(0.01, 100), min_size=1, max_size=12),
)
def test_apportioned_parts_add_up_and_stay_within_one_of_their_share(
    total: int, weights: list[float]
) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part - total * weight / sum(weights)) <= 1 + 1e-6
        for part, weight in zip(parts, weights, strict=True)
    )


@given(st.text(alphabet="规模以上工业，。《》（）“”0123456789.%", max_size=80), st.integers(4, 20))
def test_lines_lose_nothing_and_cut_neither_numbers_nor_punctuation(text: str, width: int) -> None:
    broken = list(lines(text, width))
    assert "".join(broken) == text
    for line, following in pairwise(broken):
        assert len(line) <= width
        unbreakable = len(line) == width
        assert unbreakable or following[0] not in CLOSING
        assert unbreakable or line[-1] not in OPENING
        assert unbreakable or not (line[-1].isascii() and following[0].isascii())
