"""Who leads a task and who helps, as the plan says it.

Plans name owners in a bracket (「（责任单位：市经信局、各区政府）」, 「（市发改委牵头，市科技局配合）」,
「（市商务局、市财政局）」), in a line of its own below the tasks, in the sentence
(「由市经信局牵头」), or in a table. Nothing is inferred from what a task is about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import order_in, word_lists

# with brackets inside: 「(责任单位:市工信局、各县(市、区)政府)」
_BRACKET = re.compile(r"[(\[【〔]((?:[^()\[\]【】〔〕]|\([^()]{1,12}\)){2,160})[)\]】〕]")
_SPLIT = re.compile(r"[、,;/]|以及")
_COUNTRY = re.compile(
    r"各(?:有关|相关)?(?:省|市|县|区|旗|州|盟|镇|街道|乡镇|地|级|部门|单位|园区|功能区|企业|高校|开发区|成员)"
)


_NO_BODY = (
    "布局",
    "格局",
    "全局",
    "大局",
    "内部",
    "外部",
    "全部",
    "局部",
    "东部",
    "西部",
    "南部",
    "北部",
    "中部",
    "总部",
)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who leads and who helps; names as written, separated by 、; None where none is said.

    ``due`` holds the words of a deadline that stands beside them (完成时限：2024年底).
    """

    lead: str | None
    support: str | None
    due: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """An owner and the place in a paragraph where it is named."""

    start: int
    end: int
    owner: Owner


@cache
def _labels() -> re.Pattern[str]:
    lists = word_lists("owners")["label"]
    due = any_of(word_lists("owners")["column"]["due"])
    return re.compile(
        rf"(?P<lead>{any_of(lists['lead'])})|(?P<support>{any_of(lists['support'])})"
        rf"|(?<=[;,。(、])(?P<due>{due})(?=:)"
    )


@cache
def _verbs() -> re.Pattern[str]:
    lists = word_lists("owners")["verb"]
    return re.compile(
        rf"(?:等(?:部门|单位)?)?(?:(?P<lead>{any_of(lists['lead'])})"
        rf"|(?P<support>{any_of(lists['support'])})|(?P<join>{any_of(lists['join'])}))"
    )


@cache
def _body() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = word_lists("owners")["body"]
    return (
        re.compile(
            rf"[一-龥A-Za-z“”·]{{0,18}}(?:{any_of(lists['ending'])})(?:等|等(?:部门|单位))?"
        ),
        re.compile(rf"(?:{any_of(lists['official'])})(?:等|等(?:部门|单位))?$"),
    )


@cache
def _names_in_prose() -> tuple[str, str]:
    """Bodies as a sentence names them, and the verbs that join others to them (会同)."""
    ending = any_of(word_lists("owners")["body"]["official"])
    letter = "(?:(?!会同|牵头|负责|由)[一-龥])"
    name = rf"(?:{letter}{{0,14}}?(?:{ending})|各[市县区]+|{letter}{{1,6}}[区县])"
    return rf"{name}(?:[、和及]{name})*", any_of(word_lists("owners")["verb"]["join"])


@cache
def _stated() -> re.Pattern[str]:
    names, joining = _names_in_prose()
    return re.compile(
        rf"由(?P<by>{names})(?:(?:{joining})(?P<with>[一-龥、]{{2,40}}?))?"
        rf"(?:牵头|负责|组织|主导|统筹|具体|共同|制定|会商)(?:,?(?:{joining})(?P<after>{names}))?"
        rf"|(?:^|[,;。])(?P<who>{names})(?:按[一-龥]{{2,8}}?)?"
        rf"(?:(?:牵头,?)?(?:{joining})(?P<joined>{names})"
        rf"|要|应|须|应当|负责|牵头|承担|切实|{joining}|统筹推进|统筹协调)"
    )


def bodies(text: str) -> str | None:
    """Names of a list of bodies, separated by 、; None where there is none."""
    names = [name.strip(" 。.:：等") for name in _names(text)]
    return "、".join(dict.fromkeys(name for name in names if name)) or None


def _names(text: str) -> list[str]:
    """Names parted by 、; at 和 and 及 only where a body ends there: 市工业和信息化局 is one."""
    names: list[str] = []
    for piece in _SPLIT.split(text):
        start = 0
        for joint in re.finditer("[和及]", piece):
            if _body()[0].fullmatch(piece, start, joint.start()):
                names.append(piece[start : joint.start()])
                start = joint.end()
        names.append(piece[start:])
    return [name for name in names if name]


def parse(text: str) -> Owner | None:
    """The owner that a bracket, a line or a cell names; None where it is about other things."""
    labelled = list(_labels().finditer(text))
    if labelled and labelled[0].start() <= 4:
        return _from_labels(text, labelled)
    verbs = [match for match in _verbs().finditer(text) if match.start() > 0]
    if verbs and _is_bodies(text[: verbs[0].start()]):
        return _from_verbs(text, verbs)
    if _is_bodies(text):
        return Owner(bodies(text), None)
    return None


def _from_labels(text: str, labels: list[re.Match[str]]) -> Owner:
    lead: list[str] = []
    support: list[str] = []
    due = ""
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        said = text[label.end() : following.start() if following else len(text)].strip(" :：;,、。")
        named = bodies(said)
        if label["due"]:
            due = said
        elif named:
            (lead if label["lead"] else support).append(named)
    return Owner("、".join(lead) or None, "、".join(support) or None, due)


def _from_verbs(text: str, verbs: list[re.Match[str]]) -> Owner:
    lead: list[str] = []
    support: list[str] = []
    position = 0
    waiting = False  # 「A会同B负责」: A leads
    for verb in verbs:
        names = bodies(text[position : verb.start()].strip(",;、由 "))
        position = verb.end()
        if names:
            if verb["support"] or (waiting and lead):
                support.append(names)
            else:
                lead.append(names)
        waiting = bool(verb["join"])
    rest = bodies(text[position:].strip(",;、 "))
    if rest and waiting:
        support.append(rest)
    return Owner("、".join(lead) or None, "、".join(support) or None)


def _is_bodies(text: str) -> bool:
    body, official = _body()
    names = _names(text)
    if not names:
        return False
    if text[0] in "如含即" or any(name.endswith(_NO_BODY) for name in names):
        return False
    known = [bool(body.fullmatch(name) or _COUNTRY.match(name)) for name in names]
    return all(known) and any(official.search(name) or _COUNTRY.match(name) for name in names)


_OFFICE = re.compile(r"[(\[【〔][^()]*(?:[委局部各办厅署]|单位|政府)")
_ACTING = re.compile(
    r"由[^,;。]{2,40}(?:牵头|负责|组织|主导|统筹|具体|共同|制定)|负责|牵头|承担|(?:[市县区委局办厅署府会]|部门|单位)(?:要|应|须)|会同|领导小组|联席会议|专班"
)


def marks(text: str) -> Iterator[Mark]:
    """Owners named in brackets of a paragraph, or by a paragraph that is nothing else."""
    line = _labels().match(text)
    if line and text[line.end() : line.end() + 1] in (":", " "):
        yield Mark(0, len(text), _from_labels(text, list(_labels().finditer(text))))
        return
    yield from _said_last(text)
    if not _OFFICE.search(text):
        return
    for match in _BRACKET.finditer(text):
        owner = parse(match[1])
        if owner is not None and (owner.lead or owner.support or owner.due):
            yield Mark(match.start(), match.end(), owner)


_UNCLOSED = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*$")


def _said_last(text: str) -> Iterator[Mark]:
    """Sentences of a paragraph that only name who does what stands before them: 「…。责任单位：市科技局。」"""
    stop = 0
    for label in _labels().finditer(text):
        opens = text[max(stop, label.start() - 1) : label.start()] in ("。", ";")
        if not opens or label["due"] or text[label.end() : label.end() + 1] != ":":
            continue
        if _UNCLOSED.search(text, 0, label.start()):
            continue
        stop = text.find("。", label.end())
        stop = len(text) if stop < 0 else stop + 1
        said = text[label.start() : stop]
        owner = _from_labels(said, list(_labels().finditer(said)))
        if owner.lead or owner.support:
            yield Mark(label.start(), stop, owner)


@dataclass(frozen=True, slots=True)
class Actor:
    """An owner named in a sentence, and where the words that name it end."""

    owner: Owner
    start: int
    end: int


def stated(text: str, start: int = 0, end: int | None = None) -> Actor | None:
    """The owner named in a sentence: 「由市经信局牵头」, 「区县政府承担主体责任」."""
    words = text[start:end]
    match = _stated().search(words) if _ACTING.search(words) else None
    if match is None:
        return None
    partner = match["with"] or match["after"] or match["joined"]
    support = bodies(partner) if partner else None
    who = match["by"] or match["who"]
    if order_in(who) is not None or who[0] in "如以在对从把将":
        return None
    begin = match.start() + (0 if match["by"] else words[match.start() :].index(who[0]))
    return Actor(Owner(bodies(who), support), start + begin, start + match.end())


def past_partners(text: str, start: int, end: int) -> int:
    """Past 「会同市财政局、市科技局」 that opens the words from ``start``."""
    names, joining = _names_in_prose()
    match = re.compile(f"(?:{joining}){names}").match(text, start, end)
    return match.end() if match else start
