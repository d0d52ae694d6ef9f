"""Numbers with their units and hedges, as Chinese plans write them.

``mentions`` finds every number that could measure something: digits, scale words standing
alone (突破万亿), fractions and tenths in words (三分之二, 近六成), multiples (倍增, 翻两番),
small counts in words (两家). Dates, names that hold digits (C919, 5G, 世界500强), slogans
(3+6) and ordinals are masked first: they look like numbers and measure nothing.

Nothing is decided here about what a number is the number *of*: see ``statements``.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from jingwei.core import Op
from jingwei.core.quantity import unit_table
from jingwei.plans.lexicon import any_of, any_word

_MASK = "\x00"

_CN_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "○": 0}
_CN_UNIT = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True, slots=True)
class Mention:
    """A number in a text.

    ``start`` to ``end`` covers hedges, number and unit; ``number`` to ``unit_end`` the number
    and its unit alone. ``op`` is what the hedges around it say (``>`` for more than; whether a
    goal or a fact is meant is not known here). ``sized`` marks 级 (a size class: 百亿级).
    ``form`` tells digits from scale words, fractions, tenths, multiples and counts in words.
    """

    start: int
    end: int
    number: int
    unit_end: int
    value: float | None
    low: float | None
    high: float | None
    unit: str
    op: Op
    hedge: str
    form: str
    sized: bool = False


@cache
def _unit_pattern() -> str:
    words = {word for group in unit_table()["unit"] for word in group["words"]}
    not_before: dict[str, str] = unit_table()["not_before"]
    return "|".join(
        re.escape(word) + (f"(?!{not_before[word]})" if word in not_before else "")
        for word in sorted(words, key=lambda word: (-len(word), word))
    )


@cache
def unit_traits() -> dict[str, str]:
    """Each unit word and its trait: ``measure``, ``tech`` or the dimension's name."""
    traits: dict[str, str] = {}
    for group in unit_table()["unit"]:
        trait = "measure" if group.get("measure") else "tech" if group.get("tech") else ""
        for word in group["words"]:
            traits.setdefault(word, trait or group["dimension"])
    return traits


@cache
def _scale_pattern() -> str:
    return any_of(unit_table()["scale"])


@cache
def _before() -> re.Pattern[str]:
    names = ("about_before", "more_before", "at_least_before", "less_before", "at_most_before")
    groups = "|".join(f"(?P<{name}>{any_word('hedge.' + name)})" for name in names)
    return re.compile(f"(?:{groups})$")


@cache
def _after() -> re.Pattern[str]:
    names = ("about_after", "at_least_after", "at_most_after")
    groups = "|".join(f"(?P<{name}>{any_word('hedge.' + name)})" for name in names)
    return re.compile(groups)


_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_CN_SMALL = "[一二两三四五六七八九十]"


def _per_words() -> list[str]:
    """Words that may stand below the line in 每X…: 人, 亿元, 平方公里, 亩."""
    groups = {"people", "money", "area", "enterprise", "mass", "length"}
    found = [w for g in unit_table()["unit"] if g["dimension"] in groups for w in g["words"]]
    return [word for word in found if word not in ("家", "户", "位", "t", "m2", "方")]


@cache
def _mask_pattern() -> re.Pattern[str]:
    return re.compile(
        r"《[^》]{0,80}》|«[^»]{0,80}»"
        # slogans in quotation marks: “三个一批”, “五年翻一番、挺进千百亿”的目标
        r"|“[一二三四五六七八九十两]+[个大][^”\d]{1,6}”|“[^”\d%]{2,20}”的?(?:总体|发展|奋斗)?目标"
        r"|[“\"][^”\"]{0,14}?\d[^”\"%]{0,14}[”\"]"  # “100+”, “3+6”, “1+5+X”, “5·12”
        r"|\[\d{1,2}\](?!\d)"
        # names: C919, ARJ-21, CO2, PM2.5, AP1000; but not GDP25%
        r"|(?<![A-Za-z])(?!GDP|R&D|FDI|APP|PUE|RD)[A-Za-z]{1,8}[-.]?\d[A-Za-z\d.-]*"
        rf"|每(?:{any_of(unit_table()['scale'])})?(?:{any_of(_per_words())})(?=[一-龥])"
        r"|第[\d一二三四五六七八九十百零]+[、和][\d一二三四五六七八九十百零]+[个位批届代期次]?"
        r"|第[\d一二三四五六七八九十百零]+(?:个五年|[位名次届批期代号条章节期]{0,2})"
        r"|前[\d一二三四五六七八九十]{1,3}(?:位|名|强|列|家|户|个|大)?(?![年月季])"
        r"|\d+强|百强|\d+佳|[1-3一二三]类(?=新药|创新药|医疗器械)"
        r"|(?<![\d.])\d+(?:\.\d+)?(?:\+[\dA-ZNnXx](?![\d.]*[%亿万家个项]))+(?:\+[\dA-ZNXnx])*"
        r"|(?<![\d.%])[\dX]{1,2}\+[\dNX]{1,2}(?:\+[\dNX]{1,2})*"
        r"|(?<![\d.])\d{1,3}大(?=[一-龥])"
        r"|\d+(?:\.\d+)?[×xX]\d+"
        r"|\d+(?:号|路|线(?!上)|周年|世纪|年代)"
        r"|[表图](?:\d+|[一二三四五六七八九十])(?!\d*[万亿%])|附件\d*|专栏\d+"
        r"|\d+[:∶]\d+(?![.\d]*[%亿万])"
        r"|\d+/\d+(?=纳米|nm|英寸)"
        r"|(?<!\d)\d{5}热线|“?[一二三四五六七八九十百千万]+(?:项|个)[万亿千百]+”?(?=工程|计划|行动)"
    )


@cache
def _number_pattern() -> re.Pattern[str]:
    scale, unit = _scale_pattern(), _unit_pattern()
    per = rf"(?:(?:钢|粗钢|产品)?\s?(?:/|每)(?:{scale})?(?:{unit}|年|月|日|天|时|秒|季度)(?:·年)?)"
    full_unit = rf"(?:(?:{unit}){per}?|{per})"
    return re.compile(
        rf"(?:(?P<cn_part>[一二两三四五六七八九十百]+)分之(?P<cn_whole>[一二两三四五六七八九十百]+)(?:点[一二三四五六七八九零]+)?)"
        rf"|(?P<frac>(?<![\d./])\d{{1,2}}/\d{{1,2}}(?![\d./A-Za-z]))"
        rf"|(?P<tenths>(?<![一二三四五六七八九十完形组构生变养促])[一二两三四五六七八九]成半?(?![立为功果本员长熟品套渝都效绩就交型分因人年]))"
        rf"|(?P<half>(?:一半|半数|过半))"
        rf"|(?P<double>倍增(?!器)|成倍增长|翻(?P<turns>[一两二三四])?番|翻倍|翻了(?P<turns2>[一两二三四])番|减半)"
        rf"|(?P<num1>{_DIGITS})(?P<more1>多|余|来)?(?P<scale1>{scale})?(?P<more2>多|余|\+)?(?P<unit1>{full_unit})?(?P<sized1>级)?"
        rf"(?:(?P<range>--?|—+|–|~|至|到|-)(?P<num2>{_DIGITS})(?P<scale2>{scale})?(?P<more3>多|余)?(?P<unit2>{full_unit})?(?P<sized2>级)?)?"
        rf"|(?P<word>(?<![一二两三四五六七八九十百千万亿\d.几数多上余])(?:[一二两三四五六七八九]?(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万)|[一二两三四五六七八九十]千|[一二两三四五六七八九]百|[一二两三四五六七八九]?十[一二三四五六七八九]?(?=余|多|家|个(?!五)|项|名|座|条))(?P<wmore>多|余)?)(?P<wunit>{full_unit})?(?P<wsized>级)?"
        rf"|(?P<count>(?<![一二两三四五六七八九十百千万亿\d第每各另同这那某逐整]){_CN_SMALL}{{1,2}})(?P<cunit>家|名|座|艘|架|届|所|倍|个月|个|项|条|台|次|年)"
    )


def _chinese_integer(text: str) -> int:
    total = section = digit = 0
    for character in text:
        if character in _CN_DIGIT:
            digit = _CN_DIGIT[character]
        else:
            size = _CN_UNIT[character]
            if size >= 10**4:
                total = (total + section + digit) * size
                section = digit = 0
            else:
                section += (digit or 1) * size
                digit = 0
    return total + section + digit


def mask(text: str, dates: list[tuple[int, int]]) -> str:
    """``text`` with dates and look-alikes blanked; offsets stay."""
    pieces = list(text)
    for start, end in dates:
        pieces[start:end] = _MASK * (end - start)
    blanked = "".join(pieces)
    return _mask_pattern().sub(_blank, blanked)


def _blank(match: re.Match[str]) -> str:
    return _MASK * len(match[0])


def mentions(text: str, dates: list[tuple[int, int]]) -> list[Mention]:
    """Every measured number of ``text``, in order; ``dates`` are the spans of its dates."""
    masked = mask(text, dates)
    found: list[Mention] = []
    for match in _number_pattern().finditer(masked):
        mention = _read(match, masked)
        if mention is not None:
            found.append(mention)
    return found


def _read(match: re.Match[str], text: str) -> Mention | None:
    groups = match.groupdict()
    if groups["num1"] is not None:
        return _read_digits(match, groups, text)
    start, end = match.span()
    base = Mention(start, end, start, end, None, None, None, "", "=", "", "word")
    if groups["cn_part"]:
        whole, part = _chinese_integer(groups["cn_part"]), _chinese_integer(groups["cn_whole"])
        if whole == 100:
            base = replace(base, value=float(part), unit="%")
        else:
            base = replace(base, value=round(part / whole, 4))
        return _hedged(replace(base, form="fraction"), text, "")
    if groups["frac"]:
        part, whole = (int(n) for n in groups["frac"].split("/"))
        if not 0 < part < whole <= 20:
            return None
        return _hedged(replace(base, value=round(part / whole, 4), form="fraction"), text, "")
    if groups["tenths"]:
        value = _CN_DIGIT[groups["tenths"][0]] / 10 + (0.05 if "半" in groups["tenths"] else 0)
        return _hedged(replace(base, value=value, form="fraction"), text, "")
    if groups["half"]:
        more = groups["half"] == "过半"
        base = replace(base, value=0.5, form="fraction", op=">" if more else "=")
        return _hedged(base, text, "")
    if groups["double"]:
        turns = groups["turns"] or groups["turns2"] or "一"
        value = 0.5 if groups["double"] == "减半" else float(2 ** _CN_DIGIT[turns])
        return _hedged(replace(base, value=value, op="x", form="multiple"), text, "")
    if groups["count"]:
        value = float(_chinese_integer(groups["count"]))
        unit = groups["cunit"]
        base = replace(base, value=value, unit=unit, form="count")
        if unit == "倍":
            base = replace(base, unit="", op="x", form="multiple")
        return _hedged(base, text, "")
    return _read_scale_word(base, groups, text)


def _read_scale_word(base: Mention, groups: dict[str, str | None], text: str) -> Mention:
    word = groups["word"] or ""
    more = groups["wmore"] or ""
    word = word.removesuffix(more) if more else word
    scale = re.search(r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百|十)", word)
    assert scale is not None
    counted = re.fullmatch(
        r"([一二两三四五六七八九十百千]*[一二两三四五六七八九][一二两三四五六七八九十百千]*)(万亿|亿|万)",
        word,
    )
    head, tail = word[: scale.start()], word[scale.start() :]
    if counted is not None:
        value, scale_word = float(_chinese_integer(counted[1])), counted[2]
    elif tail[-1] in "千百十" or (len(tail) > 1 and tail not in unit_table()["scale"]):
        value, scale_word = float(_chinese_integer(word)), ""
    else:
        value, scale_word = float(_CN_DIGIT[head] if head else 1), tail
    unit = scale_word + (groups["wunit"] or "")
    sized = bool(groups["wsized"])
    return _hedged(
        Mention(
            base.start, base.end, base.number, base.unit_end,
            value, None, None, unit, "=", "", "scale", sized,
        ),
        text,
        more,
    )  # fmt: skip


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _read_digits(match: re.Match[str], groups: dict[str, str | None], text: str) -> Mention | None:
    start, end = match.span()
    if (
        start
        and (text[start - 1].isascii() and text[start - 1].isalpha())
        and not text[:start].endswith(("GDP", "R&D", "FDI", "APP", "PUE"))
    ):
        return None
    if start and text[start - 1] in ".·" and start > 1 and text[start - 2].isdigit():
        return None
    unit1, scale1 = groups["unit1"] or "", groups["scale1"] or ""
    unit, sized = scale1 + unit1, bool(groups["sized1"])
    value, low, high = _number(groups["num1"] or ""), None, None
    more = groups["more1"] or groups["more2"] or ""
    if groups["num2"] is not None:
        unit2, scale2 = groups["unit2"] or "", groups["scale2"] or ""
        second = _number(groups["num2"])
        fits = not unit1 or not unit2 or unit1 == unit2 or unit1.startswith(unit2)
        if not fits or (not unit2 and not unit1 and not scale2 and not scale1):
            # 3-5 without a unit is no range of a measured thing; a dash after a unit neither
            if not unit1:
                return None
            end = match.start("range")
        else:
            sized = bool(groups["sized2"])
            more = groups["more3"] or ""
            shared = scale1 or scale2
            unit = (scale2 or scale1) + (unit2 or unit1)
            if scale1 and scale2 and scale1 != scale2:
                factor = unit_table()["scale"]
                value = value * factor[scale1] / factor[scale2]
            del shared
            value, low, high = None, value, second
            if low >= high:
                return None
    elif end < len(text) and text[end].isascii() and text[end].isalpha() and not unit:
        return None  # 5G, 4K, 3D
    elif (
        unit
        and unit[-1].isascii()
        and unit[-1].isalpha()
        and end < len(text)
        and (text[end].isascii() and text[end].isalpha())
    ):
        return None  # 100MWh read as MW and h, 5Gbit
    return _hedged(
        Mention(
            start,
            end,
            start,
            end,
            value,
            low,
            high,
            unit,
            "range" if low is not None else "=",
            "",
            "digits",
            sized,
        ),
        text,
        more,
    )


_OPERATOR: dict[str, Op] = {
    "about_before": "~", "more_before": ">", "at_least_before": ">=", "less_before": "<",
    "at_most_before": "<=", "about_after": "~", "at_least_after": ">=", "at_most_after": "<=",
}  # fmt: skip


def _hedged(mention: Mention, text: str, more: str) -> Mention:
    """Take in the hedging words on both sides of the number."""
    start, end, op = mention.start, mention.end, mention.op
    words: list[str] = []
    before = _before().search(text, max(0, start - 6), start)
    left = None
    if before is not None:
        left = _OPERATOR[before.lastgroup or ""]
        start = before.start()
        words.append(before[0])
    if more:
        words.append(more)
    after = _after().match(text, end)
    right = None
    if after is not None:
        right = _OPERATOR[after.lastgroup or ""]
        end = after.end()
        words.append(after[0])
    if op == "=":
        if more and left in (None, "~"):
            op = ">"
        elif left == "~" and right in (None, "~"):
            op = "~"
        elif right is not None and left in (None, "~", "<="):
            op = right
            if left == "<=" and right == "~":
                op = "~"
        elif left is not None:
            op = left
    return replace(mention, start=start, end=end, op=op, hedge="…".join(words))
