"""Numbers with their units and hedges, as Chinese plans write them.

``mentions`` finds every number that could measure something: digits, scale words standing
alone (突破万亿), fractions and tenths in words (三分之二, 近六成), multiples (倍增, 翻两番),
small counts in words (两家). Dates, names that hold digits (C919, 5G, 世界500强), slogans
(3+6) and ordinals are masked first: they look like numbers and measure nothing.

Nothing is decided here about what a number is the number *of*: see ``statements``.
"""

import re
from functools import cache
from typing import NamedTuple

from jingwei.core import Op
from jingwei.core.quantity import unit_table
from jingwei.plans.lexicon import any_word
from jingwei.plans.unit_words import per_pattern, scale_pattern, unit_end

_MASK = "\x00"

_CN_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "○": 0}
_CN_UNIT = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


class Mention(NamedTuple):
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

    @property
    def bounded(self) -> bool:
        """Whether a hedge makes the number a bound (超过, 不低于, 以上, 以下)."""
        return self.op in (">", ">=", "<", "<=")


@cache
def _before() -> re.Pattern[str]:
    names = ("about_before", "more_before", "at_least_before", "less_before", "at_most_before")
    groups = "|".join(f"(?P<{name}>{any_word('hedge.' + name)})" for name in names)
    return re.compile(f"(?:{groups})$")


@cache
def _after() -> re.Pattern[str]:
    names = ("about_after", "at_least_after", "at_most_after", "more_after")
    groups = "|".join(f"(?P<{name}>{any_word('hedge.' + name)})" for name in names)
    # 「3个起降点」, 「百家强企」 are no bounds
    return re.compile(rf"(?![起强][一-龥])(?:{groups})")


_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
# numbers spelled out: 一百五十, 三千二百, 二十五 before a scale; 一点二
_HAN_INTEGER = (
    r"(?:[一二两三四五六七八九]千(?:零?[一二三四五六七八九]百)?|[一二两三四五六七八九]百)"
    r"(?:零?[一二三四五六七八九]?十)?[一二三四五六七八九]?"
    r"(?<=[千百十][一二三四五六七八九])(?![千百十])"
    r"|[一二两三四五六七八九]十?[一二三四五六七八九]?万[一二两三四五六七八九]千(?:[一二三四五六七八九]百)?"
    r"|(?:[一二两三四五六七八九]千[零一二三四五六七八九]百|(?:[一二两三四五六七八九]千)?[一二两三四五六七八九]百零?[一二三四五六七八九]?十)"
    r"|[二三四五六七八九]?十[一二三四五六七八九](?=万亿|亿|万)"
)
_CN_SMALL = "[一二两三四五六七八九十]"


@cache
def _mask_pattern() -> re.Pattern[str]:
    return re.compile(
        # all that the alternatives may begin with: most characters are passed over at once
        r"(?=[《«“\"\[A-Za-z\d每第前后末倒表图附专一二三四五六七八九十百千万])(?:"
        r"《[^》]{0,80}》|«[^»]{0,80}»"
        # slogans in quotation marks: “三个一批”, “五年翻一番、挺进千百亿”的目标
        r"|“[一二三四五六七八九十两]+[个大][^”\d]{1,6}”|“[^”\d%]{2,20}”的?(?:总体|发展|奋斗)?目标"
        r"|“[^”\d]{0,6}[一二三四五六七八九十]+条”"  # “数据二十条”
        r"|[“\"][^”\"]{0,14}?\d[^”\"%]{0,14}[”\"]"  # “100+”, “3+6”, “1+5+X”, “5·12”
        r"|\[\d{1,2}\](?!\d)"
        # names: C919, ARJ-21, CO2, PM2.5, AP1000; but not GDP25%
        r"|(?<![A-Za-z])(?!GDP|R&D|FDI|APP|PUE|RD)[A-Za-z]{1,8}[-._]?\d[A-Za-z\d.-]*"
        rf"|每(?:{scale_pattern()})?(?:{per_pattern()})(?=[一-龥]|\d)"
        r"|第[\d一二三四五六七八九十百零]+[、和][\d一二三四五六七八九十百零]+[个位批届代期次]?"
        r"|第[\d一二三四五六七八九十百零]+(?:个五年|[位名次届批期代号条章节期]{0,2})"
        r"|前[\d一二三四五六七八九十]{1,3}(?:位|名|强|列|家|户|个|大)?(?![年月季])"
        r"|[后末倒][\d一二三四五六七八九十]{1,2}(?:位|名)"
        r"|\d+强|百强|\d+佳|[1-3一二三]类(?=新药|创新药|医疗器械)"
        r"|(?<![\d.])\d+(?:\.\d+)?(?:\+[\dA-ZNnXx](?![\d.]*[%亿万家个项]))+(?:\+[\dA-ZNXnx])*"
        r"|(?<![\d.%])[\dX]{1,2}\+[\dNX]{1,2}(?:\+[\dNX]{1,2})*"
        r"|(?<![\d.])\d{1,3}大(?=[一-龥])"
        r"|\d+(?:\.\d+)?[×xX]\d+"
        r"|\d+(?:号|路|线(?!上)|周年|世纪|年代)"
        r"|[表图](?:\d+|[一二三四五六七八九十])(?!\d*[万亿%])|附件\d*|专栏\d+"
        r"|(?<![\d.])\d+[:∶]\d+(?![.\d]*[%亿万])"
        r"|(?<!\d)\d{1,2}(?:、\d{1,2})+月"  # 「5、6月份」
        r"|\d+/\d+(?=纳米|nm|英寸)"
        r"|(?<!\d)\d{5}热线|“?[一二三四五六七八九十百千万]+(?:项|个)[万亿千百]+”?(?=工程|计划|行动))"
    )


@cache
def _number_pattern() -> re.Pattern[str]:
    scale = scale_pattern()
    return re.compile(
        r"(?=[\d一二两三四五六七八九十百千万亿半过倍成翻减−-])(?:"  # what a number may begin with
        rf"(?:(?P<cn_part>[一二两三四五六七八九十百]+)分之(?P<cn_whole>[一二两三四五六七八九十百]+)(?:点[一二三四五六七八九零]+)?)"
        rf"|(?P<frac>(?<![\d./])\d{{1,2}}/\d{{1,2}}(?![\d./A-Za-z]))"
        rf"|(?P<tenths>(?<![一二三四五六七八九十完形组构生变养促])[一二两三四五六七八九]成(?:(?P<tmore>多|余)|半|[一二三四五六七八九](?![个家项名]))?(?![立为功果本员长熟品套渝都效绩就交型分因人年]))"
        rf"|(?P<half>(?:一半|半数|过半))"
        rf"|(?P<double>(?<!成)倍增(?!器|干劲|信心|企业|培育|计划|行动|工程|政策|专项|”)|成倍增长|翻(?P<turns>[一两二三四])?番|翻倍|翻了?(?:近|约|接近|将近|超|超过)?(?P<turns2>[一两二三四])番|减半)"
        rf"|(?P<han>(?<![第一二两三四五六七八九十百千万亿零])(?:{_HAN_INTEGER}|[一二两三四五六七八九十]+点[零〇一二三四五六七八九]+))"
        rf"(?P<hscale>{scale})?(?P<hmore>多|余|来)?(?P<hscale2>{scale})?(?=[\u4e00-\u9fff]|(?<=亿)(?=[,;。、]))(?![大五强佳])"
        # 「自然增长率为-0.41‰」 is below zero; a dash elsewhere is a dash
        rf"|(?P<minus>(?<=[为是达至到在由从的率])[-−](?=\d+(?:\.\d+)?(?:%|‰|个?[百千]分点)))?(?P<num>{_DIGITS})(?P<more1>多|余|来)?(?:个(?=(?:亿|万亿)(?!级)))?(?P<scale>{scale})?(?P<more2>多|余|\+)?"
        rf"|(?P<word>(?<![一二两三四五六七八九十百千万亿\d.几数多余])(?:[一二两三四五六七八九]?(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万)|[一二两三四五六七八九十]千|[一二两三四五六七八九]百|[一二两三四五六七八九]?十[一二三四五六七八九]?(?=余|多|家|个(?!五)|项|名|座|条)|[百千](?=[多余]?[家户个项名条座款种](?![百千万争])))(?P<wmore>多|余)?)"
        rf"|(?P<count>(?<![一二两三四五六七八九十百千万亿\d第每各另同这那某逐整])(?<!数)(?<!一[一-龥](?=一)){_CN_SMALL}{{1,2}})(?P<cunit>家|名|座|艘|架|届|所|倍|个月|个百分点|个|项|条|台|次|年))"
    )


@cache
def _second_pattern() -> re.Pattern[str]:
    """The end of a range: 至50万."""
    return re.compile(
        rf"(?:--?|—+|–|~|至|到|-)(?P<num>{_DIGITS})(?P<scale>{scale_pattern()})?(?P<more>多|余)?"
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
    for start, end in dates:
        text = f"{text[:start]}{_MASK * (end - start)}{text[end:]}"
    if ":1" in text or "∶1" in text:
        text = _TO_ONE.sub(rf"\1{_OF_ONE}", text)
    return _mask_pattern().sub(_blank, text)


_OF_ONE = "\x01\x01"
# 「收入比缩小到2.1:1」 is a ratio of 2.1; 3:5 is none
_TO_ONE = re.compile(
    r"((?:(?:(?<=比)|(?<=差距))[^,;:。\d]{0,12}"
    r"|(?<=1)(?:提高|提升|扩大|缩小|下降|上升|增加|降低|优化|调整|收窄)[到至为])\d+(?:\.\d+)?)[:∶]1(?![\d.:∶])"
)


def _blank(match: re.Match[str]) -> str:
    return _MASK * len(match[0])


def mentions(text: str, dates: list[tuple[int, int]]) -> list[Mention]:
    """Every measured number of ``text``, in order; ``dates`` are the spans of its dates."""
    masked = mask(text, dates)
    found: list[Mention] = []
    match = _number_pattern().search(masked)
    while match is not None:
        mention, end = _read(match, masked)
        if mention is not None:
            found.append(mention)
        match = _number_pattern().search(masked, end)
    return found


def _read(match: re.Match[str], text: str) -> tuple[Mention | None, int]:
    """The mention that a number is, if it is one, and where reading goes on."""
    if match["num"] is not None:
        return _read_digits(match, text)
    if match["word"] is not None:
        return _read_scale_word(match, text)
    if match["han"] is not None:
        return _read_spelled(match, text)
    return _read_word(match, text), match.end()


def _read_spelled(match: re.Match[str], text: str) -> tuple[Mention | None, int]:
    """A number spelled out, with its unit: 一百五十亿元, 一点二万亿元. One without any is a name."""
    whole, point, part = match["han"].partition("点")
    value = float(_chinese_integer(whole))
    if point:
        value = float(f"{int(value)}.{''.join(str(_CN_DIGIT[c]) for c in part)}")
    unit, sized, end = _unit_at(text, match.end())
    unit = (match["hscale"] or match["hscale2"] or "") + unit
    if not unit:
        return None, match.end()
    more = match["hmore"] or ""
    return _hedged(match, text, value, "digits", unit=unit, more=more, sized=sized, end=end), end


def _read_word(match: re.Match[str], text: str) -> Mention | None:
    """Fractions, tenths, multiples and small counts in words."""
    if match["cn_part"]:
        whole, part = _chinese_integer(match["cn_part"]), _chinese_integer(match["cn_whole"])
        if whole == 100:
            return _hedged(match, text, float(part), "fraction", unit="%")
        return _hedged(match, text, round(part / whole, 4), "fraction")
    if match["frac"]:
        part, whole = (int(n) for n in match["frac"].split("/"))
        if not 0 < part < whole <= 20:
            return None
        return _hedged(match, text, round(part / whole, 4), "fraction")
    if match["tenths"]:
        more = {"": 0.0, "半": 5.0, "多": 0.0, "余": 0.0}
        hundredths = more | {c: float(i) for c, i in _CN_DIGIT.items()}
        value = _CN_DIGIT[match["tenths"][0]] / 10 + hundredths[match["tenths"][2:]] / 100
        value = round(value, 2)
        return _hedged(match, text, value, "fraction", more=match["tmore"] or "")
    if match["half"]:
        return _hedged(match, text, 0.5, "fraction", op=">" if match["half"] == "过半" else "=")
    if match["double"]:
        turns = match["turns"] or match["turns2"] or "一"
        value = 0.5 if match["double"] == "减半" else float(2 ** _CN_DIGIT[turns])
        return _hedged(match, text, value, "multiple", op="x")
    value = float(_chinese_integer(match["count"]))
    unit = match["cunit"]
    if unit == "倍":
        return _hedged(match, text, value, "multiple", op="x")
    return _hedged(match, text, value, "count", unit=unit)


def _unit_at(text: str, start: int) -> tuple[str, bool, int]:
    """The unit at ``start``, whether 级 follows it (百亿级), and where that ends."""
    end = unit_end(text, start)
    sized = text.startswith("级", end)
    also = _ALSO.match(text, end) if end > start else None
    return text[start:end], sized, also.end() if also else end + sized


_ALSO = re.compile(
    r"\([个家项户名人条座台套件间]\)"
)  # 「10家(个)」: as one or the other is counted


# 迈上千亿元 arrives there, 上千家 is more than that
_STEPPED = ("迈上", "跨上", "登上", "站上", "跃上", "踏上")


def _read_scale_word(match: re.Match[str], text: str) -> tuple[Mention | None, int]:
    word = match["word"] or ""
    more = match["wmore"] or ""
    word = word.removesuffix(more) if more else word
    if text.endswith("上", 0, match.start()) and not text.endswith(_STEPPED, 0, match.start()):
        if text.endswith("以上", 0, match.start()) or not _COUNTS.match(text, match.end()):
            return None, match.end()
        more = "上"
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
    unit, sized, end = _unit_at(text, match.end())
    unit = scale_word + unit
    return _hedged(match, text, value, "scale", unit=unit, more=more, sized=sized, end=end), end


_POINTS_AND_MORE = re.compile("(多|余)百分点")
_COUNTS = re.compile("[家个项名条座款种人户]")


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _read_digits(match: re.Match[str], text: str) -> tuple[Mention | None, int]:
    start, scale1 = match.start(), match["scale"] or ""
    unit1, sized, end = _unit_at(text, match.end())
    if text.startswith(_OF_ONE, end):
        end += len(_OF_ONE)
    value, low, high = _number(match["num"]) * (-1 if match["minus"] else 1), None, None
    unit, more = scale1 + unit1, match["more1"] or match["more2"] or ""
    if unit1 == "个" and (points := _POINTS_AND_MORE.match(text, end)):
        unit, more, end = f"{scale1}个百分点", points[1], points.end()  # 「9个多百分点」
        unit1 = "个百分点"
    second = _second_pattern().match(text, end)
    stop = end
    if second is not None:
        unit2, sized2, stop = _unit_at(text, second.end())
        scale2 = second["scale"] or ""
        fits = not unit1 or not unit2 or unit1 == unit2 or unit1.startswith(unit2)
        measured = unit1 or unit2 or scale1 or scale2
        # 3-5 without a unit is no range of a measured thing; a dash after a unit neither
        if fits and measured:
            if scale1 and scale2 and scale1 != scale2:
                factor = unit_table()["scale"]
                value = value * factor[scale1] / factor[scale2]
            value, low, high = None, value, _number(second["num"])
            unit = (scale2 or scale1) + (unit2 or unit1)
            sized, more, end = sized2, second["more"] or "", stop
        elif not unit1:
            return None, stop
    if _names_more(text, start) or (low is not None and high is not None and low >= high):
        return None, stop
    if second is None and _in_latin_word(text, end, unit):
        return None, stop
    mention = _hedged(
        match, text, value, "digits", unit=unit, op="=" if low is None else "range",
        more=more, sized=sized, bounds=(low, high), end=end,
    )  # fmt: skip
    return mention, stop


def _names_more(text: str, start: int) -> bool:
    """Whether digits go on with a Latin word (but not GDP25%) or with a decimal before them."""
    before = text[start - 1 : start]
    if before.isascii() and before.isalpha():
        return not text.endswith(("GDP", "R&D", "FDI", "APP", "PUE"), 0, start)
    return before != "" and before in ".·" and text[start - 2 : start - 1].isdigit()


def _in_latin_word(text: str, end: int, unit: str) -> bool:
    """5G, 4K, 3D; 100MWh read as MW and h, 5Gbit."""
    after, last = text[end : end + 1], unit[-1:]
    goes_on = after.isascii() and after.isalpha()
    return goes_on and (not unit or (last.isascii() and last.isalpha()))


_OPERATOR: dict[str, Op] = {
    "about_before": "~", "more_before": ">", "at_least_before": ">=", "less_before": "<",
    "at_most_before": "<=", "about_after": "~", "at_least_after": ">=", "at_most_after": "<=",
    "more_after": ">",
}  # fmt: skip


def _hedged(
    match: re.Match[str], text: str, value: float | None, form: str, *, unit: str = "",
    op: Op = "=", more: str = "", sized: bool = False,
    bounds: tuple[float | None, float | None] = (None, None), end: int | None = None,
) -> Mention:  # fmt: skip
    """The mention of a number with the hedging words on both sides taken in.

    ``end`` is where the number and its unit end, where that is not the end of the match.
    """
    number, unit_end = match.start(), match.end() if end is None else end
    start, end = number - (more == "上"), unit_end
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
        if more == "来" and left in (None, "~"):
            op = "~"
        elif more and left in (None, "~"):
            op = ">"
        elif left == "~" and right in (None, "~"):
            op = "~"
        elif left == ">" and right == "~":
            op = "~"  # 「突破60项左右关键技术」
        elif right is not None and left in (None, "~", "<="):
            op = right
            if left == "<=" and right == "~":
                op = "~"
        elif left is not None:
            op = left
    return Mention(
        start, end, number, unit_end, value, *bounds, unit, op, "…".join(words), form, sized
    )
