"""Places from the command line."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran

TABLE = "place,activity,value\n甲区,芯片,30\n甲区,汽车,10\n乙区,芯片,70\n乙区,汽车,190\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, "utf-8")
    return path


def rows(ran: Ran) -> list[dict[str, str]]:
    assert ran.code == 0, ran.err
    return list(csv.DictReader(io.StringIO(ran.out)))


def test_quotients_of_a_plain_file(jingwei: Callable[..., Ran], table: Path) -> None:
    got = rows(jingwei("place", "specialisation", table, "--format", "csv"))
    [first] = [row for row in got if (row["place"], row["activity"]) == ("甲区", "芯片")]
    assert float(first["location_quotient"]) == pytest.approx(2.25)
    assert first["specialised"] == "true"


def test_what_is_near_is_told_where_complexity_is_not_defined(
    jingwei: Callable[..., Ran], table: Path
) -> None:
    got = rows(jingwei("place", "relatedness", table, "--place", "甲区", "--format", "csv"))
    assert [each["activity"] for each in got] == ["汽车"]
    assert got[0]["pci"] == ""
    assert jingwei("place", "relatedness", table, "--place", "丙区").code == 2
    assert jingwei("place", "specialisation", table, "--complexity").code == 2


def test_complexity_of_places(jingwei: Callable[..., Ran], tmp_path: Path) -> None:
    path = tmp_path / "nested.csv"
    path.write_text("place,a,b,c,d\n甲,9,8,7,6\n乙,9,8,7,0\n丙,9,8,0,0\n丁,9,0,0,0\n", "utf-8")
    got = rows(jingwei("place", "specialisation", path, "--complexity", "--format", "csv"))
    assert got[0]["place"] == "甲"


def test_data_and_plans_are_compared_side_by_side(
    jingwei: Callable[..., Ran], tmp_path: Path, table: Path
) -> None:
    city = tmp_path / "city"
    jingwei("init", city)
    plan = city / "documents/布局.txt"
    plan.write_text(
        "绫州市产业布局规划\n\n一、空间布局\n\n甲区重点发展集成电路、新能源汽车；乙区重点发展集成电路、生物医药。\n",
        "utf-8",
    )
    assert jingwei("compile", "-w", city).code == 0
    [pair] = rows(jingwei("place", "similarity", table, "-w", city, "--format", "csv"))
    assert float(pair["krugman"]) == pytest.approx(2 * (0.75 - 70 / 260))
    assert pair["shared"] == "集成电路"
    assert float(pair["words"]) == pytest.approx(1 / 3)
    [words] = rows(jingwei("place", "similarity", "-w", city, "--format", "csv"))
    assert words["krugman"] == ""


def test_nothing_to_compare_says_what_to_do(jingwei: Callable[..., Ran], tmp_path: Path) -> None:
    city = tmp_path / "city"
    jingwei("init", city)
    ran = jingwei("place", "similarity", "-w", city)
    assert ran.code == 2
    assert "没有可比的" in ran.err


def test_fields_are_chosen_by_weights_one_can_see(
    jingwei: Callable[..., Ran], tmp_path: Path
) -> None:
    path = tmp_path / "fields.csv"
    path.write_text("name,规模,增速\n芯片,10,1\n汽车,6,5\n材料,2,\n", "utf-8")
    got = rows(
        jingwei(
            "place", "focus", path, "--weight", "规模=2", "--weight", "增速=1", "--format", "csv"
        )
    )
    assert {each["name"]: each["rank"] for each in got}["材料"] == ""
    assert "缺" in got[-1]["parts"]
    ran = jingwei("place", "focus", path, "--weight", "规模")
    assert ran.code == 2
    assert "名称=数" in ran.err
