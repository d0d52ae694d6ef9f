"""proof and export: what is written for others, and that nothing is overwritten."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document as Word

Run = Callable[..., Any]
SPEECH = (
    "梧川市发展良好。2020年，梧川市规模以上工业总产值实现5318亿元，"
    "省级以上企业技术中心达到136家，新增就业6万人。"
)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A speech as DOCX outside the workspace."""
    path = tmp_path / "稿件" / "讲话.docx"
    path.parent.mkdir()
    word = Word()
    word.add_paragraph(SPEECH)
    word.save(str(path))
    return path


def test_every_number_of_a_draft_gets_an_answer(jingwei: Run, town: Path, draft: Path) -> None:
    before = draft.read_bytes()
    ran = jingwei("proof", draft, "--format", "json")
    assert ran.code == 0
    assert [each["answer"] for each in ran.json] == ["agrees", "differs", "no_source"]
    for each in ran.json:
        assert {"kind", "message", "sides", "explanations", "answer"} <= {*each}
    copy = draft.with_name("讲话.核数.docx")
    assert str(copy) in ran.err
    with ZipFile(copy) as package:
        comments = package.read("word/comments.xml").decode("utf-8")
    assert comments.count("<w:comment ") == 3
    assert "不一致" in comments
    assert draft.read_bytes() == before
    table = jingwei("proof", draft).out
    assert "✓ 一致 1，✗ 不一致 1，△ 口径不同 0，？ 无来源 1" in table


def test_a_draft_that_was_compiled_is_told_and_proves_nothing(
    jingwei: Run, town: Path, draft: Path
) -> None:
    jingwei("compile", draft)
    (town / "documents" / "汇报送审稿.txt").write_text(SPEECH, "utf-8")
    jingwei("compile")
    ran = jingwei("proof", draft, "--format", "json")
    assert [each["answer"] for each in ran.json] == ["agrees", "differs", "no_source"]
    assert "汇报送审稿.txt" in ran.err and "不作依据" in ran.err


def test_a_commented_copy_is_never_overwritten(jingwei: Run, town: Path, draft: Path) -> None:
    first = draft.with_name("讲话.核数.docx")
    jingwei("proof", draft)
    once = first.read_bytes()
    jingwei("proof", draft)
    assert [each.name for each in draft.parent.iterdir() if "核数" in each.name] == [first.name]
    assert first.read_bytes() == once
    first.write_bytes(b"somebody wrote answers into it")
    jingwei("proof", draft)
    assert first.read_bytes() == b"somebody wrote answers into it"
    assert draft.with_name("讲话.核数-2.docx").read_bytes() == once


def test_drafts_of_other_formats_give_the_same_list(
    jingwei: Run, town: Path, draft: Path, tmp_path: Path
) -> None:
    page = tmp_path / "讲话.html"
    page.write_text(
        f"<html><head><meta charset='utf-8'></head><body><p>{SPEECH}</p></body></html>", "utf-8"
    )
    answers = [
        [
            (each["answer"], each["message"])
            for each in jingwei("proof", path, "--format", "json").json
        ]
        for path in (draft, page)
    ]
    assert answers[0] == answers[1]
    assert not [each for each in tmp_path.iterdir() if "核数" in each.name]


def test_a_draft_against_named_documents_needs_no_workspace(
    jingwei: Run, town: Path, draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = town / "documents" / "新规划.txt"
    monkeypatch.chdir(tmp_path)
    ran = jingwei("proof", draft, known, "--format", "json")
    assert [each["answer"] for each in ran.json] == ["agrees", "differs", "no_source"]
    assert jingwei("proof", draft).code == 2


def test_a_draft_that_is_no_document(jingwei: Run, town: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04 broken")
    ran = jingwei("proof", bad)
    assert (ran.code, ran.out) == (2, "")
    assert "坏.docx" in ran.err
    assert [*tmp_path.glob("坏*")] == [bad]


def exported(jingwei: Run, town: Path, form: str) -> dict[str, bytes]:
    ran = jingwei("export", "--to", form, "--format", "json")
    assert ran.code == 0
    return {path: (town / path).read_bytes() for path in ran.json}


def test_export_to_csv_and_jsonl_says_the_same(jingwei: Run, town: Path) -> None:
    tables = exported(jingwei, town, "csv")
    lines = exported(jingwei, town, "jsonl")
    rows = [*csv.DictReader(io.StringIO(tables["reports/statements.csv"].decode("utf-8-sig")))]
    records = [json.loads(x) for x in lines["reports/statements.jsonl"].decode().splitlines()]
    assert [row["编号 id"] for row in rows] == [each["id"] for each in records]
    assert {row["状态 state"] for row in rows} == {"proposed"}
    assert {each["review"]["state"] for each in records} == {"proposed"}
    names = {Path(path).stem for path in tables}
    assert names == {Path(path).stem for path in lines}
    assert "tasks" in names


def test_export_to_xlsx_and_stratml(jingwei: Run, town: Path) -> None:
    (book,) = exported(jingwei, town, "xlsx").values()
    with ZipFile(io.BytesIO(book)) as package:
        assert "规模以上工业总产值" in package.read("xl/sharedStrings.xml").decode("utf-8")
    plans = exported(jingwei, town, "stratml")
    assert len(plans) == 2
    for content in plans.values():
        assert ElementTree.fromstring(content).tag.endswith(  # noqa: S314  our own file
            "PerformancePlanOrReport"
        )
    assert exported(jingwei, town, "stratml") == plans


def test_export_of_one_document(jingwei: Run, town: Path) -> None:
    ran = jingwei("export", "--to", "stratml", "旧规划")
    assert ran.out.splitlines() == [str(town.resolve() / "reports" / "旧规划.txt.stratml.xml")]
    wrong = jingwei("export", "--to", "pdf")
    assert (wrong.code, wrong.out) == (2, "")
