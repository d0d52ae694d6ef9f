"""Export as StratML Part 2, the exchange format of performance plans (ANSI/AIIM 22:2017).

Schema urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport, version 2.2.2016-02-16. What
the schema has no element for is carried where its readers look for it:

* a year becomes full dates: a level holds at the end of its period, a flow, a rate or a change
  runs over the whole of it;
* ``NumberOfUnits`` is a decimal; a range and words stand in ``Description`` instead;
* the hedge stands in ``Descriptor``; 约束性 or 预期性, the kind of measure, the scope and the
  place of the quote in ``OtherInformation``.

A first heading is a goal, the heading a statement stands under an objective. Targets become
``TargetResult``, facts ``ActualResult``.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from jingwei.core import Statement
from jingwei.plans.records import DocumentFacts

NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"

_NO_HEADING = "未分章节 without heading"
_OVER_THE_PERIOD = ("flow", "growth", "reduction", "increase")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")

Outline = Mapping[str, Mapping[str, Sequence[Statement]]]


def stratml_bytes(facts: DocumentFacts, statements: Sequence[Statement]) -> bytes:
    """The statements as a ``PerformancePlanOrReport`` of type Performance_Plan, in UTF-8."""
    root = Element("PerformancePlanOrReport", {"xmlns": NAMESPACE, "Type": "Performance_Plan"})
    _add(root, "Name", facts.title or facts.file)
    _add(root, "OtherInformation", _listed({"文号 number": facts.number, "文件 file": facts.file, "SHA-256": facts.sha256}))  # fmt: skip
    core = SubElement(root, "StrategicPlanCore")
    if facts.region:
        _add(SubElement(core, "Organization"), "Name", facts.region)
    for order, (heading, objectives) in enumerate(_outline(statements).items(), start=1):
        goal = SubElement(core, "Goal")
        _add(goal, "Name", heading)
        _add(goal, "Description", "")  # the schema asks for it
        _add(goal, "Identifier", f"goal-{order}")
        _add(goal, "SequenceIndicator", str(order))
        for number, (subheading, members) in enumerate(objectives.items(), start=1):
            objective = SubElement(goal, "Objective")
            _add(objective, "Name", subheading)
            _add(objective, "Identifier", f"objective-{order}.{number}")
            _add(objective, "SequenceIndicator", f"{order}.{number}")
            for statement in members:
                _indicate(objective, statement)
    _administer(root, facts)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _outline(statements: Sequence[Statement]) -> Outline:
    """Statements by first and last heading, in the order given; one goal at least."""
    outline: dict[str, dict[str, list[Statement]]] = {}
    for statement in statements:
        headings = statement.section or (_NO_HEADING,)
        outline.setdefault(headings[0], {}).setdefault(headings[-1], []).append(statement)
    return outline or {_NO_HEADING: {}}


def _indicate(objective: Element, statement: Statement) -> None:
    kind = "Qualitative" if statement.op == "qual" else "Quantitative"
    indicator = SubElement(objective, "PerformanceIndicator", {"PerformanceIndicatorType": kind})
    _add(indicator, "MeasurementDimension", statement.subject)
    _add(indicator, "UnitOfMeasurement", statement.unit)
    _add(indicator, "Identifier", _xml_id(statement.id))
    instance = SubElement(indicator, "MeasurementInstance")
    result = SubElement(instance, "TargetResult" if statement.role == "target" else "ActualResult")
    if statement.measure in _OVER_THE_PERIOD and statement.period.known:
        _add(result, "StartDate", f"{statement.period.first:04}-01-01")
    if statement.period.known:
        _add(result, "EndDate", f"{statement.period.last:04}-12-31")
    if statement.value is not None:
        _add(result, "NumberOfUnits", _decimal(statement.value))
    descriptor = SubElement(result, "Descriptor")
    _add(descriptor, "DescriptorName", "限定 qualifier")
    _add(descriptor, "DescriptorValue", f"{statement.op} {statement.hedge}".strip())
    if statement.low is not None and statement.high is not None:
        _add(result, "Description", f"{_decimal(statement.low)}—{_decimal(statement.high)}")
    elif statement.text:
        _add(result, "Description", statement.text)
    told = {
        "范围 scope": statement.scope,
        "属性 attribute": statement.attr or "",
        "量的类型 measure": statement.measure,
        "基年 base year": str(statement.base_year or ""),
        "依据 evidence": str(statement.evidence),
    }
    _add(indicator, "OtherInformation", _listed(told))


def _administer(root: Element, facts: DocumentFacts) -> None:
    told = SubElement(root, "AdministrativeInformation")
    if facts.period is not None:
        _add(told, "StartDate", f"{facts.period.first:04}-01-01")
        _add(told, "EndDate", f"{facts.period.last:04}-12-31")
    if _is_day(facts.issued):
        _add(told, "PublicationDate", facts.issued)


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _add(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = _NOT_XML.sub("\ufffd", text)


def _listed(told: Mapping[str, str]) -> str:
    return "；".join(f"{name}：{said}" for name, said in told.items() if said)


def _decimal(value: float) -> str:
    """xsd:decimal, which knows no exponent."""
    return f"{Decimal(repr(value)).normalize():f}"


def _xml_id(identity: str) -> str:
    """An id as xsd:ID; one that a person typed may have to be hashed into it."""
    if _XML_ID.fullmatch(identity):
        return identity
    return "id-" + hashlib.sha256(identity.encode()).hexdigest()[:12]
