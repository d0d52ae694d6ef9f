"""How a target is divided, as a file of the workspace: ``definitions/splits/*.yaml``."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from jingwei.core import Row, written_out
from jingwei.monitor.declared import Declared
from jingwei.store.checked import STRICT
from jingwei.store.yaml_write import written

By = Literal["year", "district", "department"]
Kind = Literal["sum", "level", "share", "growth", "decline"]
Bound = Literal["at_least", "at_most"]
Column = Literal["assigned", "declared", "done"]

COLUMNS: dict[Column, tuple[str, str]] = {
    "assigned": ("下达数", "assigned"),
    "declared": ("自报数", "declared"),
    "done": ("完成数", "done"),
}
KINDS: dict[Kind, str] = {
    "sum": "相加（流量、可加总量、个数）",
    "level": "逐年水平（末年为目标）",
    "share": "按分母加权（比重、比率）",
    "growth": "增速（分地区按基期加权，分年度连乘）",
    "decline": "下降率（分年度连乘，分地区按分母加权）",
}
_NAMES: Mapping[str, str] = {
    "format": "格式", "target": "指标", "plan": "规划", "year": "目标年", "by": "分解对象",
    "kind": "相加方式", "unit": "计量单位", "whole": "总目标", "bound": "方向", "date": "日期",
    "source": "文号", "parts": "分项", "name": "名称", "assigned": "下达数", "declared": "自报数",
    "done": "完成数", "weight": "权数", "holder": "填报单位", "note": "说明",
}  # fmt: skip
_SHARED_BY_YEAR = ("year", "share")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: a year, a district, a department. What was not given is None, never zero.

    ``weight`` is the denominator of a share, or the base level of a growth rate.
    """

    __pydantic_config__: ClassVar[object] = STRICT
    name: str
    assigned: float | None = None
    declared: float | None = None
    done: float | None = None
    weight: float | None = None
    holder: str = ""
    note: str = ""

    def value(self, column: Column) -> float | None:
        return {"assigned": self.assigned, "declared": self.declared, "done": self.done}[column]


@dataclass(frozen=True, slots=True)
class _File:
    __pydantic_config__: ClassVar[object] = STRICT
    format: Literal[1]
    target: str
    year: int
    by: By
    kind: Kind
    unit: str
    whole: float
    date: str
    parts: tuple[Part, ...]
    plan: str = ""
    source: str = ""
    bound: Bound = "at_least"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """A target divided. ``on`` is the day of the division or of its newest figures (ISO);
    ``bound`` whether the whole is at least or at most to be reached."""

    file: str
    target: str
    plan: str
    year: int
    by: By
    kind: Kind
    unit: str
    whole: float
    bound: Bound
    on: str
    source: str
    parts: tuple[Part, ...]
    note: str = ""

    def row(self, part: Part, column: Column) -> Row:
        """The proof of a figure: file, day, part and column."""
        value = part.value(column)
        shown = "" if value is None else f" {written_out(value)}{self.unit}"
        return Row(self.file, self.on, f"{part.name} {COLUMNS[column][0]}{shown}")


def parse_split(text: str, name: str) -> Split:
    """The division that a file holds. Raises InvalidFile with file, line and field."""
    file = Declared(text, name, _NAMES, ("分解表", "division of a target"))
    content = file.as_(_File)
    file.day(("date",), content.date)
    file.unlike((("parts", n, "name"), each.name) for n, each in enumerate(content.parts))
    if not content.parts:
        raise file.refused(("parts",), "至少要有一个分项", "at least one part is needed")
    if content.kind == "level" and content.by != "year":
        raise file.refused(
            ("kind",), "level 只用于逐年水平；各区、各部门的总量请写 sum",
            "level is for yearly levels; write sum for amounts of districts or departments",
        )  # fmt: skip
    if (content.by, content.kind) == _SHARED_BY_YEAR:
        raise file.refused(
            ("kind",), "比重逐年分解请写 level（末年为目标）", "write level for a share by years"
        )
    for n, part in enumerate(content.parts):
        if content.by == "year" and not part.name.isdecimal():
            raise file.refused(
                ("parts", n, "name"), f"按年分解时名称应为年份，这里是“{part.name}”",
                f"a year is needed: '{part.name}'",
            )  # fmt: skip
        if part.weight is not None and part.weight < 0:
            raise file.refused(("parts", n, "weight"), "权数不能为负", "a weight is not negative")
    return Split(
        name, content.target, content.plan, content.year, content.by, content.kind, content.unit,
        content.whole, content.bound, content.date, content.source, content.parts, content.note,
    )  # fmt: skip


def split_text(split: Split) -> str:
    """A division as the text of its file."""
    values: dict[str, Any] = {
        "format": 1, "target": split.target, "plan": split.plan, "year": split.year,
        "by": split.by, "kind": split.kind, "unit": split.unit, "whole": _number(split.whole),
        "bound": split.bound, "date": split.on, "source": split.source, "note": split.note,
        "parts": [
            {
                key: _number(value) if isinstance(value, float) else value
                for key in ("name", "assigned", "declared", "done", "weight", "holder", "note")
                if (value := getattr(part, key)) not in (None, "")
            }
            for part in split.parts
        ],
    }  # fmt: skip
    kept = {key: value for key, value in values.items() if value != ""}
    return written(kept, heading=_HEADING, flow=frozenset())


def _number(value: float) -> float | int:
    return int(value) if math.isfinite(value) and value == int(value) else value


_HEADING = """\
# 目标分解表：下达数 assigned、自报数 declared、完成数 done 各自填写，没有的留空，不要写 0。
# A target divided: assigned, declared and done stay apart; leave out what is not known, never 0.
"""
