"""Who leads a task and who helps, where a plan names them beside it.

In a bracket (「（责任单位：市经信局、各区政府）」, 「（市发改委牵头，市科技局配合）」, 「（市商务局、
市财政局，2026年底前）」), in a line of its own, or in the cell of a table. Where somebody leads,
all others help; where nobody does, all that are named are charged with it. Sentences that name
who acts are read by ``actors``. Nothing is inferred from what a task is about.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from jingwei.plans.lexicon import any_of
from jingwei.plans.orders import word_lists

# with brackets inside: 「(责任单位:市工信局、各县(市、区)政府)」
_BRACKET = re.compile(
    r"\(((?:[^()]|\([^()]{1,16}\)){2,160})\)|【([^【】]{2,160})】|〔([^〔〕]{2,160})〕|\[([^\[\]]{2,160})\]"
)
_SPLIT = re.compile(r"(?:[、,;/]|以及)(?![^()]*\))")
_COUNTRY = re.compile(
    r"各(?:有关|相关|级)?(?:省|市|县|区|旗|州|盟|镇|街道|乡镇|地|级|部门|单位|园区|功能区|企业|高校|开发区|成员|牵头|责任|配合|银行)"
)
# 「市制造办(设在市经信局)」, 「各市(含省直管县,下同)」: what a name means, no other name
_MEANT = re.compile(r"[(〔](?:设在|以下简称|简称|含|下同|即)[^()〔〕]*[)〕]")
_SAID_OF_EACH = re.compile(
    r"^请|^本[一-龥]{1,8}?由|(?:前|后)[一两二三]项(?:工作|任务)?由|^由|需(?=有关部门)"
)
_REST = re.compile(
    r"(?:等(?:有关|相关)?(?:部门|单位)?)?(?:按(?:照)?(?:各自)?(?:职责|职能)(?:分工)?(?:负责|落实)?)?$"
)
_DATE = re.compile(r"(?:19|20)\d\d年|\d{1,2}月|[一二三四]季度|[上下]半年|年(?:内|底|末)|长期|持续")

NO_BODY = (
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
    person: bool = False  # a person is named, no office

    def joined(self, later: "Owner") -> "Owner":
        """With what a line below says: who helps, and the office of a person."""
        lead, support = self.lead, self.support
        if later.lead and not later.person:
            if lead is None or self.person:
                lead = later.lead
            elif later.lead != lead:
                support = support or later.lead
        person = self.person and lead == self.lead
        if lead is None:
            lead, person = later.lead, later.person
        return Owner(lead, support or later.support, self.due or later.due, person)


@dataclass(frozen=True, slots=True)
class Mark:
    """An owner and the place in a paragraph where it is named."""

    start: int
    end: int
    owner: Owner


@cache
def labels() -> re.Pattern[str]:
    """The words before those who lead, carry out, help or answer for a task, and before its date."""
    lists = word_lists("owners")["label"]
    due = any_of(word_lists("owners")["column"]["due"])
    kinds = "|".join(f"(?P<{kind}>{any_of(words)})" for kind, words in lists.items())
    return re.compile(
        rf"(?:{kinds})(?:为(?!主))?(?=[:\s]|[一-龥])|(?<=[;,。(、])(?P<due>{due})(?=:)"
    )


@cache
def _verbs() -> re.Pattern[str]:
    lists = word_lists("owners")["verb"]
    kinds = "|".join(f"(?P<{kind}>{any_of(words)})" for kind, words in lists.items())
    return re.compile(rf"(?:等(?:部门|单位)?)?(?:{kinds})")


@cache
def _body() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = word_lists("owners")["body"]
    return (
        re.compile(
            rf"[一-龥A-Za-z“”·]{{0,18}}(?:{any_of(lists['ending'])})(?:等|等(?:部门|单位))?"
        ),
        re.compile(rf"(?:{any_of(lists['official'])})(?:等|等(?:部门|单位))?$"),
    )


def bodies(text: str) -> str | None:
    """Names of a list of bodies, separated by 、; None where there is none."""
    names = (_REST.sub("", name.strip(" 。.:：")) for name in _names(text))
    return "、".join(dict.fromkeys(name for name in names if name)) or None


def _names(text: str) -> list[str]:
    """Names parted by 、; at 和 and 及 only where a body ends there: 市工业和信息化局 is one."""
    names: list[str] = []
    for piece in _SPLIT.split(_MEANT.sub("", text)):
        piece = _SAID_OF_EACH.sub("", piece)
        start = 0
        for joint in re.finditer("[和及]", piece):
            ends = _body()[0].fullmatch(piece, start, joint.start())
            if ends or _COUNTRY.match(piece, joint.end()):
                names.append(piece[start : joint.start()])
                start = joint.end()
        names.append(piece[start:])
    return [name for name in names if name]


def parse(text: str) -> Owner | None:
    """The owner that a bracket, a line or a cell names; None where it is about other things."""
    if text.startswith(("设在", "以下", "简称")):
        return None
    labelled = _labelled(text)
    if labelled and labelled[0].start() <= 4:
        return _from_labels(text, labelled)
    opened = re.fullmatch(r"([^()]+)\(([^()]+(?:配合|参与|协助|协同)[^()]*)\)", text)
    if opened:  # 「市工信局节能处(市生态环境局配合)」
        helping = parse(opened[2])
        names = [helping.support or helping.lead] if helping else []
        return Owner(bodies(opened[1]), "、".join(filter(None, names)) or None)
    due = ""
    if labelled and not labelled[0]["due"] and (lead := _bodies_only(text[: labelled[0].start()])):
        rest = _from_labels(text, labelled)  # 「(省交通运输厅;责任处室:综合运输处)」
        return Owner(lead, rest.support, rest.due)
    if _DATE.search(text):  # 「(市经信局、市科技局,2026年底前)」
        pieces = _SPLIT.split(text)
        due = ",".join(piece for piece in pieces if _DATE.search(piece))
        text = "、".join(piece for piece in pieces if not _DATE.search(piece))
    verbs = [match for match in _verbs().finditer(text) if match.start() > 0]
    if verbs and _bodies_only(text[: verbs[0].start()]):
        lead, support = _from_verbs(text, verbs)
        return Owner(lead, support, due)
    if (lead := _bodies_only(text)) is not None:
        return Owner(lead, None, due)
    return None


def of_columns(cells: Mapping[str, Iterable[str]]) -> Owner:
    """The owner that the cells of a row name, by the kind of their columns (``lead``, ``charged``,
    ``support``, ``person``)."""
    named: dict[str, list[str]] = {}
    helping: list[str] = []
    for kind, texts in cells.items():
        for text in texts:
            told = parse(text) if _verbs().search(text) else None
            lead = told.lead if told else bodies(text)
            if lead and re.search("[一-龥]", lead):
                named.setdefault(kind, []).append(lead)
            if told and told.support:
                helping.append(told.support)
    lead, support = _shared_out(named)
    return Owner(lead, "、".join([*([support] if support else []), *helping]) or None)


def _labelled(text: str) -> list[re.Match[str]]:
    """The labels of a text; words inside a name (各牵头单位, 市链长办) are none."""
    return [
        match for match in labels().finditer(text)
        if match["due"]
        or text[match.end() : match.end() + 1] == ":"
        or (len(match[0]) > 2 and (match.start() == 0 or text[match.start() - 1] in " ,;、(。"))
    ]  # fmt: skip


def _from_labels(text: str, labelled: list[re.Match[str]]) -> Owner:
    named: dict[str, list[str]] = {}
    due = ""
    for label, following in zip(labelled, [*labelled[1:], None], strict=True):
        said = text[label.end() : following.start() if following else len(text)]
        said = said.split("。")[0].strip(" :：;,、。为")
        if label["due"]:
            due = said
        elif names := bodies(said):
            named.setdefault(label.lastgroup or "", []).append(names)
    lead, support = _shared_out(named)
    return Owner(lead, support, due, person=set(named) == {"person"})


def _shared_out(named: dict[str, list[str]]) -> tuple[str | None, str | None]:
    """Who leads and who helps: those charged with a task help where somebody leads."""
    lead, charged = named.get("lead", []), named.get("charged", [])
    support = named.get("support", [])
    if lead:
        support = [*charged, *support]
    division = named.get("office", [])  # 「责任单位:省农业农村厅;责任处室:市场处」 names the office
    first = lead or charged or division or ([] if support else named.get("person", []))
    return "、".join(first) or None, "、".join(support) or None


def _from_verbs(text: str, verbs: list[re.Match[str]]) -> tuple[str | None, str | None]:
    named: dict[str, list[str]] = {}
    position = 0
    waiting = False  # 「A会同B负责」: A leads
    for verb in verbs:
        names = bodies(text[position : verb.start()].strip(",;、由 "))
        position = verb.end()
        kind = verb.lastgroup or ""
        if names:
            if waiting and named:
                named.setdefault("support", []).append(names)
            else:
                named.setdefault("lead" if kind == "join" else kind, []).append(names)
        waiting = kind == "join"
    rest = bodies(text[position:].strip(",;、 "))
    if rest and waiting:
        named.setdefault("support", []).append(rest)
    return _shared_out(named)


def _bodies_only(text: str) -> str | None:
    """The names of a text that names bodies and nothing else."""
    body, official = _body()
    text = text.strip(" ,;、")
    names = _names(text)
    if not names:
        return None
    if text[0] in "如含即" or any(name.endswith(NO_BODY) for name in names):
        return None
    bare = [re.sub(r"\([^()]*\)", "", name) for name in names]
    known = [bool(body.fullmatch(name) or _COUNTRY.match(name)) for name in bare]
    said = all(known) and any(
        official.search(name) or _COUNTRY.match(name) or _OF_OFFICE.match(name) for name in bare
    )
    return bodies(text) if said else None


_OF_OFFICE = re.compile("[一-龥]{0,3}(?:政府|委|局|厅)[办局]?[一-龥]{2,8}(?:中心|处|科|室)$")
_OFFICE = re.compile(r"[(\[【〔][^【】〔〕]*(?:[委局部各办厅署]|单位|政府)")


def is_line(text: str) -> bool:
    """Whether a paragraph is a line of owners: 「责任单位：市经信局」."""
    line = labels().match(text)
    return line is not None and text[line.end() : line.end() + 1] in (":", " ")


def marks(text: str) -> Iterator[Mark]:
    """Owners named in brackets of a paragraph, or by a paragraph that is nothing else."""
    if is_line(text):
        yield Mark(0, len(text), _from_labels(text, _labelled(text)))
        return
    yield from _said_last(text)
    if not _OFFICE.search(text):
        return
    for match in _BRACKET.finditer(text):
        owner = parse(next(filter(None, match.groups())))
        if owner is not None and (owner.lead or owner.support or owner.due):
            yield Mark(match.start(), match.end(), owner)


_UNCLOSED = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*$")


def _said_last(text: str) -> Iterator[Mark]:
    """Sentences of a paragraph that only name who does what stands before them: 「…。责任单位：市科技局。」"""
    if ":" not in text:
        return
    stop = 0
    for label in labels().finditer(text):
        opens = text[max(stop, label.start() - 1) : label.start()] in ("。", ";")
        if not opens or label["due"] or text[label.end() : label.end() + 1] != ":":
            continue
        if _UNCLOSED.search(text, 0, label.start()):
            continue
        stop = text.find("。", label.end())
        stop = len(text) if stop < 0 else stop + 1
        said = text[label.start() : stop]
        owner = _from_labels(said, _labelled(said))
        if owner.lead or owner.support:
            yield Mark(label.start(), stop, owner)
