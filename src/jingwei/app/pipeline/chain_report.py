"""一链一策: one map and six lists for a chain, each row with its node, owner and month.

Rows come from the graph, the diagnosis, the plans, and the chain's own file
(``definitions/chains/NAME.toml``). Nothing is made up to fill a list: an empty one says what would
fill it, and an owner or month nobody stated is 未定. A goal that names no node of the chain is refused.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from jingwei.app.pipeline.chains import Diagnosed, diagnosed
from jingwei.chains.diagnosis import Clause, Diagnosis, undecided
from jingwei.chains.graph import Lexicon
from jingwei.core import Evidence, InvalidFile, Row
from jingwei.store.checked import STRICT, Location, checked

if TYPE_CHECKING:
    from datetime import date

    from jingwei.app.pipeline.library import Library
    from jingwei.store import Workspace

OPEN = "未定"


@dataclass(frozen=True, slots=True)
class Entry:
    """A goal, project, lead, research item, problem or policy that a person wrote down."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    name: str
    node: str
    owner: str = ""
    month: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChainFile:
    """``definitions/chains/NAME.toml``: who leads the chain, and what people wrote down for it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    chief: str = ""
    leader: str = ""
    office: str = ""
    month: str = ""
    goal: tuple[Entry, ...] = ()
    enterprise: tuple[Entry, ...] = ()
    project: tuple[Entry, ...] = ()
    investment: tuple[Entry, ...] = ()
    research: tuple[Entry, ...] = ()
    problem: tuple[Entry, ...] = ()
    policy: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a list."""

    name: str
    node: str
    told: str
    owner: str
    month: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One of the six lists; ``fill`` says what would fill it where it is empty."""

    key: str
    zh: str
    en: str
    items: tuple[Item, ...]
    fill: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """Everything the report shows."""

    chain: str
    edition: str
    chief: str
    leader: str
    leader_told: str
    office: str
    goals: tuple[Item, ...]
    lists: tuple[Listing, ...]
    diagnosed: Diagnosed


def chain_report(
    workspace: "Workspace", chain: str, day: "date", label: str, books: "Library | None"
) -> ChainReport:
    """The report of a chain on a day. Raises InvalidFile for a chain file that cannot be meant."""
    found = diagnosed(workspace, chain, day, label, books)
    own = read_chain_file(workspace, chain)
    nodes = Lexicon(found.edition.vertices("node"))
    path = f"definitions/chains/{chain}.toml"
    for entry in own.goal:
        if not nodes.match(entry.node).node:
            raise InvalidFile(
                f"目标“{entry.name}”没有对应的环节（写的是“{entry.node}”）；每个目标都要落到链上的环节",
                f"the goal '{entry.name}' names no node of the chain ('{entry.node}'); "
                "every goal stands on a node",
                where=path,
            )
    lists = _Lists(found, own, path)
    leader, told = _leader(own, found)
    return ChainReport(
        chain,
        found.edition.head.edition,
        own.chief,
        leader,
        told,
        own.office,
        tuple(lists.written(each) for each in own.goal),
        lists.all(),
        found,
    )


def _leader(own: ChainFile, found: Diagnosed) -> tuple[str, str]:
    """Who leads the chain and by what; "" with the missing facts where it cannot be told."""
    if own.leader:
        return own.leader, "由链条文件指定"
    lacking = undecided(found.leaders)
    if not lacking:
        return found.leaders[0].enterprise.name, "按因素排序的候选，未经认定"
    tied = "、".join(each.enterprise.name for each in found.leaders if each.ranks[0] <= 1)
    among = f"在{tied}之间" if tied else ""
    return "", f"不能定（{among}缺：{'、'.join(lacking)}）"


def read_chain_file(workspace: "Workspace", chain: str) -> ChainFile:
    """The file of a chain; an empty one where there is none. Raises InvalidFile."""
    path = workspace.path(f"definitions/chains/{chain}.toml")
    if not path.is_file():
        return ChainFile()
    shown = workspace.shown(path)
    try:
        text = path.read_text("utf-8")
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise InvalidFile(f"不是合法的 TOML：{fault}", f"no TOML: {fault}", where=shown) from fault
    lines = text.splitlines()

    def line_of(location: Location) -> int:
        keys = [str(each) for each in location if isinstance(each, str)]
        return next((n for n, line in enumerate(lines, 1) if keys and keys[-1] in line), 1)

    def name_of(location: Location) -> tuple[str, str]:
        name = ".".join(map(str, location))
        return name, name

    own = checked(ChainFile, values, file=shown, line_of=line_of, name_of=name_of)
    for month in (own.month, *(each.month for key in _ENTRIES for each in getattr(own, key))):
        stated = re.fullmatch(r"\d{4}-(\d{2})", month)
        if month and (stated is None or not 1 <= int(stated[1]) <= 12):
            at = next((n for n, line in enumerate(lines, 1) if f'"{month}"' in line), 1)
            raise InvalidFile(
                f"month “{month}”不是月份；写作2026-06",
                f"the month '{month}' is none; write 2026-06",
                where=f"{shown}:{at}",
            )
    return own


_ENTRIES = ("goal", "enterprise", "project", "investment", "research", "problem", "policy")


class _Lists:
    def __init__(self, found: Diagnosed, own: ChainFile, path: str) -> None:
        self.found, self.own, self.path = found, own, path
        self.names = {each.id: each.name for each in found.edition.vertices()}

    def all(self) -> tuple[Listing, ...]:
        return (
            Listing("enterprise", "企业", "enterprises", self._enterprises(), _FILL["enterprise"]),
            Listing("project", "项目", "projects", self._own("project"), _FILL["project"]),
            Listing("investment", "招商", "investment", self._investment(), _FILL["investment"]),
            Listing("research", "攻关", "research", self._research(), _FILL["research"]),
            Listing("problem", "问题", "problems", self._problems(), _FILL["problem"]),
            Listing("policy", "政策", "policies", self._policies(), _FILL["policy"]),
        )

    def written(self, entry: Entry) -> Item:
        """What a person wrote in the chain file."""
        row = Row(self.path, "", entry.name)
        return self._item(entry.name, entry.node, entry.note, entry.owner, entry.month, (row,))

    def _item(
        self, name: str, node: str, told: str, owner: str, month: str,
        evidence: tuple[Evidence, ...],
    ) -> Item:  # fmt: skip
        """A row; an owner or month that it does not state itself is the chain file's, with its line."""
        own: list[Evidence] = []
        if not owner and self.own.office:
            own.append(Row(self.path, "", f"office {self.own.office}"))
        if not month and self.own.month:
            own.append(Row(self.path, "", f"month {self.own.month}"))
        due = month or self.own.month or OPEN
        past = is_past(due, self.found.day)
        return Item(
            name, node, told, owner or self.own.office or OPEN, f"{due}（已过）" if past else due,
            (*evidence, *own),
        )  # fmt: skip

    def _own(self, key: str) -> tuple[Item, ...]:
        entries: Sequence[Entry] = getattr(self.own, key)
        return tuple(self.written(each) for each in entries)

    def _enterprises(self) -> tuple[Item, ...]:
        edition = self.found.edition
        items: list[Item] = []
        for each in self.found.links:
            for edge in edition.into(each.node.id, "makes", self.found.day):
                if edge.holds:
                    share = "" if edge.share is None else f"份额{edge.share:.0%}"
                    day = f"（{edge.day.isoformat()}）" if edge.day else ""
                    items.append(
                        self._item(
                            self.names[edge.from_], each.node.name, f"{share}{day}", "", "",
                            (edge.evidence,),
                        )
                    )  # fmt: skip
        return (*items, *self._own("enterprise"))

    def _need(self, each: Diagnosis, name: str) -> Item:
        clause = next(iter(self._clauses(each)), None)
        owner, month = (clause.owner, clause.due) if clause else ("", "")
        proof = (clause.evidence,) if clause else ()
        return self._item(
            name, each.node.name, each.verdict.reason, owner, month,
            (*proof, *each.verdict.evidence),
        )  # fmt: skip

    def _clauses(self, each: Diagnosis) -> Sequence[Clause]:
        return next(
            (s.clauses for s in self.found.policies if s.diagnosis.node.id == each.node.id), ()
        )

    def _investment(self) -> tuple[Item, ...]:
        needed = [each for each in self.found.links if "补" in each.actions]
        return (*(self._need(e, f"引进“{e.node.name}”") for e in needed), *self._own("investment"))

    def _research(self) -> tuple[Item, ...]:
        needed = [each for each in self.found.links if "强" in each.actions]
        return (*(self._need(e, f"攻关“{e.node.name}”") for e in needed), *self._own("research"))

    def _problems(self) -> tuple[Item, ...]:
        weak = [each for each in self.found.links if "固" in each.actions]
        items = [self._need(e, f"“{e.node.name}”供应不稳") for e in weak]
        for each in self.found.links:
            if each.verdict.answer == "unknown":
                lack = "、".join(m.fact for m in each.verdict.missing)
                holders = _offices(m.holder for m in each.verdict.missing)
                items.append(
                    self._item(
                        f"“{each.node.name}”证据不足", each.node.name, f"缺：{lack}", holders, "",
                        each.node.evidence,
                    )
                )  # fmt: skip
        for each in self.found.links:
            for finding in each.findings:
                items.append(
                    self._item(
                        f"“{each.node.name}”数据矛盾", each.node.name, finding.message, "", "",
                        finding.sides,
                    )
                )  # fmt: skip
        return (*items, *self._own("problem"))

    def _policies(self) -> tuple[Item, ...]:
        items: list[Item] = []
        for supply in self.found.policies:
            node = supply.diagnosis.node.name
            for clause in supply.clauses:
                items.append(
                    self._item(
                        clause.text, node, f"对应{supply.diagnosis.mark}", clause.owner,
                        clause.due, (clause.evidence,),
                    )
                )  # fmt: skip
            if not supply.clauses:
                items.append(
                    self._item(
                        f"没有条款提到“{node}”", node, "政策空白", "", "",
                        supply.diagnosis.verdict.evidence,
                    )
                )  # fmt: skip
        return (*items, *self._own("policy"))


def _offices(holders: Iterable[str]) -> str:
    """Offices that hold facts, each once; what stands in brackets says which facts, and is left out."""
    single = (
        re.sub(r"（[^）]*）", "", one)
        for each in holders
        for one in re.split(r"、(?![^（]*）)", each)
    )
    return "、".join(dict.fromkeys(single))


_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2}))?")


def is_past(due: str, day: "date") -> bool:
    """Whether a month (2025-12, 2025年6月) or year (its last month) lies before that of ``day``."""
    found = [*_MONTH.finditer(due)]
    if not found:
        return False
    year, month = int(found[-1][1]), int(found[-1][2] or 12)
    return (year, month) < (day.year, day.month)


_FILL = {
    "enterprise": "导入企业与环节的对应表：jingwei chain import（列：企业、统一社会信用代码、环节、所在地、份额）",
    "project": "在 definitions/chains/链名.toml 写 [[project]]（name、node、owner、month）",
    "investment": "没有判为“补”的环节；若证据不足，先导入名录与配套率（指标：本地配套率、名录完整）",
    "research": "没有判为“强”的环节；技术水平由专家评定后导入（指标：技术水平，评定：跟跑、并跑、领跑）",
    "problem": "没有判为“固”或证据不足的环节；也可在链条文件写 [[problem]]",
    "policy": "没有薄弱环节需要对条款；编译规划后再运行：jingwei run",
}
