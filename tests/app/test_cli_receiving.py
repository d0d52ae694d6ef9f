"""Files are imported as the register of incoming files lists them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Ran

HEAD = "文件,报送单位,数据来源,收到日期,说明\n"
REGIONS = "code,name,level,within,overlaps\nlz,绫州市,city,,\n"


@pytest.fixture
def city(jingwei: Callable[..., Ran], tmp_path: Path) -> Path:
    folder = tmp_path / "city"
    jingwei("init", folder)
    (folder / "definitions/regions.csv").write_text(REGIONS, "utf-8")
    post = folder / "incoming"
    post.mkdir()
    (post / "年报.csv").write_text(
        "指标,单位,2023年,2024年\n高新技术企业数量,家,700,800\n", "utf-8"
    )
    (post / "修订.csv").write_text("指标,单位,2023年\n高新技术企业数量,家,712\n", "utf-8")
    (post / "来文登记.csv").write_text(
        HEAD
        + "修订.csv,绫州市科技局,行政记录,2025-06-01,复核后修订\n年报.csv,绫州市科技局,行政记录,2025-03-01,\n",
        "utf-8",
    )
    return folder


def test_the_register_gives_vintage_origin_and_reason(
    jingwei: Callable[..., Ran], city: Path
) -> None:
    ran = jingwei("data", "receive", city / "incoming/来文登记.csv", "-w", city, "--format", "json")
    assert ran.code == 0, ran.err
    assert [(each["file"], each["added"]) for each in ran.json] == [
        ("年报.csv", 2),
        ("修订.csv", 1),
    ]
    told = jingwei("data", "history", "high-tech-enterprises", "-w", city, "--format", "json").json
    of_2023 = [each for each in told if each["months"] == "2023"]
    assert [(each["value"], each["vintage"], each["origin"]) for each in of_2023] == [
        (700, "2025-03-01", "administrative"),
        (712, "2025-06-01", "administrative"),
    ]
    assert of_2023[1]["reason"] == "复核后修订"


def test_only_the_files_named_are_taken(jingwei: Callable[..., Ran], city: Path) -> None:
    post = city / "incoming"
    ran = jingwei(
        "data", "receive", post / "来文登记.csv", post / "年报.csv", "-w", city, "--format", "json"
    )
    assert [each["file"] for each in ran.json] == ["年报.csv"]
    none = jingwei("data", "receive", post / "来文登记.csv", post / "别的.csv", "-w", city)
    assert none.code == 2
    assert "没有这些文件" in none.err


def test_a_file_that_is_not_there_is_told_and_the_others_are_done(
    jingwei: Callable[..., Ran], city: Path
) -> None:
    (city / "incoming/修订.csv").unlink()
    ran = jingwei("data", "receive", city / "incoming/来文登记.csv", "-w", city)
    assert ran.code == 2
    assert "修订.csv" in ran.err
    assert "年报.csv" in ran.out


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("年报.csv,某局,行政记录,三月,\n", "2025-03-01"),
        ("年报.csv,某局,听说,2025-03-01,\n", "数据来源应为"),
        ("../../年报.csv,某局,公开,2025-03-01,\n", "登记表所在的文件夹"),
        ("年报.csv,某局\n", "没有写"),
        (",某局,公开,2025-03-01,\n", "没有写文件"),
        ("年报.csv,某局,公开,2999-03-01,\n", "晚于今天"),
    ],
)
def test_a_faulty_register_names_its_line(
    jingwei: Callable[..., Ran], city: Path, row: str, says: str
) -> None:
    register = city / "incoming/来文登记.csv"
    register.write_text(HEAD + row, "utf-8")
    ran = jingwei("data", "receive", register, "-w", city)
    assert ran.code == 2
    assert says in ran.err
    assert "来文登记.csv:2" in ran.err
    register.write_text("文件,收到日期\n", "utf-8")
    assert "数据来源" in jingwei("data", "receive", register, "-w", city).err


CONTRADICTING = """规模以上工业总产值（亿元）,,,
地区,2022年,2023年,2024年
全市,300,330,360
甲区,100,110,120
乙区,100,110,120
丙区,100,110,12
"""


@pytest.fixture
def contradicting(city: Path) -> Path:
    """A register of one file, in which a district stands a tenth of what the total needs."""
    rows = "".join(
        f"{code},{name},district,lz,\n" for code, name in zip("abc", "甲乙丙", strict=True)
    )
    rows = rows.replace("甲,", "甲区,").replace("乙,", "乙区,").replace("丙,", "丙区,")
    (city / "definitions/regions.csv").write_text(REGIONS + rows, "utf-8")
    (city / "incoming/分区.csv").write_text(CONTRADICTING, "utf-8")
    register = city / "incoming/来文登记.csv"
    register.write_text(HEAD + "分区.csv,绫州市统计局,统计调查,2025-03-01,\n", "utf-8")
    return register


def test_a_file_that_contradicts_itself_is_held_until_a_person_accepts_it(
    jingwei: Callable[..., Ran], city: Path, contradicting: Path
) -> None:
    ran = jingwei("data", "receive", contradicting, "-w", city, "--format", "json")
    assert ran.code == 0, ran.err
    (held,) = ran.json
    assert (held["added"], held["findings"]) == (0, 1)
    assert "自相矛盾" in held["held"]["zh"]
    assert not [*city.glob("data/observations/*.parquet")]
    accepted = jingwei("data", "import", "--accept", held["proposal"], "-w", city)
    assert accepted.code == 0, accepted.err
    assert [*city.glob("data/observations/*.parquet")]


def test_a_yes_said_beforehand_does_not_store_what_contradicts_itself(
    jingwei: Callable[..., Ran], city: Path, contradicting: Path
) -> None:
    path = contradicting.parent / "分区.csv"
    done = jingwei(
        "data", "import", path, "--published", "2025-03-01", "--origin", "统计调查", "--yes", "-w", city,
        "--format", "json",
    )  # fmt: skip
    assert done.code == 2
    assert "自相矛盾" in done.err
    assert "第7行" in done.err or "第6行" in done.err
    assert not [*city.glob("data/observations/*.parquet")]
    identity = done.json[0]["proposal"]
    accepted = jingwei("data", "import", "--accept", identity, "-w", city)
    assert accepted.code == 0, accepted.err
    assert [*city.glob("data/observations/*.parquet")]


def test_who_asks_for_doubtful_files_gets_them(
    jingwei: Callable[..., Ran], city: Path, contradicting: Path
) -> None:
    ran = jingwei("data", "receive", contradicting, "--doubtful", "-w", city, "--format", "json")
    assert [(each["added"], each["held"]) for each in ran.json] == [(12, None)]


def test_a_file_that_the_store_refuses_is_held_and_the_others_go_in(
    jingwei: Callable[..., Ran], city: Path
) -> None:
    register = city / "incoming/来文登记.csv"
    register.write_text(
        HEAD
        + "年报.csv,绫州市科技局,行政记录,2025-03-01,\n修订.csv,绫州市科技局,行政记录,2025-06-01,\n",
        "utf-8",
    )
    ran = jingwei("data", "receive", register, "-w", city, "--format", "json")
    assert ran.code == 0
    by_file = {each["file"]: each for each in ran.json}
    assert (by_file["年报.csv"]["added"], by_file["年报.csv"]["held"]) == (2, None)
    assert "没有写原因" in by_file["修订.csv"]["held"]["zh"]
