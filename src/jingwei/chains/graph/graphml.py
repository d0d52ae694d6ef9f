"""GraphML in, with limits: no document type, no entity, no outside file, no endless nesting.

http://graphml.graphdrawing.org: nodes and edges bear ``data`` whose ``key`` is declared once with a
name. Directed graphs only; an undirected one does not say who supplies whom.
"""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from jingwei.chains.graph.columns import column_names
from jingwei.chains.graph.records import SORTS, folded
from jingwei.chains.graph.restoring import edge_of, fact_of, vertex_of
from jingwei.chains.graph.rows import Line, too_many
from jingwei.core import InvalidFile

EVIDENCE, FACTS = "jingwei_evidence", "jingwei_facts"
"""Names of the data in which our own exports keep what a row would lose."""


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
                    yield from _node(element, keys, named, path)
                    _let_go(element)
                case "edge":
                    waiting.append(_edge(element, keys, path, len(waiting) + 1))
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
        if line.record is not None:
            yield line
            continue
        ends: dict[str, str] = {}
        for end in ("from", "to"):
            key = line.fields[end]
            if named and key not in named:
                raise InvalidFile(
                    f"边 {line.at} 的一端“{key}”不是文件里的节点；请补上这个 <node>，或删去这条边",
                    f"the edge {line.at} ends at '{key}', which is no node of the file; add the "
                    "<node>, or take the edge out",
                    where=f"{path}:{line.at}",
                )
            ends[end] = named.get(key, key)
        yield Line(line.at, {**line.fields, **ends})


def region_of(path: Path) -> str:
    """The region of an exported graph, "" where it states none."""
    etree: Any = import_module("lxml.etree")

    _check_prologue(path)
    keys: dict[str, str] = {}
    context: Any = etree.iterparse(
        str(path), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False,
    )  # fmt: skip
    for event, element in context:
        name = etree.QName(element).localname
        if name == "key" and event == "end":
            keys[element.get("id", "")] = element.get("attr.name", "")
        if name == "data" and event == "end" and keys.get(element.get("key", "")) == "region":
            return (element.text or "").strip()
        if name == "node":
            break
    return ""


def _let_go(element: Any) -> None:
    """Free what was read, with the siblings before it: memory stays that of one element."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _node(element: Any, keys: dict[str, str], named: dict[str, str], path: Path) -> Iterator[Line]:
    key = element.get("id", "")
    at = f"node[{len(named) + 1}]"
    if not key:
        raise InvalidFile(
            "有 <node> 没有 id，边指不到它；请补上",
            "a <node> has no id, so that no edge can name it; add one",
            where=f"{path}:{at}",
        )
    cells = _cells(element, keys)
    fields = _fields(cells)
    sort = fields.pop("sort", "node")
    if sort not in SORTS:
        raise InvalidFile(
            f"节点“{key}”的 sort 是“{sort}”；只认 {'、'.join(SORTS)}",
            f"the node '{key}' is of sort '{sort}'; known are {', '.join(SORTS)}",
            where=f"{path}:{at}",
        )
    name = fields.pop("name", "") or fields.get(sort, "") or key
    named[key] = fields.get("code") or name
    if EVIDENCE not in cells:
        yield Line(at, {**fields, sort: name})
        return
    where = f"{path}:{at}"
    record = vertex_of(
        {**cells, "id": key, "name": name, "evidence": _parsed(cells[EVIDENCE], where)}, where
    )
    yield Line(at, {**fields, sort: name}, record)
    for number, told in enumerate(_parsed(cells.get(FACTS, "[]"), where)):
        fact = fact_of({**told, "about_id": key}, f"{where} facts[{number}]")
        texts = {k: str(v) for k, v in told.items() if v is not None and k != "evidence"}
        yield Line(f"{at}.facts[{number}]", _fields(texts) | {sort: name}, fact)


def _edge(element: Any, keys: dict[str, str], path: Path, number: int) -> Line:
    cells = _cells(element, keys)
    fields = _fields(cells)
    fields.pop("sort", None)
    fields.pop("name", None)
    ends = {"from": element.get("source", ""), "to": element.get("target", "")}
    at = f"edge[{number}]"
    for end, word in (("from", "source"), ("to", "target")):
        if not ends[end]:
            raise InvalidFile(
                f"第{number}条 <edge> 没有 {word}；请补上它连的节点",
                f"edge {number} has no {word}; add the node it joins",
                where=f"{path}:{at}",
            )
    fields = {**fields, **ends}
    if EVIDENCE not in cells:
        return Line(at, fields)
    where = f"{path}:{at}"
    evidence = _parsed(cells[EVIDENCE], where)
    record = edge_of(
        {**cells, "from_id": ends["from"], "to_id": ends["to"], "evidence": evidence}, where
    )
    return Line(at, fields, record)


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidFile(
            "evidence 或 facts 不是合法的 JSON；请恢复原样，或整条删去",
            "evidence or facts are no JSON; restore them, or take them out",
            where=where,
        ) from None


def _cells(element: Any, keys: dict[str, str]) -> dict[str, str]:
    """The data of an element under the names their keys declare; white space at the ends counts not."""
    return {
        keys.get(str(data.get("key")), str(data.get("key"))): (data.text or "").strip()
        for data in element
    }


def _fields(cells: dict[str, str]) -> dict[str, str]:
    names = column_names() | {"sort": "sort", "name": "name", "label": "name", "名称": "name"}
    return {names[folded(key)]: text for key, text in cells.items() if folded(key) in names}


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
