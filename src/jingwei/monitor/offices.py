"""Who holds a missing fact: the office by family of indicator, with the region's own name.

Where a plan itself says who supplies a figure, that office is named; otherwise a table of who
usually keeps which figure (``offices.toml``). Either way no more than whom to ask first.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jingwei.core import Span
from jingwei.documents.model import Document
from jingwei.monitor.facts import words
from jingwei.plans.indicator import Indicator
from jingwei.plans.wording import canonical, folded

_PROVINCE = re.compile(r"(?:省|自治区)$")
_NATION = frozenset({"全国", "中国", "国家", "我国"})
_WIDER = (("全省", "省"), ("全国", "全国"), ("国内", "全国"), ("国际", "全国"), ("世界", "全国"))


@dataclass(frozen=True, slots=True)
class Supplier:
    """An office that a plan names for certain figures; ``figures`` are words of their names."""

    figures: tuple[str, ...]
    office: str
    evidence: Span


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


def _bare(what: str) -> str:
    for word in words()["supplied"]["trimmed"]:
        what = what.removesuffix(word)
    return what


def holder(indicator: Indicator, region: str, suppliers: Sequence[Supplier] = ()) -> str:
    """The office that holds a figure, e.g. 云溪市统计局; without a region the bare office."""
    name = canonical(indicator.subject)
    named = [
        (len(figure), supplier.office)
        for supplier in suppliers
        for figure in supplier.figures
        if figure in name
    ]
    if named:
        office = max(named)[1]
        own = region and office[0] == region[-1]
        return region + office[1:] if own else office
    return _usual(indicator, region)


def elsewhere_in(text: str, indicator: Indicator, region: str) -> str:
    """Who keeps the figures of all the regions a rank (全省前列, 国内领先) compares; "" if none."""
    for word, area in _WIDER:
        if word in text and area != region:
            return _usual(indicator, area)
    return ""


def _usual(indicator: Indicator, region: str) -> str:
    family = next(each for each in _families() if _covers(each, indicator))
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
