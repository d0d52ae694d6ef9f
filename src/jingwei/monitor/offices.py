"""Who holds a missing fact: the office by family of indicator, with the region's own name.

A table of who usually keeps which figure (``offices.toml``), no more: a reader knows whom to
ask first.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from jingwei.plans.indicator import Indicator

_PROVINCE = re.compile(r"(?:省|自治区)$")
_NATION = frozenset({"全国", "中国", "国家", "我国"})


@cache
def _families() -> list[dict[str, Any]]:
    text = files("jingwei.monitor").joinpath("offices.toml").read_text("utf-8")
    return tomllib.loads(text)["family"]


def holder(indicator: Indicator, region: str) -> str:
    """The office that holds a figure, e.g. 云溪市统计局; without a region the bare office."""
    for family in _families():
        named = any(word in indicator.subject for word in family["words"])
        counted = indicator.dimension in family.get("dimension", [indicator.dimension])
        if not family["words"] or (named and counted):
            break
    else:  # pragma: no cover - the last family takes everything
        raise AssertionError("offices.toml ends with a family without words")
    if region in _NATION:
        return family["nation"]
    level = "province" if _PROVINCE.search(region) else "city"
    names = [family[level], *([family["also"]] if "also" in family else [])]
    return "、".join(region + office for office in names)
