"""Tables are read as printed, checked, and refused with the place of the fault."""

from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose
from textbook_tables import printed

from jingwei.chains.input_output import linkages, read_table, residual
from jingwei.core import InvalidFile

SHARED = Path(__file__).resolve().parents[3] / "shared/data/input-output"
FLOWS, USE, MADE, IMPORTS = [[150, 500], [200, 100]], [380, 1750], [650, 1400], [30, 50]


def test_a_competitive_table(tmp_path: Path) -> None:
    got = read_table(printed(tmp_path / "t.csv", FLOWS, USE, MADE, IMPORTS), unit="亿元")
    assert got.origin == "competitive"
    assert got.unit == "亿元"
    assert [s.name for s in got.sectors] == ["部门1", "部门2"]
    assert_allclose(got.output, [1000, 2000])
    assert set(got.final) == {"出口"}
    assert_allclose(got.deducted["进口"], IMPORTS)
    rows, columns = residual(got)
    assert_allclose(rows, 0)
    assert columns is not None
    assert_allclose(columns, 0)


def test_a_table_out_of_balance_shows_by_how_much(tmp_path: Path) -> None:
    path = printed(tmp_path / "t.csv", FLOWS, USE, [640, 1400], IMPORTS)
    _, columns = residual(read_table(path))
    assert columns is not None
    assert_allclose(columns, [10, 0])


def test_domestic_flows_are_taken_unless_all_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "split.csv"
    path.write_text(
        "Code,DescriptionInChinese,Origin,01,02,TIU,EX,TFU,GO\n"
        "01,农业,Domestic,10,20,30,70,70,100\n02,工业,Domestic,5,40,45,155,155,200\n"
        "01,农业,Imports,1,2,3,0,0,3\n02,工业,Imports,3,4,7,2,2,9\n"
        "VA001,报酬,TOT,81,134,,,,\nTI,总投入,TOT,100,200,,,,\n",
        "utf-8",
    )
    domestic, total = read_table(path), read_table(path, "total")
    assert_allclose(domestic.flows, [[10, 20], [5, 40]])
    assert_allclose(total.flows, [[11, 22], [8, 44]])
    for each in (domestic, total):
        rows, columns = residual(each)
        assert_allclose(rows, 0)
        assert columns is not None
        assert_allclose(columns, 0)


@pytest.mark.parametrize(
    ("mend", "says", "where"),
    [
        (lambda t: t.replace("150.0", "abc", 1), "应是数字", ":2 第3列（01）"),
        (lambda t: t.replace("150.0", "", 1), "空的", ":2 第3列（01）"),
        (lambda t: t.replace("150.0", "nan", 1), "应是数字", ":2"),
        (lambda t: t.replace("150.0", "1e999", 1), "大得不像", ":2"),
        (lambda t: t.replace(",GO", ",总数"), "不认识的列", "总数"),
        (lambda t: t.replace("VA001,,650.0", "X9,,640.0"), "不认识的行", ":5"),
        (lambda t: t.replace("\n02,", "\n01,"), "出现两次", ":3"),
        (lambda t: t.replace("code,name,01", "code,name,09"), "看不出", ":1"),
        (lambda t: t.replace("code,name,01,02", "code,name,08,09"), "看不出", ":1"),
        (lambda t: t.replace("\n02,", "\n09,"), "在部门之中", ":1 第4列（02）"),
        (lambda t: t.replace("150.0", "1,5", 1).replace("1,5", '"1,5"'), "应是数字", ":2"),
        (lambda t: t.replace("1000.0", "-1000.0"), "不能小于零", ":2"),
        (lambda t: "", "没有表格", ""),
    ],
)
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, mend: object, says: str, where: str
) -> None:
    path = printed(tmp_path / "t.csv", FLOWS, USE, MADE, IMPORTS)
    path.write_text(mend(path.read_text("utf-8")), "utf-8")  # type: ignore[operator]
    with pytest.raises(InvalidFile, match=says) as fault:
        read_table(path)
    assert where in fault.value.where


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    for name, content in (
        ("a.csv", b"\0\1\2" * 50),
        ("b.xlsx", b"PK nothing"),
        ("c.csv", b"\xff\xfe\xff"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InvalidFile):
            read_table(tmp_path / name)
    with pytest.raises(InvalidFile):
        read_table(tmp_path / "none.csv")
    with pytest.raises(InvalidFile):
        read_table(tmp_path)


def test_a_folder_of_matrices(tmp_path: Path) -> None:
    (tmp_path / "file_parameters.json").write_text(
        '{"files": {"Z": {"name": "Z.txt", "nr_index_col": "2", "nr_header": "2"},'
        ' "Y": {"name": "Y.txt", "nr_index_col": "2", "nr_header": "2"}}}',
        "utf-8",
    )
    head = "region\t\t甲\t乙\nsector\t\t工业\t工业\nregion\tsector\t\t\n"
    (tmp_path / "Z.txt").write_text(head + "甲\t工业\t10\t5\n乙\t工业\t2\t20\n", "utf-8")
    uses = "region\t\t甲\t乙\ncategory\t\t消费\t消费\nregion\tsector\t\t\n"
    (tmp_path / "Y.txt").write_text(uses + "甲\t工业\t80\t5\n乙\t工业\t8\t70\n", "utf-8")
    got = read_table(tmp_path)
    assert [(s.region, s.name) for s in got.sectors] == [("甲", "工业"), ("乙", "工业")]
    assert_allclose(got.output, [100, 100])
    assert set(got.final) == {"甲 消费", "乙 消费"}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/data/input-output")
def test_every_published_table_is_read_and_balances() -> None:
    """Worst known residual: 福建 2002, 6e-4 of the largest output."""
    paths = sorted(SHARED.glob("national/china_20*.csv")) + sorted(SHARED.glob("provinces/*/*.csv"))
    assert len(paths) >= 130
    for path in paths[:: max(1, len(paths) // 40)]:
        got = read_table(path)
        rows, _ = residual(got)
        assert np.abs(rows).max() <= 1e-3 * got.output.max(), path.name
        both = linkages(got), linkages(got, dispersion=False)
        assert_allclose(both[0].backward, both[1].backward, rtol=1e-9)
        assert_allclose(both[0].forward_ghosh, both[1].forward_ghosh, rtol=1e-9)
