"""Who holds a missing fact: the office by family of indicator, with the region's own name.

Where a plan itself says who supplies a figure, that office is named; otherwise a table of who
usually keeps which figure (``offices.toml``). Either way no more than whom to ask first.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jingwei.core import Span, Statement
from jingwei.documents.model import Document
from jingwei.monitor.facts import words
from jingwei.plans.indicator import Indicator
from jingwei.plans.records import Task
from jingwei.plans.wording import canonical, folded

_PROVINCE = re.compile(r"(?:省|自治区)$")
_NATION = frozenset({"全国", "中国", "国家", "我国"})
_WIDER = (("全省", "省"), ("全国", "全国"), ("国内", "全国"), ("国际", "全国"), ("世界", "全国"))


@dataclass(frozen=True, slots=True)
class Supplier:
    """An office that a plan names for certain figures; ``figures`` are words of their names.

    ``leads``: it is not said to keep the figures, but to do what they measure (责任单位), and so is asked
    where no office usually keeps them.
    """

    figures: tuple[str, ...]
    office: str
    evidence: Span
    leads: bool = False


@cache
def _families() -> list[dict[str, Any]]:
    text = files("jingwei.monitor").joinpath("offices.toml").read_text("utf-8")
    return tomllib.loads(text)["family"]


def find_suppliers(document: Document) -> list[Supplier]:
    """Sentences of a plan such as 能耗数据由市发展和改革委员会提供, in order."""
    pattern = re.compile(words()["supplied"]["pattern"])
    found: list[Supplier] = []
    for block in document.blocks:
        if block.kind != "paragraph":
            continue
        for match in pattern.finditer(block.text):
            figures = [_bare(each) for each in re.split("[、和与及]", match["what"])]
            span = document.span(block.content, match.start(), match.end())
            kept = tuple(canonical(folded(each)) for each in figures if len(each) >= 2)
            if kept:
                found.append(Supplier(kept, match["who"], span))
    return found


def responsible(tasks: Iterable[Task], statements: Sequence[Statement]) -> list[Supplier]:
    """The offices that a plan makes responsible for what its targets measure, from its tasks."""
    targets = [each for each in statements if each.role == "target"]
    found: list[Supplier] = []
    for task in tasks:
        if task.owner is None:
            continue
        figures = tuple(
            canonical(folded(each.subject))
            for each in targets
            if task.evidence.start <= each.evidence.start and each.evidence.end <= task.evidence.end
        )
        if figures:
            found.append(Supplier(figures, task.owner.split("、")[0], task.evidence, leads=True))
    return found


def _bare(what: str) -> str:
    for word in words()["supplied"]["trimmed"]:
        what = what.removesuffix(word)
    return what


def holder(indicator: Indicator, region: str, suppliers: Sequence[Supplier] = ()) -> str:
    """The office that holds a figure, e.g. 云溪市统计局; without a region the bare office."""
    name = canonical(indicator.subject)
    kept = [
        (len(figure), supplier.office)
        for supplier in suppliers
        for figure in supplier.figures
        if figure in name and not supplier.leads
    ]
    if kept:
        return full_name(max(kept)[1], region)
    if _family(indicator)["words"] or region in _NATION:
        return _usual(indicator, region)
    led = [each.office for each in suppliers if each.leads and name in each.figures]
    return full_name(led[0], region) if led else _usual(indicator, region)


_KIND = re.compile(r"(?:局|委|委员会|办|办公室|厅|部门|中心|管委会)(?:（[^（）]*）)?$")
_PLACED = re.compile(
    r"^(?:[一-龥]{2,7}?(?:省|自治区|市|州|盟|区|县|旗)(?!场)|国家|全国|中国|各|省|本|[一-龥]{2,4}(?:新|开发|高新|经开)区)"
)


_OF_NATION = re.compile(r"(?:总局|总署)(?:（[^（）]*）)?$|^(?:国务院|中央|国家|全国|中国)")


def _is_national(office: str) -> bool:
    """Whether an office is one of the nation (市场监管总局, 国务院国资委), which no city has."""
    kept = {name for family in _families() for name in family["nation"].split("、")}
    local = {family[level] for family in _families() for level in ("province", "city")}
    return bool(_OF_NATION.search(office)) or office in kept - local


def full_name(office: str, region: str) -> str:
    """An office with its region: 市统计局 and 统计局 of 云溪市 are 云溪市统计局.

    A name that bears another place or level, an office of the nation (总局), or no office stays as it is.
    """
    if _is_national(office):
        return office
    if not region or office.startswith(region) or region in _NATION or not _KIND.search(office):
        return office
    if office[0] == region[-1] and not office.startswith("市场"):
        return region + office[1:]
    return office if _PLACED.match(office) else region + office


def one_name(offices: Iterable[str], region: str) -> dict[str, str]:
    """Each name to the one that is shown for its office: the fullest, without the alternatives in
    brackets where a name has none."""
    groups: dict[str, list[str]] = {}
    full = {office: full_name(office, region) for office in dict.fromkeys(offices)}
    for name in full.values():
        groups.setdefault(_key(name), []).append(name)
    shown = {
        key: min(names, key=lambda name: ("（" in name, -len(name), name))
        for key, names in groups.items()
    }
    return {office: shown[_key(name)] for office, name in full.items()}


@cache
def _names() -> tuple[tuple[str, str], ...]:
    text = files("jingwei.monitor").joinpath("offices.toml").read_text("utf-8")
    groups = tomllib.loads(text)["office"]
    pairs = [(name, group["names"][0]) for group in groups for name in group["names"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _key(name: str) -> str:
    """One string for all names of an office."""
    for ending, first in _names():
        if name.endswith(ending):
            return name.removesuffix(ending) + first
    return name


def elsewhere_in(text: str, indicator: Indicator, region: str) -> str:
    """Who keeps the figures of all the regions a rank (全省前列, 国内领先) compares; "" if none."""
    for word, area in _WIDER:
        if word in text and area != region:
            return _usual(indicator, area)
    return ""


def _family(indicator: Indicator) -> dict[str, Any]:
    """The family of an indicator; the last one, without words, takes all others."""
    return next(each for each in _families() if _covers(each, indicator))


def _usual(indicator: Indicator, region: str) -> str:
    family = _family(indicator)
    if region in _NATION:
        return family["nation"]
    level = "province" if region == "省" or _PROVINCE.search(region) else "city"
    names = [family[level], *([family["also"]] if "also" in family else [])]
    return "、".join(region + office for office in names)


def _covers(family: dict[str, Any], indicator: Indicator) -> bool:
    """Whether a family names the indicator; the last family, without words, takes everything."""
    if not family["words"]:
        return True
    counted = indicator.dimension in family.get("dimension", [indicator.dimension])
    return counted and any(word in indicator.subject for word in family["words"])
