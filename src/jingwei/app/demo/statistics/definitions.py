"""The definitions of the demo city as a workspace keeps them: cards, regions, codes, crosswalks."""

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from jingwei.app.demo.statistics.classes import class_names, division_names, former, sector_of
from jingwei.app.demo.statistics.economy import Economy, economy

CLUSTERS = "city-clusters-2021"
NOW, OLD = "gbt4754-2017", "gbt4754-2011"
WEIGHTS = 2020  # the year whose output gives the shares of a crosswalk
STANDARD = "GB/T 4754-2017 国民经济行业分类（仅列演示城市所用代码）"
ANNEX = "GB/T 4754-2017 附录 新旧类目对照；份额为虚构的绫州2020年规模以上工业总产值"


def write_definitions(folder: Path) -> list[Path]:
    """Write ``cards/``, ``regions.csv``, ``classifications/`` and ``crosswalks/`` into ``folder``."""
    whole = economy()
    texts = {
        **dict(_cards(whole)),
        "regions.csv": _csv((), ("code", "name", "level", "within", "overlaps"), _regions(whole)),
        f"classifications/{NOW}.csv": _classification(NOW, STANDARD, STANDARD, _now()),
        f"classifications/{OLD}.csv": _classification(
            OLD, "GB/T 4754-2011 国民经济行业分类（仅列演示城市所用代码）", ANNEX, _old()
        ),
        f"classifications/{CLUSTERS}.csv": _classification(
            CLUSTERS, "绫州市六大产业目录（2021年，虚构）", "绫州市先进制造业高质量发展“十四五”规划（虚构）",
            [(f"c{n}", name, "") for n, name in enumerate(whole.city.sectors, 1)],
        ),
        f"crosswalks/{NOW}--{CLUSTERS}.csv": _crosswalk(NOW, CLUSTERS, "2021", _classes_to_clusters()),
        f"crosswalks/{NOW}-divisions--{CLUSTERS}.csv": _crosswalk(
            NOW, CLUSTERS, "2021", _divisions_to_clusters(whole)
        ),
        f"crosswalks/{OLD}--{NOW}.csv": _crosswalk(OLD, NOW, "2017", _old_to_now(whole)),
    }  # fmt: skip
    paths: list[Path] = []
    for name, text in sorted(texts.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        paths.append(path)
    return paths


def card_ids() -> dict[str, str]:
    """Series of the model and the id of its card."""
    return {key: each["id"] for key, each in _declared()["card"].items()}


def _declared() -> dict[str, Any]:
    text = files("jingwei.app.demo.statistics").joinpath("cards.toml").read_text("utf-8")
    return tomllib.loads(text)


_PLAIN = (
    "direction price_base numerator_card denominator_card adds_regions adds_time unified low high "
    "holder source origin classification census note frequency windows frame"
)


def _cards(whole: Economy) -> Iterator[tuple[str, str]]:
    declared = _declared()
    for key, own in declared["card"].items():
        each: dict[str, Any] = declared["default"] | own
        name, unit = (each.get(k) or whole.series[key][n] for n, k in enumerate(("name", "unit")))
        card: dict[str, Any] = {"format": 1, "id": each["id"], "name": name}
        card |= {"name_en": each["name_en"], "aliases": each.get("aliases", [])}
        card |= {"unit": unit, "kind": each["kind"]}
        card["numerator"] = each.get("numerator", name)
        card["denominator"] = each.get("denominator", "")
        card |= {name: each.get(name, "") for name in _PLAIN.split()}
        if each["kind"] == "share":
            card |= {"low": 0, "high": 100}
        if "growth" in each:
            card["growth_low"], card["growth_high"] = each["growth"]
        if each.get("surveyed"):
            card["survey"] = declared["survey"]
        yield f"cards/{each['id']}.yaml", _yaml(card, _versions(whole, key, declared, each))


def _versions(
    whole: Economy, key: str, declared: dict[str, Any], each: dict[str, Any]
) -> list[dict[str, Any]]:
    coverage = declared["coverage"][each["frame"]]
    if key not in ("output", "enterprises"):
        return [{"version": "1", "coverage": coverage}]
    # The frame since 2008: the rule of 2011 makes two definitions of one name.
    old = "年主营业务收入500万元及以上的工业法人单位"
    return [
        {"version": "2007", "coverage": old, "valid_from": 2007, "valid_to": 2010},
        {"version": "2011", "coverage": coverage, "valid_from": 2011,
         "note": whole.facts["frame"]["rule"]},
    ]  # fmt: skip


def _yaml(card: dict[str, Any], versions: list[dict[str, Any]]) -> str:
    """Keys in order; text in double quotes, which YAML reads as JSON does."""
    lines = ["# 虚构，仅供演示 / fictional, for the demo"]
    lines += [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in card.items()
              if value != "" and value != [] and key != "survey"]  # fmt: skip
    if "survey" in card:
        lines.append("survey:")
        lines += [f"  {k}: {json.dumps(v, ensure_ascii=False)}" for k, v in card["survey"].items()]
    lines.append("versions:")
    for version in versions:
        told = [f"{k}: {json.dumps(v, ensure_ascii=False)}" for k, v in version.items()]
        lines += [f"  - {told[0]}", *(f"    {each}" for each in told[1:])]
    return "\n".join(lines) + "\n"


def _csv(
    notes: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[object]]
) -> str:  # fmt: skip
    out = io.StringIO(newline="")
    out.writelines(f"# {note}\n" for note in notes)
    csv.writer(out, lineterminator="\n").writerows([heads, *rows])
    return out.getvalue()


def _regions(whole: Economy) -> Iterator[tuple[str, str, str, str, str]]:
    province = whole.facts["regions"]["province"]
    yield province, whole.city.facts["province"], "province", "", ""
    yield whole.whole, whole.regions[whole.whole], "city", province, ""
    for code in whole.districts:
        yield code, whole.regions[code], "district", whole.whole, ""
    inside = whole.city.facts["zone"]["inside"]
    across = ";".join(code for code in whole.districts if whole.regions[code] in inside)
    yield whole.zone, whole.regions[whole.zone], "zone", whole.whole, across


def _classification(
    id_: str, name: str, source: str, rows: Iterable[tuple[str, str, str]]
) -> str:  # fmt: skip
    return _csv(
        (f"id: {id_}", f"name: {name}", f"source: {source}"), ("code", "name", "above"), rows
    )


def _now() -> list[tuple[str, str, str]]:
    rows = [(code, name, "") for code, name in division_names().items()]
    used = {code[:2] for code in class_names()}
    rows = [row for row in rows if row[0] in used]
    return sorted(rows + [(code, name, code[:2]) for code, name in class_names().items()])


def _old() -> list[tuple[str, str, str]]:
    return sorted({(*former().get(code, (code, name)), "") for code, name in class_names().items()})


def _crosswalk(
    from_: str, to: str, edition: str, rows: Iterable[tuple[str, str, float, str]]
) -> str:  # fmt: skip
    notes = (f"from: {from_}", f"to: {to}", f"edition: {edition}", f"source: {ANNEX}")
    return _csv(notes, ("from", "to", "share", "note"), rows)


def _classes_to_clusters() -> Iterator[tuple[str, str, float, str]]:
    for code in class_names():
        yield code, f"c{sector_of()[code] + 1}", 1, ""


def _divisions_to_clusters(whole: Economy) -> Iterator[tuple[str, str, float, str]]:
    """Some divisions lie in two clusters: 35 makes looms and medical devices."""
    made = _made_by_class(whole)
    pairs: dict[str, dict[int, int]] = {}
    for code, amount in made.items():
        division = pairs.setdefault(code[:2], {})
        division[sector_of()[code]] = division.get(sector_of()[code], 0) + amount
    for division, clusters in sorted(pairs.items()):
        for share, number in _shares({f"c{n + 1}": amount for n, amount in clusters.items()}):
            note = f"{WEIGHTS}年产值份额" if len(clusters) > 1 else ""
            yield division, number, share, note


def _old_to_now(whole: Economy) -> Iterator[tuple[str, str, float, str]]:
    made = _made_by_class(whole)
    pairs: dict[str, dict[str, int]] = {}
    for code, name in class_names().items():
        old = former().get(code, (code, name))[0]
        pairs.setdefault(old, {})[code] = made.get(code, 1)
    for old, codes in sorted(pairs.items()):
        for share, code in _shares(codes):
            yield old, code, share, f"{WEIGHTS}年产值份额" if len(codes) > 1 else ""


def _shares(amounts: dict[str, int]) -> list[tuple[float, str]]:
    """Shares of six decimals that add up to one."""
    from jingwei.app.demo.model import apportion

    parts = apportion(10**6, amounts.values())
    return [(part / 10**6, code) for part, code in zip(parts, amounts, strict=True)]


def _made_by_class(whole: Economy) -> dict[str, int]:
    register = whole.register
    column = register.output[:, whole.city.years.index(WEIGHTS)]
    made: dict[str, int] = {}
    for code, amount in zip(register.population.classes, column.tolist(), strict=True):
        made[code] = made.get(code, 0) + amount
    return dict(sorted(made.items()))
