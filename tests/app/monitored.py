"""Definitions and observations of the fictional city, typed in for the tests of monitoring."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

from jingwei.core import Months, Observation, Row, SeriesKey
from jingwei.store import Observations, Workspace

REGIONS = """code,name,level,within,overlaps
lz,绫州市,city,,
jt,锦塘区,district,lz,
sj,梭江区,district,lz,
jk,绫州经济技术开发区,zone,lz,sj
"""
CARDS = {
    "output": """format: 1
id: output
name: 规模以上工业总产值
unit: 亿元
kind: flow
frame: industry-above-scale
price_base: current
windows: [month, cumulative, year]
adds_regions: true
adds_time: true
holder: 绫州市统计局
versions:
  - version: "2011"
""",
    "renovation": """format: 1
id: renovation
name: 技术改造投资占工业投资比重
aliases: [技改投资占工业投资比重]
unit: "%"
kind: share
denominator: 工业投资
holder: 绫州市统计局
versions:
  - version: "1"
""",
    "numeric-control": """format: 1
id: numeric-control
name: 规模以上工业企业关键工序数控化率
aliases: [重点行业关键工序数控化率]
unit: "%"
kind: share
frame: industry-above-scale
holder: 绫州市工业和信息化局
versions:
  - version: "1"
""",
}
OBSERVATIONS = """card,region,codes,entity,period,value,unit,vintage,origin,op,reason,dataset,place
renovation@1,lz,,,2020,43.9,%,2021-03-20,survey,,,投资年报,B12
numeric-control@1,lz,,,2020,55.2,%,2021-03-20,administrative,,,两化融合评估,C3
numeric-control@1,lz,,,2023,62.5,%,2024-03-20,administrative,,,两化融合评估,C6
numeric-control@1,lz,,,2025,64.9,%,2026-03-20,administrative,,,两化融合评估,C8
output@2011,lz,,,2020,5318,亿元,2021-03-01,public,,,统计年鉴,D5
output@2011,lz,,,2022,6200,亿元,2023-03-01,public,,,统计年鉴,D7
output@2011,lz,,,2023,6700,亿元,2024-03-01,public,,,统计年鉴,D8
output@2011,lz,,,2023,6650,亿元,2024-12-20,public,,经济普查修订,统计年鉴,D8
output@2011,lz,,,2023-01/2023-09,4900,亿元,2023-10-18,public,,,月报,E9
output@2011,lz,,,2024-01/2024-09,5250,亿元,2024-10-18,public,,,月报,E10
output@2011,jt,,,2023-01/2023-09,560,亿元,2023-10-18,public,,,月报,E9
output@2011,jt,,,2024-01/2024-09,570,亿元,2024-10-18,public,,,月报,E10
output@2011,sj,,,2023-01/2023-09,1500,亿元,2023-10-18,public,,,月报,E9
output@2011,sj,,,2023,800,亿元,2024-03-01,public,,,统计年鉴,D9
output@2011,lz,,E1,2022,50,亿元,2023-03-01,survey,,,一套表,1
output@2011,lz,,E1,2023,90,亿元,2024-03-01,survey,,,一套表,1
output@2011,lz,,E2,2022,60,亿元,2023-03-01,administrative,,,税收,2
output@2011,lz,,E2,2023,40,亿元,2024-03-01,administrative,,,税收,2
output@2011,lz,,E1,2023-01/2023-09,40,亿元,2023-10-18,survey,,,一套表,1
output@2011,lz,,E1,2024-01/2024-09,75,亿元,2024-10-18,survey,,,一套表,1
"""
SPLIT = """format: 1
target: 规模以上工业总产值
plan: 先进制造业十四五规划.docx
year: 2025
by: district
kind: sum
unit: 亿元
whole: 8000
date: "2022-03-01"
source: 绫工信〔2022〕3号
parts:
  - {name: 锦塘区, assigned: 800, declared: 810, done: 799.9}
  - {name: 梭江区, assigned: 7100, declared: 7300}
"""
APPRAISAL = """format: 1
name: 2023年度制造业高质量发展考核
date: "2024-01-20"
veto: 合格
grades:
  - {name: 优秀, least: 90}
  - {name: 合格, least: 60}
  - {name: 不合格, least: 0}
indicators:
  - {id: output, name: 规上工业总产值, weight: 60, normalise: range, card: output@2011}
  - {id: energy, name: 能耗下降, weight: 40, normalise: target, target: 3, attr: 约束性}
units:
  - name: 锦塘区
    region: jt
    values: {output: 790, energy: 2.9}
    disputes: [{indicator: energy, claimed: 3.1, by: 锦塘区政府, date: "2024-02-03", note: 口径有误}]
  - name: 梭江区
    region: sj
    values: {energy: 3.2}
"""


def add_statistics(folder: Path) -> None:
    """Write definitions and observations into a workspace."""
    for path, text in {
        "definitions/regions.csv": REGIONS,
        "definitions/splits/产值.yaml": SPLIT,
        "definitions/appraisals/2023.yaml": APPRAISAL,
        **{f"definitions/cards/{name}.yaml": text for name, text in CARDS.items()},
    }.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    rows = list(_typed(OBSERVATIONS))
    Observations(Workspace.open(folder)).append(
        rows, dataset="typed.csv", imported_on=date(2026, 4, 1)
    )


def _typed(text: str) -> Iterator[Observation]:
    for row in csv.DictReader(io.StringIO(text)):
        yield Observation(
            SeriesKey(row["card"], row["region"], (), row["entity"]),
            Months.parse(row["period"]), float(row["value"]), row["unit"],
            date.fromisoformat(row["vintage"]), cast(Any, row["origin"]),
            Row(row["dataset"], row["vintage"], row["place"]), reason=row["reason"],
        )  # fmt: skip
