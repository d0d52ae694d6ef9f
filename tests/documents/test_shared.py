"""The real documents kept beside the repository: shapes only, nothing of their text."""

import re
from pathlib import Path

import pytest
from test_spans import assert_found_again

from jingwei.documents import Block, Document, Table, read_document

PLANS = Path(__file__).parents[2].parent / "shared" / "plans"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PLANS.is_dir(), reason="../shared/plans is not there"),
]


def plan(name: str) -> Document:
    (path,) = PLANS.glob(f"*{name}*")
    return read_document(path)


def indicators(document: Document) -> tuple[Block, Table]:
    (found,) = [(b, b.table) for b in document.blocks if b.table]
    return found


@pytest.mark.parametrize(
    ("name", "rows", "groups", "attribute"),
    [("advanced-manufacturing", 18, 4, 5), ("manufacturing-13", 15, 4, 4)],
)
def test_indicator_tables(name: str, rows: int, groups: int, attribute: int):
    """Every row, wrapped names and units, categories, the attribute in either order."""
    block, table = indicators(plan(name))
    assert block.text.endswith("主要指标") and table.header_rows == 1
    body = table.rows[1:]
    assert [row[1].text for row in body] == [str(number) for number in range(1, rows + 1)]
    assert sum(not row[0].merged for row in body) == groups
    assert {row[attribute].text for row in body} == {"预期性", "约束性"}
    assert all(cell.text for row in body for cell in row)
    for row in body:
        assert row[2].text.count("(") == row[2].text.count(")")
        assert 4 <= len(row[2].text) <= 40 and len(row[3].text) <= 8


@pytest.mark.parametrize("name", ["advanced", "13fyp", "strategic", "press", "article"])
def test_paragraphs_and_spans(name: str):
    """No sentence is left cut, and every quote is found where it came from."""
    document = plan(name)
    assert_found_again(document)
    body = [b.text for b in document.blocks if b.kind == "paragraph" and b.section]
    cut = [text for text in body if not re.search(r"[。.!?;:][”)]?$|印发$", text)]
    assert cut == []


def test_boxes_with_and_without_the_word():
    boxes = {b.box for b in plan("manufacturing-13").blocks if b.box}
    assert len(boxes) == 10 and all(box.startswith("专栏") for box in boxes)
    boxes = {b.box for b in plan("advanced").blocks if b.box}
    assert len(boxes) == 17 and sum(box.endswith("重点领域") for box in boxes) == 7


def test_mastheads():
    for name in ("advanced", "13fyp", "strategic"):
        assert plan(name).title.endswith("规划")
    assert plan("press").title == plan("article").title == ""
    assert re.fullmatch(r"\w+〔\d{4}〕\d+号", plan("advanced").number)
    assert [bool(plan(name).issued) for name in ("advanced", "strategic", "press", "13fyp")] == [
        True,
        True,
        True,
        False,
    ]
