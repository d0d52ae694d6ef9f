"""The region a document speaks for, and places named in running text.

Names of provinces and prefecture-level cities are data (``places.toml``); districts, counties
and zones are known by their ending.
"""

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from jingwei.plans import wording
from jingwei.plans.lexicon import any_of

_SUFFIXED = re.compile(
    r"([一-龥]{2,5}?(?:经济技术开发区|高新技术产业开发区|经济开发区|自治区|特别行政区|自治州|自治县|省(?![级属直])|市(?![级属直])|州(?![市区县])|盟|新区|开发区|高新区|区(?![级属直])|县(?![级属直])|旗))"
)
_NOT_REGION = re.compile(
    r"首批|推出|园区|地区|自贸区|片区|示范区|先导区|社区|功能区|城市|都市|超市|县市|上市|各|^全|^本|^我|集聚区|区域|^的|^和|市场|^中心|老区|^跨|各|等|多|个|届|提出|[我本全](?:市|省|区|县|州)|试验区|建设|打造|推进|加快|制造|强省|大省|强市|强区|强县"
)
_NATIONAL = re.compile(
    r"^(?:工业和信息化部|国务院|国家发展改革委|国家发展和改革委员会|科技部|商务部|财政部|中共中央|国家|全国|中国制造)"
)


_LOCAL = re.compile(
    r"(?:全|我|本)(?:市|省|区|县|州|旗)(?!场|区|域|分|间|别|位|第[\d一二三四五六七八九十]|首位|前[\d三]|平均|排名)"
)


@cache
def _groups() -> re.Pattern[str]:
    group = any_of(wording.tables()["home"]["levels"]["group"])
    return re.compile(f"(?:{group})+")


def group_in(title: str) -> str:
    """The group of provinces that a title names (长三角三省一市); "" for none."""
    found = _groups().search(title)
    return found[0] if found else ""


@cache
def _places() -> dict[str, Any]:
    return tomllib.loads(files("jingwei.plans").joinpath("places.toml").read_text("utf-8"))


@cache
def _abbreviations() -> dict[str, str]:
    names: dict[str, str] = _places()["abbreviations"]
    return names


@cache
def short_names() -> dict[str, str]:
    """Short names and their official forms: 四川 → 四川省, 深圳 → 深圳市."""
    data = _places()
    short: dict[str, str] = {f"{city}": f"{city}市" for city in data["cities"]}
    for name in data["provinces"]:
        stem = re.sub(r"(?:维吾尔|壮族|回族)?(?:自治区|特别行政区|省|市)$", "", name)
        short[stem] = name
    return short


@cache
def _short_names() -> re.Pattern[str]:
    return re.compile(any_of(short_names()))


@cache
def _no_places() -> re.Pattern[str]:
    return re.compile(any_of(_places()["not_places"]))


def _named_shortly(text: str) -> list[str]:
    """The official names of the provinces and cities that a text names, each time it does."""
    found = _short_names().finditer(_no_places().sub("", text))
    return [short_names()[match[0]] for match in found]


def full_name(place: str) -> str:
    """The official form of a short name; a name with its ending is its own."""
    return short_names().get(place, place)


@lru_cache(256)
def short_zone(name: str) -> str:
    """A zone by its short name: 云溪经济技术开发区 is 云溪经开区."""
    name = re.sub(r"(?:国家级)?经济(?:技术)?开发区$", "经开区", name)
    return re.sub(r"高新技术产业开发区$", "高新区", name)


_HEAD_PLACE = re.compile(
    r"[一-龥]{2,7}?(?:自治区|自治州|自治县|新区|开发区|高新区|省|市|州|县|区)(?=:|$)"
)


@cache
def official_names() -> frozenset[str]:
    """The official names of provinces and prefecture-level cities."""
    return frozenset(short_names().values())


@cache
def _official() -> re.Pattern[str]:
    return re.compile(any_of(official_names()))


def official_place(text: str) -> str:
    """The province or city whose official name opens a text; "" where none does."""
    named = _official().match(text)
    return named[0] if named else ""


def city_at_head(text: str) -> tuple[str, str]:
    """A province or city by its short name at the head of a text, in its official form, and the rest;
    ("", text) where none opens it."""
    short = _short_names().match(text)
    if short is None or _no_places().match(text):
        return "", text
    rest = text[short.end() :].removeprefix("的")
    return (full_name(short[0]), rest) if _ONE_OF_ITS.search(rest) is None else ("", text)


_ONE_OF_ITS = re.compile("项目|公司|集团|工厂")  # 「宁德邦普一体化项目完成投资」


@cache
def _cities_listed() -> re.Pattern[str]:
    city = f"(?:{any_of(short_names())})(?:省|市(?![两三四五六七八九]))?"
    return re.compile(
        rf"(?P<list>{city}(?:[、和及与]{city})+)(?:等?[两三四五六七八九]?(?:省市?|市))?"
    )


def cities_at_head(text: str) -> tuple[list[str], str]:
    """The cities listed at the head of a text (合肥、芜湖、滁州三市…), in their official form, and the
    rest; ([], text) where it opens with no list of them."""
    found = _cities_listed().match(text)
    if found is None:
        return [], text
    named = (match[0] for match in _short_names().finditer(found["list"]))
    return [full_name(name) for name in named], text[found.end() :].removeprefix("的")


def place_at_head(text: str) -> tuple[str, str]:
    """A place that opens a line, and what follows it; ("", text) where none does."""
    short = _short_names().match(text)
    if short:
        rest = text[short.end() :]
        if rest[:1] in ("省", "市") and full_name(short[0]).endswith(rest[0]):
            return short[0], rest[1:]
        return short[0], rest
    named = _HEAD_PLACE.match(text)
    if named and not _NOT_REGION.search(named[0]):
        return named[0], text[named.end() :]
    return "", text


def region_of(title: str, text: str, number: str = "") -> str:
    """The region a document speaks for: named in its title, else the commonest in its opening.

    A national body, or a text about 我国 that names no place, speaks for 全国. "" where nothing
    is named, or only 全市 and the like.
    """
    title = re.sub(r"[《»«》“”_\s]", "", title)
    if _NATIONAL.match(title):
        return "全国"
    group = group_in(title)
    named = _suffixed(title.replace(group, "") if group else title)
    if named:
        return named
    in_title = set(_named_shortly(title))
    if len(in_title) == 1:  # a title with several places speaks for none of them
        return in_title.pop()
    if group:
        return group
    local = local_name(text)
    of_organ = _of_organ(text[:_LEAD]) or _of_titles(text[:_LEAD], local) or _of_number(number)
    if of_organ:
        return of_organ
    named_shortly = _named_shortly(text[:6000])
    counts = Counter(named_shortly)
    if counts:
        name, often = max(counts.items(), key=lambda item: (item[1], -text.find(item[0][:2])))
        # a province in a text about the whole country is one of several
        if often >= 3 and (local or not _OF_NATION.search(text[:3000])):
            return name
    named = _commonest(text[:6000])
    if named and (local or not _OF_NATION.search(text[:3000])):
        return named
    if local:
        # 全市 in a text that names one 市, if only once, is that one
        names = set(named_shortly)
        opened = _OPENS_WITH_NAME.finditer(text[:6000])
        names |= {match[1] for match in opened if not _GENERIC.search(match[1])}
        own = {name for name in names if name.endswith(local[1])}
        return own.pop() if len(own) == 1 else ""
    if (
        re.search(r"国家", text[:3000])
        or _OF_NATION.search(text[:3000])
        or re.search(r"行业|产业|工业|企业", title)
    ):
        return "全国"
    return ""


_LEAD = 300  # characters in which a text says who speaks
_ORGAN = re.compile(
    r"([一-龥]{2,14}?)\s*(?:第[一二三四五六七八九十]+届)?(?:人民政府|人民代表大会|人大常委会)"
    r"|([一-龥]{2,6}(?:省|市|自治区|县|区))[一-龥]{2,12}(?:厅|局|委员会|委|办公室)(?:等[一-龥\d]{1,4}部门)?(?:关于)?印发"
)
_OF_NATION = re.compile(r"我国|全国|国务院|国民经济(?!和社会发展)")
_PLAN_TITLE = re.compile(r"《([^》]{4,60}(?:规划|纲要|方案|计划|意见)[^》]{0,20})》")
# 「苏政发〔2031〕5号」 is the province's, 「苏府〔2031〕5号」 a city's
_OF_PROVINCE = re.compile(r"(?:政|发改|工信|经信|国资|财|科)")


def _of_organ(lead: str) -> str:
    """The region whose government or congress speaks in the lead of a text."""
    for match in _ORGAN.finditer(lead):
        named = _suffixed(match[1] or match[2])
        if named:
            return named
    return ""


def _of_titles(lead: str, local: str) -> str:
    """The region of the one plan that a text speaks of in its lead, if it calls itself a city or
    province as that plan does."""
    named = {_suffixed(match[1]) for match in _PLAN_TITLE.finditer(lead)} - {""}
    own = [name for name in named if local and name.endswith(local[1:])]
    return own[0] if len(own) == 1 else ""


def _of_number(number: str) -> str:
    """The province whose one-character name opens the number of a document."""
    for short in (number[:3], number[:1]):
        name = _abbreviations().get(short)
        if name and _OF_PROVINCE.match(number, len(short)):
            return name
    return ""


def local_name(text: str) -> str:
    """全市, 全县 or 全省: what a text that names no region calls its own; "" if nothing."""
    found: Counter[str] = Counter()
    for match in _LOCAL.finditer(text[:6000]):
        # a county speaks of 我县, and of 全市 where it is compared
        found[match[0][-1]] += 1 if match[0][0] == "全" else 4
    return f"全{found.most_common(1)[0][0]}" if found else ""


def _commonest(text: str) -> str:
    """The 市, 省 or 县 a text names most often, at least twice."""
    counts = Counter(_names(text))
    if not counts:
        return ""
    name, number = max(counts.items(), key=lambda item: (item[1], -text.find(item[0])))
    return name if number >= 2 else ""


_OPENS_WITH_NAME = re.compile(r"(?:^|[,。;:《“\n])([一-龥]{2,3}(?:市|省|县|区))(?![场区域])")


def _names(text: str) -> list[str]:
    names = re.findall(
        r"(?=([一-龥]{2}(?:市(?!场|值|面|级|区|属|直)|省(?![会级力份属直])|县(?!级|区|属|直))))",
        text,
    )
    return [name for name in names if not _GENERIC.search(name)]


_GENERIC = re.compile(
    r"首批|全|国内|海外|国外|[东中西]部|东北|本市|我|城市|上市|都市|超市|各|市市|个|从|我|等|强|开发|园|社|新|[在将对由为和与的是]|级市|地市|门市|股市|区市"
)
_BEFORE_NAME = re.compile(
    r".*(?:关于印发|印发|发布|公布|出台|规划|计划|方案|中共|关于|根据|推动|推进|落实|年|日|讯|在|对|将|是|的|"
    r"[十二一三四]五)"
)


_ABOVE = re.compile(r"[一-龥]{2,6}(?:省|市|州|盟|地区|自治区)$")


def above_in(title: str, region: str) -> str:
    """The region that a title puts before its own: 江澄市 in 江澄市青岚区…规划; "" for none."""
    before, found, _ = title.partition(region)
    if not region or not found:
        return ""
    named = _ABOVE.search(_BEFORE_NAME.sub("", re.sub(r"[《»«》“”_\s]", "", before)))
    return named[0] if named else ""


def _suffixed(text: str) -> str:
    """The innermost region of the first run of names: 上海市浦东新区 gives 浦东新区."""
    text = re.sub(r"^.*?(?:关于印发|印发)", "", text)
    name, end = "", -1
    for match in _SUFFIXED.finditer(text):
        if _NOT_REGION.search(match[1]):
            continue
        if name and match.start() != end:
            break
        if not name and match.start() > 30:
            break
        found = _BEFORE_NAME.sub("", match[1])
        if len(found) < 3:
            continue
        name, end = found, match.end()
    for start in (end,) if name else (0, 3, 4):  # 宣城市泾县, whose 城市 is no region of its own
        short = _ONE_LETTER.match(text, start)
        if short and (start == end or not start or text[start - 1] in "市州"):
            return short[0]
    return name


# 泾县, 沛县: at the head of a title or behind the name of its city
_ONE_LETTER = re.compile(r"(?![我本全该各外邻两三四五六七八九十])[一-龥]县(?![级域城委属直])")
