"""Quantified statements in running text.

A paragraph is read sentence by sentence. Each number that survives ``sifting`` gets its
operator and subject from the words around it (``measuring``, ``naming``), its period and role
from the dates and the section (``timing``). What one clause leaves out it inherits from the
clause before. Every record names the rule that read it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from jingwei.core import Period
from jingwei.plans import articles, sifting, subjects, timing
from jingwei.plans.changes import gap_names
from jingwei.plans.context import Context, as_topic
from jingwei.plans.coordination import (
    all_alike,
    each_of,
    names_of_row,
    sizes_of_all,
    told_of_each,
    without_growth,
)
from jingwei.plans.dates import Date, dates
from jingwei.plans.goals_told import is_of_a_goal
from jingwei.plans.governing import brings_new, govern, has_own_verb, sums_up
from jingwei.plans.hindsight import first_years, years_before, years_left, years_run
from jingwei.plans.measured import TECHNICAL, Measured
from jingwei.plans.measuring import measure_number, starts_path
from jingwei.plans.naming import LIST_NUMBER, without_region
from jingwei.plans.numbers import Mention, mentions
from jingwei.plans.proportions import Structure, structures_in
from jingwei.plans.ranks import Rank, ranks_in, without_rank
from jingwei.plans.reading import Reading
from jingwei.plans.regions import cities_at_head, short_names
from jingwei.plans.sentence import Memory, Number, Sentence, rows_of_numbers
from jingwei.plans.stating import reading_of

_SENTENCE_END = re.compile(
    r"[。!?;.](?:(?<=[。!?])|(?<=;)(?=\d{1,2}[.、．])"
    r"|(?<=\.)(?:(?<![\d\s]\.)(?!\d)|(?<=[\d%]\.)(?=[一-龥“(—])"
    r"|(?<=[%一-龥)]\.)(?=(?:19|20)\d\d年)))"
)
_WORDS = re.compile(
    r"(?:^|[,;:])(?P<whole>(?:保持|稳定)?(?P<name>[一-龥]{4,24}(?:比重|占比|率|强度|指数|密度))(?:保持|位居|位列|居)?"
    r"(?P<words>基本稳定|总体稳定|稳中有升|合理区间|全国前列|国内前列|国内领先|世界前列|国际领先))(?=[,;。])"
)
_LISTED = re.compile(r"[一二三四五六七八九]是")
_RUN_IN = re.compile(r"([^,;:。.、!?\d“]{2,22}(?:、[^,;:。.、!?\d“]{2,12})?)[。.:]")
_TOLD_BY = re.compile(
    r"^[^,;:。\d]{2,10}:|^(?:据|根据)[^,;:]{2,24}[,:]|^[^,;:]{0,24}(?:显示|表明|介绍|统计|来看|看|指出|认为)[,:]"
)
_FURTHER = re.compile(r"[,;:]|(?:从|由|而)$")
_GOES_ON = re.compile(r"(?:此外|同时|另外|与此同时|并且|其中|不仅如此|除此之外)[,，]?")
_DEADLINE = re.compile(r"[年末底]{0,2}(?:之|以)?前")
# 「何静:谢谢。…」: somebody else speaks
_SPEAKER = re.compile(r"[一-龥·]{2,16}[::]")


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
    if _LISTED.match(text):
        return ""
    text = LIST_NUMBER.sub("", text)
    match = _RUN_IN.match(text)
    return as_topic(match[1]) if match and len(text) > match.end() + 4 else ""


def read_passage(text: str, context: Context, before: Memory | None = None) -> list[Reading]:
    """All statements of one paragraph, in order.

    ``before`` is the memory of the paragraph above: where no heading tells goals from facts
    (a press release), what was last told by a date or a verb goes on. It is brought up to date.
    """
    topic = run_in_topic(text) or context.topic
    if topic in short_names():
        topic = ""  # 「云岭:到2032年…」 opens a place's part, not a thing
    memory = before or Memory()
    if not (text.startswith("同期") or (context.article and _GOES_ON.match(text))):
        memory.date = None
    if context.article and _SPEAKER.match(text):
        memory.mode = None
    memory.subject, memory.names, memory.recent = "", [], []
    memory.told, memory.grown, memory.as_of = {}, "", False
    found: list[Reading] = []
    of_indicators = context.unsure and "指标" in text
    inherited = context
    for start, end in sentences(text):
        written = text[start:end]
        context = articles.at_hand(written, inherited, memory) if inherited.article else inherited
        if of_indicators:
            found += _in_words(written, start, context)
        in_it = _dates_in(written, inherited, context, memory)
        numbers = mentions(written, [(date.start, date.end) for date in in_it])
        in_it = _outside_titles(written, in_it)
        if context.told_by_others:
            proposed = articles.proposal_at(written)
            numbers = [each for each in numbers if each.start < proposed]
        ranks, structures = ranks_in(written), structures_in(written)
        if numbers or ranks or structures:
            sentence = Sentence.of(written, in_it, context, topic, start)
            rows = rows_of_numbers(sentence, numbers, memory)
            read = list(_read_rows(sentence, rows, memory))
            if ranks:
                read += [each for rank in ranks for each in _ranked(sentence, memory, rank, read)]
            read += _structured(sentence, memory, structures)
            if ranks or structures:
                read.sort(key=lambda reading: reading.start)
            found += read
        elif len(written) < 18:
            topic = run_in_topic(f"{written}。。。。。") or topic
        timing.turn(written, in_it, context, memory)
        _carry_on(written, in_it, context, memory)
        memory.governor, memory.governs_one = "", False
        memory.recent = []
        memory.path = None
        memory.measured = ("", "level")
        memory.summed = None
    return found


def _dates_in(written: str, inherited: Context, context: Context, memory: Memory) -> list[Date]:
    """The dates of a sentence, also those that the years of its text give (后三年, 三年来, 前四年, 上年)."""
    year_named = memory.date.period.last or None if memory.date else None
    month = context.moment.month or 12 if context.moment else 12
    found = dates(written, context.plan, context.this_year or 0, year_named, month)
    if inherited.full_year is not None and context.plan is not None:
        left = years_left(written, context.plan, inherited.undated_year)
        apart = (
            each
            for each in found
            if not any(each.start < one.end and one.start < each.end for one in left)
        )
        found = [*apart, *left]
    if context.review and context.plan is not None:
        found += years_run(written, context.plan)
    if context.review and context.fact_year is not None:
        found += years_before(written, context.fact_year)
    if memory.date is not None and memory.date.whole:
        found += first_years(written, memory.date.period)
    return sorted(found)


def _carry_on(written: str, in_it: list[Date], context: Context, memory: Memory) -> None:
    """Keep in mind which date of a sentence the next sentences without one speak of."""
    if context.plan is None or context.review:
        # an article goes from year to year, a plan back and forth
        governing = [date for date in reversed(in_it) if _goes_on(written, date, context)]
    else:
        governing = [
            date
            for date in in_it
            if _governs(written, date)
            and (date.period.known or not date.start)
            and not timing.in_closed_bracket(written, date, len(written))
        ]
    if not governing:
        return
    since = memory.date = governing[0]
    if written.startswith("以来", since.end) and not since.whole:
        memory.date = None  # 「2018年以来累计获批11个。建成机构4家」: what stands now
        return
    if context.plan is None or context.mode != "goal":
        return
    memory.date = _last_goal(written, in_it, context.plan) or since
    if _DEADLINE.match(written, memory.date.end):
        memory.date = None  # 「2026年底前建成2条。开发软件25款」: the first alone is due then


def _goes_on(written: str, date: Date, context: Context) -> bool:
    """Whether a text that looks back goes on in the year that a clause opens with."""
    if not timing.opens_clause(written, date) or _ITS_OWN.match(written, date.start):
        return False
    if not context.review:
        return True
    ahead = context.fact_year is not None and date.period.last > context.fact_year
    told = context.undated_year
    earlier = told is not None and date.period.first == date.period.last < told
    if earlier and not written.startswith(",", date.end):
        return False  # 「2032年工业增加值5197亿元」 is one figure of an earlier year; 「2032年，…」 goes on
    # the half year at the end of a review (2023年上半年增长6%) stands beside the whole years it tells of
    beside = context.full_year is not None and date.part and date.period.last > context.full_year
    return not (ahead or beside or is_of_a_goal(written, date))


_TITLE = re.compile(
    r"(?<!按照)(?<!根据)(?<!依据)《[^《》]*》(?:\([^()]{0,20}\))?(?!(?:中|明确|也|还|所)*(?:提出|明确|要求|确定|规定|部署))"
)


_IN_FORCE = re.compile(
    r"起(?:正式|全面)?(?:施行|实施|执行|生效)"
)  # when a law begins dates no number


def _outside_titles(written: str, in_it: list[Date]) -> list[Date]:
    """The dates that may govern a number: the years in the title of another document are its own,
    unless the sentence quotes that document (按照《…》, 《…》提出)."""
    titles = [match.span() for match in _TITLE.finditer(written)] if "《" in written else []
    return [
        date
        for date in in_it
        if not any(start <= date.start < end for start, end in titles)
        and not _IN_FORCE.match(written, date.end)
    ]


def _in_words(sentence: str, offset: int, context: Context) -> Iterator[Reading]:
    """Indicators that a report on a plan tells in words: 「保持…比重基本稳定」."""
    goal = context.goal_period
    if goal is None:
        return
    for match in _WORDS.finditer(sentence):
        yield Reading(
            start=offset + match.start("whole"), end=offset + match.end("whole"),
            subject=subjects.strip_lead(match["name"]), scope=context.region, role="target",
            op="qual", value=None, low=None, high=None, unit="", period=Period.year(goal.last),
            technical=False, measure="rank", hedge="", base_year=None, rule="指标复述",
            text=match["words"],
        )  # fmt: skip


def _last_goal(sentence: str, in_it: list[Date], plan: Period) -> Date | None:
    """「2028年产值3657亿元,到2032年达到…,2035年突破…」: the last goal of a path that began with a fact, or
    that leads to the end of the plan."""
    told = [date for date in in_it if not date.base and date.period.known]
    if len(told) < 2 or told[-1].period.first < plan.first:
        return None
    if told[0].period.last >= plan.first and told[-1].period.last != plan.last:
        return None
    return told[-1] if timing.opens_clause(sentence, told[-1]) else None


_ITS_OWN = re.compile(
    r"今明两年|[两三四五2-5]年内|前[两三四]年(?=,)"
)  # of the sentence it stands in


def _governs(sentence: str, date: Date) -> bool:
    """Whether a date governs the sentences that follow: it stands in the first clause.

    A clause that only names who says so (数据显示,) does not count.
    """
    if date.base or _ITS_OWN.match(sentence, date.start):
        return False
    return not _FURTHER.search(_TOLD_BY.sub("", sentence[: date.start]))


def _read_rows(sentence: Sentence, rows: list[list[Number]], memory: Memory) -> Iterator[Reading]:
    previous = (-1, -1)
    path_end = False
    for i, row in enumerate(rows):
        first = row[0]
        turns = has_own_verb(first.left) or sums_up(first.left) or brings_new(first.left)
        if first.clause != previous or turns:
            govern(sentence, memory, first, previous)
        if first.clause != previous:
            if (
                sentence.places > 1
            ):  # 「江苏10所、安徽2所,占全国的20.7%」 has come back to all of them
                sentence.place = ""
            sentence.places = 0
        previous = first.clause
        following = rows[i + 1][0] if i + 1 < len(rows) else None
        path_start = starts_path(sentence, first.left, row[-1], following)
        path_end = path_end and first.clause == rows[i - 1][0].clause
        if len(row) > 1 and first.technical:
            # 「7纳米和5纳米刻蚀机」: the thing stands behind the last
            row = [number._replace(right=row[-1].right) for number in row]
        if len(row) > 1:
            yield from _read_row(sentence, row, memory, path_start=path_start, path_end=path_end)
        else:
            measured = measure_number(
                sentence, memory, first, path_start=path_start, path_end=path_end
            )
            date = timing.governing_date(sentence, memory, first, path_start=path_start)
            reading = reading_of(sentence, memory, first, measured, date, path_start=path_start)
            _walk(memory, reading, path_start=path_start, path_end=path_end)
            alike = _alike(first, measured)
            if alike:  # 「处置率、利用率均达100%」
                yield from (reading._replace(subject=name) for name in alike)
            elif reading.subject or measured.rule != TECHNICAL:
                yield reading
        path_end = path_start


def _alike(number: Number, measured: Measured) -> list[str]:
    """The names of all that one number is told of; [] where it is told of one."""
    if each := told_of_each(number.left, measured):
        return each
    if measured.measure == "share":
        return all_alike(number.left)
    if sifting.unit_trait(number.mention) == "measure":
        return each_of(number.left)
    return sizes_of_all(number.left) if sifting.unit_trait(number.mention) == "money" else []


def _read_row(
    sentence: Sentence, row: list[Number], memory: Memory, *, path_start: bool, path_end: bool
) -> Iterator[Reading]:
    """Numbers in a row: a name, and perhaps a date, for each."""
    first, count = row[0], len(row)
    left = re.sub(r"(?:分别|依次)", "", first.left)
    before = list(memory.names)
    cities, rest = cities_at_head(subjects.strip_lead(left))
    if len(cities) == count:
        left = rest  # 「合肥、芜湖、滁州规上工业增加值分别增长…」
    measured = measure_number(
        sentence, memory, first._replace(left=left), path_start=path_start, path_end=path_end
    )
    in_clause = [
        date
        for date in sentence.dates
        if first.clause[0] <= date.start < first.mention.start and not date.base
    ]
    gaps = gap_names(left, memory) if measured.rule == "比较之差" else []
    if path_end and len(before) == count:
        names = before
    elif len(gaps) == count:
        names = gaps
    elif measured.rule == TECHNICAL or len(cities) == count:
        names = [measured.subject] * count
    else:
        yearly = _year_of_each(in_clause, 0, count) is not None
        names = (
            [measured.subject] * count if yearly else names_of_row(left, measured, memory, count)
        )
        names = [without_region(sentence, name) for name in names]
        if sifting.unit_trait(first.mention) == "measure" and measured.measure in ("level", "flow"):
            names = [subjects.counted(name) for name in names]
    shared = timing.adjacent_date(sentence, first)
    if shared is not None and shared.base and measured.op == "x":
        shared = None  # 「是2015年的2.1倍和1.8倍」 is of the later year
    listed = _dates_of_each(sentence, first, count) if not in_clause else []
    for i, number in enumerate(row):
        op = measured.op if measured.op in ("+", "-", "x") else number.mention.op
        each = measured._replace(subject=names[i], op=op, rule=f"分别·{measured.rule}")
        one_each = len(in_clause) == count and not path_start and not path_end
        date = (
            in_clause[i]
            if one_each
            else listed[i]
            if listed
            else shared or _year_of_each(in_clause, i, count)
        )
        own = date if date is not shared else None
        date = date or timing.governing_date(sentence, memory, number, path_start=path_start)
        reading = reading_of(sentence, memory, number, each, date, path_start=path_start)
        rate = reading.role == "observation" and measured.measure in ("growth", "reduction")
        if own is not None and rate:
            reading = reading._replace(period=own.period)  # each is the rate of its own year
        if len(cities) == count:
            reading = reading._replace(scope=cities[i])
        if i + 1 == count:
            _walk(memory, reading, path_start=path_start, path_end=path_end)
        yield reading
    if measured.rule != TECHNICAL:
        memory.names = names
        memory.subject = without_growth(names[-1]) if measured.measure == "growth" else names[-1]
        memory.recent += names


def _dates_of_each(sentence: Sentence, first: Number, count: int) -> list[Date]:
    """「到2033年、2035年，智能工厂分别达到30家、60家」: as many dates in the clause before as numbers."""
    if not re.search(r"分别|依次", first.left):
        return []
    before = [d for d in sentence.dates if d.end <= first.clause[0] and not d.base][-count:]
    between = (sentence.plain[a.end : b.start] for a, b in pairwise(before))
    tail = sentence.plain[before[-1].end : first.clause[0]] if before else "x"
    return (
        before if len(before) == count and all(map(_AND.fullmatch, between)) and tail == "," else []
    )


_AND = re.compile(r"[、和及与]到?|以及")


def _year_of_each(in_clause: list[Date], i: int, count: int) -> Date | None:
    """「2021年至2025年分别下降3.4%、…」: as many numbers as years are one for each year."""
    spans = [date for date in in_clause if date.whole and len(date.period.years) == count]
    if not spans:
        return None
    return spans[-1]._replace(period=Period.year(spans[-1].period.first + i), whole=False)


def _ranked(
    sentence: Sentence, memory: Memory, rank: Rank, read: list[Reading]
) -> Iterator[Reading]:
    """A rank in prose (居全省第2位), of what stands before it or was last measured."""
    plain = sentence.plain
    begin = max(plain.rfind(mark, 0, rank.start) for mark in ",;:。(") + 1
    left = plain[begin : rank.start]
    name = without_rank(without_region(sentence, subjects.before_number(left).name))
    if not name:
        earlier = [each.subject for each in read if each.start < sentence.start + rank.start]
        name = without_rank(earlier[-1]) if earlier else ""
    if len(name) < 2:
        return
    value = float(rank.value)
    mention = Mention(
        rank.start, rank.end, rank.start, rank.end, value, None, None, "位", rank.op, "", "digits"
    )
    number = Number(mention, (begin, rank.end), left, plain[rank.end :], technical=True)
    date = timing.governing_date(sentence, memory, number, path_start=False)
    measured = Measured(f"{name}{rank.population}排名", rank.op, "rank", "位次")
    yield reading_of(sentence, memory, number, measured, date, path_start=False)


_PATH = re.compile(r"(?:从|由)\x00*的?$")


def _structured(
    sentence: Sentence, memory: Memory, structures: Sequence[Structure]
) -> Iterator[Reading]:
    """The three shares of a structure of sectors, also of the first of two: 由A调整为B."""
    plain = sentence.plain
    for structure, following in zip_longest(structures, structures[1:]):
        start, end = structure.start, structure.end
        begin = max(plain.rfind(mark, 0, start) for mark in ",;(") + 1
        left = plain[begin:start]
        path_start = following is not None and bool(_PATH.search(left))
        for name, share in zip(structure.names(), structure.shares, strict=True):
            mention = Mention(start, end, start, end, share, None, None, "%", "=", "", "digits")
            number = Number(mention, (begin, end), left, plain[end:], technical=False)
            date = timing.governing_date(sentence, memory, number, path_start=path_start)
            measured = Measured(name, "=", "share", "三次产业结构")
            yield reading_of(sentence, memory, number, measured, date, path_start=path_start)


def _walk(memory: Memory, reading: Reading, *, path_start: bool, path_end: bool) -> None:
    """Keep the years of a path for the rates and paths that follow it in the sentence."""
    if path_start:
        memory.path = (reading.period.last, reading.period.last)
    elif path_end and memory.path is not None and memory.path[0] < reading.period.last:
        memory.path = (memory.path[0], reading.period.last)
