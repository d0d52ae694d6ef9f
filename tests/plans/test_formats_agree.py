"""The same text as TXT, DOCX, HTML and PDF gives the same statements."""

from pathlib import Path

import pytest

from jingwei.app import demo
from jingwei.core import Statement
from jingwei.documents import read_document
from jingwei.plans.compiling import read_statements


def content(statement: Statement) -> tuple[object, ...]:
    """All fields but id, file and place in the file."""
    return (
        statement.quote, statement.subject, statement.scope, statement.role, statement.op,
        statement.value, statement.low, statement.high, statement.unit, statement.period,
        statement.attr, statement.kind, statement.text, statement.measure, statement.hedge,
        statement.base_year, statement.rule, statement.section,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["plan-13", "plan-14", "outline", "press", "communique"])
def test_formats_agree(text: str, tmp_path: Path) -> None:
    read = {
        suffix: [
            content(statement)
            for statement in read_statements(
                read_document(demo.write_text(text, tmp_path / f"{text}.{suffix}"))
            )
        ]
        for suffix in ("txt", "docx", "html", "pdf")
    }
    assert len(read["txt"]) >= 25
    assert read["docx"] == read["txt"]
    assert read["html"] == read["txt"]
    assert read["pdf"] == read["txt"]
