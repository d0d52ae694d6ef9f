"""The StratML export against a schema of our own, written after version 2.2 of Part 2."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from jingwei.core import Period, Span, Statement
from jingwei.plans.records import DocumentFacts
from jingwei.plans.stratml import NAMESPACE, stratml_bytes


def sequence(*names: str) -> str:
    """Elements in this order; ? optional, * any number, + one or more."""
    bounds = {
        "?": 'minOccurs="0"',
        "*": 'minOccurs="0" maxOccurs="unbounded"',
        "+": 'maxOccurs="unbounded"',
    }
    elements = (
        f'<element ref="s:{name.rstrip("?*+")}" {bounds.get(name[-1], "")}/>' for name in names
    )
    return f"<complexType><sequence>{''.join(elements)}</sequence>{{attributes}}</complexType>"


def element(name: str, *children: str, attributes: str = "") -> str:
    return f'<element name="{name}">{sequence(*children).format(attributes=attributes)}</element>'


def simple(name: str, kind: str) -> str:
    return f'<element name="{name}" type="{kind}"/>'


def choice(name: str, *values: str, use: str = "optional") -> str:
    allowed = "".join(f'<enumeration value="{value}"/>' for value in values)
    return (
        f'<attribute name="{name}" use="{use}"><simpleType><restriction base="string">{allowed}'
        "</restriction></simpleType></attribute>"
    )


RESULT = ("StartDate?", "EndDate?", "NumberOfUnits?", "Descriptor?", "Description?")
SCHEMA = etree.XMLSchema(etree.fromstring(
    f'<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:s="{NAMESPACE}" '
    f'targetNamespace="{NAMESPACE}" elementFormDefault="qualified">'
    + element("PerformancePlanOrReport", "Name", "Description?", "OtherInformation?",
              "StrategicPlanCore", "AdministrativeInformation?",
              attributes=choice("Type", "Strategic_Plan", "Performance_Plan", "Performance_Report", use="required"))
    + element("StrategicPlanCore", "Organization*", "Goal+")
    + element("Organization", "Name?", "Identifier?", "Description?")
    + element("Goal", "Name", "Description", "Identifier?", "SequenceIndicator?", "OtherInformation?", "Objective*")
    + element("Objective", "Name?", "Description?", "Identifier?", "SequenceIndicator?", "OtherInformation?", "PerformanceIndicator*")
    + element("PerformanceIndicator", "SequenceIndicator?", "MeasurementDimension", "UnitOfMeasurement",
              "Identifier?", "MeasurementInstance*", "OtherInformation?",
              attributes=choice("PerformanceIndicatorType", "Quantitative", "Qualitative"))
    + element("MeasurementInstance", "TargetResult*", "ActualResult*")
    + element("TargetResult", *RESULT)
    + element("ActualResult", *RESULT)
    + element("Descriptor", "DescriptorName?", "DescriptorValue?")
    + element("AdministrativeInformation", "Identifier?", "StartDate?", "EndDate?", "PublicationDate?")
    + "".join(simple(name, "string") for name in (
        "Name", "Description", "OtherInformation", "MeasurementDimension", "UnitOfMeasurement",
        "SequenceIndicator", "DescriptorName", "DescriptorValue"))
    + "".join(simple(name, "date") for name in ("StartDate", "EndDate", "PublicationDate"))
    + simple("NumberOfUnits", "decimal")
    + simple("Identifier", "ID")
    + "</schema>"
))  # fmt: skip

FACTS = DocumentFacts(
    "云溪市规划.txt",
    "ab" * 32,
    "云溪市制造业规划",
    "云府发〔2021〕3号",
    "2021-03-01",
    Period(2021, 2025),
    "云溪市",
)
TARGET = Statement(
    id="s-abc", document="云溪市规划.txt", quote="工业投资累计超过1200亿元", subject="工业投资",
    scope="云溪市", role="target", op=">=", value=1200.5, low=None, high=None, unit="亿元",
    period=Period(2021, 2025), attr="约束性", kind="stat", text=None, measure="flow", hedge="超过",
    base_year=None, rule="prose", section=("二、总体要求", "（二）主要目标"),
    evidence=Span("云溪市规划.txt", 10, 24, "工业投资累计超过1200亿元", page=3),
)  # fmt: skip


def exported(*statements: Statement, facts: DocumentFacts = FACTS):
    root = etree.fromstring(stratml_bytes(facts, statements))
    SCHEMA.assertValid(root)
    return root


def said(root, path: str) -> list[str]:
    found = root.xpath(
        "/".join(["/", *(f"s:{step}" for step in path.split("/"))]), namespaces={"s": NAMESPACE}
    )
    return [each.text or "" for each in found]


def test_a_target_keeps_what_the_schema_has_no_element_for() -> None:
    root = exported(TARGET)
    assert said(root, "TargetResult/StartDate") == ["2021-01-01"]
    assert said(root, "TargetResult/EndDate") == ["2025-12-31"]
    assert said(root, "TargetResult/NumberOfUnits") == ["1200.5"]
    assert said(root, "TargetResult/Descriptor/DescriptorValue") == [">= 超过"]
    (other,) = said(root, "PerformanceIndicator/OtherInformation")
    assert "属性 attribute：约束性" in other
    assert "第3页「工业投资累计超过1200亿元」" in other
    assert said(root, "Goal/Name") == ["二、总体要求"]
    assert said(root, "Objective/Name") == ["（二）主要目标"]
    assert said(root, "AdministrativeInformation/PublicationDate") == ["2021-03-01"]


def test_a_level_holds_at_the_end_of_its_period() -> None:
    root = exported(replace(TARGET, measure="level", role="observation", period=Period.year(2020)))
    assert said(root, "ActualResult/StartDate") == []
    assert said(root, "ActualResult/EndDate") == ["2020-12-31"]


def test_words_and_ranges_stand_in_the_description() -> None:
    words = replace(TARGET, id="s-1", op="qual", value=None, text="基本稳定", measure="rank")
    span = replace(TARGET, id="s-2", op="range", value=None, low=800, high=0.9e3)
    root = exported(words, span)
    assert said(root, "TargetResult/Description") == ["基本稳定", "800—900"]
    assert said(root, "TargetResult/NumberOfUnits") == []
    kinds = [
        each.get("PerformanceIndicatorType")
        for each in root.iter(f"{{{NAMESPACE}}}PerformanceIndicator")
    ]
    assert kinds == ["Qualitative", "Quantitative"]


def test_a_plan_without_statements_or_dates_is_valid_too() -> None:
    exported(facts=DocumentFacts("a.txt", "00"))
    exported(facts=replace(FACTS, issued="2021年3月"))


@settings(max_examples=60)
@given(
    st.lists(
        st.builds(
            replace,
            st.just(TARGET),
            id=st.text(),
            subject=st.text(),
            unit=st.text(),
            hedge=st.text(),
            value=st.floats(allow_nan=False, allow_infinity=False),
            section=st.lists(st.text(max_size=2), max_size=3).map(tuple),
        ),
        max_size=4,
        unique_by=lambda statement: statement.id,
    )
)
def test_any_words_and_numbers_give_a_valid_file(statements: list[Statement]) -> None:
    root = exported(*statements)
    numbers = [float(text) for text in said(root, "TargetResult/NumberOfUnits")]
    assert sorted(numbers) == sorted(statement.value or 0.0 for statement in statements)
