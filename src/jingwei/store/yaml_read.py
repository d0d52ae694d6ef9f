"""YAML as a person wrote it: values with their places, and nothing else that YAML can do.

Plan files are edited by hand and come from colleagues, so only the plain part of YAML is
read: mappings, lists and scalars. Anchors and aliases (a few bytes that unfold to gigabytes),
tags, several documents in one file, repeated keys and deep nesting are refused with their
line. Scalars follow the core schema of YAML 1.2 (``no`` is a word, not False), numbers only
in decimal form.

The tree keeps offsets into the text, so that ``yaml_edit`` can change one value and leave the
comments, the order and the spelling of everything else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from jingwei.core import InvalidFile
from jingwei.store.checked import Location

LARGEST_FILE = 16 << 20
"""In bytes; a plan of 2,000 statements takes about 2 MB."""

DEEPEST = 16

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_COLON = re.compile(r"\s*:")
# what every YAML parser takes, less the line breaks that only some of them know
_UNREADABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(slots=True)
class Scalar:
    """A value; ``text[start:end]`` is how it is written, quotes included. Lines count from 1."""

    value: str | int | float | bool | None
    line: int
    start: int
    end: int


@dataclass(slots=True)
class Sequence:
    """A list; ``flow`` is the form in brackets. A block list ends where its last item does."""

    line: int
    start: int
    end: int
    flow: bool
    items: "list[Node]" = field(default_factory=list["Node"])


@dataclass(slots=True)
class Mapping:
    """Keys and values, in the order of the text."""

    line: int
    start: int
    end: int
    flow: bool
    pairs: "dict[str, tuple[Scalar, Node]]" = field(
        default_factory=dict[str, tuple[Scalar, "Node"]]
    )


Node = Scalar | Sequence | Mapping


def typed_scalar(text: str) -> str | int | float | bool | None:
    """What a word written without quotes means: 80 a number, no a word, an empty one nothing."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 400 else float(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def decoded(content: bytes, name: str) -> str:
    """The text of a YAML file: UTF-8, with or without a byte order mark. Raises InvalidFile."""
    if len(content) > LARGEST_FILE:
        raise InvalidFile(
            f"文件有 {len(content) >> 20} MB，超过 {LARGEST_FILE >> 20} MB 的上限；请拆成几个文件",
            f"the file has {len(content) >> 20} MB, the limit is {LARGEST_FILE >> 20} MB; split it",
            where=name,
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise InvalidFile(
            "不是 UTF-8 编码；请用编辑器「另存为」UTF-8",
            "this file is not UTF-8; save it as UTF-8",
            where=f"{name}:{line}",
        ) from fault


def read_yaml(text: str, name: str) -> Node:
    """The tree of a YAML text with ``\\n`` line ends. Raises InvalidFile, naming ``name`` and line."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError

    if odd := _UNREADABLE.search(text):
        raise _refused(
            name,
            text.count("\n", 0, odd.start()) + 1,
            f"含有控制字符 U+{ord(odd[0]):04X}；请删去，或在双引号内写成 \\u{ord(odd[0]):04x}",
            f"a control character U+{ord(odd[0]):04X}; remove it, "
            f"or write \\u{ord(odd[0]):04x} within double quotes",
        )
    try:
        # the C parser of libyaml where its wheel is installed, else the same grammar in Python
        return _Builder(text, name).tree(YAML(typ="safe").parse(text))
    except MarkedYAMLError as fault:
        mark: Any = cast(Any, fault).problem_mark or cast(Any, fault).context_mark
        raise _refused(
            name,
            mark.line + 1,
            "这里不符合 YAML 写法；请检查缩进（要用空格，不能用制表符 Tab），含有 : # > [ { 等符号的文字要加引号",
            f"this is not YAML ({fault.problem}); check the indentation "
            "(blanks, no tabs), and quote text that holds : # > [ or {",
        ) from fault


def _refused(name: str, line: int, zh: str, en: str) -> InvalidFile:
    return InvalidFile(zh, en, where=f"{name}:{line}")


class _Builder:
    """Makes the tree from the parser's events, refusing what a plan file must not hold."""

    def __init__(self, text: str, name: str) -> None:
        self._text = text
        self._name = name
        self._open: list[Mapping | Sequence] = []
        self._keys: list[Scalar | None] = []  # the key that waits for its value, per open node

    def tree(self, events: "Iterator[Any]") -> Node:
        root: Node = Scalar(None, 1, 0, 0)
        documents = 0
        for event in events:
            kind = type(event).__name__
            line = event.start_mark.line + 1
            if getattr(event, "anchor", None) is not None:
                raise _refused(
                    self._name, line, "不支持 & 锚点和 * 引用；含 * & 的文字请加引号",
                    "anchors and aliases are not supported; quote text that begins with & or *",
                )  # fmt: skip
            if getattr(event, "tag", None) is not None:
                raise _refused(
                    self._name, line, f"不支持标签 {event.tag}；以 ! 开头的文字请加引号",
                    f"the tag {event.tag} is not supported; quote text that begins with !",
                )  # fmt: skip
            documents += kind == "DocumentStartEvent"
            if documents > 1:
                raise _refused(
                    self._name, line, "一个文件只能有一份内容；请删去多余的 ---",
                    "one file holds one document; remove the further ---",
                )  # fmt: skip
            node = self._node(kind, event, line)
            if node is not None and not self._open:
                root = node
        return root

    def _node(self, kind: str, event: Any, line: int) -> Node | None:
        """Take one event; gives the node that it completes."""
        if kind == "ScalarEvent":
            scalar = self._scalar(event, line)
            return scalar if self._attach(scalar) else None
        if kind in ("MappingStartEvent", "SequenceStartEvent"):
            if len(self._open) == DEEPEST:
                raise _refused(
                    self._name,
                    line,
                    f"嵌套超过 {DEEPEST} 层",
                    f"nested deeper than {DEEPEST} levels",
                )
            shape = Mapping if kind == "MappingStartEvent" else Sequence
            start = event.start_mark.index
            self._open.append(shape(line, start, start, bool(event.flow_style)))
            self._keys.append(None)
            return None
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            node = self._open.pop()
            self._keys.pop()
            if node.flow:
                node.end = event.end_mark.index
            self._attach(node)
            return node
        return None

    def _scalar(self, event: Any, line: int) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        plain = event.style in (None, "")
        if plain and start == end and self._open:
            # an absent value: parsers place it anywhere up to the next word
            key = self._keys[-1]
            colon = _COLON.match(self._text, key.end) if key is not None else None
            if key is not None and colon is not None:
                start = end = colon.end()
                line = key.line
        if event.style in ("|", ">"):
            end = start + len(self._text[start:end].rstrip())
        return Scalar(typed_scalar(event.value) if plain else event.value, line, start, end)

    def _attach(self, node: Node) -> bool:
        """Hang a node on the open one; True if it is the root."""
        if not self._open:
            return True
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        else:
            key = self._keys[-1]
            if key is None:
                self._keys[-1] = self._as_key(node, parent)
                return False
            parent.pairs[str(key.value)] = (key, node)
            self._keys[-1] = None
        if not parent.flow:
            parent.end = max(parent.end, node.end)
        return False

    def _as_key(self, node: Node, parent: Mapping) -> Scalar:
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            raise _refused(self._name, node.line, "名称必须是文字", "a key must be a word")
        if node.value in parent.pairs:
            raise _refused(
                self._name,
                node.line,
                f"「{node.value}」在第 {parent.pairs[node.value][0].line} 行已经写过；请只留一处",
                f"'{node.value}' stands in line {parent.pairs[node.value][0].line} already; keep one",
            )
        return node


def plain_value(node: Node) -> Any:
    """The value of a tree as dictionaries, lists and scalars."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain_value(item) for item in node.items]
    return {key: plain_value(value) for key, (_, value) in node.pairs.items()}


def line_at(node: Node, location: Location) -> int:
    """The line of a location (keys, and indices from 0), or of the nearest thing above it."""
    line = node.line
    for part in location:
        if isinstance(node, Mapping) and part in node.pairs:
            key, node = node.pairs[str(part)]
            line = key.line
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
            line = node.line
        else:
            break
    return line
