"""Links that a plan tells outright: by their stream, in sequence, as what a chain centres on or lacks.

In a passage on a field the words 上游, 中游 and 下游, a sequence 「电解铝—铝板带—铝箔」链条, 「以A、B为重点」
and 「补齐A、B等短板」 say that every item is a link, whatever its name ends with. One whose name and class
tell no kind is 未分类: it is kept, and a person places it.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from jingwei.plans.context import heading_words
from jingwei.plans.kinds import is_generic, kind_of_name, kind_of_noun
from jingwei.plans.lexicon import any_of
from jingwei.plans.lists import Listing, flattened
from jingwei.plans.orders import order_in, word_lists
from jingwei.plans.passages import Clause, Passage, Sentence
from jingwei.plans.places import kind_of_place
from jingwei.plans.records import NodeKind

STREAMS = ("上游", "中游", "下游", "前端", "中端", "后端")


class Told(NamedTuple):
    """A link as it is told; ``start`` and ``end`` are offsets into the folded text of its block."""

    start: int
    end: int
    name: str
    kind: NodeKind
    role: str
    rule: str


@cache
def _lists() -> dict[str, list[str]]:
    return word_lists("industries")["prose"]


@cache
def _stages() -> dict[str, NodeKind]:
    """The words for what a chain does at a stage, with the kind of what is named there."""
    tables: dict[NodeKind, list[str]] = word_lists("industries")["stage"]
    return {word: kind for kind, words in tables.items() for word in words}


@cache
def _stream_head() -> re.Pattern[str]:
    streams, joints = any_of(STREAMS), any_of(_lists()["stream_joint"])
    return re.compile(
        rf"(?:\d{{1,2}}[.、．])?(?:在|聚焦|围绕|产业链|链条)*"
        rf"(?P<stream>{streams}|(?:{any_of(_stages())})(?=环节))(?:{joints})*"
    )


@cache
def _stage_label() -> re.Pattern[str]:
    """A stage that stands alone as a label or heading of a chain: 整机：, 1.设计, 装备和材料."""
    stages = any_of(_stages())
    return re.compile(
        rf"(?:\d{{1,2}}[.、．])?(?P<stream>(?:{stages})(?:[和及与、](?:{stages}))?)(?:环节|领域|端)?"
    )


@cache
def _centred() -> re.Pattern[str]:
    return re.compile(
        rf"以(?P<list>[^以,;。]{{2,60}}?)(?:等)?(?:产品|环节|领域|方向)?为(?:{any_of(_lists()['centre'])})"
    )


@cache
def _lacking() -> re.Pattern[str]:
    verbs, lacks = any_of(_lists()["mend"]), any_of(_lists()["lack"])
    return re.compile(
        rf"(?:{verbs})(?:了|一批|关键|产业链)*(?P<list>[^,;。]{{2,60}}?)(?:等)?(?:方面|领域|关键|核心|的|\x01)*(?:{lacks})"
    )


# 「电解铝—铝板带—铝箔」链条, 茶叶种植—鲜叶加工—茶饮料全产业链
_STEPS = r"[一-龥A-Za-z()0-9]{2,14}(?:(?:—+|–|→|-{1,2})[一-龥A-Za-z()0-9]{2,14}?){2,}"
_SEQUENCE = re.compile(
    rf"(?P<list>{_STEPS})(?:[”\"](?:的)?[^,;。]{{0,6}}链|(?:的)?(?:全|完整|特色|一体化)*(?:产业|供应|价值|生态)?链)"
)
_STEP = re.compile(r"—+|–|→|-{1,2}")
_ITEM = re.compile(r"[、和与及]|以及")
_NO_LINK = re.compile(
    r"(?:企业|公司|集团|单位|机构|院所|高校|园区|项目|工程|基地|人才|资金|政策|市场|载体|主体|能力|水平|体系|建设|发展|创新|融合|升级|转型|目标|龙头|链主|研制|研发|攻关|推广|应用|示范|带动|引领|突破|提升|设计|建造|发力|供给|需求|研究|集聚|集群|布局|量产)$"
    r"|^(?:上游|中游|下游|加快|推动|推进|重点|积极|大力|着力|提升|促进|做|支持|鼓励|引导|强化|优化|完善|构建|打造|建设|培育)"
)
_NO_THING = re.compile(r"(?:平台|中心)$")
_LONGEST = 18


def in_streams(
    passage: Passage, sentence: Sentence, label: str
) -> Iterator[tuple[Clause | None, Told]]:
    """The links a sentence tells by their stream or in sequence, each with the clause that is thereby
    read (None for a sequence).

    ``label`` is the stream that the sentence before named (「1.上游。菌种、培养基。」), "" for none.
    """
    for match in _SEQUENCE.finditer(passage.block.text, sentence.start, sentence.end):
        start = match.start("list")
        order = order_in(match["list"])
        start += order.end if order else 0  # 「构建茶叶种植—…全产业链」
        steps = _cut(_STEP, passage.block.text[start : match.end("list")], start)
        told = [each for step in steps for each in _step(passage, *step)]
        if len(told) > 1 and _has_things(passage, told):
            yield from ((None, each) for each in told)
    stream = label
    for clause in sentence.clauses:
        head = _head(clause, passage.block.section)
        if head:
            stream = head["stream"]
        begin = clause.start + (head.end() if head else 0)
        named = (
            head
            or (stream and clause is sentence.clauses[0])
            or _after_label(sentence, clause, passage.block.section)
        )
        if named and stream and begin < clause.end:
            yield from ((clause, each) for each in _of_stream(passage, begin, clause.end, stream))


@cache
def _process() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(_stages())}|品牌|制造|产品|技术|终端)+")


def _step(passage: Passage, start: int, end: int) -> Iterator[Told]:
    """A step of a sequence; 研发 and 品牌营销 alone are steps of every chain and name no link."""
    if _process().fullmatch(passage.block.text, start, end):
        return
    for told in _link(passage, start, end, "", "sequence"):
        yield told if told.kind in _THINGS else told._replace(kind="未分类")


def is_of_chain(section: tuple[str, ...]) -> bool:
    """Whether a heading names a chain (绿色铝业产业链)."""
    return any(heading_words(heading).endswith("链") for heading in section)


def is_stage(words: str, section: tuple[str, ...]) -> bool:
    """Whether words under the heading of a chain name one of its stages and no industry: 整机, 封测."""
    return is_of_chain(section) and _stage_label().fullmatch(words) is not None


def _head(clause: Clause, section: tuple[str, ...]) -> re.Match[str] | None:
    """The stream or stage that opens a clause: 上游, 研发环节, 「整机:…」."""
    if clause.mark == ":" and is_of_chain(section):
        label = _stage_label().fullmatch(clause.text)
        if label:
            return label
    return _stream_head().match(clause.text)


def _after_label(sentence: Sentence, clause: Clause, section: tuple[str, ...]) -> bool:
    """Whether a clause stands behind a stream and a colon: 「上游:氧化铝、电解铝」."""
    at = sentence.clauses.index(clause)
    before = sentence.clauses[at - 1] if at else None
    if before is None or before.mark not in (":", ","):
        return False
    head = _head(before, section)  # 「研发环节,重点布局…」
    return head is not None and (before.mark == ":" or head.end() == len(before.text))


def label_of(sentence: Sentence) -> str:
    """The stream that a sentence of its own names for what follows: 「1.上游。」; "" for none."""
    if len(sentence.clauses) > 2:
        return ""
    head = _stream_head().match(sentence.text)
    rest = sentence.text[head.end() :].strip("。.:") if head else "x"
    return head["stream"] if head and not rest else ""


def stream_of_heading(section: tuple[str, ...]) -> str:
    """The stream or stage that the innermost heading names (1.上游, 2.封测 of a chain); "" for none."""
    words = heading_words(section[-1]) if section else ""
    head = _stream_head().fullmatch(words)
    if head is None and is_stage(words, section[:-1]):
        head = _stage_label().fullmatch(words)
    return head["stream"] if head else ""


def _of_stream(passage: Passage, start: int, end: int, stream: str) -> Iterator[Told]:
    for listing in passage.listings(start, end):
        if len(listing.items) == 1 and _says_a_deed(listing):
            continue
        kind = _class_of(listing)
        classes = [kind_of_noun(each) for each in _MIXED.split(listing.noun)]
        for item in listing.items:
            own = kind_of_name(item.text)
            # 「电池隔膜、电芯等材料和部件」: of two classes each is what its own name says
            of_two = own if len(classes) > 1 and own in classes else kind
            for told in _link(passage, item.start, item.end, stream, "stream", of_two):
                stage = _kind_at(stream)
                # 「零部件:飞控系统」: a stage called like a kind says what kind its links are; a
                # tool of 研发 is no machine
                says = stage == stream or told.kind == "未分类"
                says = says or (told.kind == "产品" and stage == "关键核心技术")
                yield told._replace(kind=stage) if says else told


_MIXED = re.compile(r"[和及与、]")


def _says_a_deed(listing: Listing) -> bool:
    """Whether an order with one thing says what is done (建设共享核库, 推动生产线扩产), and names no link."""
    known = kind_of_name(listing.items[0].text) is not None
    return listing.verb in ("推进", "加强", "鼓励") or (
        listing.verb in ("建设", "推动", "支持") and not known
    )


def _kind_at(stream: str) -> NodeKind:
    """The kind that a stage gives (装备和材料 gives none)."""
    return _stages().get(stream, "未分类")


def _class_of(listing: Listing) -> NodeKind | None:
    kind = kind_of_noun(listing.noun) if listing.noun else None
    return None if kind in ("产业", "产业链") else kind


def by_words(passage: Passage, clause: Clause) -> Iterator[Told]:
    """The links of a clause that says what a chain centres on (以A、B为重点) or lacks (补齐A短板)."""
    flat = flattened(clause.text)
    for pattern, rule in ((_centred(), "centre"), (_lacking(), "lack")):
        for match in pattern.finditer(flat):
            written = match["list"]
            parts = [*_cut(_ITEM, written, clause.start + match.start("list"))]
            kind = kind_of_noun(re.split(r"等", flat[match.end("list") : match.end()])[-1])
            kind = None if kind in ("产业", "产业链") else kind
            told = [each for part in parts for each in _link(passage, *part, "", rule, kind)]
            if len(told) == len(parts) and _has_things(passage, told):
                yield from told


_THINGS: tuple[NodeKind, ...] = ("材料", "零部件", "装备", "整机", "产品")


def _has_things(passage: Passage, told: list[Told]) -> bool:
    """Whether what is told are things and no slogans (以全链协同、成果转化为重点): most end like one; under
    the heading of a chain one that does is enough."""
    things = sum(kind_of_name(each.name) in _THINGS for each in told)
    of_chain = is_of_chain(passage.block.section)
    if of_chain and any(each.rule == "sequence" for each in told):
        return True  # it says itself that it is one
    return things > 0 and (of_chain or things * 2 > len(told))


def _cut(mark: re.Pattern[str], text: str, offset: int) -> Iterator[tuple[int, int]]:
    start = 0
    for match in mark.finditer(text):
        yield offset + start, offset + match.start()
        start = match.end()
    yield offset + start, offset + len(text)


def _link(
    passage: Passage, start: int, end: int, role: str, rule: str, kind: NodeKind | None = None
) -> Iterator[Told]:
    name = passage.block.text[start:end]
    if name[:1] + name[-1:] == "“”":
        name, start = name[1:-1], start + 1
    own = kind_of_name(name)
    if not 2 <= len(name) <= _LONGEST or _NO_LINK.search(name) or re.search(r"[“”]|\d{4}|%", name):
        return
    if is_generic(name) and not (
        own in ("整机", "产品") and len(name) > 3
    ):  # 「高技术船舶」 beside others
        return
    if own is None and (kind_of_place(name) or (_NO_THING.search(name) and role not in _stages())):
        return
    yield Told(start, start + len(name), name, kind or own or "未分类", role, rule)
