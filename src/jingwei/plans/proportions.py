"""The structure of the three sectors: 三次产业结构调整为8.1:45.2:46.7 is three shares.

The three numbers stand for the first, second and third industry in this order (GB/T 4754, 三次产业划分规定)
and are per cent of their whole; three numbers that are not about 100 together are none
(``docs/semantics.md`` §4.15a).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

SECTORS = ("第一产业", "第二产业", "第三产业")
_NAMED = re.compile(
    r"(?P<of>[一-龥]{0,8}?)(?:三次产业|一二三(?:次)?产业?|一、二、三(?:次)?产业?|三产)(?:增加值)?"
    r"(?P<what>结构|比例|比重|占比|构成|之比)"
)
_NUMBER = r"\d{1,2}(?:\.\d+)?"
_TRIPLE = re.compile(
    rf"(?<![\d.:∶])(?P<first>{_NUMBER})[:∶](?P<second>{_NUMBER})[:∶](?P<third>{_NUMBER})(?![\d.]*[:∶\d])"
)
_WHOLE, _ROUNDING = 100.0, 0.6
_NAME_END = re.compile(
    r"^(?:全市|全省|全区|全县|全州|我市|我省|其中|推动|促进|优化|调整|力争|使|实现|预计|年|的|,)+"
)


@dataclass(frozen=True, slots=True)
class Structure:
    """Three shares of one whole in a text; ``of`` narrows the whole (海洋三次产业比重)."""

    start: int
    end: int
    of: str
    shares: tuple[float, float, float]

    def names(self) -> tuple[str, str, str]:
        """What each share is of, as a statistician would name it."""
        whole = "" if self.of else "占地区生产总值"
        first, second, third = (f"{self.of}{sector}增加值{whole}比重" for sector in SECTORS)
        return first, second, third


@lru_cache(4096)
def structures_in(text: str) -> tuple[Structure, ...]:
    """The structures of a text, in order; the name of the first holds for those behind it."""
    if "产" not in text or (":" not in text and "∶" not in text):
        return ()
    found: list[Structure] = []
    for triple in _TRIPLE.finditer(text):
        shares = (float(triple["first"]), float(triple["second"]), float(triple["third"]))
        named = list(_NAMED.finditer(text, 0, triple.start()))
        if named and abs(sum(shares) - _WHOLE) <= _ROUNDING:
            of = _NAME_END.sub("", named[-1]["of"])
            found.append(Structure(triple.start(), triple.end(), of, shares))
    return tuple(found)
