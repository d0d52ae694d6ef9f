"""Every character can be found again where it came from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendering import as_docx, as_html, as_pdf, as_text, as_wrapped_text, fictional_plan

from jingwei.documents import Document, Text, read_document, read_text
from jingwei.documents.folding import fold


def contents(document: Document) -> list[Text]:
    texts = [block.content for block in document.blocks]
    for block in document.blocks:
        if block.table is not None:
            texts += [cell.content for row in block.table.rows for cell in row]
    return [text for text in texts if text.text]


def assert_found_again(document: Document) -> None:
    for content in contents(document):
        assert len(content.text) == len(content.origins)
        for start, end in ((0, len(content)), (len(content) // 3, len(content) // 3 + 9)):
            end = min(end, len(content))
            if start == end:
                continue
            span = document.span(content, start, end)
            pieces = [fold(document.source[a:b]).text for a, b in span.segments]
            assert "".join(pieces).replace(" ", "") == span.quote.replace(" ", "")
            assert span.start == span.segments[0][0] and span.end == span.segments[-1][1]


@pytest.mark.parametrize("seed", range(6))
def test_quotes_are_found_at_their_offsets(tmp_path: Path, seed: int):
    plan = fictional_plan(seed)
    assert_found_again(read_text(as_text(plan)))
    assert_found_again(read_text(as_wrapped_text(plan, 29, page=9)))
    assert_found_again(read_text(as_html(plan)))
    assert_found_again(read_document(as_docx(plan, tmp_path / "a.docx")))
    assert_found_again(read_document(as_pdf(plan, tmp_path / "a.pdf")))


def test_a_page_number_inside_a_sentence_cuts_the_span():
    text = "　　到２０３０年，全市规模以上工业企业达到五百家以上，产值\n\n— ７ —\n\n突破２０\n００亿元，其中轴承产业占比不低于三成，累计建设示范工厂二十家。\n"
    document = read_text(text, "a.txt")
    (block,) = document.blocks
    start = block.text.index("产值突破2000亿元")
    span = document.span(block.content, start, start + 10)
    assert span.quote == "产值突破2000亿元"
    assert [text[a:b] for a, b in span.segments] == ["产值", "突破２０\n００亿元"]
    assert span.line == 1


def test_places_in_each_kind_of_document(tmp_path: Path):
    plan = fictional_plan(3)
    pdf = read_document(as_pdf(plan, tmp_path / "a.pdf", filler=400))
    last = pdf.blocks[-1].content
    assert pdf.span(last, 0, 4).page == len(pdf.parts)
    text = read_text("一行。\n二行。\n三行。\n")
    assert [text.span(block.content, 0, 1).line for block in text.blocks] == [1, 2, 3]
    html = read_text("<html><body><p>甲。</p><div>乙。<br>丙。</div></body></html>")
    assert [html.span(block.content, 0, 1).paragraph for block in html.blocks] == [1, 2, 3]
    assert html.source == "甲。\n乙。\n丙。"


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_folding_keeps_the_way_back(source: str):
    folded = fold(source)
    assert len(folded.text) == len(folded.origins)
    assert list(folded.origins) == sorted(folded.origins)
    assert all(0 <= origin < len(source) for origin in folded.origins)
    kept = "".join(fold(source[origin]).text or " " for origin in dict.fromkeys(folded.origins))
    assert kept.replace(" ", "") == folded.text.replace(" ", "")


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("２０２５ 年 达到 １．５ 万亿元", "2025年达到1.5万亿元"),
        ("Smart\nFactory 与 Wi-Fi 6", "Smart Factory与Wi-Fi 6"),
        ("⼯业 ⻓三角", "工业长三角"),
        ("①5家、②6家", "①5家、②6家"),
        ("（一）㎡，100％", "(一)m2,100%"),
        ("5 G 与 28 nm", "5G与28nm"),
    ],
)
def test_folded_forms(source: str, folded: str):
    assert fold(source).text == folded
