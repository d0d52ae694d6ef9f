"""Hostile and broken files end in one sentence or are read in bounded memory, never in a crash."""

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from jingwei.core import InvalidFile
from jingwei.statistics.cards import Cards, library
from jingwei.statistics.checks import check
from jingwei.statistics.intake import Declared, open_book, understand

DECLARED = Declared(Cards(library()))


def with_sheet(path: Path, sheet: bytes) -> Path:
    """A minimal workbook around the XML of one sheet."""
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{rels}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{rels}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
    return path


def sheet(cells: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def test_two_cells_in_opposite_corners_are_refused_before_they_unfold(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    with pytest.raises(InvalidFile, match="1048576 行"):
        open_book(with_sheet(tmp_path / "corner.xlsx", sheet(cells)))


def test_a_million_empty_rows_cost_nothing(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 1_000_000))
    cells = f'<row r="1"><c r="A1"><v>7</v></c></row>{rows}'
    book = open_book(with_sheet(tmp_path / "empty.xlsx", sheet(cells)))
    assert [len(grid.rows) for grid in book.grids] == [1]


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (64 << 20))
    with pytest.raises(InvalidFile, match="压缩比"):
        open_book(path)


def test_formulas_count_by_their_stored_value_only(tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["指标", "2023年（亿元）", "2024年（亿元）"])
        page.write(1, 0, "工业投资")
        page.write_formula(1, 1, "=1+1", None, 12.5)
        page.write_formula(1, 2, '=cmd|"/c calc"!A0', None, "")
    reading = understand(open_book(path), DECLARED, lenient=True)  # no region is stated
    assert [figure.value for figure in reading.figures] == [12.5]
    told = [each.zh for each in reading.refusals]
    assert len(told) <= 1


def test_a_formula_that_was_never_computed_is_named(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>指标</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>2024年（亿元）</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>工业投资</t></is></c><c r="B2"><f>SUM(C1:C9)</f></c></row>'
    )
    reading = understand(open_book(with_sheet(tmp_path / "f.xlsx", sheet(cells))), DECLARED)
    assert reading.figures == ()
    assert "公式没有算出的值" in reading.refusals[0].zh
    assert [each.rule for each in check([reading], DECLARED)] == ["uncomputed"]


def test_a_hundred_sheets_are_read_and_four_hundred_are_refused(tmp_path: Path) -> None:
    for number in (100, 400):
        path = tmp_path / f"{number}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for n in range(number):
                book.add_worksheet(f"第{n}页").write(0, 0, n + 1)
        if number == 100:
            assert len(open_book(path).grids) == 100
        else:
            with pytest.raises(InvalidFile, match="400 个工作表"):
                open_book(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b"PK\x03\x04broken", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "损坏"),
        (b"PAR1nonsense", "Parquet"),
        (b"<html><table></table></html>", "网页"),
        (b"%PDF-1.7", "不是表格"),
        (b"\xff\xfe\x00", "UTF-16"),
    ],
)
def test_broken_files_are_refused_in_one_sentence(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(content)
    with pytest.raises(InvalidFile) as caught:
        open_book(path)
    assert words in caught.value.zh


def test_huge_fields_and_merged_columns_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    path.write_text("指标,2024年\n" + "长" * 40_000 + ",1\n", "utf-8")
    with pytest.raises(InvalidFile):
        open_book(path)
    merged = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(merged) as book:
        page = book.add_worksheet()
        page.merge_range(0, 0, 1_000_000, 0, "工业投资")
        page.write_row(0, 1, ["2023年（亿元）", "2024年（亿元）"])
        page.write_row(1, 1, [1.5, 2.5])
    assert len(understand(open_book(merged), DECLARED).figures) <= 2


@pytest.mark.parametrize(("name", "found"), [("book.csv", "XLSX"), ("text.xlsx", "CSV")])
def test_a_table_under_a_name_of_another_kind_is_refused_with_the_real_one(tmp_path, name, found):
    path = tmp_path / name
    if name.startswith("book"):
        with xlsxwriter.Workbook(path) as book:
            book.add_worksheet().write(0, 0, "指标")
    else:
        path.write_text("指标,2030年\n工业增加值,1000\n", "utf-8")
    with pytest.raises(InvalidFile) as fault:
        open_book(path)
    assert found in fault.value.zh and path.suffix in fault.value.zh
