"""Word comments stand on the exact characters, and nothing else of the file changes."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingwei.core import InvalidRequest, UnreadableDocument
from jingwei.documents import read_document
from jingwei.documents.commenting import Comment, write_comments
from jingwei.documents.folding import fold

SENTENCE = "云溪市规上工业增加值１０４２亿元，增长 7.5%，其中新区占三分之一。"


def characters(path: Path) -> list[tuple[str, str]]:
    """Every shown character with the formatting of its run."""
    found = []
    for text in docx.Document(str(path)).element.body.iter(qn("w:t")):
        properties = text.getparent().find(qn("w:rPr"))
        form = "" if properties is None else properties.xml
        found += [(character, form) for character in text.text or ""]
    return found


def anchored(path: Path) -> dict[str, str]:
    """The text between the range marks of each comment, by the comment's text."""
    document = docx.Document(str(path))
    said = {str(each.comment_id): each.text for each in document.comments}
    open_: dict[str, list[str]] = {}
    closed: dict[str, str] = {}
    for element in document.element.body.iter():
        number = element.get(qn("w:id"))
        if element.tag == qn("w:commentRangeStart"):
            open_[number] = []
        elif element.tag == qn("w:commentRangeEnd"):
            closed[said[number]] = "".join(open_.pop(number))
        elif element.tag == qn("w:t"):
            for words in open_.values():
                words.append(element.text or "")
    assert not open_
    return closed


def comment(path: Path, words: str, *lines: str) -> Comment:
    source = read_document(path).source
    start = source.index(words)
    return Comment(start, start + len(words), fold(words).text, lines or (words,))


def saved(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
def test_runs_cut_anywhere_keep_text_and_formatting(tmp_path, data):
    cuts = sorted(data.draw(st.sets(st.integers(1, len(SENTENCE) - 1), max_size=8)))
    document = docx.Document()
    paragraph = document.add_paragraph()
    for start, end in zip([0, *cuts], [*cuts, len(SENTENCE)], strict=True):
        run = paragraph.add_run(SENTENCE[start:end])
        run.bold, run.italic = data.draw(st.booleans()), data.draw(st.booleans())
    before, after = tmp_path / "draft.docx", tmp_path / "commented.docx"
    document.save(str(before))
    ends = data.draw(st.sets(st.integers(0, len(SENTENCE)), min_size=2, max_size=8))
    ranges = list(zip(sorted(ends), sorted(ends)[1:], strict=False))[::2]
    comments = [
        Comment(a, b, fold(SENTENCE[a:b]).text, (f"批注{n}",))
        for n, (a, b) in enumerate(ranges)
        if not SENTENCE[a].isspace() and not SENTENCE[b - 1].isspace()
    ]
    write_comments(before, comments, after)
    assert characters(after) == characters(before)
    assert anchored(after) == {each.lines[0]: SENTENCE[each.start : each.end] for each in comments}
    assert read_document(after).source == read_document(before).source


def test_tables_hyperlinks_and_insertions(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("规模达到")
    link = OxmlElement("w:hyperlink")
    link.append(
        parse_xml(f"<w:r {nsdecls('w')}><w:rPr><w:b/></w:rPr><w:t>链接中的500家</w:t></w:r>")
    )
    paragraph._p.append(link)
    paragraph._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="7" w:author="某"><w:r><w:t>修订加入的12.5%</w:t></w:r></w:ins>'
        )
    )
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells],
        ["指标", "目标", "绿色工厂", "60家"],
        strict=True,
    ):
        cell.text = text
    before, after = tmp_path / "draft.docx", tmp_path / "commented.docx"
    document.save(str(before))
    wanted = ["500家", "12.5%", "60家"]
    write_comments(before, [comment(before, each) for each in wanted], after)
    assert anchored(after) == {each: each for each in wanted}
    assert characters(after) == characters(before)


BOX = """<w:r {ns}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>
<w:txbxContent><w:p><w:r><w:t>专栏中的30个项目</w:t></w:r></w:p></w:txbxContent>
</v:textbox></v:shape></w:pict></w:r>"""


def test_a_number_in_a_text_box_is_commented_on_the_box(tmp_path):
    """Word allows no comment inside a box."""
    document = docx.Document()
    paragraph = document.add_paragraph("正文，")
    paragraph._p.append(parse_xml(BOX.format(ns=nsdecls("w"))))
    paragraph.add_run("后文。")
    before, after = tmp_path / "draft.docx", tmp_path / "commented.docx"
    document.save(str(before))
    write_comments(before, [comment(before, "30个")], after)
    assert anchored(after) == {"30个": "专栏中的30个项目"}
    box = docx.Document(str(after)).element.body.find(f".//{qn('w:txbxContent')}")
    assert box.find(f".//{qn('w:commentRangeStart')}") is None


def test_a_paragraph_with_a_line_break_a_tab_and_a_counted_number(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph(style="List Number")
    paragraph.add_run("第一行300家\n第二行\t20%")
    before, after = tmp_path / "draft.docx", tmp_path / "commented.docx"
    document.save(str(before))
    write_comments(before, [comment(before, "300家"), comment(before, "20%")], after)
    assert anchored(after) == {"300家": "300家", "20%": "20%"}
    assert characters(after) == characters(before)


def test_other_parts_keep_their_bytes_and_the_same_input_gives_the_same_bytes(tmp_path):
    before = saved(tmp_path / "draft.docx", SENTENCE)
    notes = [comment(before, "7.5%")]
    one, two = tmp_path / "one.docx", tmp_path / "two.docx"
    write_comments(before, notes, one, date="2026-01-02T03:04:05Z")
    write_comments(before, notes, two, date="2026-01-02T03:04:05Z")
    assert one.read_bytes() == two.read_bytes()
    touched = {
        "word/document.xml", "word/comments.xml", "[Content_Types].xml",
        "word/_rels/document.xml.rels",
    }  # fmt: skip
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(one) as new:
        for name in old.namelist():
            if name not in touched:
                assert new.read(name) == old.read(name)
        assert set(new.namelist()) - set(old.namelist()) <= touched


def test_author_date_and_lines(tmp_path):
    before, after = saved(tmp_path / "draft.docx", SENTENCE), tmp_path / "commented.docx"
    note = comment(before, "7.5%", "【不一致】", "可能原因1：年份不同。")
    write_comments(before, [note], after, date="2026-01-02T03:04:05Z")
    (made,) = docx.Document(str(after)).comments
    assert (made.author, made.text) == ("经纬", "【不一致】\n可能原因1：年份不同。")
    assert made.timestamp.isoformat() == "2026-01-02T03:04:05+00:00"
    undated = tmp_path / "undated.docx"
    write_comments(before, [note], undated)
    assert [each.timestamp for each in docx.Document(str(undated)).comments] == [None]


# What WordprocessingML lets a range mark and a reference stand in (ECMA-376 part 1, EG_PContent).
MAY_HOLD_MARKS = {"p", "hyperlink", "ins", "moveTo", "smartTag", "sdtContent", "fldSimple", "customXml"}  # fmt: skip


def as_word_wants_it(path: Path) -> int:
    """Check a commented package part by part; gives the number of its comments."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        main, comments, types, relations = (
            parse_xml(package.read(name))
            for name in (
                "word/document.xml", "word/comments.xml", "[Content_Types].xml",
                "word/_rels/document.xml.rels",
            )
        )  # fmt: skip
    overrides = [each.get("PartName") for each in types if each.get("PartName")]
    assert overrides.count("/word/comments.xml") == 1
    (override,) = [each for each in types if each.get("PartName") == "/word/comments.xml"]
    assert override.get("ContentType").endswith("wordprocessingml.comments+xml")
    ids = [each.get("Id") for each in relations]
    assert len(ids) == len(set(ids))
    targets = [each.get("Target") for each in relations if each.get("Type").endswith("/comments")]
    assert targets == ["comments.xml"]

    said = [each.get(qn("w:id")) for each in comments]
    assert len(said) == len(set(said)) and all(each.isdecimal() for each in said)
    for each in comments:
        assert each.tag == qn("w:comment") and each.get(qn("w:author"))
        assert [child.tag for child in each] == [qn("w:p")] * len(each) and len(each) > 0
    order = list(main.iter())
    for number in said:
        one = {}
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            (mark,) = [e for e in main.iter(qn(f"w:{name}")) if e.get(qn("w:id")) == number]
            one[name] = mark
        start, end, reference = one.values()
        assert order.index(start) < order.index(end) < order.index(reference)
        assert end.getnext() is reference.getparent() and reference.getparent().tag == qn("w:r")
        assert reference.getnext() is None  # only formatting may stand before it
        for mark in (start, end):
            parent = mark.getparent().tag
            assert parent.rpartition("}")[2] in MAY_HOLD_MARKS
    for run in main.iter(qn("w:r")):
        assert all(child.tag != qn("w:rPr") for child in [*run][1:])  # properties come first
    paragraphs = (
        [e.get(qn("w14:paraId")) for e in main.iter(qn("w:p"))] if "w14" in main.nsmap else []
    )
    known = [each for each in paragraphs if each]
    assert len(known) == len(set(known))
    return len(said)


def test_the_package_is_what_word_wants(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph()
    first = paragraph.add_run("原有批注在此，")
    paragraph.add_run("产值800亿元，").bold = True
    paragraph.add_run("增长7.5%，占三分之一。")
    link = OxmlElement("w:hyperlink")
    link.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>另见500家的名单</w:t></w:r>"))
    paragraph._p.append(link)
    paragraph._p.append(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:r><w:t>控件中的60个</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    document.add_table(rows=1, cols=1).rows[0].cells[0].text = "表中的30家"
    fresh, kept = tmp_path / "fresh.docx", tmp_path / "kept.docx"
    document.save(str(fresh))
    document.add_comment(first, text="请核对", author="某")
    document.save(str(kept))
    wanted = ["800亿元", "7.5%", "500家", "60个", "30家"]
    for before, others in ((fresh, 0), (kept, 1)):
        after = tmp_path / "after.docx"
        write_comments(before, [comment(before, each) for each in wanted], after)
        assert as_word_wants_it(after) == len(wanted) + others
        assert {each: each for each in wanted}.items() <= anchored(after).items()


def test_a_comment_never_breaks_the_xml(tmp_path):
    """A quoted source may hold characters that XML forbids (a form feed of a text file)."""
    before, after = saved(tmp_path / "draft.docx", SENTENCE), tmp_path / "commented.docx"
    write_comments(before, [comment(before, "7.5%", "与\x0c《甲\x00<&>乙》\ud83d不一致")], after)
    assert as_word_wants_it(after) == 1
    assert [each.text for each in docx.Document(str(after)).comments] == ["与《甲<&>乙》不一致"]


def test_comments_that_are_there_stay(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph()
    run = paragraph.add_run("原有批注在此，")
    paragraph.add_run("产值800亿元。")
    document.add_comment(run, text="请核对", author="某")
    before, after = tmp_path / "draft.docx", tmp_path / "commented.docx"
    document.save(str(before))
    write_comments(before, [comment(before, "800亿元")], after)
    made = {each.text: each.author for each in docx.Document(str(after)).comments}
    assert made == {"请核对": "某", "800亿元": "经纬"}
    assert anchored(after) == {"请核对": "原有批注在此，", "800亿元": "800亿元"}


def test_a_commented_file_can_be_commented_again(tmp_path):
    before = saved(tmp_path / "draft.docx", SENTENCE)
    once, twice = tmp_path / "once.docx", tmp_path / "twice.docx"
    write_comments(before, [comment(before, "7.5%")], once)
    write_comments(once, [comment(once, "三分之一")], twice)
    assert anchored(twice) == {"7.5%": "7.5%", "三分之一": "三分之一"}


def test_no_comment_is_a_copy(tmp_path):
    before, after = saved(tmp_path / "draft.docx", SENTENCE), tmp_path / "commented.docx"
    write_comments(before, [], after)
    assert characters(after) == characters(before)
    assert list(docx.Document(str(after)).comments) == []


def test_a_file_that_is_not_the_checked_one_is_refused(tmp_path):
    before = saved(tmp_path / "draft.docx", SENTENCE)
    other = saved(tmp_path / "other.docx", "另一份文件，" + SENTENCE)
    with pytest.raises(InvalidRequest, match="与文件不符"):
        write_comments(other, [comment(before, "7.5%")], tmp_path / "commented.docx")
    assert not (tmp_path / "commented.docx").exists()


def test_what_is_no_docx_or_the_original_itself_is_refused(tmp_path):
    text = tmp_path / "draft.txt"
    text.write_text(SENTENCE, "utf-8")
    with pytest.raises(InvalidRequest, match="DOCX"):
        write_comments(text, [], tmp_path / "commented.docx")
    before = saved(tmp_path / "draft.docx", SENTENCE)
    with pytest.raises(InvalidRequest, match="原文件"):
        write_comments(before, [], before)
    with pytest.raises(InvalidRequest):
        write_comments(tmp_path / "absent.docx", [], tmp_path / "commented.docx")


def test_a_truncated_file_is_refused(tmp_path):
    before = saved(tmp_path / "draft.docx", SENTENCE)
    broken = tmp_path / "broken.docx"
    broken.write_bytes(before.read_bytes()[:4000])
    with pytest.raises((UnreadableDocument, InvalidRequest)):
        write_comments(broken, [], tmp_path / "commented.docx")
