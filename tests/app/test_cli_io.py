"""Input-output analyses from the command line, on plain files and in a workspace."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran

HEAD = "code,name,01,02,TIU,EX,TFU,GO\n"
BODY = (
    "01,农业,150,500,650,350,350,1000\n02,工业,200,100,300,1700,1700,2000\n"
    "VA001,报酬,650,1400,,,,\nTI,总投入,1000,2000,,,,\n"
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The table of Miller and Blair 2009, section 2.3, as an office would print it."""
    path = tmp_path / "book.csv"
    path.write_text(HEAD + BODY, "utf-8")
    return path


def rows(ran: Ran) -> list[dict[str, str]]:
    assert ran.code == 0, ran.err
    return list(csv.DictReader(io.StringIO(ran.out)))


def test_linkages_name_their_columns_and_their_convention(
    jingwei: Callable[..., Ran], book: Path
) -> None:
    ran = jingwei("io", "linkages", book, "--format", "csv")
    got = rows(ran)
    assert list(got[0]) == [
        "code", "name", "output", "backward", "forward_ghosh", "forward_leontief",
        "backward_dispersion", "forward_dispersion", "key",
    ]  # fmt: skip
    assert sum(float(each["backward"]) for each in got) == pytest.approx(2)
    assert float(got[0]["backward"]) == pytest.approx(1.5182 / 1.4851, abs=1e-3)
    assert "竞争型" in ran.err


def test_dispersion_can_be_left_out(jingwei: Callable[..., Ran], book: Path) -> None:
    got = rows(jingwei("io", "linkages", book, "--no-dispersion", "--format", "csv"))
    assert {each["backward_dispersion"] for each in got} == {""}


def test_extraction_of_one_and_of_a_group(jingwei: Callable[..., Ran], book: Path) -> None:
    alone = rows(jingwei("io", "extract", book, "--format", "csv"))
    assert float(alone[0]["loss"]) == pytest.approx(3000 - 1700 / 0.95)
    both = rows(jingwei("io", "extract", book, "--group", "01，工业", "--format", "csv"))
    assert [float(each["loss"]) for each in both] == pytest.approx([1000, 2000])
    ran = jingwei("io", "extract", book, "--group", "09")
    assert ran.code == 2
    assert "没有部门" in ran.err


def test_multipliers_with_employment_from_a_file(
    jingwei: Callable[..., Ran], book: Path, tmp_path: Path
) -> None:
    persons = tmp_path / "persons.csv"
    persons.write_text("code,就业\n01,300\n02,400\n", "utf-8")
    got = rows(jingwei("io", "multipliers", book, "--satellite", persons, "--format", "csv"))
    assert float(got[0]["就业"]) == pytest.approx(0.4290, abs=1e-3)
    persons.write_text("code,就业\n01,300\n", "utf-8")
    assert "缺少部门02" in jingwei("io", "multipliers", book, "--satellite", persons).err


def test_footprints_of_final_uses(jingwei: Callable[..., Ran], book: Path) -> None:
    got = rows(jingwei("io", "footprint", book, "--format", "csv"))
    assert [each["use"] for each in got] == ["出口"]
    assert float(got[0]["amount"]) == pytest.approx(650 + 1400)
    split = rows(jingwei("io", "footprint", book, "--by-product", "--format", "csv"))
    assert sum(float(each["amount"]) for each in split) == pytest.approx(650 + 1400)
    ran = jingwei("io", "footprint", book, "--factor", "能耗")
    assert ran.code == 2
    assert "没有要素“能耗”" in ran.err


def test_flows_are_balanced_to_new_margins(
    jingwei: Callable[..., Ran], book: Path, tmp_path: Path
) -> None:
    margins = tmp_path / "margins.csv"
    margins.write_text("code,rows,columns\n01,800,450\n02,350,700\n", "utf-8")
    got = rows(jingwei("io", "balance", book, "--margins", margins))
    assert float(got[0]["01"]) + float(got[0]["02"]) == pytest.approx(800)
    margins.write_text("code,rows,columns\n01,900,450\n02,350,700\n", "utf-8")
    ran = jingwei("io", "balance", book, "--margins", margins)
    assert ran.code == 2
    assert "不等" in ran.err


def test_a_region_is_estimated_and_called_an_estimate(
    jingwei: Callable[..., Ran], book: Path, tmp_path: Path
) -> None:
    sizes = tmp_path / "sizes.csv"
    sizes.write_text("code,region,nation\n01,30,100\n02,10,200\n", "utf-8")
    ran = jingwei("io", "regionalise", book, "--sizes", sizes, "--quotient", "slq")
    assert float(rows(ran)[1]["02"]) == pytest.approx(0.05 * 0.375)
    assert "推算" in ran.err


def test_a_change_is_split_into_its_causes(
    jingwei: Callable[..., Ran], book: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.csv"
    later.write_text(HEAD + BODY.replace("350,350,1000", "450,450,1100"), "utf-8")
    for row in rows(jingwei("io", "decompose", book, later, "--format", "csv")):
        parts = sum(float(row[each]) for each in ("technology", "mix", "size"))
        assert parts == pytest.approx(float(row["change"]))


def test_paths_name_the_sectors(jingwei: Callable[..., Ran], book: Path) -> None:
    got = rows(jingwei("io", "paths", book, "--format", "csv"))
    assert got[0]["path"] == "工业"
    ran = jingwei("io", "paths", book, "--factor", "利润")
    assert ran.code == 2
    assert "增加值" in ran.err, "the factors there are"


def test_a_table_is_checked_and_kept_in_the_workspace(
    jingwei: Callable[..., Ran], book: Path, tmp_path: Path
) -> None:
    city = tmp_path / "city"
    assert jingwei("init", city).code == 0
    ran = jingwei("io", "import", book, "-w", city)
    assert ran.code == 0, ran.err
    assert "残差" in ran.out
    assert (city / "data/input-output/book.csv").is_file()
    assert rows(jingwei("io", "extract", "book", "-w", city, "--format", "csv"))
    book.write_text(HEAD + BODY.replace("650,1400", "640,1400"), "utf-8")
    again = jingwei("io", "import", book, "-w", city)
    assert again.code == 2
    assert "改名" in again.err


def test_a_broken_table_ends_with_one_sentence(jingwei: Callable[..., Ran], book: Path) -> None:
    book.write_text(HEAD + BODY.replace("150", "？"), "utf-8")
    ran = jingwei("io", "linkages", book)
    assert (ran.code, ran.out) == (2, "")
    assert "应是数字" in ran.err


def test_a_sector_without_output_has_no_import_content(
    jingwei: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "bought.csv"
    path.write_text(
        "code,name,01,02,TIU,EX,IM,GO\n01,采矿,0,100,100,0,100,0\n02,工业,0,500,500,1700,200,2000\n"
        "VA001,报酬,0,1400,,,,\nTI,总投入,0,2000,,,,\n",
        "utf-8",
    )
    ran = jingwei("io", "multipliers", path, "--format", "csv")
    got = rows(ran)
    assert got[0]["import_content"] == ""
    assert float(got[1]["import_content"]) > 0
    assert "不能相加" in ran.err and "不适用进口含量" in ran.err


@pytest.mark.parametrize(
    ("row", "said"),
    [("02,20", "已有一行"), ("采矿业,90", "不是投入产出表里的部门"), ("合计,90", "")],
)
def test_a_file_beside_a_table_tells_every_sector_once_and_no_other(
    jingwei: Callable[..., Ran], book: Path, tmp_path: Path, row: str, said: str
) -> None:
    persons = tmp_path / "persons.csv"
    persons.write_text(f"code,就业\n01,50\n02,300\n{row}\n", "utf-8")
    ran = jingwei("io", "multipliers", book, "--satellite", persons, "--format", "csv")
    assert ran.code == (2 if said else 0)
    assert said in ran.err


def test_residuals_are_listed_without_margins_also_in_per_cent(
    jingwei: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "off.csv"
    path.write_text(HEAD + BODY.replace("350,350,1000", "300,300,1000"), "utf-8")
    got = rows(jingwei("io", "balance", path))
    assert [float(each["row"]) for each in got] == [50, 0]
    assert float(got[0]["row_percent"]) == pytest.approx(5)
    ran = jingwei("io", "import", path)
    assert "50（农业，占其总产出5.00%）" in ran.out
    assert "5.00%" in ran.err


def test_files_beside_a_table_may_be_headed_in_chinese(
    jingwei: Callable[..., Ran], book: Path, tmp_path: Path
) -> None:
    path = tmp_path / "beside.csv"
    path.write_text("部门,行合计,列合计\n农业,800,450\n工业,350,700\n", "utf-8")
    got = rows(jingwei("io", "balance", book, "--margins", path))
    assert float(got[0]["01"]) + float(got[0]["02"]) == pytest.approx(800)
    path.write_text("序号,部门名称,就业\n1,农业,300\n2,工业,400\n", "utf-8")
    got = rows(jingwei("io", "multipliers", book, "--satellite", path, "--format", "csv"))
    assert float(got[0]["就业"]) == pytest.approx(0.4290, abs=1e-3)
    assert "序号" not in got[0]
    path.write_text("部门,本地区,全国\n农业,30,100\n工业,10,200\n", "utf-8")
    got = rows(jingwei("io", "regionalise", book, "--sizes", path, "--quotient", "slq"))
    assert float(got[1]["02"]) == pytest.approx(0.05 * 0.375)
    path.write_text("农业,800,450\n工业,350,700\n", "utf-8")
    ran = jingwei("io", "balance", book, "--margins", path)
    assert ran.code == 2
    assert "部门,行合计,列合计" in ran.err, "an example of what is wanted"


def test_value_added_is_shown_once(jingwei: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "sum.csv"
    path.write_text(HEAD + BODY.replace("VA001,报酬", "TVA,增加值合计"), "utf-8")
    got = rows(jingwei("io", "multipliers", path, "--format", "csv"))
    assert [heading for heading in got[0] if "增加值" in heading] == ["增加值"]


def test_import_content_of_nothing_is_said_to_be_of_a_column_of_zeros(
    jingwei: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "zeros.csv"
    path.write_text(
        HEAD.replace("GO", "IM,GO") + BODY.replace(",1000\n", ",0,1000\n").replace(
            ",1700,2000", ",1700,0,2000").replace(",,,,", ",,,,,"), "utf-8",
    )  # fmt: skip
    assert "全为零" in jingwei("io", "multipliers", path).err


def test_tables_are_decomposed_by_name_in_whatever_order(
    jingwei: Callable[..., Ran], tmp_path: Path
) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text(
        "部门,农业,工业,出口,总产出\n农业,150,500,350,1000\n工业,200,100,1700,2000\n", "utf-8"
    )
    other.write_text(
        "部门,工业,农业,出口,总产出\n工业,100,200,1700,2000\n农业,500,150,450,1100\n", "utf-8"
    )
    ran = jingwei("io", "decompose", one, other, "--format", "csv")
    assert [float(each["change"]) for each in rows(ran)] == [0, 100]
    assert "按名称对齐" in ran.err


def test_uses_that_are_not_printed_apart_are_told(
    jingwei: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "whole.csv"
    path.write_text(
        "部门,农业,工业,最终使用合计,进口,总产出\n农业,150,500,450,100,1000\n工业,200,100,1900,200,2000\n",
        "utf-8",
    )
    ran = jingwei("io", "multipliers", path, "--format", "csv")
    assert all(float(each["import_content"]) > 0 for each in rows(ran))
    assert "没有单列出口" in ran.err
    path.write_text("部门,农业,工业,总产出\n农业,150,500,1000\n工业,200,100,2000\n", "utf-8")
    assert "无从核对" in jingwei("io", "import", path).out
