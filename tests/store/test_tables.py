"""Exports: nothing becomes a formula, numbers stay numbers, the same rows give the same bytes."""

import csv
import io
import json
import re
import time
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingwei.core import InvalidRequest, Period
from jingwei.store.tables import Table, csv_bytes, jsonl_bytes, xlsx_bytes

COLUMNS = {"subject": "指标", "value": "数值", "note": "=备注"}
ROWS = [
    {"subject": "工业总产值", "value": 1.5, "note": None},
    {"subject": "=HYPERLINK(\"http://x\")", "value": -5, "note": "@SUM(A1)"},
    {"subject": "+86", "value": 80.0, "note": "  =1+1"},
    {"subject": "-", "value": None, "note": "a\nb,\"c\""},
    {"subject": "\t=1", "note": "＝1＋1"},
]  # fmt: skip
TABLE = Table("指标", COLUMNS, ROWS)


def csv_cells(table: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig"), newline="")))


def test_csv_opens_in_excel_and_runs_nothing() -> None:
    assert csv_bytes(TABLE).startswith(b"\xef\xbb\xbf")
    assert csv_cells(TABLE) == [
        ["指标", "数值", "'=备注"],
        ["工业总产值", "1.5", ""],
        ['\'=HYPERLINK("http://x")', "-5", "'@SUM(A1)"],
        ["'+86", "80", "'  =1+1"],
        ["-", "", 'a\nb,"c"'],
        ["'\t=1", "", "'＝1＋1"],
    ]


@given(st.lists(st.text() | st.from_regex(r"[ \t\n]*[=+\-@].*"), min_size=1, max_size=4))
def test_no_text_in_csv_begins_like_a_formula(texts: list[str]) -> None:
    (_, *rows) = csv_cells(Table("t", {"a": "a"}, [{"a": text} for text in texts]))
    for text, row in zip(texts, rows, strict=True):
        shown = row[0] if row else ""
        assert shown in (text, "'" + text)
        assert len(shown) == 1 or shown.strip()[:1] not in ("=", "+", "-", "@")


def xlsx_cells(content: bytes) -> dict[str, tuple[str, str]]:
    """Type and value of each cell of the first sheet, read from the XML itself."""
    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))  # noqa: S314
        strings = ElementTree.fromstring(package.read("xl/sharedStrings.xml"))  # noqa: S314
    texts = ["".join(item.itertext()) for item in strings.iter(f"{main}si")]
    assert not list(sheet.iter(f"{main}f"))  # no formula anywhere
    cells = {}
    for cell in sheet.iter(f"{main}c"):
        value = cell.findtext(f"{main}v")
        if value is not None:
            kind = cell.get("t", "n")
            cells[cell.get("r", "")] = (kind, texts[int(value)] if kind == "s" else value)
    return cells


def test_xlsx_keeps_text_as_text_and_numbers_as_numbers() -> None:
    cells = xlsx_cells(xlsx_bytes([TABLE]))
    assert cells["A3"] == ("s", '=HYPERLINK("http://x")')
    assert cells["B3"] == ("n", "-5")
    assert cells["A4"] == ("s", "+86")
    assert cells["C1"] == ("s", "=备注")
    assert "C2" not in cells  # not known is an empty cell
    assert "B5" not in cells


def test_the_same_rows_give_the_same_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    one = xlsx_bytes([TABLE, Table("空", {}, [])])
    later = time.time() + 86400 * 400
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))
    assert xlsx_bytes([TABLE, Table("空", {}, [])]) == one
    with zipfile.ZipFile(io.BytesIO(one)) as package:
        said = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"20\d\d-\d\d-\d\dT", said)) == {"2000-01-01T"}


def test_text_too_long_for_excel_is_refused_and_not_cut() -> None:
    with pytest.raises(InvalidRequest, match="32767"):
        xlsx_bytes([Table("t", {"a": "a"}, [{"a": "长" * 32768}])])


def test_json_lines_keep_chinese_and_structure() -> None:
    rows = [{"指标": "工业总产值", "period": Period(2021, 2025), "at": (1, 2)}, {"value": None}]
    lines = jsonl_bytes(rows).decode().splitlines()
    assert lines[0] == '{"指标": "工业总产值", "period": "2021-2025", "at": [1, 2]}'
    assert json.loads(lines[1]) == {"value": None}
    with pytest.raises(ValueError, match="Out of range"):
        jsonl_bytes([{"value": float("nan")}])
