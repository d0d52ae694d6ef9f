"""A sentence with its numbers: which clause each stands in and what is left and right of it.

``Memory`` is what a sentence hands on to the next of its paragraph: the date that governs,
the subject last named, the verb that governs a list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from jingwei.core import Measure, Period
from jingwei.plans import sifting, structure, subjects, technical
from jingwei.plans.context import Context, Mode
from jingwei.plans.dates import Date
from jingwei.plans.numbers import Mention

BLANK = "\x00"  # stands for each character of a date in ``Sentence.plain``

_SEPARATOR = re.compile(r"[,;:。!?()]|——")
_SEMICOLON = re.compile("[;。]")
_IN_A_ROW = re.compile(r"[、和及与]|以及")
_OWN_VERB = re.compile(r"(?:[、和及与]|以及)(?:达到?|为|力争|将)+")
_EACH_ITS_OWN = re.compile("分别|依次")

Clause = tuple[int, int]


@dataclass(slots=True)
class Memory:
    """What clauses and sentences of a paragraph hand on; ``mode`` goes on to the next paragraph.

    ``names`` are the subjects of the last row of numbers, ``recent`` those of the sentence.
    ``governor`` is the sign that 新增 or 压减 gives to the list it governs, ``governs_one`` that it
    says only how much more there is of what stands before it; ``path`` the years
    of the last 「从A提高到B」 of the sentence; ``plan`` the years of the plan that an article last named; ``measured`` is the name and kind of the last number.
    ``summed`` are the years of the last sum of the sentence (累计完成6146亿元), which its shares are of.
    ``told`` are the subjects of the paragraph by their noun of measuring, ``grown`` is the noun of the
    last growth rate (增加值), ``as_of`` says that the date that goes on is 截至….
    """

    date: Date | None = None
    mode: Mode | None = None
    plan: Period | None = None
    subject: str = ""
    names: list[str] = field(default_factory=list[str])
    recent: list[str] = field(default_factory=list[str])
    governor: Literal["", "+", "-"] = ""
    governs_one: bool = False
    path: tuple[int, int] | None = None
    measured: tuple[str, Measure] = ("", "level")
    told: dict[str, str] = field(default_factory=dict[str, str])
    grown: str = ""
    summed: Period | None = None
    as_of: bool = False

    def remember(self, name: str) -> str:
        noun = subjects.measure_of(name)
        if noun and noun != name:
            self.told[noun] = name
        self.subject = name
        self.recent.append(name)
        return name


@dataclass(slots=True)
class Sentence:
    """A sentence; ``plain`` is its text with dates blanked, ``start`` its place in the paragraph.

    ``place``, ``places``, ``zone``, ``aggregate`` and ``per`` are found while its numbers are read: a
    place that a clause names, how many it lists with a number each, the area its last subject began with, the whole that 其中 divides, the
    每X that a list counts by; ``done`` that its last number counts things done (``deeds``).
    """

    text: str
    plain: str
    dates: list[Date]
    context: Context
    topic: str
    start: int = 0
    place: str = ""
    places: int = 0
    zone: str = ""
    aggregate: str = ""
    per: str = ""
    done: bool = False

    @classmethod
    def of(
        cls, text: str, dates: list[Date], context: Context, topic: str, start: int = 0
    ) -> "Sentence":
        plain = text
        for date in dates:
            blank = BLANK * (date.end - date.start)
            plain = f"{plain[: date.start]}{blank}{plain[date.end :]}"
        return cls(text, plain, dates, context, topic, start)

    def between_semicolons(self, clause: Clause) -> str:
        """The part of the sentence around a clause, from semicolon to semicolon."""
        plain, (start, end) = self.plain, clause
        start = max(plain.rfind(";", 0, start), plain.rfind("。", 0, start)) + 1
        stop = _SEMICOLON.search(plain, end)
        return plain[start : stop.start() if stop else len(plain)]


class Number(NamedTuple):
    """A mention in its clause; ``left`` and ``right`` reach to the neighbouring numbers."""

    mention: Mention
    clause: Clause
    left: str
    right: str
    technical: bool = False


def rows_of_numbers(sentence: Sentence, found: list[Mention], memory: Memory) -> list[list[Number]]:
    """The numbers that measure something; those in a row (12.1%、13.4%和9.8%) together."""
    placed = _without_classes(sentence, _in_clauses(sentence, found), memory)
    measuring: list[tuple[Mention, Clause]] = []
    laid_out: tuple[Mention, Clause] | None = None
    for mention, clause, left, right in _with_sides(sentence, placed):
        listed = (
            laid_out is not None
            and laid_out[1] == clause
            and structure.goes_on(laid_out[0], mention, left)
        )
        why = sifting.no_statement(mention, sentence.between_semicolons(clause), left, right)
        laid_out = (mention, clause) if listed or why == structure.PART else None
        if not why and not listed:
            measuring.append((mention, clause))
    rows: list[list[Number]] = []
    for mention, clause, left, right in _with_sides(sentence, measuring):
        plain = sentence.plain
        of_works = technical.is_technical(
            mention, plain[clause[0] : mention.start], right
        ) or technical.is_size_of_works(mention, plain[: mention.start], plain[mention.end :])
        number = Number(mention, clause, left, right, of_works)
        if rows and _continues(sentence, rows[-1], number):
            rows[-1].append(number)
        else:
            rows.append([number])
    return [_evened(row) if len(row) > 1 else row for row in rows]


def _in_clauses(sentence: Sentence, found: list[Mention]) -> list[tuple[Mention, Clause]]:
    inside = {at for mention in found for at in range(mention.start, mention.end)}
    for mention in found:
        if mention.start - 2 not in inside:
            inside.update(_bracket_behind_a_name(sentence, mention))
    separators = [
        match.span()
        for match in _SEPARATOR.finditer(sentence.plain)
        if match.start() not in inside and not _bracket_of_a_name(sentence.plain, match, found)
    ]
    return [(mention, _clause(mention, separators, len(sentence.plain))) for mention in found]


def _clause(mention: Mention, separators: list[Clause], length: int) -> Clause:
    start, end = 0, length
    for left, right in separators:
        if right <= mention.start:
            start = right
        elif left >= mention.end:
            end = left
            break
    return start, end


def _bracket_of_a_name(text: str, match: re.Match[str], found: list[Mention]) -> bool:
    """Whether a bracket belongs to a name, as in 智能工厂(数字化车间), or to 台(套)."""
    if match[0] not in "()":
        return False
    opening = text.rfind("(", 0, match.start() + 1)
    closing = text.find(")", match.start())
    if opening < 0 or closing < 0 or not 1 < closing - opening <= 22:
        return False
    return not any(opening < mention.number < closing for mention in found)


_NAMES_IT = re.compile(r"[一-龥]{2,}\($")


def _bracket_behind_a_name(sentence: Sentence, mention: Mention) -> tuple[int, ...]:
    """Where the brackets stand that hold the number of what is named before: 「与工业折旧(1000亿元)相当」."""
    plain, before = sentence.plain, mention.start
    alone = plain.startswith(")", mention.end) and _NAMES_IT.search(
        plain, max(0, before - 3), before
    )
    if not alone or plain.startswith(")的", mention.end):
        return ()
    return (before - 1, mention.end)


_REACHED_BY = re.compile("的?(?:达到?|有|增加到|增至)")


def _without_classes(
    sentence: Sentence, placed: list[tuple[Mention, Clause]], memory: Memory
) -> list[tuple[Mention, Clause]]:
    """Leave out sizes that name a class (超百亿元企业) and bare numbers without a unit.

    They stay in the text, where they are part of the subject.
    """
    kept: list[tuple[Mention, Clause]] = []
    end_of_count = -1
    for i, (mention, clause) in enumerate(placed):
        left = sentence.plain[clause[0] : mention.start]
        following = placed[i + 1] if i + 1 < len(placed) else None
        more = following is not None and following[1] == clause
        stop = following[0].start if following is not None and more else clause[1]
        right = sentence.plain[mention.end : stop]
        after_count = end_of_count == mention.start and mention.unit not in ("家", "个")
        bare = not mention.unit and mention.form == "digits"
        in_a_row = more and _IN_A_ROW.fullmatch(right)
        if (
            bare
            and not in_a_row
            and not _measures_without_unit(sentence, mention, left, right, memory)
        ):
            continue
        if sifting.is_class(mention, left, right, after_count, more):
            continue
        if following is not None and sifting.is_bound_of(mention, following[0]):
            between = sentence.plain[mention.end : following[0].start]
            if not between or (left.endswith("、") and _REACHED_BY.fullmatch(between)):
                continue  # 「其中超50亿元1家」, 「过千亿元企业达到5家、过百亿元达到50家」
        if following and more and sifting.counts_owners(mention, left, right, following[0]):
            continue
        kept.append((mention, clause))
        if sifting.unit_trait(mention) == "measure":
            end_of_count = mention.end
    return kept


_CHANGED_BY = re.compile(
    r"\x00*(?:同比|环比|[比较](?:上年|去年|\x00+)(?:同期|末|底)?)(?:缩小|扩大|提高|提升|下降|降低|上升|回升|回落|增加|减少)了?"
)


def _measures_without_unit(
    sentence: Sentence, mention: Mention, left: str, right: str, memory: Memory
) -> bool:
    """Indices and ratios carry no unit (指数从75.5提高到85); counts may drop it (1000+工业场景)."""
    if mention.hedge.endswith(("+", "多", "余")):
        return bool(re.match(r"[一-龥]", right))
    unitless = sifting.unitless()
    if unitless.search((left or memory.subject)[-16:]):
        return True
    before = sentence.plain[: mention.start - len(left)]
    if _CHANGED_BY.fullmatch(left) and unitless.search(before[-24:]):
        return True  # 「收入比为2.14,比上年缩小0.03」
    if re.search(r"[一-龥]率(?:保持|稳定|达到?|提[高升]到)?在?$", left) and mention.hedge:
        return True  # 「重复利用率保持在95以上」
    path = re.search(r"(?:从|由|到|至|为)(?:\x00+的?)?$", left)
    return bool(path and unitless.search(sentence.plain[: mention.start]))


def _with_sides(
    sentence: Sentence, placed: list[tuple[Mention, Clause]]
) -> Iterator[tuple[Mention, Clause, str, str]]:
    """Each mention with the words to its neighbours in the clause."""
    for i, (mention, clause) in enumerate(placed):
        begin, stop = clause
        if i and placed[i - 1][1] == clause:
            begin = placed[i - 1][0].end
        if i + 1 < len(placed) and placed[i + 1][1] == clause:
            stop = placed[i + 1][0].start
        yield (
            mention,
            clause,
            sentence.plain[begin : mention.start],
            sentence.plain[mention.end : stop],
        )


def _continues(sentence: Sentence, row: list[Number], number: Number) -> bool:
    last = row[-1]
    between = sentence.plain[last.mention.end : number.mention.start]
    if last.clause != number.clause:
        return False
    if not _IN_A_ROW.fullmatch(between):  # 「分别突破90亿元、达到80亿元」
        own_verb = _EACH_ITS_OWN.search(row[0].left) and _OWN_VERB.fullmatch(between)
        if not own_verb:
            return False
    a, b = last.mention, number.mention
    same_unit = a.unit in (b.unit, "", "个") or sifting.unit_trait(a) == sifting.unit_trait(b)
    each = _EACH_ITS_OWN.search(row[0].left)  # 「旅客、货邮吞吐量分别达8358万人次、244万吨」
    return a.form == b.form and bool(same_unit or each)


def _evened(row: list[Number]) -> list[Number]:
    """The unit of the last number, and a hedge before the first, hold for those that have none; the
    last tells what all are of (6MW和8MW风机)."""
    last = row[-1].mention
    first = row[0].mention
    # 「分别超过50家、30家」 holds for all, 「分别达到97%和94%以上」 for the last
    given = first if first.start < first.number else None
    even: list[Number] = []
    for number in row:
        mention = number.mention
        if number is not row[0] and _OWN_VERB.fullmatch(number.left):
            given = None
        if not mention.unit or (mention.unit == "个" and last.unit == "个百分点"):
            mention = mention._replace(unit=last.unit)
        if (
            mention.op == "="
            and given is not None
            and given.op in (">=", "~", "<=", ">")
            and given.hedge
        ):
            mention = mention._replace(op=given.op, hedge=given.hedge)
        even.append(number._replace(mention=mention, technical=row[-1].technical))
    return even
