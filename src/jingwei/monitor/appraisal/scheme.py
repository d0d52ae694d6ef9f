"""An appraisal scheme as a file of the workspace: ``definitions/appraisals/*.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from jingwei.monitor.declared import Declared
from jingwei.store.checked import STRICT

Way = Literal["target", "range", "rank"]
WAYS: dict[Way, str] = {
    "target": "完成率（实际÷目标，越少越好的为目标÷实际），封顶",
    "range": "同组内极差标准化",
    "rank": "同组内名次",
}
_NAMES: Mapping[str, str] = {
    "format": "格式", "name": "名称", "date": "日期", "source": "文号", "enough": "最低可信度",
    "veto": "一票否决的最高等次", "grades": "等次", "from": "起点分", "indicators": "指标",
    "id": "编号", "weight": "权重", "attr": "属性", "normalise": "标准化方法", "direction": "方向",
    "target": "目标值", "cap": "封顶", "unit": "计量单位", "card": "口径卡", "units": "被考核单位",
    "group": "组别", "values": "完成数", "targets": "各自目标", "added": "加分", "deducted": "扣分",
    "points": "分值", "why": "事由", "disputes": "异议", "indicator": "指标编号",
    "claimed": "主张的数", "by": "提出人", "note": "说明", "holder": "填报单位", "region": "地区代码",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade (等次) and the score from which it is given."""

    __pydantic_config__: ClassVar[object] = STRICT
    name: str
    least: float


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: its weight, how it becomes 0 to 100, and whether it can veto.

    ``cap`` is the highest completion that counts (1.2: 120 points of 100); ``card`` the definition
    card by which values are looked up where the file gives none.
    """

    __pydantic_config__: ClassVar[object] = STRICT
    id: str
    name: str
    weight: float
    normalise: Way
    direction: Literal["more", "less"] = "more"
    attr: Literal["约束性", "预期性"] = "预期性"
    target: float | None = None
    cap: float = 1.0
    unit: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """Points added or deducted, with the reason and its document."""

    __pydantic_config__: ClassVar[object] = STRICT
    points: float
    why: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A value that its owner contests. It changes nothing but what is shown."""

    __pydantic_config__: ClassVar[object] = STRICT
    indicator: str
    claimed: float
    by: str
    date: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """Who is appraised: a district or department, in its peer group. A value that is not known is
    left out. ``region`` is the region code by which values are looked up."""

    __pydantic_config__: ClassVar[object] = STRICT
    name: str
    group: str = ""
    region: str = ""
    holder: str = ""
    values: Mapping[str, float] = field(default_factory=dict[str, float])
    targets: Mapping[str, float] = field(default_factory=dict[str, float])
    added: tuple[Points, ...] = ()
    deducted: tuple[Points, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    def target(self, indicator: Indicator) -> float | None:
        """Its own target, else that of all."""
        return self.targets.get(indicator.id, indicator.target)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme. ``enough``: the share of the weights that must be known for a grade; ``veto``: the
    highest grade of a unit that missed a 约束性 indicator."""

    __pydantic_config__: ClassVar[object] = STRICT
    format: Literal[1]
    name: str
    date: str
    indicators: tuple[Indicator, ...]
    units: tuple[Unit, ...]
    grades: tuple[Grade, ...]
    veto: str
    enough: float = 0.8
    source: str = ""
    note: str = ""


def parse_scheme(text: str, name: str) -> Scheme:
    """The scheme that a file holds. Raises InvalidFile with file, line and field."""
    file = Declared(text, name, _NAMES, ("考核方案", "scheme of appraisal"))
    scheme = file.as_(Scheme)
    file.day(("date",), scheme.date)
    for key, many in (
        ("indicators", scheme.indicators),
        ("units", scheme.units),
        ("grades", scheme.grades),
    ):
        if not many:
            raise file.refused((key,), "至少要有一项", "at least one is needed")
    file.unlike((("indicators", n, "id"), each.id) for n, each in enumerate(scheme.indicators))
    file.unlike((("units", n, "name"), each.name) for n, each in enumerate(scheme.units))
    known = {each.id for each in scheme.indicators}
    for n, each in enumerate(scheme.indicators):
        if each.weight <= 0 or each.cap <= 0:
            key = "weight" if each.weight <= 0 else "cap"
            raise file.refused(("indicators", n, key), "应大于0", "it must be above 0")
        if each.normalise == "target" and each.target is None:
            lacking = [u.name for u in scheme.units if each.id not in u.targets]
            if lacking:
                raise file.refused(
                    ("indicators", n, "normalise"), f"按完成率计分需要目标值，缺：{'、'.join(lacking)}",
                    f"completion needs a target; none for {', '.join(lacking)}",
                )  # fmt: skip
    least = [each.least for each in scheme.grades]
    if least != sorted(least, reverse=True):
        raise file.refused(("grades",), "等次应从高到低排列", "grades go from high to low")
    if scheme.veto not in [each.name for each in scheme.grades]:
        raise file.refused(("veto",), f"没有名为“{scheme.veto}”的等次", "there is no such grade")
    for n, unit in enumerate(scheme.units):
        named = [("values", k) for k in unit.values] + [("targets", k) for k in unit.targets]
        for key, indicator in named:
            if indicator not in known:
                raise file.refused(
                    ("units", n, key, indicator),
                    f"没有编号为“{indicator}”的指标",
                    "no such indicator",
                )
        for m, dispute in enumerate(unit.disputes):
            file.day(("units", n, "disputes", m, "date"), dispute.date)
            if dispute.indicator not in known:
                place = ("units", n, "disputes", m, "indicator")
                raise file.refused(
                    place, f"没有编号为“{dispute.indicator}”的指标", "no such indicator"
                )
    return scheme
