"""What a compiled plan is made of: kinds of records, and the sections of a plan file.

A kind of record is a frozen dataclass. The fields named in ``PROVENANCE`` say where it was
read and by which rule; they always follow the compiler. All others say what it means, and
those a person may accept or change. To add a kind, write its dataclass and its ``Section``;
reading, checking, writing, merging and reviewing follow from them.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Protocol

from jingwei.core import Period, Span, Statement, written_out

PROVENANCE = ("document", "quote", "section", "rule", "evidence")


class Record(Protocol):
    """What all kinds of records have in common."""

    @property
    def id(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def section(self) -> tuple[str, ...]: ...
    @property
    def rule(self) -> str: ...
    @property
    def evidence(self) -> Span: ...


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document says of itself; "" and None where it does not.

    ``file`` is its name in the workspace and ``sha256`` that of its bytes; ``number`` the
    文号, ``issued`` an ISO date, ``period`` the years the plan is for, ``region`` the place.
    """

    file: str
    sha256: str
    title: str = ""
    number: str = ""
    issued: str = ""
    period: Period | None = None
    region: str = ""
    kind: Literal["plan", "outline", "report", "press", "article"] | None = None


NodeKind = Literal[
    "产业",  # an industry, a field, or a group of them (三大先导产业)
    "产业链",  # a chain that the plan names as such
    "关键核心技术",
    "材料",
    "零部件",
    "装备",
    "整机",
    "系统集成",
    "后端服务",
    "产品",
    "未分类",
]
PlaceKind = Literal["行政区", "新城新区", "园区基地", "带极轴", "区域"]
Relation = Literal["依据", "印发", "落实", "衔接", "废止", "提及"]
ReferenceKind = Literal["法律法规", "规划纲要", "行动计划", "政策文件", "标准目录", "其他"]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done.

    ``what`` is the order without its date; ``verb`` and ``object`` open it. ``owner`` names
    those who lead and ``supporting`` those who help, as written and separated by 、;
    ``owner`` is None where the document names none, which is a finding of its own. ``due``
    is the period it is to be done in: its own date, or the end of the plan where it has none
    (``due_stated`` False); None where the plan has no end either. ``deadline`` is the month
    or day (ISO: 2025-06) where one is given.
    """

    id: str
    document: str
    what: str
    owner: str | None
    where: str
    due: Period | None
    quote: str
    section: tuple[str, ...]
    rule: str
    evidence: Span
    verb: str = ""
    object: str = ""
    supporting: str | None = None
    due_stated: bool = True
    deadline: str = ""

    @property
    def owner_stated(self) -> bool:
        return self.owner is not None


@dataclass(frozen=True, slots=True)
class Programme:
    """A named programme (专项工程, 行动计划) of a ``group``; ``goals`` are ids of statements.

    ``industries`` are those it is about, ``actions`` the sentences that say what is done,
    ``lead`` who leads it, None where nobody is named. ``named_only`` marks one that prose
    mentions without a text of its own.
    """

    id: str
    document: str
    name: str
    group: str
    goals: tuple[str, ...]
    quote: str
    section: tuple[str, ...]
    rule: str
    evidence: Span
    industries: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    lead: str | None = None
    named_only: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """An industry or a node of a chain; ``parent`` is the name of the one above, "" at the top.

    ``chain`` is the chain it belongs to, ``role`` what the plan makes of it (支柱, 先导, 突破 …).
    ``kind`` is its place on a chain, ``path`` the names from the top down to its parent.
    """

    id: str
    document: str
    name: str
    parent: str
    chain: str
    role: str
    quote: str
    section: tuple[str, ...]
    rule: str
    evidence: Span
    kind: NodeKind = "未分类"
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceRole:
    """What a place is to become: its industries by name, and its role (承载区, 核心区 …).

    ``within`` names the belt, axis or group that the plan puts it in; ``members`` the places
    that a belt is made of.
    """

    id: str
    document: str
    place: str
    industries: tuple[str, ...]
    role: str
    quote: str
    section: tuple[str, ...]
    rule: str
    evidence: Span
    kind: PlaceKind = "区域"
    within: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document that this one names; ``relation`` says how (依据, 衔接, 落实 …)."""

    id: str
    document: str
    title: str
    kind: str
    number: str
    relation: str
    quote: str
    section: tuple[str, ...]
    rule: str
    evidence: Span


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled document: its own facts and everything it says, typed and sourced.

    ``period`` is the years it plans for, ``region`` the place it speaks for; ``sha256`` the
    digest of its bytes ("" where the caller knew none). ``rows_left_out`` names rows of its indicator
    tables that lack cells, so that no value was taken.
    """

    file: str
    sha256: str
    media: str
    title: str
    number: str
    issued: str
    period: Period | None
    region: str
    statements: tuple[Statement, ...]
    tasks: tuple[Task, ...]
    programmes: tuple[Programme, ...]
    nodes: tuple[Node, ...]
    places: tuple[PlaceRole, ...]
    references: tuple[Reference, ...]
    rows_left_out: tuple[str, ...] = ()

    @property
    def records(self) -> dict[str, tuple[Any, ...]]:
        """Its records by the sections of a plan file."""
        return {
            "statements": self.statements,
            "tasks": self.tasks,
            "programmes": self.programmes,
            "industries": self.nodes,
            "places": self.places,
            "references": self.references,
        }


Check = Callable[[Mapping[str, Any]], tuple[str, str, str] | None]


@dataclass(frozen=True, slots=True)
class Section:
    """A list of records in a plan file.

    ``required`` fields are always written and must be there; others are left out where they
    are absent (None, "" or empty) or have their value in ``usual``. ``names`` are the fields
    by which a record is recognised in another compilation, the telling one first; ``steady``
    are groups of fields of which one at least stays the same in what is still the same record,
    the last the one that tells numbers of a sentence apart. ``links`` are fields that hold ids
    of another section. ``check`` finds what cannot be meant in values that a
    person decided on: the field, and what is wrong with it in Chinese and English.
    """

    name: str
    record: type[Any]
    prefix: str
    required: tuple[str, ...]
    names: tuple[str, ...]
    steady: tuple[tuple[str, ...], ...] = ()
    usual: tuple[tuple[str, Any], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    check: Check | None = None

    @property
    def meaning(self) -> tuple[str, ...]:
        return meaning_fields(self.record)


@cache
def meaning_fields(record: type[Any]) -> tuple[str, ...]:
    """The fields of a kind of record that a person may decide on."""
    fixed = {"id", "file", "sha256", *PROVENANCE}
    return tuple(field.name for field in fields(record) if field.name not in fixed)


def number_fits_op(values: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """A statement has one number, or a lower and an upper one, or words instead of numbers."""
    value, low, high = values["value"], values["low"], values["high"]
    if values["op"] == "qual":
        if not values["text"]:
            return "text", "qual 要有文字目标", "qual needs the words of the target"
        if (value, low, high) != (None, None, None):
            return "op", "qual 是文字目标，不能同时有数值", "qual is words, without a number"
        return None
    if (low is None) != (high is None):
        return "op", "下限 low 与上限 high 要成对", "low and high come together"
    if (value is None) == (low is None):
        return (
            "op",
            "要有一个数值 value，或一对 low、high，二者只取其一",
            "one value is needed, or low and high, and not both",
        )
    if values["op"] == "range" and low is None:
        return "op", "区间要写 low 和 high", "a range is written with low and high"
    if low is not None and low > high:
        return (
            "low",
            f"下限 {written_out(low, 6)} 大于上限 {written_out(high, 6)}",
            f"low {written_out(low, 6)} is above high {written_out(high, 6)}",
        )
    return None


DOCUMENT = Section("document", DocumentFacts, "", required=("file", "sha256"), names=("title",))

SECTIONS = (
    Section(
        "statements",
        Statement,
        "s",
        required=("subject", "role", "op", "period", "measure"),
        names=("subject", "scope"),
        steady=(("period",), ("value", "low", "high", "text")),
        usual=(("kind", "stat"),),
        check=number_fits_op,
    ),
    Section(
        "tasks",
        Task,
        "t",
        required=("what", "owner"),
        names=("what",),
        usual=(("due_stated", True),),
    ),
    Section(
        "programmes",
        Programme,
        "p",
        required=("name",),
        names=("name",),
        usual=(("named_only", False),),
        links=(("goals", "statements"),),
    ),
    Section(
        "industries",
        Node,
        "n",
        required=("name",),
        names=("name", "chain"),
        usual=(("kind", "未分类"),),
    ),
    Section(
        "places",
        PlaceRole,
        "l",
        required=("place",),
        names=("place",),
        usual=(("kind", "区域"),),
    ),
    Section("references", Reference, "r", required=("title",), names=("title",)),
)  # fmt: skip

SECTION = {section.name: section for section in SECTIONS}


@cache
def labels() -> dict[str, tuple[str, str]]:
    """What fields, sections and states are called, in Chinese and English (``labels.toml``)."""
    text = files("jingwei.plans").joinpath("labels.toml").read_text("utf-8")
    return {key: (zh, en) for key, (zh, en) in tomllib.loads(text).items()}
