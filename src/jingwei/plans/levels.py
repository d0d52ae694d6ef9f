"""Whose figure 全国, 全省, 全市 are: the level of a document's region decides (``docs/semantics.md`` §5.3).

全市 is the area of a city's own document and another area in a district's, 全区 that of a district and
another area in a city's. A word of another level than the region names an area that the document only
reports on; a word of its own level, or any word where the region is unknown, is its own.
"""

import re
from functools import cache, lru_cache

from jingwei.plans import wording
from jingwei.plans.lexicon import any_of
from jingwei.plans.regions import group_in, short_names

_NATION, _GROUP, _PROVINCE, _CITY, _DISTRICT = range(5)


@cache
def _words() -> dict[str, int]:
    """The words for a whole area and their levels (``[home.levels]`` of ``wording.toml``)."""
    table: dict[str, list[str]] = wording.tables()["home"]["levels"]
    order = ("nation", "group", "province", "city", "district")
    return {word: level for level, name in enumerate(order) for word in table[name]}


@cache
def _opening() -> re.Pattern[str]:
    home = wording.tables()["home"]
    group = any_of(home["levels"]["group"])
    plain = any_of([word for word, level in _words().items() if level != _GROUP])
    return re.compile(
        rf"^(?:{home['before']})*(?:(?P<group>(?:{group})+(?:地区|区域)?)|(?P<word>{plain}))"
        rf"(?!{home['not_whole']})"
    )


@lru_cache(1024)
def level_of(region: str) -> range | None:
    """The levels that a region has of its own, the highest first; None where it tells none.

    A municipality is a province and a city in one, and an autonomous region calls itself 全区.
    """
    level = _words().get(region)
    if level is not None:
        return range(level, level + 1)
    if region and group_in(region) == region:
        return range(_GROUP, _GROUP + 1)
    full = short_names().get(region, region)
    if full in _MUNICIPALITIES:
        return range(_PROVINCE, _CITY + 1)
    for pattern, own in (
        (r"(?:省|自治区|特别行政区)$", _PROVINCE),
        (r"(?:市|州|盟|地区)$", _CITY),
        (r"(?:区|县|旗|城|园)$", _DISTRICT),
    ):
        if re.search(pattern, full):
            return range(own, own + 1)
    return None


_MUNICIPALITIES = frozenset({"北京市", "上海市", "天津市", "重庆市"})


def is_wider(word: str, region: str) -> bool:
    """Whether a word such as 全省 names a wider area than the region; False where either is unknown."""
    own, level = level_of(region), _words().get(word)
    if level is None and group_in(word):
        level = _GROUP
    return own is not None and level is not None and level < own[0]


def is_wider_region(region: str, other: str) -> bool:
    """Whether a region is of a higher level than another (a city for a district); False where either
    level is unknown."""
    one, own = level_of(region), level_of(other)
    return one is not None and own is not None and one[-1] < own[0]


def is_narrower(word: str, region: str) -> bool:
    """Whether a word such as 全区 names a part of the region: it is of a lower level than a province's
    or city's. An autonomous region calls itself 全区."""
    own, level = level_of(region), _words().get(word)
    if own is None or level is None or own[-1] not in (_PROVINCE, _CITY):
        return False
    if region.endswith("自治区") and word[-1] == "区":
        return False
    return level > own[-1]


def is_other(word: str, region: str) -> bool:
    """Whether a word for a whole area names another one than the region."""
    return is_wider(word, region) or is_narrower(word, region)


@lru_cache(4096)
def whole_of(clause: str, region: str) -> str:
    """The other area whose figure a clause gives (全省研发投入强度2.8% in a city's document).

    "" where the clause does not open with such a word, or only compares with it (全省平均, 全国第一).
    """
    found = _opening().match(clause)
    if found is None:
        return ""
    word = found["group"] or found["word"]
    return word if is_other(word, region) else ""


@cache
def _head_of_name() -> re.Pattern[str]:
    verbs = any_of(wording.tables()["trimmed"]["before"])
    plain = any_of([word for word, level in _words().items() if level != _GROUP])
    return re.compile(rf"^(?:{verbs})?(?P<word>{plain})(?P<rest>.{{2,}})")


def whole_at_head(name: str) -> tuple[str, str]:
    """The word for a whole area that opens the name of an indicator, and the rest of the name
    (全市规上工业总产值, 支撑全市规上工业总产值); ("", name) for none."""
    found = _head_of_name().match(name)
    return (found["word"], found["rest"]) if found else ("", name)


def whole_spoken_of(before: str, region: str) -> tuple[str, bool]:
    """The other area that the words of a sentence before a number speak of, and whether the number's
    own clause says so; ("", False) for the document's own area.

    It holds from the clause that opens with it to a semicolon, or to a clause that names the region or
    calls it 我区.
    """
    if level_of(region) is None:
        return "", False
    part = _BRACKETED.sub("", before[max(before.rfind(";"), before.rfind("。")) + 1 :])
    whole, opens = "", False
    for clause in _CLAUSE_END.split(part):
        wider, own = _spoken_of(clause, region)
        opens = bool(wider)
        if wider or own:
            whole = wider
    return whole, opens


@lru_cache(4096)  # asked for each number of a sentence
def _spoken_of(clause: str, region: str) -> tuple[str, bool]:
    wider = whole_of(clause, region)
    return wider, not wider and _is_own(clause, region)


_CLAUSE_END = re.compile("[,:、(]")
_BRACKETED = re.compile(r"\([^()]*\)")


@cache
def _home() -> re.Pattern[str]:
    return re.compile(any_of(wording.tables()["home"]["words"]))


def _is_own(clause: str, region: str) -> bool:
    """Whether a clause names the region or calls it 全市, 我区 or the like."""
    if region in clause or (len(region) > 2 and region[:-1] in clause):
        return True
    return any(not is_other(found[0], region) for found in _home().finditer(clause))
