"""A chain for other programs: JSON that comes back as it went, GraphML, and plain tables."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from jingwei.chains.graph.edition import Edition
from jingwei.chains.graph.graphml import EVIDENCE, FACTS
from jingwei.chains.graph.records import Edge, Fact, Vertex
from jingwei.chains.graph.restoring import FORMAT, SHEETS
from jingwei.core import Evidence, plain
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
        "graph": ("region",),
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
    lines.append(_data("graph", {"region": edition.head.region}))
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
    """Vertices, edges and facts as sheets; ``jingwei chain import`` reads them again."""
    names = {each.id: each for each in edition.vertices()}
    vertices: list[Row] = []
    for each in names.values():
        vertices.append(
            {
                "id": each.id, "sort": each.sort, "name": each.name, "code": _code(each),
                "stage": each.stage, "what": each.kind,
                "source": _shown(each.evidence), "evidence": _fitting(each.evidence),
            }
        )  # fmt: skip
    edges: list[Row] = [
        _edge(each, names)
        | {"from_id": each.from_, "to_id": each.to, "evidence": _json(plain(each.evidence))}
        for each in edition.every_edge()
    ]
    facts: list[Row] = [
        _fact(each, names) | {"about_id": each.about, "evidence": _json(plain(each.evidence))}
        for each in edition.facts
    ]
    rows = {"vertices": vertices, "edges": edges, "facts": facts}
    first, second, third = (Table(name, SHEETS[name], rows[name]) for name in SHEETS)
    return first, second, third


_LONGEST = 30_000  # characters of a cell; a spreadsheet holds 32,767


def _shown(evidence: Sequence[Evidence]) -> str:
    return "；".join(map(str, evidence))[:_LONGEST]


def _fitting(evidence: Sequence[Evidence]) -> str:
    """The evidence of a vertex, as many pieces of it as a cell holds."""
    kept = [plain(one) for one in evidence]
    while len(text := _json(kept)) > _LONGEST and len(kept) > 1:
        kept = kept[: len(kept) * _LONGEST // (len(text) + 1)] or kept[:1]
    return text


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
