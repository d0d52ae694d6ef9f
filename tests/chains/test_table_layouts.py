"""One table printed in many ways is one table: layouts, labels, encodings and figures."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from jingwei.chains.input_output import InputOutputTable, read_table, residual
from jingwei.core import InvalidFile

Rows = list[list[str]]

PRINTED: Rows = [
    ["code", "name", "01", "02", "03", "TIU", "FU101", "EX", "TFU", "IM", "GO"],
    ["01", "种植", "1150", "320.5", "0", "1470.5", "600", "29.5", "629.5", "100", "2000"],
    ["02", "磨粉", "40", "900", "260", "1200", "1500", "500", "2000", "200", "3000"],
    ["03", "货运", "210", "-15", "80", "275", "300", "25", "325", "100", "500"],
    ["TII", "", "1400", "1205.5", "340", "", "", "", "", "", ""],
    ["VA001", "", "600", "1794.5", "160", "", "", "", "", "", ""],
    ["TVA", "", "600", "1794.5", "160", "", "", "", "", "", ""],
    ["TI", "", "2000", "3000", "500", "", "", "", "", "", ""],
]  # fmt: skip
WORDS = {
    "TIU": "中间使用合计", "FU101": "农村居民消费", "EX": "出口", "TFU": "最终使用合计",
    "IM": "进口", "GO": "总产出", "TII": "中间投入合计", "VA001": "劳动者报酬", "TVA": "增加值合计",
    "TI": "总投入",
}  # fmt: skip


def saved(path: Path, rows: Rows, encoding: str = "utf-8", separator: str = ",") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def same(got: InputOutputTable) -> None:
    """The table is the one of ``PRINTED``, whatever it was printed like."""
    order = [["种植", "磨粉", "货运"].index(sector.name) for sector in got.sectors]
    flows = np.array([[1150, 320.5, 0], [40, 900, 260], [210, -15, 80]])
    assert_allclose(got.flows, flows[np.ix_(order, order)])
    assert_allclose(got.output, np.array([2000, 3000, 500])[order])
    assert_allclose(residual(got)[0], 0, atol=1e-9)


def worded(rows: Rows) -> Rows:
    return [[WORDS.get(cell, cell) for cell in row] for row in rows]


def named(rows: Rows) -> Rows:
    """Only names, before the rows and over the columns."""
    names = {"01": "种植", "02": "磨粉", "03": "货运"} | WORDS
    return [["部门", *(names.get(cell, cell) for cell in rows[0][2:])]] + [
        [names[row[0]], *row[2:]] for row in rows[1:]
    ]


def joined(rows: Rows) -> Rows:
    """Code and name in one cell before the rows, codes over the columns."""
    return [["", *rows[0][2:]]] + [[row[0] + " " + row[1], *row[2:]] for row in rows[1:]]


def official(rows: Rows) -> Rows:
    """Titles, groups of columns, names over codes; groups, names and codes before the rows."""
    heads = named(rows)[0][1:]
    groups = ["投入", "产出", "", "中间使用", "", "", "", "最终使用", "", "", "", ""]
    before = ["中间投入", "", "", "", "增加值", "", ""]
    return [
        ["某县投入产出表", *[""] * 11],
        ["", "单位：万元", *[""] * 10],
        groups,
        ["", "", "", *heads],
        ["", "", "代码", *rows[0][2:]],
        *(
            [group, WORDS.get(row[0], row[1]), row[0], *row[2:]]
            for group, row in zip(before, rows[1:], strict=True)
        ),
        ["注：本表按生产者价格计算，2,000以上为规上。", *[""] * 11],
    ]


def without(rows: Rows, *headings: str) -> Rows:
    keep = [k for k, heading in enumerate(rows[0]) if heading not in headings]
    return [[row[k] for k in keep] for row in rows]


def grouped(rows: Rows) -> Rows:
    """Thousands apart, negative figures in brackets."""
    mended = {"2000": "2,000", "3000": "3 000.0", "-15": "(15.00)", "1794.5": "1,794.50"}
    return [[mended.get(cell, cell) for cell in row] for row in rows]


LAYOUTS: dict[str, Callable[[Rows], Rows]] = {
    "as printed": lambda rows: rows,
    "turned": lambda rows: [list(column) for column in zip(*rows, strict=True)],
    "in words": worded,
    "names only": named,
    "code and name in one cell": joined,
    "as offices print it": official,
    "thousands apart": grouped,
    "units in the headings": lambda rows: [
        [rows[0][0], rows[0][1], *(f"{cell}（万元）" for cell in rows[0][2:])],
        *rows[1:],
    ],
    "zeros of codes lost": lambda rows: [rows[0]] + [[r[0].lstrip("0"), *r[1:]] for r in rows[1:]],
    "rows in another order": lambda rows: [rows[0], rows[2], rows[1], *rows[3:]],
    "output first": lambda rows: [[r[0], r[1], r[-1], *r[2:-1]] for r in rows],
    "names first": lambda rows: [[r[1], r[0], *r[2:]] for r in rows],
    "numbered lines": lambda rows: [["", *rows[0]]] + [
        [str(k), *row] for k, row in enumerate(rows[1:])
    ],
    "an empty line and column": lambda rows: [
        [*row[:5], "", *row[5:]] for row in [*rows[:4], [""] * len(rows[0]), *rows[4:]]
    ],
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_is_itself_in_every_layout(tmp_path: Path, layout: str) -> None:
    same(read_table(saved(tmp_path / "t.csv", LAYOUTS[layout](PRINTED))))


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("gb18030", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", "\t")],
)
def test_a_table_is_itself_in_every_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    same(read_table(saved(tmp_path / "t.csv", official(PRINTED), encoding, separator)))


def test_the_table_is_found_in_a_workbook(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        notes = book.add_worksheet("说明")
        notes.write(0, 0, "编制说明")
        notes.write(1, 1, "见下一张表")
        sheet = book.add_worksheet("流量")
        for i, row in enumerate(official(PRINTED)):
            for j, cell in enumerate(row):
                sheet.write(i, j, float(cell) if cell.replace(".", "").isdigit() else cell)
    got = read_table(tmp_path / "t.xlsx")
    same(got)
    assert got.unit == "万元"


def test_codes_and_names_are_told_apart(tmp_path: Path) -> None:
    for layout in (joined, official, LAYOUTS["names first"]):
        got = read_table(saved(tmp_path / "t.csv", layout(PRINTED)))
        assert [(s.code, s.name) for s in got.sectors][:2] == [("01", "种植"), ("02", "磨粉")]


def test_without_a_column_of_output_total_inputs_stand_for_it(tmp_path: Path) -> None:
    got = read_table(saved(tmp_path / "t.csv", without(PRINTED, "GO")))
    same(got)
    assert any("总投入" in zh for zh, _ in got.notes)
    with pytest.raises(InvalidFile, match="也没有总投入"):
        read_table(saved(tmp_path / "u.csv", without(PRINTED, "GO")[:-1]))


def test_a_column_nobody_knows_is_told_by_the_balance(tmp_path: Path) -> None:
    rows = [[*row] for row in PRINTED]
    rows[0][6], rows[0][9] = "乡居消费支出", "外来"
    got = read_table(saved(tmp_path / "t.csv", rows))
    assert set(got.final) == {"出口", "乡居消费支出"}
    assert_allclose(got.deducted["外来"], [100, 200, 100])
    assert len(got.notes) == 2
    rows[1][9] = "90"
    with pytest.raises(InvalidFile, match="行平衡也看不出"):
        read_table(saved(tmp_path / "t.csv", rows))


def test_a_row_nobody_knows_is_told_by_value_added(tmp_path: Path) -> None:
    rows = [[*row] for row in PRINTED]
    rows[5][0] = "薪酬"
    assert set(read_table(saved(tmp_path / "t.csv", rows)).primary) == {"薪酬"}
    rows.append(["从业人数", "", "12", "30", "8", *[""] * 6])
    got = read_table(saved(tmp_path / "t.csv", rows))
    assert set(got.primary) == {"薪酬"}
    assert any("从业人数" in zh and "没有用" in zh for zh, _ in got.notes)


def test_a_sector_without_its_row_or_column_is_never_taken_for_a_use(tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match="在部门之中"):
        read_table(saved(tmp_path / "t.csv", [*PRINTED[:3], *PRINTED[4:]]))
    with pytest.raises(InvalidFile, match="在部门之中"):
        read_table(saved(tmp_path / "t.csv", without(PRINTED, "03")))
    with pytest.raises(InvalidFile, match="在部门之中"):
        read_table(saved(tmp_path / "t.csv", without(PRINTED, "02")))


def test_two_units_in_one_table_are_refused(tmp_path: Path) -> None:
    rows = [[*row] for row in PRINTED]
    rows[0][2:] = [f"{cell}（万元）" for cell in rows[0][2:]]
    rows[0][-1] = "GO（亿元）"
    with pytest.raises(InvalidFile, match="两种单位"):
        read_table(saved(tmp_path / "t.csv", rows))
    with pytest.raises(InvalidFile, match="--unit"):
        read_table(saved(tmp_path / "t.csv", official(PRINTED)), unit="亿元")


@pytest.mark.parametrize("cell", ["-", "…", "1,5", "12,34", "1.2.3", "n.a.", "１，２３４，５"])
def test_what_is_no_figure_is_refused_and_never_guessed(tmp_path: Path, cell: str) -> None:
    rows = [[*row] for row in PRINTED]
    rows[2][3] = cell
    with pytest.raises(InvalidFile, match="应是数字"):
        read_table(saved(tmp_path / "t.csv", rows))


def test_printed_sums_that_do_not_fit_their_parts_are_told(tmp_path: Path) -> None:
    rows = [[*row] for row in PRINTED]
    rows[1][5] = "1370.5"
    got = read_table(saved(tmp_path / "t.csv", rows))
    assert any("中间使用合计" in zh and "100" in zh for zh, _ in got.notes)
