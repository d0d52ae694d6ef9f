"""Records of our own exports read back as they were: ids, evidence, times, confidence, denials.

A file that Jingwei wrote bears the id and the evidence of everything; such a record is taken as it
stands and not read as a new row. Where someone changed a field, the field counts.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from jingwei.chains.graph.records import EDGE_KINDS, SORTS, Edge, Fact, Vertex
from jingwei.core import Evidence, Formula, InvalidFile, Row, Span

FORMAT = "jingwei-chain"

SHEETS: Mapping[str, Mapping[str, str]] = {
    "vertices": {
        "id": "编号 id", "sort": "类 sort", "name": "名称 name", "code": "代码 code",
        "stage": "阶段 stage", "what": "类别 kind", "source": "来源 source",
        "evidence": "依据 evidence",
    },
    "edges": {
        "from": "起点 from", "to": "终点 to", "kind": "关系 relation", "share": "份额 share",
        "confidence": "可信度 confidence", "day": "日期 date", "valid_from": "生效 valid from",
        "valid_to": "失效 valid to", "holds": "成立 holds", "source": "来源 source",
        "from_id": "起点编号 from id", "to_id": "终点编号 to id", "evidence": "依据 evidence",
    },
    "facts": {
        "about": "关于 about", "measure": "指标 measure", "value": "数值 value", "word": "评定 word",
        "unit": "单位 unit", "of": "分项 of", "rater": "评定人 rater", "day": "日期 date",
        "source": "来源 source", "about_id": "关于编号 about id", "evidence": "依据 evidence",
    },
}  # fmt: skip
"""The sheets of a tabular export, in the order they are read: each field and its title."""


def own_sheet(headings: Sequence[str]) -> str:
    """Which of our own sheets has these headings, "" for none."""
    held = {*headings}
    return next((name for name, titles in SHEETS.items() if {*titles.values()} <= held), "")


Record = Vertex | Edge | Fact


def vertex_of(cells: Mapping[str, Any], where: str) -> Vertex:
    """A vertex from its cells. Raises InvalidFile naming the record."""
    try:
        sort = _one_of(cells["sort"], SORTS)
        evidence = tuple(evidence_from(each) for each in cells["evidence"])
        name, stage, what = (_text(cells.get(key)) for key in ("name", "stage", "what"))
        return Vertex(_text(cells["id"]), sort, name, stage, what, evidence)
    except (KeyError, TypeError, ValueError) as fault:
        raise _broken(where, fault) from fault


def edge_of(cells: Mapping[str, Any], where: str) -> Edge:
    """An edge from its cells. Raises InvalidFile naming the record."""
    try:
        return Edge(
            _one_of(cells["kind"], EDGE_KINDS), _text(cells["from_id"]), _text(cells["to_id"]),
            evidence_from(cells["evidence"]), _day(cells.get("day")),
            _number(cells.get("confidence")), _day(cells.get("valid_from")),
            _day(cells.get("valid_to")), _number(cells.get("share")), _truth(cells["holds"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as fault:
        raise _broken(where, fault) from fault


def fact_of(cells: Mapping[str, Any], where: str) -> Fact:
    """A fact from its cells. Raises InvalidFile naming the record."""
    try:
        word, unit, of, rater = (_text(cells.get(key)) for key in ("word", "unit", "of", "rater"))
        return Fact(
            _text(cells["about_id"]), _text(cells["measure"]), evidence_from(cells["evidence"]),
            _number(cells.get("value")), word, unit, of, rater, _day(cells.get("day")),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as fault:
        raise _broken(where, fault) from fault


def evidence_from(told: Mapping[str, Any]) -> Evidence:
    """The inverse of ``plain`` for evidence. Raises KeyError, TypeError or ValueError."""
    match told["kind"]:
        case "row":
            return Row(_text(told["dataset"]), _text(told["vintage"]), _text(told["key"]))
        case "span":
            pairs = cast("Sequence[Sequence[int]]", told["segments"])
            return Span(
                _text(told["file"]), int(told["start"]), int(told["end"]), _text(told["quote"]),
                *(None if told[k] is None else int(told[k]) for k in ("page", "paragraph", "line")),
                segments=tuple((int(start), int(end)) for start, end in pairs),
            )  # fmt: skip
        case "formula":
            return Formula(_text(told["formula"]), tuple(evidence_from(e) for e in told["of"]))
        case other:
            raise ValueError(f"evidence of kind {other!r}")


def _one_of(value: Any, known: Sequence[Any]) -> Any:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _number(value: Any) -> float | None:
    return None if value is None or value == "" else float(value)


def _truth(value: Any) -> bool:
    return value if isinstance(value, bool) else {"true": True, "false": False}[str(value)]


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _broken(where: str, fault: Exception) -> InvalidFile:
    told = f"缺少{fault}" if isinstance(fault, KeyError) else str(fault)
    told_en = f"{fault} is missing" if isinstance(fault, KeyError) else str(fault)
    return InvalidFile(
        f"这条记录带着编号和依据，却读不出（{told}）；请改正，或删去它的 evidence 再按普通行导入",
        f"this record bears an id and evidence but cannot be read ({told_en}); correct it, or take "
        "its evidence out and import it as a plain row",
        where=where,
    )
