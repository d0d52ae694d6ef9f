"""forecast, decompose, rollup, protect in a workspace: figures come from the store, by card."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest

from jingwei.core import Months, Observation, Row, SeriesKey
from jingwei.store import Observations, Workspace

REGIONS = """code,name,level,within,overlaps
wc,梧川市,city,,
dx,东溪区,district,wc,
xl,西岭区,district,wc,
gx,梧川高新区,zone,wc,dx
"""
CARD = """format: 1
id: {id}
name: {name}
name_en: {id}
unit: "{unit}"
kind: {kind}
numerator: {name}
frequency: yearly
direction: more
source: 虚构
origin: survey
frame: {frame}
holder: 梧川市统计局
windows: [year]
{more}"""
LEVEL = "price_base: current\nadds_regions: true\nadds_time: true\nlow: 0\n"
CARDS = {
    "output": CARD.format(
        id="output", name="规模以上工业总产值", unit="亿元", kind="flow", frame="industry-above-scale",
        more=LEVEL + "classification: trades\nversions:\n"
        '  - {version: "2007", coverage: 五百万元起, valid_from: 2007, valid_to: 2010}\n'
        '  - {version: "2011", coverage: 两千万元起, valid_from: 2011}\n',
    ),
    "centres": CARD.format(
        id="centres", name="省级以上企业技术中心", unit="家", kind="count", frame="all",
        more="low: 0\ncoverage: 梧川市\nversions:\n  - {version: '1'}\n",
    ),
    "gdp": CARD.format(
        id="gdp", name="地区生产总值", unit="亿元", kind="flow", frame="all",
        more="price_base: current\nunified: true\ncoverage: 梧川市\nversions:\n  - {version: '1'}\n",
    ),
}  # fmt: skip
TRADES = "# id: trades\n# name: 梧川行业\n# source: 虚构\ncode,name,above\n" + (
    "10,电子,\n101,元件,10\n20,机械,\n201,泵,20\n30,船舶,\n301,游艇,30\n"
)


def row(
    region, year, value, *, codes=(), entity="", day="2024-03-01", origin="public", file="年鉴"
):
    return Observation(
        SeriesKey("output@2011", region, codes, entity), Months.year(year), float(value), "亿元",
        date.fromisoformat(day), origin, Row(file, day, f"{region} {year}"), "=",
        "修订" if day > "2024-03-01" else "",
    )  # fmt: skip


def sector(code, year, value):
    return row("wc", year, value, codes=(("trades", code),))


@pytest.fixture
def stored(town: Path) -> Path:
    """The town with eight years of output, parts of two years, and the reports of enterprises."""
    for path, text in {
        "definitions/regions.csv": REGIONS,
        "definitions/classifications/trades.csv": TRADES,
        **{f"definitions/cards/{name}.yaml": text for name, text in CARDS.items()},
    }.items():
        (town / path).parent.mkdir(parents=True, exist_ok=True)
        (town / path).write_text(text, "utf-8")
    levels = [5000, 5150, 5390, 5480, 5800, 5930, 6250, 6400]
    rows = [row("wc", 2016 + k, value) for k, value in enumerate(levels)]
    rows += [row("wc", 2023, 6480, day="2024-12-20")]  # revised
    rows += [row("dx", 2022, 4000), row("dx", 2023, 4150), row("xl", 2022, 2250)]
    rows += [row("gx", 2022, 900), row("gx", 2023, 990)]
    rows += [sector(c, y, v) for c, y, v in (("10", 2022, 3000), ("10", 2023, 3300),
             ("20", 2022, 3250), ("20", 2023, 3150), ("101", 2023, 3300))]  # fmt: skip
    units = [(f"E{k}", "dx" if k % 2 else "xl", 300 + 20 * k) for k in range(12)]
    rows += [row(r, 2022, v, entity=e, origin="survey", file="一套表") for e, r, v in units]
    rows += [
        row(r, 2023, v + 10, entity=e, origin="survey", file="一套表") for e, r, v in units[1:]
    ]
    Observations(Workspace.open(town)).append(rows, dataset="虚构", imported_on=date(2024, 12, 31))
    columns = "id,name,code,region,industry,address,vintage,dataset,place,merged_into"
    listed = [f"{e},{e}厂,,{r},{'301' if e in ('E1', 'E3') else '101' if k % 3 else '201'},,2024-01-01,名录,{k},"
              for k, (e, r, _) in enumerate(units)]  # fmt: skip
    (town / "data/enterprises").mkdir(parents=True, exist_ok=True)
    (town / "data/enterprises/0123456789ab.csv").write_text("\n".join([columns, *listed]), "utf-8")
    return town


def test_forecast_of_an_indicator_takes_the_newest_vintages_and_the_running_target(stored, jingwei):
    ran = jingwei("forecast", "规上工业产出", "--as-of", "2025-01-31")
    assert ran.code == 2
    assert "相近的有：规模以上工业总产值" in ran.err
    ran = jingwei("forecast", "规上工业总产值", "--as-of", "2025-01-31", "--format", "json")
    told = ran.json
    assert (told["year"], told["goal"]) == (2025, {"op": ">=", "value": 8000.0})
    assert told["target"]["quote"] == "规模以上工业总产值达到8000亿元"
    assert told["low"] < told["point"] < told["high"]
    assert told["verdict"]["answer"] == "unknown"
    assert told["verdict"]["missing"][0]["holder"] == "梧川市统计局"
    assert told["series"]["frame"] == "两千万元起"
    last = told["series"]["values"][-1]
    assert (last["months"], last["value"], last["vintage"]) == ("2023", 6480.0, "2024-12-20")
    before = jingwei("forecast", "output", "--as-of", "2024-06-30", "--format", "json").json
    assert before["series"]["values"][-1]["value"] == 6400.0
    shown = jingwei("forecast", "output", "--as-of", "2025-01-31")
    assert (
        "梧川市 规模以上工业总产值（亿元），口径卡 card output@2011：两千万元起，现价" in shown.out
    )
    assert "年鉴@2024-12-20" in shown.out
    assert "output@2007" in shown.err


def test_forecast_of_a_target_says_what_is_missing_and_of_a_short_series_gives_no_interval(
    stored, jingwei
):
    ran = jingwei("forecast", "省级以上企业技术中心", "--as-of", "2025-01-31")
    assert ran.code == 2
    assert "找：梧川市统计局" in ran.err
    assert "jingwei data template centres" in ran.err
    ran = jingwei(
        "forecast", "output", "--region", "东溪区", "--year", "2025", "--as-of", "2025-01-31"
    )
    assert ran.code == 0
    assert "2025年不能外推：可比的只有2年" in ran.out
    ran = jingwei("forecast", "output", "--region", "东山区", "--as-of", "2025-01-31")
    assert (ran.code, "没有这个地区" in ran.err) == (2, True)
    ran = jingwei("forecast", "output", "--region", "东溪区", "--as-of", "2025-01-31")
    assert (ran.code, "--year" in ran.err) == (2, True)


def test_forecast_by_the_id_of_a_target_and_without_a_workspace(
    stored, jingwei, tmp_path, monkeypatch
):
    shown = jingwei("targets", "--plan", "新规划.txt", "--words", "总产值").out
    id_ = next(iter(re.findall(r"\b[0-9a-f]{10}\b", shown)))
    told = jingwei("forecast", id_, "--as-of", "2025-01-31", "--format", "json").json
    assert (told["year"], told["goal"]["value"]) == (2025, 8000.0)
    nowhere = tmp_path / "nowhere"
    nowhere.mkdir()
    monkeypatch.chdir(nowhere)
    ran = jingwei("forecast", "规模以上工业总产值")
    assert (ran.code, "不在工作区里" in ran.err) == (2, True)


def test_decompose_names_what_no_part_covers(stored, jingwei):
    ran = jingwei(
        "decompose", "output", "--by", "district", "--as-of", "2025-01-31", "--format", "json"
    )
    parts = {each["name"]: each for each in ran.json}
    assert parts["东溪区"]["pull"] == pytest.approx(100 * 150 / 6250)
    assert "年鉴@2024-03-01" in parts["东溪区"]["sources"]
    assert parts["梧川高新区"]["by"] == "zone"
    assert parts["未覆盖 not covered"]["pull"] == pytest.approx(100 * (230 - 150) / 6250)
    assert parts["合计 total"]["pull"] == pytest.approx(100 * 230 / 6250)
    shown = jingwei("decompose", "output", "--by", "district", "--as-of", "2025-01-31")
    assert "西岭区" in shown.err  # one period only: told, not dropped
    ran = jingwei(
        "decompose", "output", "--by", "sector", "--as-of", "2025-01-31", "--format", "json"
    )
    assert [e["name"] for e in ran.json[:2]] == [
        "电子",
        "机械",
    ]  # 元件 lies in 电子 and is not added
    ran = jingwei("decompose", "output", "--by", "sector", "--method", "structure",
                  "--as-of", "2025-01-31", "--format", "json")  # fmt: skip
    assert ran.json[-2]["change"] == pytest.approx(3300 / 6450 - 3000 / 6250)
    ran = jingwei("decompose", "gdp", "--by", "sector")
    assert (ran.code, "梧川市统计局" in ran.err) == (2, True)


def test_rollup_from_the_store_is_held_against_the_published_figure(stored, jingwei):
    ran = jingwei(
        "rollup", "output", "--period", "2023", "--as-of", "2025-01-31", "--format", "json"
    )
    rows = {each["name"]: each for each in ran.json}
    total = sum(300 + 20 * k + 10 for k in range(1, 12))
    assert rows["梧川市"]["value"] == total
    assert rows["梧川市"]["published"] == 6480
    assert rows["梧川市"]["gap"] == pytest.approx(6480 - total)
    assert (rows["梧川市"]["coverage"], rows["西岭区"]["missing"]) == ("11/12", "E0厂")
    assert rows["（梧川高新区）"]["published"] == 990
    shown = jingwei("rollup", "output", "--period", "2023", "--as-of", "2025-01-31")
    assert "内部资料" in shown.err
    hidden = jingwei("rollup", "output", "--period", "2023", "--as-of", "2025-01-31", "--public")
    assert "E0厂" not in hidden.out + hidden.err
    assert "内部资料" not in hidden.err
    refused = jingwei("rollup", "gdp", "--period", "2023")
    assert (refused.code, "统一核算" in refused.err) == (2, True)
    empty = jingwei("rollup", "output", "--period", "2019")
    assert (empty.code, "jingwei data template output" in empty.err) == (2, True)


def test_protect_from_the_store_hides_the_industry_of_two(stored, jingwei):
    ran = jingwei(
        "protect", "output", "--period", "2023", "--as-of", "2025-01-31", "--format", "csv"
    )
    assert ran.code == 0
    cells = {(r["地区"], r["行业"]): r["value"] for r in csv.DictReader(io.StringIO(ran.out))}
    assert cells["东溪区", "30 船舶"] == "×"
    assert cells["梧川市", "合计"] != "×"
    assert "11家企业，来自一套表" in ran.err
    by = jingwei("protect", "output", "--period", "2023", "--by", "town")
    assert (by.code, "district、sector" in by.err) == (2, True)


def test_an_export_keeps_back_what_would_give_a_respondent_away(stored, jingwei):
    def of(region, code, value, scheme="trades"):
        return row(region, 2023, value, codes=((scheme, code),), origin="survey", file="快报")

    Observations(Workspace.open(stored)).append(
        [of("dx", "30", 740), of("dx", "10", 1900), of("dx", "甲", 5, scheme="mills")],
        dataset="快报", imported_on=date(2024, 12, 31),
    )  # fmt: skip
    ran = jingwei("data", "export", "output", "--to", "csv", "--period", "2023")
    assert ran.code == 0
    text = (stored / "reports/observations.csv").read_text("utf-8-sig")
    left = {(r["region"], r["codes"]): r["value"] for r in csv.DictReader(io.StringIO(text))}
    assert ("dx", "trades:30") not in left  # two enterprises
    assert left["dx", ""] == "4150"  # public already
    assert ("dx", "mills:甲") not in left  # nobody knows how many stand behind it
    assert "为保护单个统计调查对象的资料而不公布" in ran.err
    assert "未导出 1 个数：尚未公布的分类数" in ran.err
    text = (stored / "reports/withheld.csv").read_text("utf-8-sig")
    withheld = {(r["region"], r["codes"]): r["value"] for r in csv.DictReader(io.StringIO(text))}
    assert withheld["dx", "trades:30"] == "×"
    inside = jingwei("data", "export", "output", "--to", "csv", "--period", "2023", "--inside")
    assert "trades:30" in (stored / "reports/内部/observations.csv").read_text("utf-8-sig")
    assert "不得对外提供" in inside.err
    jingwei("data", "export", "gdp", "output", "--to", "csv", "--period", "2016")
    assert not (stored / "reports/withheld.csv").exists()


def test_recoding_takes_the_kind_from_the_card_and_says_what_it_rests_on(stored, jingwei):
    folder = stored / "definitions/crosswalks"
    folder.mkdir()
    (folder / "trades--groups.csv").write_text(
        "# from: trades\n# to: groups\n# edition: 2021\n# source: 虚构目录\nfrom,to,share\n"
        "10,a,\n20,a,0.5\n20,b,0.5\n",
        "utf-8",
    )
    ran = jingwei("data", "recode", "output@2011", "trades--groups", "--period", "2022")
    assert ran.code == 0
    told = "".join(ran.out.split())
    assert "口径卡：output@2011（流量，虚构）" in told
    assert "对照表：trades--groups（2021，虚构目录）；数据：年鉴" in told
