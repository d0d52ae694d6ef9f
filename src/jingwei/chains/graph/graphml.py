"""GraphML in, with limits: no document type, no entity, no outside file, no endless nesting.

http://graphml.graphdrawing.org: nodes and edges bear ``data`` whose ``key`` is declared once with a
name. Directed graphs only; an undirected one does not say who supplies whom.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from jingwei.chains.graph.records import folded
from jingwei.chains.graph.rows import Line, column_names, too_many
from jingwei.core import InvalidFile


def read_graphml(path: Path, most: int) -> Iterator[Line]:
    """Nodes, then edges, as rows. Raises InvalidFile for what is no GraphML or hostile."""
    etree: Any = import_module("lxml.etree")

    keys: dict[str, str] = {}
    named: dict[str, str] = {}
    waiting: list[Line] = []
    _check_prologue(path)
    try:
        context: Any = etree.iterparse(
            str(path), events=("end",), resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for _, element in context:
            match etree.QName(element).localname:
                case "key":
                    keys[element.get("id", "")] = element.get("attr.name", element.get("id", ""))
                case "graph":
                    if element.get("edgedefault") == "undirected":
                        raise InvalidFile(
                            '是无向图，看不出谁供应谁；请导出为有向图（edgedefault="directed"）',
                            "an undirected graph does not say who supplies whom; "
                            'export it with edgedefault="directed"',
                            where=str(path),
                        )
                case "node":
                    line = _node(element, keys)
                    fields = line.fields
                    called = fields.get("node") or fields.get("code") or fields.get("enterprise")
                    named[element.get("id", "")] = called or fields["place"]
                    yield line
                    _let_go(element)
                case "edge":
                    waiting.append(_edge(element, keys))
                    if len(waiting) > most:
                        raise too_many(path, most)
                    _let_go(element)
                case _:
                    pass
    except etree.XMLSyntaxError as fault:
        raise InvalidFile(
            f"不是合法的 GraphML：{fault}", f"no GraphML: {fault}", where=str(path)
        ) from None
    for line in waiting:
        ends = {end: named.get(line.fields[end], line.fields[end]) for end in ("from", "to")}
        yield Line(line.at, {**line.fields, **ends})


def _let_go(element: Any) -> None:
    """Free what was read, with the siblings before it: memory stays that of one element."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _node(element: Any, keys: dict[str, str]) -> Line:
    fields = _data(element, keys)
    sort = fields.pop("sort", "node")
    name = fields.pop("name", "") or element.get("id", "")
    key = {"enterprise": "enterprise", "place": "place"}.get(sort, "node")
    return Line(f"node {element.get('id', '')}", {key: name, **fields})


def _edge(element: Any, keys: dict[str, str]) -> Line:
    fields = _data(element, keys)
    fields.pop("sort", None)
    fields.pop("name", None)
    ends = {"from": element.get("source", ""), "to": element.get("target", "")}
    return Line(f"edge {ends['from']} → {ends['to']}", {**fields, **ends})


def _data(element: Any, keys: dict[str, str]) -> dict[str, str]:
    names = column_names() | {"sort": "sort", "name": "name", "label": "name", "名称": "name"}
    fields: dict[str, str] = {}
    for data in element:
        key: str = data.get("key", "")
        name = names.get(folded(keys.get(key, key)), "")
        if name:
            fields[name] = (data.text or "").strip()
    return fields


def _check_prologue(path: Path) -> None:
    """Refuse a document type wherever it stands; it cannot stand in the data of a plain file."""
    with path.open("rb") as file:
        tail = b""
        for chunk in iter(lambda: file.read(1 << 20), b""):
            if chunk.startswith((b"\xff\xfe", b"\xfe\xff")) and not tail:
                raise InvalidFile(
                    "是 UTF-16 编码；请另存为 UTF-8",
                    "it is UTF-16; save it as UTF-8",
                    where=str(path),
                )
            seen = (tail + chunk).upper()
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise _refused(path)
            tail = chunk[-16:]


def _refused(path: Path) -> InvalidFile:
    return InvalidFile(
        "含有 DOCTYPE（可能是实体展开攻击），不读；请用不带 DOCTYPE 的 GraphML",
        "it has a DOCTYPE, which may expand entities, and is not read; export GraphML without one",
        where=str(path),
    )
