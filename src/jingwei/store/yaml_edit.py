"""Changing values in a YAML file that a person edited, and nothing else.

A rewritten file differs from the old one in the lines whose values changed: comments, order,
spacing and the spelling of other values stay as the person left them. (A round trip through
ruamel.yaml keeps most comments, but moves some when items come and go, reformats the rest and
takes two seconds for 200 statements.)

The text of a block is taken apart into its entries and the *gaps* between them (whole lines:
empty ones and comments) and put together again. A comment is never dropped: when what it
stood in is removed or written anew, it moves to a line of its own in the same place.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jingwei.store import yaml_write
from jingwei.store.yaml_read import Mapping as MappingNode
from jingwei.store.yaml_read import Node, Scalar, read_yaml
from jingwei.store.yaml_read import Sequence as SequenceNode
from jingwei.store.yaml_write import Flow

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)
_GAP = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*")


def rewritten(
    text: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any], flow: Flow
) -> str:
    """``text`` with the differences between ``old`` and ``new`` written into it.

    ``old`` are the values of ``text`` as its reader understands them; keys that it leaves out
    (defaults that a person spelt out, say) are left alone. Items of a list of records are
    known by their ``id``; those in both keep their order, a new one follows the item that it
    follows in ``new``.
    """
    if old == new:
        return text
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    breaks = "\r\n" if "\r\n" in text else "\n"
    body = text.removeprefix(mark).replace("\r\n", "\n")
    tree = read_yaml(body, name)
    edit = _Edit(body, flow)
    if isinstance(tree, MappingNode) and not tree.flow:
        changed = (
            body[: tree.start]
            + edit.mapping(tree, old, new, spaced=True)
            + body[edit.line_end(tree.end) :]
        )
    else:
        heading = "".join(comment + "\n" for comment in edit.comments(0, len(body), tree))
        changed = yaml_write.written(new, heading=heading, flow=flow)
    return mark + changed.replace("\n", breaks)


class _Put:
    """Puts pieces together, each on a line of its own, after its gap.

    The first piece continues a line (after ``- ``), unless ``head`` is the line before it.
    """

    def __init__(self, column: int, head: str = "") -> None:
        self.text = head
        self.empty = True
        self._indent = " " * column

    def add(self, piece: str, gap: str = "") -> None:
        self.text += "\n" + gap + self._indent + piece if self.text else piece
        self.empty = False

    def add_comments(self, comments: Sequence[str], gap: str = "") -> None:
        for comment in comments:
            self.add(comment, gap)
            gap = ""


class _Edit:
    def __init__(self, body: str, flow: Flow) -> None:
        self._body = body
        self._flow = flow

    def line_end(self, offset: int) -> int:
        found = self._body.find("\n", offset)
        return len(self._body) if found < 0 else found

    def _column(self, offset: int) -> int:
        return offset - (self._body.rfind("\n", 0, offset) + 1)

    def mapping(
        self,
        node: MappingNode,
        old: Mapping[str, Any],
        new: Mapping[str, Any],
        *,
        spaced: bool = False,
    ) -> str:
        """The new text of a block mapping, from its first key to the end of its last line."""
        put = _Put(self._column(node.start))
        blank = "\n" if spaced else ""
        added = _followers(new, node.pairs)
        position = node.start

        def add_new(after: str | None) -> None:
            for key in added.get(after, ()):
                put.add(
                    yaml_write.entry(key, new[key], self._column(node.start), self._flow), blank
                )

        add_new(None)
        for key, (name, value) in node.pairs.items():
            gap = self._gap(position, name.start)
            position = self.line_end(value.end) + 1
            if key in old and key not in new:
                put.add_comments([*_lines(gap), *self.comments(name.start, position, value)])
                continue
            if put.empty:  # first now, where it was not: its comments stay, empty lines go
                put.add_comments(_lines(gap))
                gap = ""
            elif name.start == node.start:
                gap = blank
            put.add(self._entry(name, value, old.get(key), new.get(key)), gap)
            add_new(key)
        return put.text

    def _entry(self, name: Scalar, node: Node, old: Any, new: Any) -> str:
        """The new text of one entry, from its key to the end of its last line."""
        body = self._body
        end = self.line_end(node.end)
        if old == new:
            return body[name.start : end]
        if isinstance(node, MappingNode) and not node.flow and old and new:
            return body[name.start : node.start] + self.mapping(node, old, new)
        if (
            isinstance(node, SequenceNode)
            and not node.flow
            and yaml_write.is_records(old)
            and yaml_write.is_records(new)
        ):
            return self._records(name, node, old, new)
        fresh = yaml_write.entry(str(name.value), new, self._column(name.start), self._flow)
        if "\n" not in body[name.start : node.end] + fresh:
            before = body[name.start : node.start]
            space = " " if node.start == node.end else ""
            return before + space + yaml_write.on_one_line(new) + body[node.end : end]
        put = _Put(self._column(name.start))
        put.add_comments(self.comments(name.start, node.end, node))
        put.add(fresh + body[node.end : end].rstrip())
        return put.text

    def _records(
        self,
        name: Scalar,
        node: SequenceNode,
        old: Sequence[Mapping[str, Any]],
        new: Sequence[Mapping[str, Any]],
    ) -> str:
        first_line = self.line_end(name.end)
        column = self._column(node.start)
        put = _Put(column, self._body[name.start : first_line])
        wanted = {str(item["id"]): item for item in new}
        known = [str(item["id"]) for item in old]
        added = _followers(wanted, known)
        position = first_line + 1

        def add_new(after: str | None) -> None:
            for key in added.get(after, ()):
                fresh = yaml_write.mapping(wanted[key], column + 2, self._flow)
                put.add("- " + fresh, "" if put.empty else "\n")

        add_new(None)
        for order, (key, was, item) in enumerate(zip(known, old, node.items, strict=True)):
            dash = self._dash(position)
            gap = self._gap(position, dash)
            position = self.line_end(item.end) + 1
            if key not in wanted:
                comments = [*_lines(gap), *self.comments(dash, position, item)]
                put.add_comments(comments, "" if put.empty else "\n")
                continue
            if put.empty and order:
                gap = gap.lstrip("\n")
            elif not put.empty and not order:
                gap = "\n" + gap
            put.add(self._item(dash, item, was, wanted[key], column), gap)
            add_new(key)
        return put.text

    def _item(
        self, dash: int, item: Node, old: Mapping[str, Any], new: Mapping[str, Any], column: int
    ) -> str:
        end = self.line_end(item.end)
        if old == new:
            return self._body[dash:end]
        if isinstance(item, MappingNode) and not item.flow:
            return self._body[dash : item.start] + self.mapping(item, old, new)
        put = _Put(column)
        put.add_comments(self.comments(dash, end, item))
        put.add("- " + yaml_write.mapping(new, column + 2, self._flow))
        return put.text

    def _dash(self, position: int) -> int:
        found = _GAP.match(self._body, position)
        return self._body.index("-", found.end() if found else position)

    def _gap(self, start: int, end: int) -> str:
        """The whole lines from ``start`` to the line that holds ``end``."""
        return self._body[start : end - self._column(end)] if start < end else ""

    def comments(self, start: int, end: int, node: Node) -> list[str]:
        """The comments from ``start`` to ``end``; a # within a scalar of ``node`` is none."""
        found: list[str] = []
        for stop, resume in [*_scalars(node), (end, end)]:
            if self._body[stop : stop + 1] in ("|", ">") and stop < end:
                stop = self.line_end(stop)  # the line that opens a block of text may bear one
            found += _COMMENT.findall(self._body, start, max(start, min(stop, end)))
            start = max(start, resume)
        return found


def _scalars(node: Node) -> Iterator[tuple[int, int]]:
    """Where the scalars of a tree stand, keys included, in the order of the text."""
    if isinstance(node, Scalar):
        yield node.start, node.end
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _scalars(item)
    else:
        for key, value in node.pairs.values():
            yield key.start, key.end
            yield from _scalars(value)


def _followers(
    new: Mapping[str, Any], present: "Mapping[str, Any] | Sequence[str]"
) -> dict[str | None, list[str]]:
    """The keys of ``new`` that are not present, by the present key they follow (None: first)."""
    followers: dict[str | None, list[str]] = {}
    last: str | None = None
    for key in new:
        if key in present:
            last = key
        else:
            followers.setdefault(last, []).append(key)
    return followers


def _lines(gap: str) -> list[str]:
    return [line.strip() for line in gap.splitlines() if line.strip()]
