"""Plan files, ``plans/*.yaml``: what the compiler read and what a person made of it.

A file holds everything a colleague needs to judge a number: the value, the words it was read
from and where they stand, the rule that read it, and who accepted or changed it. It is read
strictly, and written so that the same content gives the same bytes; what a person typed into
it, comments and order included, stays (``jingwei.store.yaml_edit``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jingwei.core import InvalidFile, JingweiError, Statement
from jingwei.plans.entry import Entry, fresh, meaning
from jingwei.plans.fileform import (
    FLOW,
    FORMAT,
    file_schema,
    name_of,
    to_entry,
    to_values,
)
from jingwei.plans.records import DOCUMENT, SECTION, SECTIONS, DocumentFacts
from jingwei.store import write_atomically
from jingwei.store.checked import checked
from jingwei.store.yaml_edit import rewritten
from jingwei.store.yaml_read import Mapping as MappingNode
from jingwei.store.yaml_read import decoded, line_at, plain_value, read_yaml
from jingwei.store.yaml_write import written

_HEADING = """\
# 经纬规划文件：编译自 document.file，供人审阅。可以直接修改，注释和顺序都会保留。
# A compiled plan, to be reviewed by a person. Edit it freely: comments and order are kept.
#
# review.state   proposed 待审 · accepted 认可 · edited 已改 · rejected 不采用
# op             = ~左右 >=以上 >超过 <= < range区间 +增加 -减少 x倍数 qual文字
# read           改动之前机器读出的值 what the compiler read before it was changed
# proposed       重新编译后不同的读数，待人决定 a newer reading, for a person to decide
# review.words   决定时的原文，原文后来改了才有 the words decided on, where the document has changed since
# quote、at、section、rule、seal 由编译器维护 are kept by the compiler
"""


class ChangedMeanwhile(JingweiError):
    """A plan file that somebody else wrote between reading and saving."""


@dataclass(frozen=True, slots=True)
class Compilation:
    """What the compiler made of one document: its facts and the records, by section."""

    document: DocumentFacts
    records: Mapping[str, Sequence[Any]] = field(default_factory=dict[str, Sequence[Any]])

    def __post_init__(self) -> None:
        for name, records in self.records.items():
            ids = [record.id for record in records]
            if len(set(ids)) < len(ids):
                raise ValueError(f"ids of {name} must differ: {sorted(ids)}")
            for record in records:
                if record.document != self.document.file:
                    raise ValueError(
                        f"{record.id} is of {record.document}, not {self.document.file}"
                    )


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The content of a plan file. ``text`` is the file as it was read, "" for a new one."""

    name: str
    document: Entry[DocumentFacts]
    sections: Mapping[str, tuple[Entry[Any], ...]]
    text: str = ""

    def entries(self, section: str) -> tuple[Entry[Any], ...]:
        return self.sections.get(section, ())

    @property
    def statements(self) -> tuple[Entry[Statement], ...]:
        return self.entries("statements")

    def records(self, section: str) -> tuple[Any, ...]:
        """The records that hold: all but those a person rejected, with the person's values."""
        return tuple(
            entry.record for entry in self.entries(section) if entry.review.state != "rejected"
        )

    def with_entries(self, section: str, entries: Sequence[Entry[Any]]) -> "PlanFile":
        return replace(self, sections={**self.sections, section: tuple(entries)})


def new_plan(name: str, compilation: Compilation) -> PlanFile:
    """The plan file of a document compiled for the first time."""
    return PlanFile(
        name,
        fresh(compilation.document),
        {
            section: tuple(fresh(record) for record in in_order(records))
            for section, records in compilation.records.items()
        },
    )


def in_order(records: Sequence[Any]) -> list[Any]:
    """Records in the order of the document; those of one quote in the order of their numbers."""
    return sorted(records, key=_position)


def _position(record: Any) -> tuple[int, int, int, str]:
    span = record.evidence
    number = getattr(record, "value", None)
    number = getattr(record, "low", None) if number is None else number
    found = record.quote.find(f"{number:g}") if number is not None else 0
    return span.start, span.end, found if found >= 0 else len(record.quote), record.id


def read_plan(path: Path, name: str = "") -> PlanFile:
    """The plan file at ``path``; messages call it ``name`` (default: the path).

    Raises InvalidFile with line and field for whatever is wrong in it.
    """
    name = name or str(path)
    return parse_plan(decoded(path.read_bytes(), name), name)


def parse_plan(text: str, name: str) -> PlanFile:
    """The plan file whose content is ``text``. Raises InvalidFile."""
    tree = read_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), name)
    if not isinstance(tree, MappingNode):
        raise InvalidFile(
            "这不是规划文件：开头应是 format、document 等项；可删去它重新编译",
            "this is no plan file: it begins with format, document and so on; "
            "remove it and compile again",
            where=f"{name}:1",
        )
    content = checked(
        file_schema(),
        plain_value(tree),
        file=name,
        line_of=lambda location: line_at(tree, location),
        name_of=name_of,
    )
    document = to_entry(content.document, DOCUMENT, content.document.file)
    sections = {
        section.name: tuple(
            to_entry(block, section, document.record.file)
            for block in getattr(content, section.name)
        )
        for section in SECTIONS
    }
    plan = PlanFile(name, document, {key: each for key, each in sections.items() if each}, text)
    _check(plan, tree)
    return plan


def _check(plan: PlanFile, tree: MappingNode) -> None:
    """Ids are unique; what a person decided makes sense."""

    def refuse(section: str, order: int, key: str, zh: str, en: str) -> InvalidFile:
        location = (section, order, key)
        where = f"{plan.name}:{line_at(tree, location)}"
        zh_name, en_name = name_of(location)
        return InvalidFile(f"{zh_name}：{zh}", f"{en_name}: {en}", where=where)

    for name, entries in plan.sections.items():
        seen: set[str] = set()
        for order, entry in enumerate(entries):
            identity = entry.record.id
            if identity in seen:
                raise refuse(
                    name, order, "id", f"「{identity}」重复；请改成另一个编号",
                    f"'{identity}' is used twice; choose another id",
                )  # fmt: skip
            seen.add(identity)
            check = SECTION[name].check
            if entry.decided and entry.state != "rejected" and check is not None:
                fault = check(meaning(entry.record))
                if fault is not None:
                    raise refuse(name, order, *fault)


def plan_values(plan: PlanFile) -> dict[str, Any]:
    """A plan as the values of its file."""
    values: dict[str, Any] = {"format": FORMAT, "document": to_values(plan.document, DOCUMENT)}
    for section in SECTIONS:
        if entries := plan.entries(section.name):
            values[section.name] = [to_values(entry, section) for entry in entries]
    return values


def plan_text(plan: PlanFile) -> str:
    """The file of a plan. Unchanged content gives the text that was read, byte for byte."""
    if not plan.text:
        return written(plan_values(plan), heading=_HEADING, flow=FLOW)
    wanted = plan_values(plan)
    before = plan_values(parse_plan(plan.text, plan.name))
    if before == wanted:
        return plan.text
    text = rewritten(plan.text, plan.name, before, wanted, FLOW)
    if plan_values(parse_plan(text, plan.name)) != wanted:
        raise InvalidFile(
            "这个文件的排版过于特殊，无法在保留注释的同时写入改动，文件未动；请把记录改回一行一项的写法",
            "the change cannot be written into this layout without harm to it, so nothing was "
            "written; put the records back into the form of one key a line",
            where=plan.name,
        )
    return text


def save_plan(plan: PlanFile, path: Path) -> PlanFile:
    """Write a plan whole or not at all; gives the plan as it now stands in the file.

    Raises ChangedMeanwhile where the file is no longer the one ``plan`` was read from.
    """
    present = path.read_bytes() if path.exists() else b""
    if present != plan.text.encode():
        raise ChangedMeanwhile(
            "读取之后文件又被改动，本次未写入；请重新运行，新的改动会被读到",
            "the file was changed after it was read, so nothing was written; run again",
            where=str(path),
        )
    text = plan_text(plan)
    if text != plan.text:
        write_atomically(path, text.encode())
    return replace(plan, text=text)
