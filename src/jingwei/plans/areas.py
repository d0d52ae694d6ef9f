"""The area a part of a sentence speaks of: 「地跨甲区和乙区的经开区，到2025年…达到2300亿元」 is about 经开区.

Told only where the name of a place stands alone at the head of the part: before a comma, a date or
what it shall do. A clause that turns back to the whole (全市…) is about the whole.
"""

import re
from functools import cache, lru_cache

from jingwei.plans.lexicon import any_word, words
from jingwei.plans.places import is_proper, kind_of_place

_QUOTE = re.compile("[《》“”]")
_KINDS = ("行政区", "新城新区", "园区基地")


@cache
def _head() -> re.Pattern[str]:
    end = any_word("area.then")
    return re.compile(rf"(?P<head>[^,;:。()\x00\d]{{2,30}}?)(?:[,:\x00]|到\x00|至\x00|{end})")


@lru_cache(4096)
def area_of(part: str) -> str:
    """The place that a part of a sentence opens with, "" for none; dates are blanked in ``part``."""
    match = _head().match(part.lstrip(",;。 \x00"))
    if match is None:
        return ""
    name = re.sub(
        r"^(?:作为|支持|推动|其中|走进|来到|位于|走进|在)", "", match["head"].rpartition("的")[2]
    )
    return name if is_area(name) and not _QUOTE.search(name) else ""


@lru_cache(4096)
def is_area(name: str) -> bool:
    """Whether a name is that of one place, and not of a kind of places (园区, 开发区)."""
    if name in words("area.definite"):
        return True
    return len(name) <= 14 and kind_of_place(name) in _KINDS and is_proper(name)


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(any_word("area.whole"))


def turns_to_whole(clause: str) -> bool:
    """Whether a clause speaks of the whole area: 全市集成电路产业产值."""
    return bool(_whole().search(clause))
