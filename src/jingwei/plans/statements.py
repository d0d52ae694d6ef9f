"""Quantified statements in running text.

A paragraph is read sentence by sentence. Each number that survives ``sifting`` gets its
operator from the words around it, its period and role from the dates and the section
(``context``), and its subject from ``subjects``. What one clause leaves out it inherits from
the clause before: the subject of 「…，占全市生产总值比重达25%」, the 新增 that governs a list, the
date that opens the sentence. Every record names the rule that read it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from jingwei.core import Period
from jingwei.core.statement import Measure, Op, Role
from jingwei.plans import sifting, subjects
from jingwei.plans.context import Context, Mode, as_topic
from jingwei.plans.dates import Date, dates
from jingwei.plans.lexicon import any_word, words
from jingwei.plans.numbers import Mention, mentions
from jingwei.plans.regions import short_names

_SENTENCE_END = re.compile(
    r"[。!?]|;(?=\d{1,2}[.、．])|(?<![\d\s])\.(?!\d)|(?<=[\d%])\.(?=[一-龥“(—])"
)
_SEPARATOR = re.compile(r"[,;:。!?()]|——")
_LIST_NUMBER = re.compile(
    r"^(?:\(?\d{1,2}\)|\d{1,2}[.、．](?!\d)|[①-⑳]|——|—+|[一二三四五六七八九]是)\s*"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement as read from a passage; offsets are into the passage's folded text."""

    start: int
    end: int
    subject: str
    scope: str
    role: Role
    op: Op
    value: float | None
    low: float | None
    high: float | None
    unit: str
    period: Period
    technical: bool
    measure: Measure
    hedge: str
    base_year: int | None
    rule: str


@dataclass(slots=True)
class _State:
    """What clauses hand on to the next."""

    date: Date | None = None
    subject: str = ""
    names: list[str] = field(default_factory=list[str])
    recent: list[str] = field(default_factory=list[str])
    governor: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class _Number:
    """A mention in its clause; ``left`` and ``right`` reach to the neighbouring numbers."""

    mention: Mention
    clause: tuple[int, int]
    left: str
    right: str
    technical: bool = False


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a folded paragraph."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() > start:
            yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def run_in_topic(text: str) -> str:
    """The thing a paragraph opens with: 「新能源汽车。以规模推广为重点…」 gives 新能源汽车."""
    if re.match(r"[一二三四五六七八九十]是", text):
        return ""
    text = _LIST_NUMBER.sub("", text)
    match = re.match(r"([^,;:。.、!?\d“]{2,22}(?:、[^,;:。.、!?\d“]{2,12})?)[。.:]", text)
    return as_topic(match[1]) if match and len(text) > match.end() + 4 else ""


def read_passage(text: str, context: Context) -> list[Reading]:
    """All statements of one paragraph, in order."""
    topic = run_in_topic(text) or context.topic
    state = _State()
    found: list[Reading] = []
    for start, end in sentences(text):
        sentence = text[start:end]
        found_dates = dates(sentence, context.plan, context.this_year)
        spans = [(date.start, date.end) for date in found_dates]
        numbers = mentions(sentence, spans)
        if numbers:
            reader = _Sentence(sentence, found_dates, context, topic, state)
            found += [
                replace(reading, start=reading.start + start, end=reading.end + start)
                for reading in reader.read(numbers)
            ]
        else:
            inline = run_in_topic(sentence + "。。。。。") if len(sentence) < 18 else ""
            topic = inline or topic
        governing = next((date for date in found_dates if _opens(sentence, date)), None)
        state.date = governing or state.date
        state.governor = ""
    return found


def _opens(sentence: str, date: Date) -> bool:
    """Whether a date governs its sentence and what follows: it stands in the first clause."""
    before = sentence[: date.start]
    return not date.base and not re.search(r"[,;:]|(?:从|由|而)$", before)


@cache
def _new_governor() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{any_word('change.new')}|再(?:{any_word('verb.act')}))(?!能|型|兴|材|代|区|城|片|模|业|一)"
    )


@cache
def _down_governor() -> re.Pattern[str]:
    return re.compile(
        r"^(?:并|共|累计|力争|预计|分别|还|且)*(?:减少|压减|减排|削减|缩减|消减|降低|精简)(?!到|至|幅度)"
    )


@cache
def _up_governor() -> re.Pattern[str]:
    return re.compile(r"^(?:并|共|累计|力争|预计|分别|还|且)*(?:增加|净增|多增)(?!到|至|值|幅度)")


@cache
def _own_verb() -> re.Pattern[str]:
    return re.compile(f"(?:{any_word('verb.act', 'change.arrive')})")


@cache
def _arrive() -> re.Pattern[str]:
    will = any_word("hedge.will")
    return re.compile(
        rf"(?:{any_word('change.arrive')}|到|至)(?:\x00+的?|了|{will}|的|其中|历史性|首次|规模|约)*$"
    )


@cache
def _change() -> tuple[re.Pattern[str], re.Pattern[str]]:
    between = r"(?:了|约|近|共|超|率|幅度|达|为|速度|保持|保持在|在|比例|目标|控制在|要|力争|分别|依次|各|左右|达到)*$"
    return (
        re.compile(rf"(?:{any_word('change.up', 'change.growth_noun')}){between}"),
        re.compile(rf"(?:{any_word('change.down')}){between}"),
    )


class _Sentence:
    """One sentence with numbers."""

    def __init__(
        self, text: str, found_dates: list[Date], context: Context, topic: str, state: _State
    ) -> None:
        self.text = text
        self.dates = found_dates
        self.context = context
        self.topic = topic
        self.state = state
        pieces = list(text)
        for date in found_dates:
            pieces[date.start : date.end] = "\x00" * (date.end - date.start)
        self.plain = "".join(pieces)
        self.place = ""
        self.aggregate = ""
        self.per = ""

    # -- numbers and their clauses -------------------------------------------------------

    def read(self, found: list[Mention]) -> Iterator[Reading]:
        numbers = self._sifted(found)
        runs = self._runs(numbers)
        position = 0
        path_end = False
        previous_clause = (-1, -1)
        for run in runs:
            if run[0].clause != previous_clause:
                self._govern(run[0], previous_clause)
                previous_clause = run[0].clause
            elif self._has_new_verb(run[0].left):
                self._govern(run[0], previous_clause)
            if len(run) > 1:
                following = runs[position + 1][0] if position + 1 < len(runs) else None
                path_start = self._starts_path(replace(run[-1], left=run[0].left), following)
                yield from self._read_run(run, path_start, path_end)
                path_end = path_start
            else:
                following = runs[position + 1][0] if position + 1 < len(runs) else None
                before = runs[position - 1][-1] if position else None
                yield self._read_single(run[0], before, following)
            position += 1

    def _bounds(self, mention: Mention, separators: list[tuple[int, int]]) -> tuple[int, int]:
        start, end = 0, len(self.text)
        for left, right in separators:
            if right <= mention.start:
                start = right
            elif left >= mention.end:
                end = left
                break
        return start, end

    def _sifted(self, found: list[Mention]) -> list[_Number]:
        separators = [
            match.span()
            for match in _SEPARATOR.finditer(self.plain)
            if not any(m.start <= match.start() < m.end for m in found)
            and not self._inner_bracket(match, found)
        ]
        clauses = [self._bounds(mention, separators) for mention in found]
        # sizes that name a class are part of the subject, not numbers of their own
        kept: list[tuple[Mention, tuple[int, int]]] = []
        last_count_end = -1
        for i, mention in enumerate(found):
            clause = clauses[i]
            left = self.plain[clause[0] : mention.start]
            more = i + 1 < len(found) and clauses[i + 1] == clause
            stop = found[i + 1].start if more else clause[1]
            right = self.plain[mention.end : stop]
            after_count = last_count_end == mention.start and mention.unit not in ("家", "个")
            borrowed = more and not mention.unit and re.match(r"^[、和及与]$", right)
            if (
                not mention.unit
                and mention.form == "digits"
                and not borrowed
                and not self._unitless(mention, left, right)
            ):
                continue
            if sifting.is_class(mention, left, right, after_count, more):
                continue
            kept.append((mention, clause))
            if sifting.unit_trait(mention) == "measure":
                last_count_end = mention.end
        measuring = [
            (mention, clause)
            for (mention, clause), left, right in self._with_sides(kept)
            if not sifting.no_statement(mention, self._wide_clause(clause), left, right, self.plain)
        ]
        return [
            _Number(
                mention, clause, left, right,
                sifting.is_technical(mention, self.plain[clause[0] : mention.start], right),
            )
            for (mention, clause), left, right in self._with_sides(measuring)
        ]  # fmt: skip

    def _with_sides(
        self, kept: list[tuple[Mention, tuple[int, int]]]
    ) -> Iterator[tuple[tuple[Mention, tuple[int, int]], str, str]]:
        """Each mention with the words to its neighbours in the clause."""
        for i, (mention, clause) in enumerate(kept):
            begin, stop = clause
            if i and kept[i - 1][1] == clause:
                begin = kept[i - 1][0].end
            if i + 1 < len(kept) and kept[i + 1][1] == clause:
                stop = kept[i + 1][0].start
            yield (
                (mention, clause),
                self.plain[begin : mention.start],
                self.plain[mention.end : stop],
            )

    def _inner_bracket(self, match: re.Match[str], found: list[Mention]) -> bool:
        """Whether a bracket belongs to a name, as in 智能工厂(数字化车间), or to 台(套)."""
        if match[0] not in "()":
            return False
        at = match.start()
        opening = self.plain.rfind("(", 0, at + 1)
        closing = self.plain.find(")", at)
        if opening < 0 or closing < 0 or not 1 < closing - opening <= 22:
            return False
        return not any(opening < mention.number < closing for mention in found)

    def _wide_clause(self, clause: tuple[int, int]) -> str:
        start = max(self.plain.rfind(mark, 0, clause[0]) for mark in ";。") + 1
        ends = [self.plain.find(mark, clause[1]) for mark in ";。"]
        stops = [end for end in ends if end >= 0]
        return self.plain[start : min(stops) if stops else len(self.plain)]

    def _unitless(self, mention: Mention, left: str, right: str) -> bool:
        if mention.hedge.endswith("+") and re.match(r"[一-龥]", right):
            return True
        if mention.hedge.endswith("多") or mention.hedge.endswith("余"):
            return bool(re.match(r"[一-龥]", right))
        subject = left or self.state.subject
        return bool(
            sifting.unitless().search(subject[-16:])
            or (
                sifting.unitless().search(self.plain[: mention.start])
                and re.search(r"(?:从|由|到|至|为)(?:\x00+的?)?$", left)
            )
        )

    def _runs(self, numbers: list[_Number]) -> list[list[_Number]]:
        """Numbers in a row (12.1%、13.4%和9.8%) belong together."""
        runs: list[list[_Number]] = []
        for number in numbers:
            if runs:
                last = runs[-1][-1]
                between = self.plain[last.mention.end : number.mention.start]
                same = last.clause == number.clause and re.fullmatch(r"[、和及与]|以及", between)
                if same and self._alike(last.mention, number.mention):
                    runs[-1].append(number)
                    continue
            runs.append([number])
        return [self._evened(run) if len(run) > 1 else run for run in runs]

    @staticmethod
    def _alike(a: Mention, b: Mention) -> bool:
        return a.form == b.form and (
            a.unit == b.unit
            or not a.unit
            or a.unit == "个"
            or (sifting.unit_trait(a) == sifting.unit_trait(b))
        )

    @staticmethod
    def _evened(run: list[_Number]) -> list[_Number]:
        """Unit and hedge of the last number hold for those before it that have none."""
        last = run[-1].mention
        even: list[_Number] = []
        for number in run:
            mention = number.mention
            if not mention.unit or (mention.unit == "个" and last.unit == "个百分点"):
                mention = replace(mention, unit=last.unit)
            given = last if last.hedge else run[0].mention
            if mention.op == "=" and given.op in (">=", "~", "<=", ">") and given.hedge:
                mention = replace(mention, op=given.op, hedge=given.hedge)
            even.append(replace(number, mention=mention))
        return even

    # -- what governs a list -------------------------------------------------------------

    def _has_new_verb(self, left: str) -> bool:
        return bool(_own_verb().search(left)) and (
            not re.match(r"^[、和及]", left) or bool(_own_verb().match(left, 1))
        )

    def _govern(self, number: _Number, previous: tuple[int, int]) -> None:
        clause_left = number.left
        if _new_governor().search(clause_left) or _up_governor().match(clause_left):
            self.state.governor = "+"
        elif _down_governor().match(
            re.sub(
                r"^[一-龥]{2,5}?(?:省|市|县|州)(?=减|压|削|缩)",
                "",
                subjects.strip_lead(clause_left),
            )
        ):
            self.state.governor = "-"
        elif self.state.governor and (
            bool(re.search(r"总数|总量|总计|达到|累计达|涉及|包括", clause_left))
            or self._has_new_verb(clause_left)
            or self.plain[previous[1] : previous[1] + 1] == ";"
        ):
            self.state.governor = ""
        elif (
            self.state.governor and number.clause != previous and not clause_left.startswith("其中")
        ):
            # a new clause without a verb goes on with the list only if it counts as the list did
            if sifting.unit_trait(number.mention) != "measure":
                self.state.governor = ""

    # -- one number ----------------------------------------------------------------------

    def _read_single(
        self, number: _Number, before: _Number | None, following: _Number | None
    ) -> Reading:
        start_of_path = self._starts_path(number, following)
        end_of_path = before is not None and self._starts_path(before, number)
        name, op, measure, rule = self._name(number, start_of_path, end_of_path)
        return self._finish(number, name, op, measure, rule, start_of_path, end_of_path)

    def _starts_path(self, number: _Number, following: _Number | None) -> bool:
        if following is None or following.clause != number.clause:
            return False
        if not re.search(r"(?:从|由)[^,;]{0,4}$", number.left.replace("\x00", "")):
            return False
        between = self.plain[number.mention.end : following.mention.start]
        return bool(_arrive().search(between) or re.search(r"(?:跃升|增长|提高|到|至|为)", between))

    def _name(
        self, number: _Number, start_of_path: bool, end_of_path: bool
    ) -> tuple[str, Op, Measure, str]:
        mention, left, right = number.mention, number.left, number.right
        trait = sifting.unit_trait(mention)
        share = trait == "share" or mention.form == "fraction"
        points = mention.unit in ("个百分点", "百分点", "个点")
        op = self._goal_op(mention.op)
        if start_of_path or end_of_path:
            name = self.state.subject if end_of_path else self._resolve(left, number)
            return name, op, "share" if share else "level", "从…到…"
        if mention.form == "multiple" or mention.unit.endswith("倍"):
            return self._multiple_name(left, number), "x", "multiple", "倍数"
        plain_left = re.sub(r"(?:力争|预计|预期|将|要|也|均|约|已|的|再)+$", "", left)
        up, down = _change()
        rising, falling = up.search(plain_left), down.search(plain_left)
        arriving = _arrive().search(left)
        tail = subjects.growth_tail(plain_left) if not arriving else None
        if (
            points
            and re.search(
                r"(?:高于|低于|快于|高出|超出|慢于|优于|领先)[^,;]{0,16}$|比[^,;]{2,24}(?:高|低|快|慢)$",
                left,
            )
            and not re.search(r"(?:提高|增加|提升|降低|下降)$", left)
        ):
            return self._gap_name(left), op, "level", "比较之差"
        if tail and (True) and not self.state.governor:
            owner = self._resolve(plain_left[: tail.start()], number, bare=True)
            if points or not share:
                sign: Op = "-" if falling and not rising else "+"
                if falling and rising:
                    sign = "-" if falling.start() > rising.start() else "+"
                return owner, sign, "increase", "增减"
            yearly = bool(tail["yearly"]) or bool(re.search(r"年均", left))
            return subjects.growth_name(owner, tail["how"], yearly), op, "growth", "增速"
        if (
            trait == "measure"
            or (not mention.unit and not share)
            or (mention.form in ("scale", "digits")
            and mention.unit in ("万", "亿", "百万", "千万"))
        ) and self._object_right(right):
            return self._counted_name(left, right, op)
        name = self._resolve(left, number)
        speed = re.match(r"^的?(年均|平均)?(?:复合)?(?:增长|增速|速度)", right)
        if share and speed and not points:
            yearly = bool(speed[1]) or "年均" in left
            owner = re.sub(r"(?:以|按|年均|每年|五年间|保持)+$", "", name)
            return (
                subjects.growth_name(owner or self.state.subject, "增长", yearly),
                op,
                "growth",
                "增速",
            )
        if (
            share
            and re.match(r"^的[一-龥“A-Za-z]", right)
            and not re.search(r"占|比重|目标|任务", left + right[:8])
        ):
            thing = subjects.after_number(right[1:])
            whole = re.search(
                r"(全国|全球|全省|全市|本市|世界|国内|全县|全区|国际)$", subjects.strip_tail(left)
            )
            return f"{thing}占{whole[1]}比重" if whole else f"{thing}比例", op, "share", "比例在前"
        if share and "占" in name and not re.search(r"比重|比例|份额|占比|率$|贡献", name):
            name = re.sub(r"(?:均|都|约|接近)*占", "占", name) + "比重"
        if self.state.governor:
            if share and not points:
                return name, op, "share", "占比"
            return self._list_name(name, trait), self.state.governor, "increase", "新增与压减"  # type: ignore[return-value]
        if re.search(r"(?:增速|增长率|增幅|增长速度|降幅|涨幅|增长)$", name):
            owner = re.sub(
                r"(?:年均|同比|年平均)?(?:复合)?(?:增速|增长率|增幅|增长速度|增长)$", "", name
            )
            if not owner:
                owner = self.state.subject
            yearly = "年均" in name or "年均" in left
            if owner and not re.search(r"降幅|涨幅", name):
                name = subjects.growth_name(owner, "增速", yearly)
            return name, op, "growth", "增速"
        if left.startswith("其中") and trait == "money" and not subjects.is_measure(name):
            name += subjects.measure_of(self.state.recent[-2] if len(self.state.recent) > 1 else "")
        owned = re.match(r"^的([一-龥“][^,;:。()]{1,24})", right)
        if (
            owned
            and re.search(r"(?:面积|规模|总投资|投资额|投资|容量|能力|产能|长度)$", name)
            and len(name) <= 8
        ):
            name = owned[1] + name
        measure: Measure = "share" if share else "level"
        if re.search(r"累计|五年|三年|期间完成|新签", left):
            measure = "flow" if not share else measure
        if re.search(r"下降|降低", left) and share and not arriving:
            measure = "reduction"
        return self._list_name(name, trait), op, measure, "达到"

    def _list_name(self, name: str, trait: str) -> str:
        return subjects.counted(name) if trait == "measure" else name

    @staticmethod
    def _goal_op(op: str) -> Op:
        return op  # type: ignore[return-value]

    def _object_right(self, right: str) -> bool:
        if not re.match(r"^(?:的)?[一-龥“A-Za-z0-9(]", right):
            return False
        if re.match(
            rf"^(?:{any_word('change.arrive', 'change.up', 'change.down')}|到|至|和|及|与|以及|以|其中|占|增|升|降|居|跃|,|为|并|的速度|的目标|的水平|的基础)",
            right,
        ):
            return bool(re.match(r"^(?:以上的|和企业|及以上|提升工程)", right))
        return True

    def _counted_name(self, left: str, right: str, op: Op) -> tuple[str, Op, Measure, str]:
        thing = subjects.after_number(right)
        each = "每年" if re.search(r"每年[^,]{0,6}$", left) else ""
        name = each + subjects.counted(thing)
        sign = self.state.governor
        if sign:
            return name, sign, "increase", "新增与压减"  # type: ignore[return-value]
        return name, op, "level", "量词在前"

    def _gap_name(self, left: str) -> str:
        match = re.search(
            r"^(.*?)(?:均|也|都)?(高于|低于|快于|高出|超出|慢于|优于|领先|比)(.*?)(?:高|低|快|慢)?$",
            left,
        )
        owner = subjects.before_number(match[1]).name if match else ""
        owner = owner or self.state.subject
        other = (match[3] if match else "").strip("\x00的")
        return f"{owner}与{other}差距"

    def _multiple_name(self, left: str, number: _Number) -> str:
        text = re.sub(r"(?:比|较|是|为|相当于|在)\x00*[^,]*$", "", left)
        text = re.sub(r"(?:实现|增长|增加|提高|扩大|接近|力争)+$", "", text.strip("\x00"))
        return self._resolve(text, number)

    # -- subjects that lean on what stood before ------------------------------------------

    def _resolve(self, left: str, number: _Number | None, bare: bool = False) -> str:
        state, topic = self.state, self.topic
        left = re.sub(r"(?:比|较|与)\x00+(?:年)?(?:相比)?", "\x00", left)
        left = _LIST_NUMBER.sub("", left.lstrip("、和及与以"))
        subject = subjects.before_number(left)
        name = re.sub(r"(?:从|由)$", "", subject.name).strip("的、")
        name = re.sub(r"^(?:\d+个|其)", "", name)
        name = re.sub(r"^相当于", "占", name)
        name = re.sub(r"^(?:在)?(.{2,12})中的?(?:所占)?(?:份额|比重|占比)$", r"占\1比重", name)
        placed = re.match(r"([一-龥]{2,5}?(?:省|市|县|州))(?=[一-龥]{4})", name)
        if (
            placed
            and _own_verb().match(name, placed.end())
            and not name.startswith(("上市", "城市", "全市"))
        ):
            self.place = placed[1]
            name = subjects.before_number(name[placed.end() :]).name
        stem = re.sub(r"(?:省|市|自治区|区|县)$", "", self.context.region)
        if (
            len(stem) >= 2
            and name.startswith(stem)
            and len(name) > len(stem) + 3
            and name[len(stem)] not in "市省区的"
        ):
            name = name[len(stem) :]
        if name in short_names():
            self.place = short_names()[name]
            return state.subject or name
        each = "每年" if "每年" in left and "每年" not in name else ""
        if name.startswith("占") and not name.startswith("占地"):
            owner = state.subject or self._clause_subject(number) or topic
            return self._remember(subjects.share_of(owner, name))
        if name in ("占比", "比重", "比例", "份额", "占比重"):
            return self._remember((state.subject or topic) + "占比")
        generic = name in words("measure.generic")
        group = self._group_before(number) if generic and number is not None else ""
        if group:
            return self._remember(group + name)
        opening = self._sentence_topic() if generic else ""
        if opening:
            return self._remember(opening + ("" if name.startswith("产业") else "产业") + name)
        if generic and topic:
            base = (
                topic if not topic.endswith("产业") or not name.startswith("产业") else topic[:-2]
            )
            return self._remember(base + name)
        if generic and state.subject and not name.endswith("企业数量"):
            base = re.sub(r"(?<=.{4})占.*$", "", state.subject)
            base = re.sub(r"(?:产业规模|规模|数量|总产值|产值|增加值|营业收入|产量)$", "", base)
            if base and (len(base) <= 10 or left.startswith("、")) and not bare:
                return self._remember(base + name)
        if generic and number is not None:
            about = self._clause_subject(number)
            if about:
                return self._remember(
                    re.sub(r"产业$", "", about)
                    + "产业" * name.startswith(("增加", "产值", "营业", "规模"))
                    + name
                )
        if re.match(r"^(?:年均|同比|累计|平均|年|五年|三年|实际|较|比)*$", name):
            return state.subject or state.counted or topic
        if re.fullmatch(r"(?:年均)?(?:增速|增长|增长率|增幅|复合增长率)", name):
            return (state.subject or topic) + name
        if not name or name == "连续":
            return self._clause_before(number) or state.subject or state.counted or topic
        return self._remember(each + self._of_aggregate(name, left))

    def _clause_subject(self, number: _Number | None) -> str:
        """「全社会研发经费投入逐年递增,占…」: what an earlier clause without numbers spoke of."""
        if number is None:
            return ""
        before = self.plain[: number.clause[0]].rstrip(",;:")
        for clause in reversed(re.split(r"[,;:]", before)):
            text = subjects.strip_lead(clause.replace("\x00", ""))
            match = re.match(
                r"([一-龥“”]{2,18}?)(?=逐年|持续|不断|稳步|保持|快速|大幅|显著|明显|平稳|较快|加快|实现|取得|进一步|壮大|增长)",
                text,
            )
            if match:
                return match[1]
        return ""

    def _clause_before(self, number: _Number | None) -> str:
        """「制造业投资截至…末,已连续34个月…」: the subject named just before, without a number."""
        if number is None or number.left != self.plain[number.clause[0] : number.mention.start]:
            return ""
        before = re.search(
            r"(?:^|[,;])([一-龥“”]{2,16}?)(?:截至|截止)?\x00+[,]$", self.plain[: number.clause[0]]
        )
        return subjects.strip_lead(before[1]) if before else ""

    def _sentence_topic(self) -> str:
        """「新一代信息技术产业瞄准…,力争营业收入达到…」: what the sentence is about."""
        match = re.match(
            r"(?:[^,:。]{0,6}\))?([一-龥“”A-Za-z0-9与和、-]{2,18}?(?:产业|行业|领域|集群|业|产业链))"
            r"(?=重点|瞄准|力争|方面|围绕|以|要|将|依托|聚焦|加快|大力|着力|坚持|发挥|预期|\x00|[,:])|(.{2,14}?)方面[,:]",
            self.plain,
        )
        return as_topic((match[1] or match[2]).removesuffix("产业")) if match else ""

    def _group_before(self, number: _Number) -> str:
        """「聚焦…三大先导产业,力争人才规模实现倍增」: the group a generic noun speaks of."""
        before = self.plain[: number.clause[0]]
        groups = re.findall(
            r"[两二三四五六七八九十]+大[一-龥]{2,8}?(?:产业|行业|领域|集群)", before
        )
        return groups[-1] if groups else ""

    def _of_aggregate(self, name: str, left: str) -> str:
        """「其中,制造业部分增加值」 is a part of what was measured before; so is what follows it."""
        part = re.match(r"([一-龥]{2,6})部分", name)
        if part and re.search(r"其中,?$", self.plain[: self.plain.find(name[:4])][-4:]):
            whole = re.sub(r"(?<=.{4})占.*$", "", self.state.subject)
            self.aggregate = re.sub(r"(?:增加值|产值|营业收入|规模)$", "", whole)
        if (
            self.aggregate
            and re.match(r"(?:制造业|服务业|农业|工业)", name)
            and not name.startswith(self.aggregate)
        ):
            return self.aggregate + name
        del left
        return name

    def _remember(self, name: str) -> str:
        self.state.subject = name
        self.state.recent.append(name)
        return name

    # -- several numbers in a row ---------------------------------------------------------

    def _read_run(self, run: list[_Number], path_start: bool, path_end: bool) -> Iterator[Reading]:
        first = run[0]
        count = len(run)
        left = re.sub(r"(?:分别|依次)", "", first.left)
        own = [
            d for d in self.dates if first.clause[0] <= d.start < first.mention.start and not d.base
        ]
        names = self._run_names(left, count)
        name, op, measure, rule = self._name(replace(first, left=left), path_start, path_end)
        if rule == "增速" or measure == "growth":
            names = [self._regrown(each, name) for each in names] if names else []
        elif re.search(r"占[^占]+(?:比重|比例|份额)?$", name) and self.state.names and not names:
            tail = name[name.find("占") :]
            names = [subjects.share_of(each, tail) for each in self.state.names[:count]]
        bare = not re.sub(r"[\x00与和较比同相年,、]|年均|增长|增速|提高|下降|降低|为|约", "", left)
        if not names and len(self.state.recent) >= count and bare:
            names = self.state.recent[-count:]
            if rule == "增速":
                names = [self._regrown(each, name) for each in names]
        elif not names and len(self.state.recent) > count and re.search(r"[类种]|上述|以上", left):
            names = self.state.recent[-count - 1 : -1]
        if path_end and len(self.state.names) == count:
            names = self.state.names
        if not names:
            names = [name] * count
        dated = len(own) == count and count > 1
        shared = self._adjacent_date(first)
        for i, number in enumerate(run):
            run_op: Op = op if op in ("+", "-", "x") else number.mention.op  # type: ignore[assignment]
            yield self._finish(
                number, names[i], run_op, measure, f"分别·{rule}", path_start, path_end,
                own[i] if dated else shared,
            )  # fmt: skip
        self.state.names = names
        self.state.subject = names[-1]
        self.state.recent += names

    @staticmethod
    def _regrown(each: str, model: str) -> str:
        tail = re.search(r"(?:累计)?(?:年均)?(?:增速|[一-龥]{2}幅度)$", model)
        each = re.sub(r"(?:年均|累计|平均)$", "", each)
        if tail and not each.endswith(tail[0]):
            return each + tail[0]
        return each

    def _run_names(self, left: str, count: int) -> list[str]:
        text = re.sub(r"^[、和及与]", "", left)
        subject = subjects.before_number(text).name
        growth = subjects.growth_tail(subject)
        if growth:
            subject = subject[: growth.start()]
        share = re.search(r"占[^占]*$", subject)
        head, tail = (
            (subject[: share.start()], subject[share.start() :]) if share else (subject, "")
        )
        items = [item for item in re.split(r"、|和|及|以及|与", head) if item]
        if len(items) != count:
            return []
        grouped = re.search(
            r"(?:[两三四五六七八九]|\d+)(?:大|个|类|项|家)(?:领域|行业|方面)?(.*)$", items[-1]
        )
        owned = re.search(r"的([^的]{2,8})$", items[-1])
        if grouped:
            tail = grouped[1] + tail
            items[-1] = items[-1][: grouped.start()]
        elif owned and subjects.is_measure(owned[1]):
            tail = owned[1] + tail
            items[-1] = items[-1][: owned.start()]
        elif not any(subjects.is_measure(item) for item in items[:-1]):
            noun = subjects.measure_of(items[-1])
            tail = noun + tail
            items[-1] = items[-1].removesuffix(noun)
        elif all(subjects.is_bare_measure(item) for item in items[1:]):
            prefix = items[0].removesuffix(subjects.measure_of(items[0]))
            items[1:] = [prefix + item for item in items[1:]]
        return [item + tail for item in items]

    # -- date, role, period --------------------------------------------------------------

    def _finish(
        self, number: _Number, name: str, op: Op, measure: Measure, rule: str,
        start_of_path: bool, end_of_path: bool, own_date: Date | None = None,
    ) -> Reading:  # fmt: skip
        mention, context = number.mention, self.context
        date = own_date or self._date_for(number, start_of_path)
        mode = self._mode(number, date)
        if start_of_path:
            adjacent = own_date or self._adjacent_date(number)
            period = adjacent.period if adjacent else self._start_of_path(mode, date)
            plan_first = context.plan.first if context.plan else None
            past = plan_first is None or period.last < plan_first or mode == "fact"
            mode = "fact" if past else mode
        else:
            period = self._period(number, date, mode, measure, op)
        if mode == "goal" and op == ">":
            op = ">="
        value, low, high = mention.value, mention.low, mention.high
        unit = mention.unit
        if op in ("x",):
            unit = ""
        if mention.sized and op == "=":
            op = "~"
        per = re.search(
            r"每((?:亿|万|千|百)?(?:平方公里|平方米|公顷|亩|亿元|万元|元|人|名|吨))", number.left
        )
        if not per and number.left.startswith("、") and self.per:
            unit = f"{unit}/{self.per}"
        elif (
            per
            and "/" not in unit
            and sifting.unit_trait(mention) != "share"
            and not re.search(r"[,;]", number.left)
        ):
            unit = f"{unit}/{per[1]}"
            self.per = per[1]
        if (
            mention.form == "scale"
            and not mention.unit.endswith(tuple("元家个人项件台辆套户名吨亩"))
            and not re.match(r"^(?:家|户|企业|中小|人才)", number.right)
        ):
            if re.search(
                r"收入|产值|规模|增加值|总值|投资|营收|市值|成交|销售|交易|资产|利润|贷款|基金|GDP|出口",
                name + number.right[:4],
            ):
                unit += "元"
        base = next((d.period.last for d in self.dates if d.base), None)
        start, end = self._quote(number)
        scope = self._scope(name)
        return Reading(
            start, end, name, scope, "target" if mode == "goal" else "observation", op, value, low,
            high, unit, period, number.technical, measure, mention.hedge, base, rule,
        )  # fmt: skip

    def _adjacent_date(self, number: _Number) -> Date | None:
        for date in reversed(self.dates):
            if date.end <= number.mention.start:
                gap = self.plain[date.end : number.mention.start]
                return date if re.fullmatch(r"(?:的|为|是|约|达|达到|\()?", gap) else None
        return None

    def _date_for(self, number: _Number, start_of_path: bool) -> Date | None:
        adjacent = self._adjacent_date(number)
        multiple = number.mention.form == "multiple" or number.mention.unit.endswith("倍")
        if adjacent is not None and not (adjacent.base and multiple):
            return adjacent
        left = [d for d in self.dates if d.end <= number.mention.start and not d.base]
        if not start_of_path:
            # 由2010年的A提高到2015年的B: the start's date is not the sentence's
            left = [d for d in left if not self._is_path_start(d)]
        if left:
            return left[-1]
        return self.state.date if self.state.date is not None else None

    def _is_path_start(self, date: Date) -> bool:
        return bool(re.search(r"(?:从|由)$", self.plain[: date.start]))

    def _mode(self, number: _Number, date: Date | None) -> Mode:
        context, plan = self.context, self.context.plan
        clause = self._wide_clause(number.clause)
        if context.review:
            ahead = re.search(r"力争|确保(?!了)|到\x00+[^,]*(?:将|要)|下一步", clause)
            return "goal" if ahead and plan is not None else "fact"
        if re.search(r"同比|比上年|较上年", clause) and not re.search(r"力争|目标|确保", clause):
            return "fact"
        if date is not None:
            year = date.period.last
            if plan is not None:
                if year < plan.first:
                    if re.search(
                        r"目标(?:是|为|:)|确定的目标|提出的?目标|到\x00+[^,]*目标", clause
                    ) and not re.search(r"完成|实现|达到目标", self.plain[: number.clause[0]]):
                        return "goal"
                    ahead = self._carried(date) and re.search(
                        r"力争|确保(?!了)|目标|将|要求", clause
                    )
                    return "goal" if ahead and context.mode == "goal" else "fact"
                if (
                    context.fact_year is not None
                    and context.mode == "fact"
                    and year <= context.fact_year
                ):
                    return "fact"
                if self._carried(date) and context.mode == "fact":
                    return "fact"
                return "goal"
            if context.fact_year is not None:
                opening = (
                    self.plain[max(0, date.start - 1) : date.start] if date in self.dates else ""
                )
                return (
                    "goal"
                    if year > context.fact_year or (opening == "到" and year >= context.fact_year)
                    else "fact"
                )
        mode = context.mode
        if (
            mode == "goal"
            and re.search(r"(?:^|[^未己])已(?!供|出让)|目前|截至|现有", clause)
            and not re.search(r"力争|确保|将|努力", clause)
        ):
            return "fact"
        if (
            mode == "fact"
            and re.search(r"力争|确保(?!了)|下一步|今后", clause)
            and plan is not None
        ):
            return "goal"
        return mode

    def _carried(self, date: Date) -> bool:
        return date not in self.dates

    def _start_of_path(self, mode: Mode, date: Date | None) -> Period:
        """The year before the period in which the path runs."""
        plan, fact_year = self.context.plan, self.context.fact_year
        compared = next((d for d in self.dates if d.base), None)
        if compared is not None:
            return Period.year(compared.period.last)
        if mode == "goal" and plan is not None:
            return Period.year(plan.first - 1)
        if date is not None and date.whole:
            five = date.period.last - date.period.first == 4
            return Period.year(date.period.first - 1 if five else date.period.first)
        last = date.period.last if date is not None else fact_year or 0
        if plan is not None and plan.last == plan.first:
            return Period.year(last - 1)
        if plan is not None and fact_year is not None and plan.first <= fact_year:
            return Period.year(plan.first - 1)
        if last % 5 == 0 or (plan is not None and last == plan.first - 1):
            return Period.year(last - 5)
        return Period.year(last - 1)

    def _period(
        self, number: _Number, date: Date | None, mode: Mode, measure: Measure, op: Op
    ) -> Period:
        context, plan = self.context, self.context.plan
        clause = self.plain[number.clause[0] : number.clause[1]]
        whole = measure in ("growth", "flow", "reduction") and not re.search(r"同比|上年", clause)
        whole = (
            whole or bool(re.search(r"累计|每年|年均|五年|三年|期间", clause)) or op in ("+", "-")
        )
        if date is not None and date.whole and mode == "fact" and context.fact_year is not None:
            if date.period.first <= context.fact_year < date.period.last:
                # 「“十四五”以来」 in a review runs to the review's own year
                running = Period(date.period.first, context.fact_year)
                return running if whole else Period.year(running.last)
        if date is not None:
            if (
                date.whole
                and mode == "fact"
                and measure in ("level", "share")
                and op not in ("+", "-")
                and not whole
            ):
                return Period.year(date.period.last)
            if date.whole:
                return date.period
            year = date.period.last
            if whole and mode == "goal" and plan is not None and plan.first < year <= plan.last:
                return Period(plan.first, year)
            if (
                whole
                and mode == "fact"
                and plan is not None
                and year == context.fact_year
                and self._five_years(plan)
            ):
                return Period(max(year - 4, 1), year)
            return date.period
        if mode == "goal":
            period = context.goal_period or plan
            if period is None:
                return Period.year(context.fact_year or 0)
            return period if whole or period.first == period.last else Period.year(period.last)
        year = context.fact_year or (plan.first - 1 if plan else 0)
        if whole and plan is not None and self._five_years(plan) and year == plan.first - 1:
            return Period(year - 4, year)
        if plan is not None and plan.first <= year:
            return Period(plan.first, year) if whole else Period.year(year)
        return Period.year(year)

    @staticmethod
    def _five_years(plan: Period) -> bool:
        return plan.last - plan.first >= 2

    def _scope(self, name: str) -> str:
        if self.place:
            return self.place
        if self.topic and (self.topic in name or name.startswith(self.topic[:4])):
            return self.topic
        place = re.match(r"([一-龥]{2,6}?(?:新片区|新区|开发区|园区|区))(?!生产总值|域)", name)
        if place and not place[1].endswith(("特色产业园区", "示范区", "地区", "社区")):
            return place[1]
        return self.context.region or self.topic

    def _quote(self, number: _Number) -> tuple[int, int]:
        """8 to 60 characters that hold the number: its clause, widened or cut."""
        start, end = number.clause
        mention = number.mention
        while start and end - start < 8:
            start = max((self.text.rfind(mark, 0, start - 1) for mark in ",;:。("), default=-1) + 1
        if end - start < 8:
            end = min(len(self.text), start + 8)
        if end - start > 60:
            start = max(start, mention.start - 30)
            end = min(end, start + 60, max(mention.end, start + 60))
        return start, end
