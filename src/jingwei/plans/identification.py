"""Which indicator a statement speaks of: its name taken apart, its area, its unit.

The subject gives the terms (``wording``); the scope gives the area or an industry; the unit tells
a share from a count. Two identities are held against each other in ``indicator``
(``docs/semantics.md`` §5).
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from jingwei.core import Statement, unit
from jingwei.plans import ranks, wording
from jingwei.plans.levels import is_other
from jingwei.plans.wording import HashedOnce, Name, Term

Wanted = Literal["higher", "lower", "neutral"]

COUNTS = frozenset({"count", "enterprise", "people", ""})
REGION = re.compile(r"(?:省|市|自治区|州|盟|旗|县|(?<![园片社地能聚导城])区)$")
_PLACE = re.compile(
    r"(?:省|市|州|盟|旗|县|镇|乡|岛|新城|新片区|科学城|开发区|高新区|经开区|自贸区|示范区|保税区"
    r"|长三角|京津冀|珠三角|大湾区|(?<![园片社地能聚导城])区)$"
)
# a kind of place, not a place: 开发区, 工业园区, 示范区
_GENERIC = re.compile(
    r"^(?:(?:国家|省|市|区|县)级)?(?:.?开发区|高新区|经开区|自贸区|保税区|新城|新区|科学城)$"
    r"|(?:产业|工业|功能|特色|试点)(?:示范)?[园区]+$|示范区$"
)

_PLACES = ("位", "名", "位次", "名次")  # units of ranks

# an area given in the name or as scope of a statistic that has a whole of its own
_AREA = re.compile(r"(?:开发区|高新区|经开区|园区|新区|新片区|保税区|自贸区|功能区|集聚区)$")


@dataclass(frozen=True, slots=True)
class Indicator(HashedOnce):
    """The identity of what a statement measures, without its value and date.

    ``place`` is the area ("" where neither scope nor document tells), ``field`` an industry or
    group given as scope, ``dimension`` that of the unit (``core.unit``).
    """

    subject: str
    name: Name
    field: str
    place: str
    dimension: str

    __hash__ = HashedOnce.__hash__

    @property
    def ratio(self) -> bool:
        """Whether it is a share or a ratio."""
        return self.name.share or self.name.denominator is not None


def region_of(statements: Iterable[Statement]) -> str:
    """The area a document speaks of: its commonest scope that is a region, or "".

    A figure that is said to be the nation's (全国…) in a text with a region of its own tells nothing
    of the text.
    """
    nation = wording.tables()["home"]["nation"]
    counted: Counter[str] = Counter()
    reported: Counter[str] = Counter()
    for each in statements:
        scope = wording.folded(each.scope)
        if scope in nation:
            told = any(word in each.quote for word in nation)
            (reported if told else counted)["全国"] += 1
        elif REGION.search(scope) and not _home(scope) and not _GENERIC.search(scope):
            counted[scope] += 1
    counted = counted or reported
    return min(counted, key=lambda s: (-counted[s], s), default="")


def own_area(statements: Iterable[Statement]) -> str:
    """As ``region_of``; where no region is named, what the text calls its own: 全区, 全市 …"""
    statements = list(statements)
    named = region_of(statements)
    if named:
        return named
    local = Counter(s for each in statements if (s := wording.folded(each.scope)) and _home(s))
    return min(local, key=lambda s: (-local[s], s), default="")


def _home(scope: str) -> bool:
    return not scope or scope in wording.tables()["home"]["words"]


def identify(statement: Statement, region: str = "") -> Indicator:
    """The indicator of a statement; ``region`` is the area its document speaks of."""
    told = ranks.rank_of(statement.text) if statement.op == "qual" and statement.text else None
    if told is not None:
        named = "" if ranks.population_of(statement.subject) else told.population
        return identify_words(
            f"{statement.subject}{named}排名", statement.scope, "", "rank", region
        )
    written = unit_of(statement)
    if not written and statement.value is not None and 0 < statement.value < 1:
        written = "%" if statement.op != "x" else ""  # a fraction in words: 三分之二
    return identify_words(statement.subject, statement.scope, written, statement.measure, region)


@lru_cache(maxsize=16384)
def identify_words(subject: str, scope: str, written: str, measure: str, region: str) -> Indicator:
    """The indicator of a name: as ``identify``, for what is no statement (a definition card)."""
    bare = wording.folded(subject)
    for own in (region, stem(region)):
        if len(own) >= 2 and bare.startswith(own) and len(bare) > len(own) + 1:
            bare = bare[len(own) :]
            break
    ranked = ranks.is_rank(bare) or (measure == "rank" and written in _PLACES)
    name = wording.name(ranks.without_rank(bare) if ranked else bare)
    if not name.change and measure in ("growth", "reduction"):
        name = replace(name, change=measure, yearly=name.yearly or measure == "growth")
    if ranked:
        # a rank is a number of its own kind, and its population is part of what it means
        above = replace(name.numerator, frame=ranks.population_of(bare) or name.numerator.frame)
        name = replace(name, numerator=above, change="rank", yearly=False)
        written = "位次"
    place, group = _place(wording.folded(scope), region)
    field = group.object if group is not None else ""
    name, place = _of_wholes(name, place, region)
    dimension = unit(written).dimension if written else ""
    if not dimension and name.share:
        dimension = "share"
    above = name.numerator
    if not above.measure and not name.share and dimension in COUNTS - {""}:
        above = replace(wording.term(wording.canonical(bare) + "数量"), whole="")
    below = name.denominator
    if group is not None:
        above = _of_group(above, group)
    whole = _whole(above)
    if whole and _AREA.search(above.object or field):
        # 经开区规上总产值 is 工业总产值 of the zone, whether the zone is named there or as scope
        field = above.object or field
        above = replace(above, object=whole)
    elif not above.object:
        spoken = below is not None and field in below.object
        above = replace(above, object=whole if spoken else field or whole)
    if below is not None and below.measure == "GDP" and not above.measure and name.share:
        above = replace(above, measure="增加值")  # a part of GDP is value added
    if below is not None and not below.object:
        below = replace(below, object=_whole(below))
    return Indicator(
        bare, replace(name, numerator=above, denominator=below), field, place, dimension
    )


def _of_wholes(name: Name, place: str, region: str) -> tuple[Name, str]:
    """A name whose words for a whole area are those of other areas than its own: 全市 before the
    numerator in a district's document is the place, 全省 in 占全省比重 stays with the denominator."""
    above, below = name.numerator, name.denominator
    if is_other(above.whole, region):
        place = above.whole
    if below is not None and not is_other(below.whole, region):
        below = replace(below, whole="")
    return replace(name, numerator=replace(above, whole=""), denominator=below), place


def side(share: Indicator, term: Term) -> tuple[Name, str]:
    """One side of a share as the name of an indicator of its own, and the place it is of."""
    name = replace(
        share.name, numerator=replace(term, whole=""), denominator=None, share=False, notes=(),
        renamed=(),
    )  # fmt: skip
    return name, term.whole or share.place


def _of_group(above: Term, group: Term) -> Term:
    """A thing with the population that the scope gives and its name leaves out: 亩均税收 of 规上工业."""
    return replace(
        above,
        frame=above.frame or group.frame,
        grade=above.grade or group.grade,
        chosen=above.chosen or group.chosen,
    )


def clean_unit(written: str) -> str:
    """The unit without the words that a printed unit column puts before it (提高百分点)."""
    words = wording.tables()["units"]
    plain = wording.folded(written)
    if plain in words["none"]:
        return ""
    for word in sorted(words["before"], key=len, reverse=True):
        if plain.startswith(word) and len(plain) > len(word):
            return plain[len(word) :]
    return plain


def unit_of(statement: Statement) -> str:
    """The unit of a statement with the denominator that its name gives and its unit leaves out:
    亩均税收 in 万元 is 万元/亩 (``docs/semantics.md`` §5.6)."""
    written = clean_unit(statement.unit)
    return _completed(statement.subject, written) if written else written


@lru_cache(maxsize=16384)
def _completed(subject: str, written: str) -> str:
    if "/" in unit(written).dimension or unit(written).dimension in ("share", "multiple"):
        return written
    below = wording.per(wording.canonical(wording.folded(subject)))
    return f"{written}/{below}" if below else written


def _whole(term: Term) -> str:
    return wording.measure_table().get(term.measure, {}).get("whole", "")


def stem(region: str) -> str:
    """A region without its kind: 云溪 for 云溪市."""
    return re.sub(r"(?:省|市|自治区|州|盟|旗|县|区)$", "", region)


def _place(scope: str, region: str) -> tuple[str, Term | None]:
    """The place that a scope names, or the document's own and the field that the scope names."""
    if is_other(scope, region):
        nation = scope in wording.tables()["home"]["nation"]
        return ("全国" if nation else wording.whole_word(scope)), None
    if _home(region):
        region = ""  # 全市 of a text that names no city: nobody knows whose
    if _home(scope) or stem(scope) == stem(region):
        return region, None
    if scope in wording.tables()["home"]["nation"]:
        return "全国", None
    scope = wording.canonical(scope)
    for own in (region, stem(region)):
        if len(own) >= 2 and scope.startswith(own) and len(scope) > len(own) + 1:
            scope = scope[len(own) :]
            break
    if _PLACE.search(scope) and not _GENERIC.search(scope):
        return scope, None
    if any(word in scope for word in wording.tables()["phrases"]["words"]):
        return region, None
    return region, wording.term(wording.canonical(scope))


def is_brought_down(statement: Statement) -> bool:
    """Whether the verb before the number of a goal brings it down to there: 压减到, 控制在, 降至."""
    if statement.role != "target" or statement.op not in ("=", "~", "range"):
        return False
    value = statement.value if statement.value is not None else statement.low
    if value is None or not statement.quote:
        return False
    verbs = wording.tables()["direction"]["down_to"]
    quote = re.sub(r"(?<=\d),(?=\d{3})", "", statement.quote)
    number = rf"(?<![\d.]){re.escape(f'{value:.10g}')}(?!\.?\d)"
    return re.search(rf"(?:{verbs})[^\d,，;；。、]{{0,4}}{number}", quote) is not None


def wanted(indicator: Indicator, statement: Statement | None = None) -> Wanted:
    """Which direction is progress (``docs/semantics.md`` §2): lower for 能耗, 排放, 水耗 …

    The decline of such a thing (能耗下降幅度) is wanted higher. With the goal's statement its verb
    decides first: 压减到50家 wants fewer, whatever is counted.
    """
    if statement is not None and is_brought_down(statement):
        return "lower"
    direction = wording.tables()["direction"]
    if any(word in indicator.subject for word in direction["neutral"]):
        return "neutral"
    name = indicator.name
    above = name.numerator.object + name.numerator.measure + "".join(indicator.subject[-4:])
    low = any(word in above for word in direction["lower"])
    if name.change == "rank":
        return "lower"
    if name.change == "reduction":
        return "higher"
    return "lower" if low else "higher"
