"""A chain for other programs: JSON that comes back as it went, GraphML, and plain tables."""

import json
from collections.abc import Mapping
from typing import Any

from jingwei.chains.graph.edition import Edition
from jingwei.chains.graph.graphml import EVIDENCE, FACTS
from jingwei.chains.graph.records import Edge, Fact, Vertex
from jingwei.chains.graph.restoring import FORMAT
from jingwei.core import plain
from jingwei.store.tables import Row, Table

_EDGE_FIELDS = ("kind", "share", "confidence", "day", "valid_from", "valid_to", "holds", "source")


def json_bytes(edition: Edition) -> bytes:
    """The whole edition; ``jingwei chain import`` reads it again."""
    names = {each.id: each for each in edition.vertices()}
    whole = {
        "format": FORMAT,
        "chain": plain(edition.head),
        "content": edition.content_hash,
        "vertices": [_vertex(each) for each in names.values()],
        "edges": [
            _edge(each, names)
            | {"from_id": each.from_, "to_id": each.to, "evidence": plain(each.evidence)}
            for each in edition.every_edge()
        ],
        "facts": [
            _fact(each, names) | {"about_id": each.about, "evidence": plain(each.evidence)}
            for each in edition.facts
        ],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def graphml_bytes(edition: Edition) -> bytes:
    """GraphML (http://graphml.graphdrawing.org), directed; facts stand in their vertex as JSON."""
    from xml.sax.saxutils import quoteattr

    facts: dict[str, list[Any]] = {}
    for each in edition.facts:
        cells = _fact_terms(each) | {"evidence": plain(each.evidence)}
        facts.setdefault(each.about, []).append(cells)

    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ]
    keys = {
        "node": ("name", "sort", "stage", "what", "code", EVIDENCE, FACTS),
        "edge": (*_EDGE_FIELDS, EVIDENCE),
    }
    for of, names in keys.items():
        for name in names:
            kind = "double" if name in ("share", "confidence") else "string"
            lines.append(
                f'<key id="{of}_{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>'
            )
    lines.append('<graph id="chain" edgedefault="directed">')
    for each in edition.vertices():
        cells = {
            "name": each.name, "sort": each.sort, "stage": each.stage, "what": each.kind,
            "code": _code(each), EVIDENCE: _json([plain(one) for one in each.evidence]),
            FACTS: _json(facts[each.id]) if each.id in facts else "",
        }  # fmt: skip
        lines.append(f"<node id={quoteattr(each.id)}>{_data('node', cells)}</node>")
    for number, edge in enumerate(edition.every_edge()):
        ends = f"source={quoteattr(edge.from_)} target={quoteattr(edge.to)}"
        cells = {key: value for key, value in _terms(edge).items() if value is not None}
        cells[EVIDENCE] = _json(plain(edge.evidence))
        lines.append(f'<edge id="e{number}" {ends}>{_data("edge", cells)}</edge>')
    lines += ["</graph>", "</graphml>", ""]
    return "\n".join(lines).encode()


def _json(of: Any) -> str:
    """One line of ASCII, which XML keeps whatever the text is."""
    return json.dumps(of, allow_nan=False, separators=(",", ":"))


def _data(of: str, cells: Mapping[str, Any]) -> str:
    from xml.sax.saxutils import escape

    return "".join(
        f'<data key="{of}_{key}">{escape(_text(value), {chr(13): "&#13;"})}</data>'
        for key, value in cells.items()
        if value != ""
    )


def _text(value: Any) -> str:
    """A value as XML text; characters that XML 1.0 has no way to write are left out."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return "".join(each for each in text if each in "\t\n\r" or (each >= " " and each not in "￾￿"))


def tables(edition: Edition) -> tuple[Table, Table, Table]:
    """Vertices, edges and facts as sheets."""
    names = {each.id: each for each in edition.vertices()}
    vertices: list[Row] = []
    for each in names.values():
        vertices.append(
            {
                "id": each.id, "sort": each.sort, "name": each.name, "code": _code(each),
                "stage": each.stage, "what": each.kind,
                "source": "；".join(map(str, each.evidence)),
            }
        )  # fmt: skip
    edges: list[Row] = [_edge(each, names) for each in edition.every_edge()]
    facts: list[Row] = [_fact(each, names) for each in edition.facts]
    titles = {
        "id": "编号 id", "sort": "类 sort", "name": "名称 name", "code": "代码 code",
        "stage": "阶段 stage", "what": "类别 kind", "source": "来源 source",
    }  # fmt: skip
    ends = {"from": "起点 from", "to": "终点 to", "kind": "关系 relation", "share": "份额 share",
            "confidence": "可信度 confidence", "day": "日期 date", "valid_from": "生效 valid from",
            "valid_to": "失效 valid to", "holds": "成立 holds", "source": "来源 source"}  # fmt: skip
    told = {"about": "关于 about", "measure": "指标 measure", "value": "数值 value",
            "word": "评定 word", "unit": "单位 unit", "of": "分项 of", "rater": "评定人 rater",
            "day": "日期 date", "source": "来源 source"}  # fmt: skip
    return (
        Table("vertices", titles, vertices),
        Table("edges", ends, edges),
        Table("facts", told, facts),
    )


def _code(each: Vertex) -> str:
    """The code that identifies an enterprise or place, "" where only the name is known."""
    if each.sort == "enterprise":
        return each.id[2:] if each.identified else ""
    return ""


def _called(key: str, names: Mapping[str, Vertex]) -> str:
    """How an edge names its end: by code where there is one, else by name."""
    return _code(names[key]) or names[key].name


def _vertex(each: Vertex) -> dict[str, Any]:
    cells = {each.sort: each.name, "code": _code(each), "stage": each.stage, "what": each.kind}
    evidence = [plain(one) for one in each.evidence]
    record = {"id": each.id, "sort": each.sort, "name": each.name, "evidence": evidence}
    return {key: value for key, value in cells.items() if value} | record


def _terms(each: Edge) -> dict[str, Any]:
    return {
        "kind": each.kind, "share": each.share, "confidence": each.confidence,
        "day": None if each.day is None else each.day.isoformat(),
        "valid_from": None if each.valid_from is None else each.valid_from.isoformat(),
        "valid_to": None if each.valid_to is None else each.valid_to.isoformat(),
        "holds": each.holds, "source": str(each.evidence),
    }  # fmt: skip


def _edge(each: Edge, names: Mapping[str, Vertex]) -> dict[str, Any]:
    return {"from": _called(each.from_, names), "to": _called(each.to, names), **_terms(each)}


def _fact(each: Fact, names: Mapping[str, Vertex]) -> dict[str, Any]:
    about = names[each.about]
    key = "node" if about.sort == "node" else "enterprise"
    called = {key: about.name, "about": about.name, "code": _code(about)}
    return called | _fact_terms(each) | {"source": str(each.evidence)}


def _fact_terms(each: Fact) -> dict[str, Any]:
    return {
        "measure": each.measure, "value": each.value, "word": each.word, "unit": each.unit,
        "of": each.of, "rater": each.rater,
        "day": None if each.day is None else each.day.isoformat(),
    }  # fmt: skip
