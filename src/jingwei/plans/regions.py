"""The region a document speaks for, and places named in running text.

Names of provinces and prefecture-level cities are data (``places.toml``); districts, counties
and zones are known by their ending.
"""

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

from jingwei.plans.lexicon import any_of

_SUFFIXED = re.compile(
    r"([一-龥]{2,5}?(?:自治区|特别行政区|自治州|自治县|省|市|州|盟|新区|开发区|高新区|区|县|旗))"
)
_NOT_REGION = re.compile(
    r"园区|地区|自贸区|片区|示范区|先导区|社区|功能区|城市|都市|超市|县市|上市|各|^全|^本|^我|集聚区|区域|^的|^和|市场|^中心|老区|^跨|^各|试验区|建设|打造|推进|加快|制造|强市|强区|强县"
)
_NATIONAL = re.compile(
    r"^(?:工业和信息化部|国务院|国家发展改革委|国家发展和改革委员会|科技部|商务部|财政部|中共中央|国家|全国|中国制造)"
)


_LOCAL = re.compile(r"(?:全|我|本)(?:市|省|区|县|州|旗)(?!场|区|域|分|间|别|位)")


@cache
def short_names() -> dict[str, str]:
    """Short names and their official forms: 四川 → 四川省, 深圳 → 深圳市."""
    data = tomllib.loads(files("jingwei.plans").joinpath("places.toml").read_text("utf-8"))
    short: dict[str, str] = {f"{city}": f"{city}市" for city in data["cities"]}
    for name in data["provinces"]:
        stem = re.sub(r"(?:维吾尔|壮族|回族)?(?:自治区|特别行政区|省|市)$", "", name)
        short[stem] = name
    return short


@cache
def _short_names() -> re.Pattern[str]:
    return re.compile(any_of(short_names()))


def region_of(title: str, text: str) -> str:
    """The region a document speaks for: named in its title, else the commonest in its opening.

    A national body, or a text about 我国 that names no place, speaks for 全国. "" where nothing
    is named, or only 全市 and the like.
    """
    title = re.sub(r"[《»«》“”_\s]", "", title)
    if _NATIONAL.match(title):
        return "全国"
    named = _suffixed(title)
    if named:
        return named
    short = _short_names().search(title)
    if short:
        return short_names()[short[0]]
    counts = Counter(short_names()[match[0]] for match in _short_names().finditer(text[:6000]))
    if counts:
        name, number = max(counts.items(), key=lambda item: (item[1], -text.find(item[0][:2])))
        if number >= 3:
            return name
    named = _commonest(text[:6000])
    if named:
        return named
    if _LOCAL.search(text[:6000]):
        return ""
    if re.search(r"我国|全国|国务院|国家", text[:3000]) or re.search(r"行业|产业|工业|企业", title):
        return "全国"
    return ""


def _commonest(text: str) -> str:
    """The 市, 省 or 县 a text names most often, at least twice."""
    names = re.findall(r"(?=([一-龥]{2}(?:市|省|县)))", text)
    counts = Counter(name for name in names if not _GENERIC.search(name))
    if not counts:
        return ""
    name, number = max(counts.items(), key=lambda item: (item[1], -text.find(item[0])))
    return name if number >= 2 else ""


_GENERIC = re.compile(
    r"全|本市|我|城市|上市|都市|超市|各|市市|个|[在将对由为和与的是]|级市|地市|门市|股市|区市"
)
_BEFORE_NAME = re.compile(
    r".*(?:关于印发|印发|发布|公布|出台|规划|计划|方案|中共|关于|根据|推动|推进|落实|年|日|讯|在|对|将|是|的|"
    r"[十二一三四]五)"
)


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
    return name
