"""forecast, whatif, decompose, rollup, protect: files in, tables or JSON out, faults in two lines."""

import json
from pathlib import Path

import pytest

from jingwei.app.cli import main


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    files = {
        "占比.csv": "年份,占比\n" + "".join(
            f"{2012 + k},{v}\n" for k, v in enumerate([20, 21.2, 22.1, 22.8, 24.5, 25.1, 26.4, 27])
        ),
        "产值.csv": "年份,地区,行业,产值,增速\n"
        "2023,北岸,电子,60,\n2023,北岸,汽车,40,\n2023,南岸,电子,20,\n2023,南岸,汽车,80,\n"
        "2024,北岸,电子,75,10\n2024,北岸,汽车,35,-5\n2024,南岸,电子,30,8\n2024,南岸,汽车,84,2\n",
        "能耗.csv": "年份,行业,产出,结构,强度\n"
        "2020,甲,50,0.2,3\n2020,乙,50,0.8,0.5\n2024,甲,80,0.5,2\n2024,乙,80,0.5,0.4\n",
        "地区.csv": "code,name,level,within,overlaps\n9,云川市,city,,\n91,北岸区,district,9,\n"
        "92,南岸区,district,9,\nZ,经开区,zone,9,91;92\n",
        "名录.csv": "entity,name,region,zones,owner,last\n" + "".join(
            f"E{k},厂{k},{91 + k % 2},{'Z' if k < 8 else ''},,{10 if k < 11 else 40}\n" for k in range(12)
        ),
        "上报.csv": "entity,value,day\n" + "".join(
            f"E{k},{10 + k},2025-0{1 + (k == 3)}-10\n" for k in range(11)
        ) + "E11,,\nX,5,2025-01-09\n",
        "公布.csv": "region,value\n9,180\n91,90\n",
        "原因.csv": "region,cause,amount\n9,规下推算,8\n",
        "企业.csv": "地区,行业,企业,产值\n" + "".join(
            f"{'甲乙丙'[k % 3]},{'电子' if k % 4 else '汽车'},E{k},{(k * 37) % 90 + 5}\n" for k in range(40)
        ) + "甲,船舶,E90,500\n乙,船舶,E91,40\n乙,船舶,E92,45\n乙,船舶,E93,35\n丙,船舶,E94,70\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def asked(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main([*words])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.usefixtures("here")
def test_forecast_prints_path_and_back_test(capsys):
    words = ["forecast", "占比.csv", "--year", "2022", "--target", "≥28", "--bounds", "0,100"]
    code, out, _ = asked(*words, "--unit", "%", capsys=capsys)
    assert code == 0
    assert "2022年为" in out
    assert "达到>=28的可能性" in out
    assert "回测平均绝对误差" in out
    code, out, err = asked(*words, "--break", "2015=普查修订", capsys=capsys)
    assert "按2015-2019年外推" in out
    assert "2015年起普查修订" in err
    code, out, _ = asked(*words, "--format", "json", capsys=capsys)
    answer = json.loads(out)
    assert answer["verdict"]["answer"] == "unknown"
    assert 0 < answer["probability"] < 1
    assert answer["low"] < answer["point"] < answer["high"]
    assert answer["evidence"][0]["of"][0]["dataset"] == "占比.csv"


@pytest.mark.usefixtures("here")
def test_what_if_follows_the_file_and_its_changes(here, capsys):
    (here / "设想.yaml").write_text(
        "to: 2025\nvariables:\n  产值: {value: 100, year: 2023, unit: 亿元, growth: 10}\n"
        'targets:\n  - {of: 产值, year: 2025, op: ">=", value: 125}\n',
        "utf-8",
    )
    code, out, _ = asked("whatif", "设想.yaml", capsys=capsys)
    assert code == 0
    assert "110 × (1 + 10%) = 121亿元" in out
    assert "达不到" in out
    assert "11.80%" in out
    code, out, _ = asked(
        "whatif", "设想.yaml", "--set", "产值=12", "--format", "json", capsys=capsys
    )
    answer = json.loads(out)
    assert answer["outcomes"][0]["reached"] is True
    assert answer["outcomes"][0]["verdict"]["answer"] == "unknown"


@pytest.mark.usefixtures("here")
def test_pull_from_two_levels_and_from_growth(capsys):
    words = ["decompose", "pull", "产值.csv", "--by", "地区,行业", "--value", "产值"]
    code, out, _ = asked(*words, "--format", "json", capsys=capsys)
    assert code == 0
    rows = {row["name"]: row for row in json.loads(out)}
    assert rows["北岸·电子"]["pull"] == pytest.approx(7.5)
    assert rows["合计 total"]["pull"] == pytest.approx(12)
    code, out, _ = asked(
        *words, "--growth", "增速", "--published", "4", "--format", "json", capsys=capsys
    )
    rows = {row["name"]: row for row in json.loads(out)}
    assert rows["北岸·电子"]["before"] == pytest.approx(75 / 1.1)
    total = sum(row["pull"] for name, row in rows.items() if "·" in name)
    assert rows["公布增速余差 remainder"]["pull"] == pytest.approx(4 - total)


@pytest.mark.usefixtures("here")
def test_lmdi_shift_share_and_structure(capsys):
    code, out, _ = asked(
        "decompose", "lmdi", "能耗.csv", "--by", "行业", "--factors", "产出,结构,强度",
        "--group", "行业", "--format", "json", capsys=capsys,
    )  # fmt: skip
    assert code == 0
    total, *groups = json.loads(out)
    assert [total[f"effect_{k}"] for k in range(3)] == pytest.approx(
        [32.385, 38.284, -24.669], abs=2e-3
    )
    assert total["ratio"] == pytest.approx(1.92)
    assert sum(row["effect_2"] for row in groups) == pytest.approx(total["effect_2"])
    code, out, _ = asked(
        "decompose", "shift-share", "产值.csv", "--region", "地区", "--industry", "行业",
        "--value", "产值", "--format", "json", capsys=capsys,
    )  # fmt: skip
    assert code == 0
    north = json.loads(out)[0]
    assert north["change"] == pytest.approx(north["share"] + north["mix"] + north["competitive"])
    assert north["competitive"] == pytest.approx(north["homothetic"] + north["allocation"])
    code, out, _ = asked(
        "decompose", "structure", "产值.csv", "--by", "地区,行业", "--value", "产值", capsys=capsys
    )
    assert code == 0
    assert "Lilien" in out


@pytest.mark.usefixtures("here")
def test_rollup_names_who_is_missing_and_what_is_left(capsys):
    words = [
        "rollup", "名录.csv", "上报.csv", "--regions", "地区.csv", "--indicator", "产值",
        "--unit", "亿元", "--months", "2024", "--due", "2025-01-15", "--as-of", "2025-03-01",
        "--published", "公布.csv", "--reasons", "原因.csv",
    ]  # fmt: skip
    code, out, err = asked(*words, "--format", "json", capsys=capsys)
    assert code == 0
    rows = {row["name"]: row for row in json.loads(out)}
    city = rows["云川市"]
    assert (city["value"], city["coverage"], city["gap"]) == (165, "11/12", 15)
    assert city["unexplained"] == 7
    assert city["weight"] == pytest.approx(100 * 110 / 150)
    assert city["reasons"] == "规下推算 8、未报"
    assert (city["missing"], city["late"]) == ("厂11", "厂3")
    assert rows["（经开区）"]["value"] == sum(10 + k for k in range(8))
    assert "名录外" in err
    assert "X" in err
    _, out, _ = asked(*words, "--district", "91", "--public", "--format", "json", capsys=capsys)
    (north,) = json.loads(out)
    assert north["name"] == "北岸区"
    assert north["missing"] == ""
    code, _, err = asked(*words, "--one-system", capsys=capsys)
    assert code == 2
    assert "统一核算" in err


@pytest.mark.usefixtures("here")
def test_protect_prints_marks_and_a_legend(capfd):
    words = ["protect", "企业.csv", "--by", "地区,行业", "--value", "产值", "--owner", "企业"]
    code, out, err = asked(*words, capsys=capfd)
    assert code == 0
    assert "×：为保护" in out
    assert "最优" in err
    code, out, _ = asked(*words, "--format", "json", capsys=capfd)
    rows = {(row["地区"], row["行业"]): row["value"] for row in json.loads(out)}
    assert rows["甲", "船舶"] == "×"
    assert sum(value == "×" for value in rows.values()) >= 4
    assert all(value == "×" or value > 0 for value in rows.values())


def test_published_cells_stay_and_another_is_withheld(here, capfd):
    words = ["protect", "企业.csv", "--by", "地区,行业", "--value", "产值", "--owner", "企业"]
    (here / "已公布.csv").write_text("地区,行业\n合计,合计\n合计,船舶\n甲,合计\n", "utf-8")
    code, out, _ = asked(*words, "--published", "已公布.csv", "--format", "json", capsys=capfd)
    assert code == 0
    rows = {(row["地区"], row["行业"]): row["value"] for row in json.loads(out)}
    assert "×" not in (rows["合计", "合计"], rows["合计", "船舶"], rows["甲", "合计"])
    (here / "已公布.csv").write_text("地区,行业\n丁,合计\n", "utf-8")
    code, _, err = asked(*words, "--published", "已公布.csv", capsys=capfd)
    assert code == 2
    assert "不是表中的格" in err


def test_hierarchies_come_from_a_file(here, capfd):
    (here / "行业.csv").write_text("code,above\n电子,先进\n汽车,先进\n船舶,\n先进,\n", "utf-8")
    words = ["protect", "企业.csv", "--by", "地区,行业", "--value", "产值", "--owner", "企业"]
    code, out, _ = asked(*words, "--tree", "行业=行业.csv", "--format", "json", capsys=capfd)
    assert code == 0
    rows = {(row["地区"], row["行业"]): row["value"] for row in json.loads(out)}
    assert {"先进", "合计"} <= {industry for _, industry in rows}
    assert rows["甲", "船舶"] == "×"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("forecast 占比.csv --year 2015", "2015年已有数"),
        ("forecast 占比.csv --year 2022 --target 约28", "--target 写成"),
        ("forecast 占比.csv --year 2022 --bounds 5", "--bounds 写成"),
        ("forecast 产值.csv --year 2030", "用 --column 指明"),
        ("forecast 无.csv --year 2030", "没有这个文件"),
        ("decompose pull 产值.csv --by 地区 --value 产值", "有两行"),
        ("decompose pull 产值.csv --by 地区,行业 --value 增速", "缺数不是零"),
        ("decompose pull 产值.csv --by 地区,行业 --value 产量", "有：年份、地区、行业、产值、增速"),
        ("decompose structure 产值.csv --by 地区,行业 --value 产值 --from 2019", "没有2019的数"),
        ("protect 企业.csv --by 地区 --value 产值 --owner 企业 --least 0", "参数不合理"),
        ("protect 企业.csv --by 地区 --value 产值 --owner 企业 --tree 地区", "名称=值"),
    ],
)
def test_faults_are_told_and_end_with_two(words, told, capsys):
    code, _, err = asked(*words.split(), capsys=capsys)
    assert code == 2
    assert told in err
    assert "error:" in err
